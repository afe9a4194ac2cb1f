//! The rows of a junction: `User::groups().link(&ann, [1, 2])`.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::{
    Belonging, HasManyThrough, KeyColumn, KeysSet, Links, LinksRows, Many, NeedsOnly, NewRelated, PrimaryKeyOf, Rel,
    RelatedKeys, RelatedValues, RowOrKey, SetsKeys,
    insert::{row, set_key},
};
use crate::{
    Error,
    dialect::Dialect,
    query::{Assigned, Exactly, FoundRows, KeyedWrite, Listed, NewRows, Others, insert_missing, key_values},
    run::{BoxFuture, Executor},
    table::{ColumnId, ColumnSet, KeyList, Source, SourceId, Table, UniqueKeys, Yes},
    value::Value,
};

/// A write that links rows.
#[must_use = "nothing is linked until it is executed"]
#[derive(Debug, Clone)]
pub struct Linking<D> {
    write: KeyedWrite,
    marker: PhantomData<fn() -> D>,
}

impl<D: Dialect> Linking<D> {
    /// Runs it, all or nothing.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]: a key that no row has, most likely.
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<(), Error>> {
        Box::pin(self.write.run(executor).map_ok(|_| ()))
    }
}

/// A junction table in which no two rows link the same.
#[diagnostic::on_unimplemented(
    message = "rows of `{J}` may link the same rows twice: its two foreign keys need to be unique together",
    label = "`primary_key(..)` or `unique(..)` of these two makes them so"
)]
pub trait LinksOnce<J> {}
#[diagnostic::do_not_recommend]
impl<J> LinksOnce<J> for Yes {}

/// The keys that a relation sets, to look for unique ones among them.
#[derive(Debug)]
pub struct Among<Keys>(PhantomData<Keys>);

impl<Keys: KeysSet> ColumnSet for Among<Keys> {
    type Has<S: SourceId, C: ColumnId> = Keys::Has<C>;
}

/// Whether the two keys `Keys` are unique together in the table `J`. One that is unique alone is another rule.
pub type Unique<J, Keys> = <<J as UniqueKeys>::Keys as KeyList>::PairIn<Among<Keys>, <J as Source>::Id>;

impl<P: Table, J: Table, T: Table + PrimaryKeyOf, I: ColumnId> Rel<HasManyThrough<P, J, T, I>> {
    /// The columns of the junction.
    fn columns(self) -> [&'static KeyColumn; 2] {
        let link = self.key_link();
        [&link.other[0], link.between.map_or(&link.other[0], |between| between.far)]
    }

    /// Rows of the junction, which set more.
    fn rows_between(self, near: &[Value], far: Vec<Value>, more: &[Assigned]) -> NewRows {
        let [near_column, far_column] = self.columns();
        let mut rows = NewRows::default();
        for far in far {
            let mut row = more.to_vec();
            near.iter().for_each(|near| set_key(&mut row, near_column, near.clone()));
            set_key(&mut row, far_column, far);
            rows.add(&mut row, J::def());
        }
        rows
    }

    fn linking<D: Dialect>(self, near: Vec<Value>, far: Vec<Value>, more: &[Assigned], exactly: bool) -> Linking<D> {
        let (link, [_, column]) = (self.key_link(), self.columns());
        let rows = self.rows_between(&near, far.clone(), more);
        let statements = insert_missing::<D>(J::def(), rows, self.columns());
        let write = if exactly {
            KeyedWrite::Exactly(Box::new(Exactly {
                of: (P::def(), key_values(link.own, &near)),
                def: J::def(),
                key: key_values(link.other, &near),
                column,
                values: far,
                others: Others::Deleted,
                statements,
            }))
        } else {
            KeyedWrite::Some(statements)
        };
        Linking { write, marker: PhantomData }
    }

    /// Links a row with others, which are there: inserts rows of the junction. Links that are there stay as they are.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(groups(Group, through(Membership::user_id, Membership::group_id))))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "teams")] struct Group { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "memberships", primary_key(user_id, group_id))] struct Membership { #[column(references = User::id)] user_id: i64, #[column(references = Group::id)] group_id: i64 }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Group, Membership }.create_tables(&db).await?;
    /// # User::insert().values((User::id.set(1), User::name.set("Ann"))).execute(&db).await?;
    /// # for id in 1..=3 { Group::insert().values((Group::id.set(id), Group::name.set("g"))).execute(&db).await?; }
    /// let ann = User::query().filter(User::id.eq(1)).fetch_one(&db).await?;
    /// User::groups().link(&ann, [1, 2]).execute(&db).await?;
    /// User::groups().link(1, [2, 3]).execute(&db).await?; // by key
    /// User::groups().unlink(&ann, [1]).execute(&db).await?;
    /// assert_eq!(Membership::query().order_by(Membership::group_id).select(Membership::group_id).fetch_all(&db).await?, [2, 3]);
    /// User::groups().set_links(&ann, [1, 3]).execute(&db).await?;
    /// assert_eq!(Membership::query().order_by(Membership::group_id).select(Membership::group_id).fetch_all(&db).await?, [1, 3]);
    /// # Ok(()) }
    /// ```
    ///
    /// The junction must not be able to link the same rows twice, and need nothing but its two keys:
    /// [`link_with`](Self::link_with) sets more.
    ///
    /// It is one statement, unless there are too many for one, and fails like any other: a transaction of PostgreSQL takes
    /// nothing after that but its rollback. Run what may fail in a nested transaction there.
    pub fn link<D: Dialect, K: RowOrKey<P, At>, At>(self, row: K, with: impl RelatedKeys<T>) -> Linking<D>
    where
        P: SetsKeys<I>,
        J: UniqueKeys,
        Unique<J, P::Keys>: LinksOnce<J>,
        J::Required: NeedsOnly<P::Keys>,
    {
        self.linking(row.into_key(), with.values(), &[], false)
    }

    /// The same, with more columns of the junction that are set in each new link.
    pub fn link_with<D: Dialect, K: RowOrKey<P, At>, At, V: RelatedValues<D, J, P::Keys, Set>, Set>(
        self,
        row: K,
        with: impl RelatedKeys<T>,
        values: V,
    ) -> Linking<D>
    where
        P: SetsKeys<I>,
        J: UniqueKeys,
        Unique<J, P::Keys>: LinksOnce<J>,
    {
        self.linking(row.into_key(), with.values(), &self::row(values).list, false)
    }

    /// Takes links away: deletes rows of the junction. It says how many there were.
    pub fn unlink<D: Dialect, K: RowOrKey<P, At>, At>(self, row: K, from: impl RelatedKeys<T>) -> Belonging<D>
    where
        P: SetsKeys<I>,
    {
        let [_, column] = self.columns();
        let key = key_values(self.key_link().other, &row.into_key());
        let links = FoundRows { def: J::def(), key: &key, column, listed: Listed::In(from.values()) };
        Belonging::of(KeyedWrite::Some(links.delete::<D>()))
    }

    /// Links a row with exactly these: takes other links away, and adds those that are missing. Links that are there stay as
    /// they are. The row is locked: a second call at the same time waits for the first one's transaction.
    ///
    /// It takes several statements, which are all run or none: in a transaction, or in a savepoint if one is open. After
    /// a failure the transaction around them goes on. A transaction of PostgreSQL that begins as `Isolation::RepeatableRead` does not see what was linked
    /// since it began, and leaves it; `Isolation::Serializable` notices.
    pub fn set_links<D: Dialect, K: RowOrKey<P, At>, At>(self, row: K, with: impl RelatedKeys<T>) -> Linking<D>
    where
        P: SetsKeys<I>,
        J: UniqueKeys,
        Unique<J, P::Keys>: LinksOnce<J>,
        J::Required: NeedsOnly<P::Keys>,
    {
        self.linking(row.into_key(), with.values(), &[], true)
    }

    /// The same, with more columns of the junction that are set in each new link.
    pub fn set_links_with<D: Dialect, K: RowOrKey<P, At>, At, V: RelatedValues<D, J, P::Keys, Set>, Set>(
        self,
        row: K,
        with: impl RelatedKeys<T>,
        values: V,
    ) -> Linking<D>
    where
        P: SetsKeys<I>,
        J: UniqueKeys,
        Unique<J, P::Keys>: LinksOnce<J>,
    {
        self.linking(row.into_key(), with.values(), &self::row(values).list, true)
    }

    /// Links each row that is inserted with these, which are there: `.with(User::groups().links([1, 2]))`. It returns the rows
    /// of the junction.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(groups(Group, through(Membership::user_id, Membership::group_id))))] struct User { #[column(primary_key, auto_increment)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "teams")] struct Group { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "memberships", primary_key(user_id, group_id))] struct Membership { #[column(references = User::id)] user_id: i64, #[column(references = Group::id)] group_id: i64 }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Group, Membership }.create_tables(&db).await?;
    /// # for id in 1..=3 { Group::insert().values((Group::id.set(id), Group::name.set("g"))).execute(&db).await?; }
    /// let (ann, memberships): (User, Vec<Membership>) =
    ///     User::insert().values((User::name.set("Ann"),)).with(User::groups().links([1, 2])).fetch_one(&db).await?;
    /// assert_eq!((memberships[1].user_id, memberships[1].group_id), (ann.id, 2));
    /// # Ok(()) }
    /// ```
    pub fn links<'r, D: Dialect>(
        self,
        with: impl RelatedKeys<T>,
    ) -> NewRelated<'r, D, HasManyThrough<P, J, T, I>, Links, Many, ()>
    where
        P: SetsKeys<I>,
        J::Required: NeedsOnly<P::Keys>,
    {
        self.new_links(with.values(), Vec::new())
    }

    /// The same, with more columns of the junction that are set in each link.
    pub fn links_with<'r, D: Dialect, V: RelatedValues<D, J, P::Keys, Set>, Set>(
        self,
        with: impl RelatedKeys<T>,
        values: V,
    ) -> NewRelated<'r, D, HasManyThrough<P, J, T, I>, Links, Many, ()>
    where
        P: SetsKeys<I>,
    {
        self.new_links(with.values(), self::row(values).list)
    }

    fn new_links<'r, D: Dialect>(
        self,
        with: Vec<Value>,
        more: Vec<Assigned>,
    ) -> NewRelated<'r, D, HasManyThrough<P, J, T, I>, Links, Many, ()>
    where
        HasManyThrough<P, J, T, I>: LinksRows,
    {
        let [_, far] = self.columns();
        NewRelated::of(self, move |_, list| {
            for key in &with {
                let mut row = more.clone();
                set_key(&mut row, far, key.clone());
                list.add(row);
            }
        })
    }
}
