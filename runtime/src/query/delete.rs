//! DELETE.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::{
    clause::WHERE,
    derived::QuerySource,
    filter::{Condition, add_condition},
    limited::LimitedWrite,
    order::RowOrder,
    parts::table_reference,
    returning::{Returnable, Returning, ReturningScope},
    scope::{AddsTable, Entry, Push},
    update::{Guarded, SaysWhichRows, Unguarded},
    write::{DeleteText, Verb, Write},
};
use crate::{
    Error,
    dialect::{DeleteReturning, DeleteUsing, Dialect, LimitedWrites},
    render::{Fragment, Statement},
    run::{BoxFuture, Executor},
    table::{Source, Table, TableIn},
};

/// A DELETE from the table `T`; `G` says whether it says which rows it deletes, `S` is what its condition can use: the
/// table, and those of [`using`](Delete::using).
#[must_use = "a delete does nothing until it is executed"]
pub struct Delete<D, T, G = Unguarded, S = (T,)> {
    text: DeleteText,
    marker: PhantomData<fn() -> (D, T, G, S)>,
}

impl<D, T, G, S> Clone for Delete<D, T, G, S> {
    fn clone(&self) -> Self {
        Delete { text: self.text.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, G, S> std::fmt::Debug for Delete<D, T, G, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Delete").field(&self.clone().statement().sql).finish()
    }
}

impl<D: Dialect, T: Table> Delete<D, T> {
    pub(crate) fn new() -> Self {
        Delete { text: DeleteText::new(T::def(), D::SYNTAX), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, G, S> Delete<D, T, G, S> {
    fn with<G2, S2>(self) -> Delete<D, T, G2, S2> {
        Delete { text: self.text, marker: PhantomData }
    }

    /// Deletes only the rows for which the condition holds; several must all hold.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
    /// let delete = User::delete::<Sqlite>().filter(User::id.eq(1));
    /// assert_eq!(delete.to_sql().sql, r#"DELETE FROM "users" WHERE "users"."id" = ?"#);
    /// ```
    pub fn filter<C: Condition<D, S, WHERE, I>, I>(mut self, condition: C) -> Delete<D, T, Guarded, S> {
        add_condition(&mut self.text.filter, |conditions| condition.add_to(conditions));
        self.with()
    }

    /// Deletes every row, on purpose.
    pub fn all_rows(self) -> Delete<D, T, Guarded, S> {
        self.with()
    }

    /// Lets the condition use the rows of another table. PostgreSQL, MySQL and MariaDB have it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, is_active: bool }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, author_id: i64 }
    /// let delete = Post::delete::<Postgres>().using::<User>().filter((Post::author_id.eq(User::id), !User::is_active));
    /// assert_eq!(
    ///     delete.to_sql().sql,
    ///     r#"DELETE FROM "posts" USING "users" WHERE "posts"."author_id" = "users"."id" AND NOT "users"."is_active""#
    /// );
    /// # }
    /// ```
    pub fn using<F: Source<Table: TableIn<D::Name>>>(mut self) -> Delete<D, T, G, <S as Push<F>>::Out>
    where
        D::Name: DeleteUsing,
        S: Push<F> + AddsTable<F>,
    {
        self.text.using(table_reference::<F>);
        self.with()
    }

    /// Lets the condition use the rows of a derived table or a CTE. PostgreSQL, MySQL and MariaDB have it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, author_id: i64 }
    /// let authors = Post::query::<Postgres>().distinct().select(row!({ id: Post::author_id })).derived(alias!(authors));
    /// let delete = User::delete().using_query(&authors).filter(authors.id.eq(User::id));
    /// assert_eq!(
    ///     delete.to_sql().sql,
    ///     r#"DELETE FROM "users" USING (SELECT DISTINCT "posts"."author_id" AS "id" FROM "posts") AS "authors" WHERE "authors"."id" = "users"."id""#
    /// );
    /// # }
    /// ```
    pub fn using_query<Q: QuerySource<D, E>, E: Entry>(mut self, query: &Q) -> Delete<D, T, G, <S as Push<E>>::Out>
    where
        D::Name: DeleteUsing,
        S: Push<E> + AddsTable<E::Source>,
    {
        self.text.using(|out| query.joined().0.write(out));
        self.with()
    }

    fn fragment(self) -> Fragment {
        self.text.write(T::def(), Fragment::statement(D::SYNTAX))
    }

    pub(super) fn statement(self) -> Statement {
        self.fragment().into_write(D::SYNTAX.writes.with_update).writing(T::def())
    }
}

impl<D: Dialect, T: Table, G, S> Delete<D, T, G, S> {
    /// The SQL text and its parameters.
    pub fn to_sql(&self) -> Statement
    where
        G: SaysWhichRows,
    {
        self.clone().statement()
    }

    /// Runs it; says how many rows were deleted.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>>
    where
        G: SaysWhichRows,
    {
        let done = executor.execute(self.statement());
        Box::pin(done.map_ok(|done| done.rows))
    }
}

impl<D: Dialect, T: Table, G, S> Delete<D, T, G, S> {
    /// Returns columns of the rows that were deleted. SQLite, PostgreSQL and MariaDB have it; of a delete with
    /// [`using`](Self::using) only PostgreSQL has it, and returns columns of the other tables, too.
    pub fn returning<P: Returnable<D, S::Scope, I, R>, I, R>(self, projection: P) -> Returning<D, R>
    where
        S: ReturningScope<D::Name>,
        G: SaysWhichRows,
        D::Name: DeleteReturning,
    {
        let write = Write { def: T::def(), kind: D::KIND, verb: Verb::Delete(self.text) };
        Returning::of::<S::Scope, I, P>(write, projection)
    }
}

impl<D: Dialect, T: Table, G> Delete<D, T, G> {
    /// Deletes rows in this order, which matters where not all are deleted. MySQL and MariaDB have it.
    pub fn order_by<K: RowOrder<D, (T,), I>, I>(self, keys: K) -> LimitedWrite<D>
    where
        G: SaysWhichRows,
        D::Name: LimitedWrites,
    {
        LimitedWrite::new(Some(self.fragment()), T::def()).ordered(keys)
    }

    /// Deletes at most this many rows. MySQL and MariaDB have it.
    pub fn limit<N: super::RowCount>(self, rows: N) -> LimitedWrite<D>
    where
        G: SaysWhichRows,
        D::Name: LimitedWrites,
    {
        LimitedWrite::new(Some(self.fragment()), T::def()).limit(rows)
    }
}
