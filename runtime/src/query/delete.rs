//! DELETE.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::{
    clause::WHERE,
    filter::{Condition, add_condition},
    limited::LimitedWrite,
    order::RowOrder,
    parts::{table_name, table_reference},
    returning::{Returnable, Returning, ReturningScope, write_returning},
    scope::{AddsTable, Push},
    update::{Guarded, SaysWhichRows, Unguarded, write_filter},
};
use crate::{
    Error,
    dialect::{DeleteReturning, DeleteUsing, Dialect, LimitedWrites, OtherTables},
    render::{Fragment, Statement},
    run::{BoxFuture, Executor},
    table::{Source, Table, TableIn},
};

/// A DELETE from the table `T`; `G` says whether it says which rows it deletes, `S` is what its condition can use: the
/// table, and those of [`using`](Delete::using).
#[must_use = "a delete does nothing until it is executed"]
pub struct Delete<D, T, G = Unguarded, S = (T,)> {
    /// Other tables, separated by commas.
    others: Fragment,
    filter: Fragment,
    marker: PhantomData<fn() -> (D, T, G, S)>,
}

impl<D, T, G, S> Clone for Delete<D, T, G, S> {
    fn clone(&self) -> Self {
        Delete { others: self.others.clone(), filter: self.filter.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, G, S> std::fmt::Debug for Delete<D, T, G, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Delete").field(&self.clone().statement(None).sql).finish()
    }
}

impl<D: Dialect, T: Table> Delete<D, T> {
    pub(crate) const fn new() -> Self {
        Delete { others: Fragment::clause(D::SYNTAX), filter: Fragment::clause(D::SYNTAX), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, G, S> Delete<D, T, G, S> {
    fn with<G2, S2>(self) -> Delete<D, T, G2, S2> {
        Delete { others: self.others, filter: self.filter, marker: PhantomData }
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
        add_condition(&mut self.filter, |conditions| condition.add_to(conditions));
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
        self.others.separate(", ");
        table_reference::<F>(&mut self.others);
        self.with()
    }

    fn fragment(self, returning: Option<Fragment>) -> Fragment {
        let mut out = Fragment::statement(D::SYNTAX);
        out.reserve(128 + self.filter.len(), 0);
        out.sql("DELETE FROM ");
        table_name(T::def(), &mut out);
        if !self.others.is_empty() {
            out.sql(" USING ");
            if D::SYNTAX.writes.other_tables == OtherTables::List {
                table_name(T::def(), &mut out);
                out.sql(", ");
            }
            out.append(self.others);
        }
        write_filter(self.filter, &mut out);
        out.append_some(returning);
        out
    }

    pub(super) fn statement(self, returning: Option<Fragment>) -> Statement {
        self.fragment(returning).into_write(D::SYNTAX.writes.with_update).writing(T::def())
    }
}

impl<D: Dialect, T: Table, G, S> Delete<D, T, G, S> {
    /// The SQL text and its parameters.
    pub fn to_sql(&self) -> Statement
    where
        G: SaysWhichRows,
    {
        self.clone().statement(None)
    }

    /// Runs it; says how many rows were deleted.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>>
    where
        G: SaysWhichRows,
    {
        let done = executor.execute(self.statement(None));
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
        let returning = write_returning::<D, S::Scope, I, R, P>(projection);
        Returning { statements: vec![self.statement(Some(returning))], decode: P::read }
    }
}

impl<D: Dialect, T: Table, G> Delete<D, T, G> {
    /// Deletes rows in this order, which matters where not all are deleted. MySQL and MariaDB have it.
    pub fn order_by<K: RowOrder<D, (T,), I>, I>(self, keys: K) -> LimitedWrite<D>
    where
        G: SaysWhichRows,
        D::Name: LimitedWrites,
    {
        LimitedWrite::new(Some(self.fragment(None)), T::def()).ordered(keys)
    }

    /// Deletes at most this many rows. MySQL and MariaDB have it.
    pub fn limit<N: super::RowCount>(self, rows: N) -> LimitedWrite<D>
    where
        G: SaysWhichRows,
        D::Name: LimitedWrites,
    {
        LimitedWrite::new(Some(self.fragment(None)), T::def()).limit(rows)
    }
}
