//! UPDATE.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::{
    assign::{AssignmentList, Assignments},
    clause::{SET, WHERE},
    derived::QuerySource,
    filter::{Condition, add_condition},
    limited::LimitedWrite,
    order::RowOrder,
    parts::table_reference,
    required::NoneRepeats,
    returning::{Returnable, Returning, ReturningScope},
    scope::{AddsTable, Entry, Push},
    stands_in::StandsIn,
    write::{UpdateText, Verb, Write},
};
use crate::{
    Error,
    dialect::{Dialect, LimitedWrites, UpdateReturning},
    render::{Fragment, Statement},
    run::{BoxFuture, Executor},
    table::{Source, Table, TableIn},
};

/// A write that says nothing yet of which rows it changes.
#[derive(Debug)]
pub struct Unguarded;
/// A write that says which rows it changes: `.filter(..)` or `.all_rows()`.
#[derive(Debug)]
pub struct Guarded;

/// A write that says which rows it changes.
#[diagnostic::on_unimplemented(
    message = "this would change every row: add `.filter(..)` or `.all_rows()`",
    label = "does not say which rows"
)]
pub trait SaysWhichRows {}
#[diagnostic::do_not_recommend]
impl SaysWhichRows for Guarded {}

/// An UPDATE of the table `T`; `A` says whether it sets something, `G` whether it says which rows it changes, `S` is
/// what its expressions can use: the table, and those of [`from`](Update::from).
#[must_use = "an update does nothing until it is executed"]
pub struct Update<D, T, A = Unset, G = Unguarded, S = (T,)> {
    text: UpdateText,
    marker: PhantomData<fn() -> (D, T, A, G, S)>,
}

/// An update that sets nothing yet.
#[derive(Debug)]
pub struct Unset;
/// An update that sets something.
#[derive(Debug)]
pub struct Changes;

/// An update that sets something.
#[diagnostic::on_unimplemented(message = "this update sets nothing: add `.set(..)`", label = "nothing to set")]
pub trait SetsSomething {}
#[diagnostic::do_not_recommend]
impl SetsSomething for Changes {}

impl<D, T, A, G, S> Clone for Update<D, T, A, G, S> {
    fn clone(&self) -> Self {
        Update { text: self.text.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, A, G, S> std::fmt::Debug for Update<D, T, A, G, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Update").field(&self.clone().statement().map(|statement| statement.sql)).finish()
    }
}

/// What `.set(..)` of an update takes: assignments of which none repeats, or a patch struct.
#[diagnostic::on_unimplemented(
    message = "this does not set columns of `{T}`",
    label = "expected `{T}::column.set(value)`, a tuple of these, or a patch of `{T}`"
)]
pub trait UpdateSet<D: Dialect, T, S, I>: Sized {
    /// Renders them.
    fn assigned(self, to: &mut AssignmentList);
}

impl<D, T, S, I, C, A> UpdateSet<D, T, S, (I, C)> for A
where
    D: Dialect,
    A: StandsIn<SET> + Assignments<D, T, S, I, C, A::Fit>,
    C: NoneRepeats,
{
    fn assigned(self, to: &mut AssignmentList) {
        self.assign(to);
    }
}

impl<D: Dialect, T: Table> Update<D, T> {
    pub(crate) fn new() -> Self {
        Update { text: UpdateText::new(T::def(), D::SYNTAX), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, A, G, S> Update<D, T, A, G, S> {
    fn with<A2, G2, S2>(self) -> Update<D, T, A2, G2, S2> {
        Update { text: self.text, marker: PhantomData }
    }

    /// Lets the update use the rows of another table: `.filter(..)` says which belong together. Where several do, the
    /// database takes any of them.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, author_id: i64, city: String }
    /// let update = Post::update::<Sqlite>().from::<User>().set(Post::city.set(User::city)).filter(Post::author_id.eq(User::id));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "posts" SET "city" = "users"."city" FROM "users" WHERE "posts"."author_id" = "users"."id""#
    /// );
    /// ```
    pub fn from<F: Source<Table: TableIn<D::Name>>>(mut self) -> Update<D, T, A, G, <S as Push<F>>::Out>
    where
        S: Push<F> + AddsTable<F>,
    {
        self.text.others.separate(", ");
        table_reference::<F>(&mut self.text.others);
        self.with()
    }

    /// Lets the update use the rows of a derived table or a CTE: see [`Select::derived`](super::Select::derived) and
    /// [`Select::cte`](super::Select::cte).
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, posts: i64 }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, author_id: i64 }
    /// let totals = Post::query::<Sqlite>()
    ///     .group_by(Post::author_id)
    ///     .select(row!({ author: Post::author_id, n: count_star() }))
    ///     .derived(alias!(totals));
    /// let update = User::update().from_query(&totals).set(User::posts.set(totals.n)).filter(totals.author.eq(User::id));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "users" SET "posts" = "totals"."n" FROM (SELECT "posts"."author_id" AS "author", count(*) AS "n" FROM "posts" GROUP BY "posts"."author_id") AS "totals" WHERE "totals"."author" = "users"."id""#
    /// );
    /// ```
    pub fn from_query<Q: QuerySource<D, E>, E: Entry>(mut self, query: &Q) -> Update<D, T, A, G, <S as Push<E>>::Out>
    where
        S: Push<E> + AddsTable<E::Source>,
    {
        self.text.others.separate(", ");
        query.joined().0.write(&mut self.text.others);
        self.with()
    }

    /// Sets columns: one assignment, a tuple of them, or a patch struct. A patch that changes nothing sends nothing.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "counters")] struct Counter { #[column(primary_key)] id: i64, value: i64 }
    /// let update = Counter::update::<Sqlite>().set(Counter::value.set(Counter::value + 1)).filter(Counter::id.eq(1));
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     r#"UPDATE "counters" SET "value" = "counters"."value" + ? WHERE "counters"."id" = ?"#
    /// );
    /// ```
    pub fn set<V: UpdateSet<D, T, S, I>, I>(mut self, assignments: V) -> Update<D, T, Changes, G, S> {
        let mut list = AssignmentList::of(T::def(), D::SYNTAX);
        assignments.assigned(&mut list);
        // A later call has the last word.
        let assignments = &mut self.text.assignments;
        assignments.list.retain(|before| list.list.iter().all(|assigned| assigned.column != before.column));
        if assignments.list.is_empty() {
            *assignments = list;
        } else {
            assignments.list.append(&mut list.list);
        }
        self.with()
    }

    /// Changes only the rows for which the condition holds; several must all hold.
    pub fn filter<C: Condition<D, S, WHERE, I>, I>(mut self, condition: C) -> Update<D, T, A, Guarded, S> {
        add_condition(&mut self.text.filter, |conditions| condition.add_to(conditions));
        self.with()
    }

    /// Changes every row, on purpose.
    pub fn all_rows(self) -> Update<D, T, A, Guarded, S> {
        self.with()
    }

    fn fragment(self) -> Option<Fragment> {
        self.text.write(T::def(), Fragment::statement(D::SYNTAX))
    }

    pub(super) fn statement(self) -> Option<Statement> {
        Some(self.fragment()?.into_write(D::SYNTAX.writes.with_update).writing(T::def()))
    }
}

impl<D: Dialect, T: Table, A, G, S> Update<D, T, A, G, S> {
    /// The SQL text and its parameters: empty if a patch changes nothing.
    pub fn to_sql(&self) -> Statement
    where
        A: SetsSomething,
        G: SaysWhichRows,
    {
        self.clone().statement().map_or_else(Statement::nothing, Statement::now)
    }

    /// Runs it; says how many rows were changed.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>>
    where
        A: SetsSomething,
        G: SaysWhichRows,
    {
        let done = executor.execute_batch(self.statement().map(Statement::now).into_iter().collect());
        Box::pin(done.map_ok(|done| done.rows))
    }

    /// Returns columns of the rows that were changed; on PostgreSQL also those of the tables of [`from`](Self::from). SQLite
    /// and PostgreSQL have it.
    pub fn returning<P: Returnable<D, S::Scope, I, R>, I, R>(self, projection: P) -> Returning<D, R>
    where
        S: ReturningScope<D::Name>,
        D::Name: UpdateReturning,
        A: SetsSomething,
        G: SaysWhichRows,
    {
        let write = Write { def: T::def(), kind: D::KIND, verb: Verb::Update(self.text) };
        Returning::of::<S::Scope, I, P>(write, projection)
    }
}

impl<D: Dialect, T: Table, A, G> Update<D, T, A, G> {
    /// Changes rows in this order, which matters where not all are changed, or a key must not repeat on the way. MySQL
    /// and MariaDB have it.
    ///
    /// ```
    /// # #[cfg(feature = "mysql")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "jobs")] struct Job { #[column(primary_key)] id: i64, done: bool }
    /// let update = Job::update::<MySql>().set(Job::done.set(true)).filter(!Job::done).order_by(Job::id).limit(10);
    /// assert_eq!(
    ///     update.to_sql().sql,
    ///     "UPDATE `jobs` SET `done` = ? WHERE NOT `jobs`.`done` ORDER BY `jobs`.`id` LIMIT 10"
    /// );
    /// # }
    /// ```
    pub fn order_by<K: RowOrder<D, (T,), I>, I>(self, keys: K) -> LimitedWrite<D>
    where
        A: SetsSomething,
        G: SaysWhichRows,
        D::Name: LimitedWrites,
    {
        LimitedWrite::new(self.fragment(), T::def()).ordered(keys)
    }

    /// Changes at most this many rows. MySQL and MariaDB have it.
    pub fn limit<N: super::RowCount>(self, rows: N) -> LimitedWrite<D>
    where
        A: SetsSomething,
        G: SaysWhichRows,
        D::Name: LimitedWrites,
    {
        LimitedWrite::new(self.fragment(), T::def()).limit(rows)
    }
}
