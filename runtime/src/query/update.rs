//! UPDATE.

use std::marker::PhantomData;

use super::{
    assign::{AssignmentList, Assignments},
    clause::WHERE,
    filter::{Condition, Conditions},
    parts::table_name,
    required::NoneRepeats,
    returning::{Returnable, Returning, write_returning},
};
use crate::{
    Error,
    dialect::Dialect,
    render::{Fragment, Statement},
    run::{BoxFuture, Executor, Query},
    table::Table,
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

/// An UPDATE of the table `T`; `A` says whether it sets something, `G` whether it says which rows it changes.
#[must_use = "an update does nothing until it is executed"]
pub struct Update<D, T, A = Unset, G = Unguarded> {
    assignments: AssignmentList,
    filter: Fragment,
    marker: PhantomData<fn() -> (D, T, A, G)>,
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

impl<D, T, A, G> Clone for Update<D, T, A, G> {
    fn clone(&self) -> Self {
        Update { assignments: self.assignments.clone(), filter: self.filter.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, A, G> std::fmt::Debug for Update<D, T, A, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Update").field(&self.clone().statement(Fragment::new()).map(|statement| statement.sql)).finish()
    }
}

/// What `.set(..)` of an update takes: assignments of which none repeats, or a patch struct.
#[diagnostic::on_unimplemented(
    message = "this does not set columns of `{T}`",
    label = "expected `{T}::column.set(value)`, a tuple of these, or a patch of `{T}`"
)]
pub trait UpdateSet<D: Dialect, T, I>: Sized {
    /// Renders them.
    fn assigned(self, to: &mut AssignmentList);
}

impl<D: Dialect, T, I, S: Assignments<D, T, (T,), I, Columns: NoneRepeats>> UpdateSet<D, T, I> for S {
    fn assigned(self, to: &mut AssignmentList) {
        self.assign(to);
    }
}

impl<D: Dialect, T: Table> Update<D, T> {
    pub(crate) const fn new() -> Self {
        Update { assignments: AssignmentList(Vec::new()), filter: Fragment::new(), marker: PhantomData }
    }
}

impl<D: Dialect, T: Table, A, G> Update<D, T, A, G> {
    fn with<A2, G2>(self) -> Update<D, T, A2, G2> {
        Update { assignments: self.assignments, filter: self.filter, marker: PhantomData }
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
    pub fn set<S: UpdateSet<D, T, I>, I>(mut self, assignments: S) -> Update<D, T, Changes, G> {
        let mut list = AssignmentList::default();
        assignments.assigned(&mut list);
        for assigned in list.0 {
            // A later call has the last word.
            self.assignments.0.retain(|before| before.column != assigned.column);
            self.assignments.0.push(assigned);
        }
        self.with()
    }

    /// Changes only the rows for which the condition holds; several must all hold.
    pub fn filter<C: Condition<D, (T,), WHERE, I>, I>(mut self, condition: C) -> Update<D, T, A, Guarded> {
        condition.add_to(&mut Conditions::all(&mut self.filter));
        self.with()
    }

    /// Changes every row, on purpose.
    pub fn all_rows(self) -> Update<D, T, A, Guarded> {
        self.with()
    }

    fn statement(mut self, returning: Fragment) -> Option<Statement> {
        if self.assignments.0.is_empty() {
            return None;
        }
        let def = T::def();
        self.assignments.add_updated(def);
        let mut out = Fragment::new();
        out.sql("UPDATE ");
        table_name(def, &mut out);
        let mut separator = " SET ";
        for assigned in self.assignments.0 {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.name(def.columns[assigned.column].name);
            out.sql(" = ");
            out.append(assigned.value);
        }
        write_filter(self.filter, &mut out);
        out.append(returning);
        Some(Statement::new(out, D::KIND).writing(def))
    }
}

/// Writes a WHERE, if there is a condition.
pub(crate) fn write_filter(filter: Fragment, out: &mut Fragment) {
    if !filter.is_empty() {
        out.sql(" WHERE ");
        out.append(filter);
    }
}

impl<D: Dialect, T: Table, A, G> Update<D, T, A, G> {
    /// The SQL text and its parameters: empty if a patch changes nothing.
    pub fn to_sql(&self) -> Statement
    where
        A: SetsSomething,
        G: SaysWhichRows,
    {
        self.clone().statement(Fragment::new()).unwrap_or_else(|| Statement::new(Fragment::new(), D::KIND))
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
        let done = executor.execute_batch(self.statement(Fragment::new()).into_iter().collect());
        Box::pin(async move { Ok(done.await?.rows) })
    }

    /// Returns columns of the rows that were changed.
    pub fn returning<P: Returnable<D, T, I, R>, I, R>(self, projection: P) -> Returning<D, R>
    where
        A: SetsSomething,
        G: SaysWhichRows,
    {
        let returning = write_returning::<D, T, I, R, P>(projection);
        let statement = self.statement(returning);
        let decode = P::read;
        Returning { queries: statement.into_iter().map(|statement| Query { statement, decode }).collect() }
    }
}
