//! UPDATE and DELETE with ORDER BY and LIMIT.

use std::marker::PhantomData;

use futures_util::TryFutureExt as _;

use super::assign::target;
use super::limit::{Count, RowCount};
use super::order::{RowOrder, SortList};
use crate::{
    Error,
    dialect::Dialect,
    render::{Fragment, Statement},
    run::{BoxFuture, Executor},
    table::TableDef,
};

/// An UPDATE or DELETE of some rows, in an order: nothing can be added but a limit.
#[must_use = "a write does nothing until it is executed"]
pub struct LimitedWrite<D> {
    /// `None`: a patch that changes nothing.
    write: Option<Fragment>,
    table: &'static TableDef,
    limit: Option<Count>,
    marker: PhantomData<fn() -> D>,
}

impl<D> Clone for LimitedWrite<D> {
    fn clone(&self) -> Self {
        LimitedWrite { write: self.write.clone(), table: self.table, limit: self.limit, marker: PhantomData }
    }
}

impl<D: Dialect> std::fmt::Debug for LimitedWrite<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("LimitedWrite").field(&self.to_sql().sql).finish()
    }
}

impl<D: Dialect> LimitedWrite<D> {
    pub(super) fn new(write: Option<Fragment>, table: &'static TableDef) -> Self {
        LimitedWrite { write, table, limit: None, marker: PhantomData }
    }

    pub(super) fn ordered<S, K: RowOrder<D, S, I>, I>(mut self, keys: K) -> Self {
        if let Some(out) = &mut self.write {
            out.sql(" ORDER BY ");
            let start = out.end();
            out.set_target(target(self.table, D::SYNTAX));
            keys.row_keys(&mut SortList::since(out, start));
        }
        self
    }

    /// Changes at most this many rows.
    pub fn limit<N: RowCount>(mut self, rows: N) -> Self {
        self.limit = rows.count().or(self.limit);
        self
    }

    pub(super) fn statement(self) -> Option<Statement> {
        let mut out = self.write?;
        if let Some(rows) = self.limit {
            out.sql(" LIMIT ");
            rows.write(&mut out);
        }
        Some(out.into_write(D::SYNTAX.writes.with_update).writing(self.table))
    }

    /// The SQL text and its parameters: empty if a patch changes nothing.
    pub fn to_sql(&self) -> Statement {
        self.clone().statement().map_or_else(Statement::nothing, Statement::now)
    }

    /// Runs it; says how many rows were changed.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        let done = executor.execute_batch(self.statement().map(Statement::now).into_iter().collect());
        Box::pin(done.map_ok(|done| done.rows))
    }
}
