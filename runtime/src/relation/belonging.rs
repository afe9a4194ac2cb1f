//! Which rows belong to which: `User::posts().add(&ann, [1, 2])`.

use std::marker::PhantomData;

use super::{CanBeNull, HasMany, KeyColumn, KeysSet, PrimaryKeyOf, Rel, RowOrKey, SetsKeys, check::Base};
use crate::{
    Error,
    dialect::Dialect,
    query::{EachKeyValue, Exactly, FoundRows, KeyedWrite, Listed, Others, key_values},
    render::Statement,
    run::{BoxFuture, Executor},
    table::{Col, ColumnId, Table},
    value::Value,
};

/// A write that changes which rows belong to which.
#[must_use = "nothing changes until it is executed"]
#[derive(Debug, Clone)]
pub struct Belonging<D> {
    write: KeyedWrite,
    marker: PhantomData<fn() -> D>,
}

impl<D: Dialect> Belonging<D> {
    pub(super) const fn of(write: KeyedWrite) -> Self {
        Belonging { write, marker: PhantomData }
    }

    /// Runs it, all or nothing; says how many rows were changed.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]: a foreign key that refers to no row, most likely.
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        self.write.run(executor)
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

    /// Sets their key.
    fn give<D: Dialect>(self, parent: &[Value], rows: Vec<Value>) -> Vec<Statement> {
        let rows = FoundRows { def: C::def(), key: &[], column: Self::KEY, listed: Listed::In(rows) };
        rows.update::<D>(self.key_link().other, parent)
    }

    /// The columns of their key that can be NULL.
    fn optional(self) -> Vec<KeyColumn> {
        let can_be_null = |column: &&KeyColumn| C::def().columns[column.index].nullable;
        self.key_link().other.iter().filter(can_be_null).copied().collect()
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
        Belonging::of(KeyedWrite::Some(self.give::<D>(&to.into_key(), rows.values())))
    }

    /// Makes rows belong to none, of those that belong to a row: sets their foreign key to NULL, which it must allow.
    pub fn remove<D: Dialect, K: RowOrKey<P, J>, J>(self, from: K, rows: impl RelatedKeys<C>) -> Belonging<D>
    where
        P: SetsKeys<I>,
        <P::Keys as KeysSet>::Nullable: CanBeNull<P, C>,
    {
        let (key, columns) = (key_values(self.key_link().other, &from.into_key()), self.optional());
        let rows = FoundRows { def: C::def(), key: &key, column: Self::KEY, listed: Listed::In(rows.values()) };
        Belonging::of(KeyedWrite::Some(rows.free::<D>(&columns)))
    }

    /// Makes exactly these rows belong to a row: the others that do belong to none, which their foreign key must allow. The
    /// row is locked: a second call at the same time waits for the first one's transaction, as with [`set_links`](Rel::set_links).
    pub fn set<D: Dialect, K: RowOrKey<P, J>, J>(self, of: K, rows: impl RelatedKeys<C>) -> Belonging<D>
    where
        P: SetsKeys<I>,
        <P::Keys as KeysSet>::Nullable: CanBeNull<P, C>,
    {
        let (link, parent, values) = (self.key_link(), of.into_key(), rows.values());
        Belonging::of(KeyedWrite::Exactly(Box::new(Exactly {
            of: (P::def(), key_values(link.own, &parent)),
            def: C::def(),
            key: key_values(link.other, &parent),
            column: Self::KEY,
            others: Others::Freed(self.optional()),
            statements: self.give::<D>(&parent, values.clone()),
            values,
        })))
    }
}
