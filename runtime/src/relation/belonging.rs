//! Which rows belong to which: `User::posts().add(&ann, [1, 2])`.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::{CanBeNull, HasMany, KeyColumn, KeysSet, PrimaryKeyOf, Rel, RowOrKey, SetsKeys, check::Base};
use crate::{
    Error,
    dialect::Dialect,
    query::{EachKeyValue, Keyed, keyed_by, update_keyed},
    render::Statement,
    run::{BoxFuture, Executor},
    table::{Col, ColumnId, Table},
    value::Value,
};

/// A write that changes which rows belong to which.
#[must_use = "nothing changes until it is executed"]
#[derive(Debug, Clone)]
pub struct Belonging<D> {
    statements: Vec<Statement>,
    marker: PhantomData<fn() -> D>,
}

impl<D: Dialect> Belonging<D> {
    pub(super) const fn of(statements: Vec<Statement>) -> Self {
        Belonging { statements, marker: PhantomData }
    }

    /// Runs it, all or nothing; says how many rows were changed.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]: a foreign key that refers to no row, most likely.
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        Box::pin(executor.execute_batch(self.statements).map_ok(|done| done.rows))
    }
}

/// The keys of rows of the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of keys of `{T}`",
    label = "expected keys of `{T}`: an array, a `Vec`, an iterator"
)]
pub trait RelatedKeys<T> {
    /// The keys.
    fn values(self) -> Vec<Value>;
}

impl<T: PrimaryKeyOf, L: IntoIterator<Item: RelatedKey<T, Base<T::Key>>>> RelatedKeys<T> for L {
    fn values(self) -> Vec<Value> {
        let mut values = Vec::new();
        self.into_iter().for_each(|key| key.add_to(&mut values));
        values
    }
}

/// The key of a row of the table `T`, of the type `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no key of a row of `{T}`",
    label = "expected `{V}`: the keys of rows are `rows.iter().map(|row| row.id)`"
)]
pub trait RelatedKey<T, V> {
    /// Adds it.
    fn add_to(self, values: &mut Vec<Value>);
}

#[diagnostic::do_not_recommend]
impl<T: PrimaryKeyOf, K: EachKeyValue<Col<T::Key, T>>> RelatedKey<T, Base<T::Key>> for K {
    fn add_to(self, values: &mut Vec<Value>) {
        self.key_value(values);
    }
}

impl<P: Table, C: Table + PrimaryKeyOf, I: ColumnId> Rel<HasMany<P, C, I>> {
    /// The column by which its rows are found.
    const KEY: &'static KeyColumn = &KeyColumn::of::<C::Key>();

    fn give<D: Dialect>(self, parent: &[Value], rows: Vec<Value>) -> Vec<Statement> {
        update_keyed::<D>(C::def(), self.key_link().other, parent, &[(Self::KEY, Keyed::In(rows))])
    }

    /// Sets those columns of their key to NULL that can be.
    fn take<D: Dialect>(self, parent: &[Value], rows: Keyed) -> Vec<Statement> {
        let key = self.key_link().other;
        let can_be_null = |column: &&KeyColumn| C::def().columns[column.index].nullable;
        let columns: Vec<KeyColumn> = key.iter().filter(can_be_null).copied().collect();
        let nulls: Vec<Value> = columns.iter().map(|column| Value::Null(column.data_type)).collect();
        let mut filter = keyed_by(key, parent);
        filter.push((Self::KEY, rows));
        update_keyed::<D>(C::def(), &columns, &nulls, &filter)
    }

    /// Makes rows belong to a row, whomever they belonged to before: sets their foreign key.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: Option<i64> }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// # for id in [1, 2] { User::insert().values((User::id.set(id), User::name.set("n"))).execute(&db).await?; }
    /// # for id in [10, 11] { Post::insert().values((Post::id.set(id),)).execute(&db).await?; }
    /// let ann = User::query().filter(User::id.eq(1)).fetch_one(&db).await?;
    /// assert_eq!(User::posts().add(&ann, [10, 11]).execute(&db).await?, 2);
    /// User::posts().add(2, [11]).execute(&db).await?; // by key
    /// # assert_eq!(Post::query().order_by(Post::id).select(Post::author_id).fetch_all(&db).await?, [Some(1), Some(2)]);
    /// # Ok(()) }
    /// ```
    pub fn add<D: Dialect, K: RowOrKey<P, J>, J>(self, to: K, rows: impl RelatedKeys<C>) -> Belonging<D>
    where
        P: SetsKeys<I>,
    {
        Belonging::of(self.give::<D>(&to.into_key(), rows.values()))
    }

    /// Makes rows belong to none, of those that belong to a row: sets their foreign key to NULL, which it must allow.
    pub fn remove<D: Dialect, K: RowOrKey<P, J>, J>(self, from: K, rows: impl RelatedKeys<C>) -> Belonging<D>
    where
        P: SetsKeys<I>,
        <P::Keys as KeysSet>::Nullable: CanBeNull<P, C>,
    {
        Belonging::of(self.take::<D>(&from.into_key(), Keyed::In(rows.values())))
    }

    /// Makes exactly these rows belong to a row: the others that do belong to none, which their foreign key must allow.
    pub fn set<D: Dialect, K: RowOrKey<P, J>, J>(self, of: K, rows: impl RelatedKeys<C>) -> Belonging<D>
    where
        P: SetsKeys<I>,
        <P::Keys as KeysSet>::Nullable: CanBeNull<P, C>,
    {
        let (parent, rows) = (of.into_key(), rows.values());
        let mut statements = self.take::<D>(&parent, Keyed::NotIn(rows.clone()));
        statements.append(&mut self.give::<D>(&parent, rows));
        Belonging::of(statements)
    }
}
