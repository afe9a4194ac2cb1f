//! DELETE.

use std::marker::PhantomData;

use super::{
    clause::WHERE,
    filter::{Condition, Conditions},
    parts::table_name,
    returning::{Returnable, Returning, write_returning},
    update::{Guarded, SaysWhichRows, Unguarded, write_filter},
};
use crate::{
    Error,
    dialect::Dialect,
    render::{Fragment, Statement},
    run::{BoxFuture, Executor, Query},
    table::Table,
};

/// A DELETE from the table `T`; `G` says whether it says which rows it deletes.
#[must_use = "a delete does nothing until it is executed"]
pub struct Delete<D, T, G = Unguarded> {
    filter: Fragment,
    marker: PhantomData<fn() -> (D, T, G)>,
}

impl<D, T, G> Clone for Delete<D, T, G> {
    fn clone(&self) -> Self {
        Delete { filter: self.filter.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, G> std::fmt::Debug for Delete<D, T, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Delete").field(&self.clone().statement(Fragment::new()).sql).finish()
    }
}

impl<D: Dialect, T: Table> Delete<D, T> {
    pub(crate) const fn new() -> Self {
        Delete { filter: Fragment::new(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, G> Delete<D, T, G> {
    /// Deletes only the rows for which the condition holds; several must all hold.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
    /// let delete = User::delete::<Sqlite>().filter(User::id.eq(1));
    /// assert_eq!(delete.to_sql().sql, r#"DELETE FROM "users" WHERE "users"."id" = ?"#);
    /// ```
    pub fn filter<C: Condition<D, (T,), WHERE, I>, I>(mut self, condition: C) -> Delete<D, T, Guarded> {
        condition.add_to(&mut Conditions::all(&mut self.filter));
        Delete { filter: self.filter, marker: PhantomData }
    }

    /// Deletes every row, on purpose.
    pub fn all_rows(self) -> Delete<D, T, Guarded> {
        Delete { filter: self.filter, marker: PhantomData }
    }

    fn statement(self, returning: Fragment) -> Statement {
        let mut out = Fragment::new();
        out.sql("DELETE FROM ");
        table_name(T::def(), &mut out);
        write_filter(self.filter, &mut out);
        out.append(returning);
        Statement::new(out, D::KIND).writing(T::def())
    }
}

impl<D: Dialect, T: Table, G> Delete<D, T, G> {
    /// The SQL text and its parameters.
    pub fn to_sql(&self) -> Statement
    where
        G: SaysWhichRows,
    {
        self.clone().statement(Fragment::new())
    }

    /// Runs it; says how many rows were deleted.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>>
    where
        G: SaysWhichRows,
    {
        let done = executor.execute(self.statement(Fragment::new()));
        Box::pin(async move { Ok(done.await?.rows) })
    }

    /// Returns columns of the rows that were deleted.
    pub fn returning<P: Returnable<D, T, I, R>, I, R>(self, projection: P) -> Returning<D, R>
    where
        G: SaysWhichRows,
    {
        let returning = write_returning::<D, T, I, R, P>(projection);
        let statement = self.statement(returning);
        Returning { queries: vec![Query { statement, decode: P::read }] }
    }
}
