//! A prepared write.

use futures_util::TryFutureExt as _;

use super::template::{self, Template};
use crate::{
    Error,
    dialect::Dialect,
    render::Statement,
    run::{BoxFuture, Executor},
    value::Value,
};

/// A write that is rendered: `A` is what each call gives it. See [`prepare`](super::prepare).
pub struct PreparedWrite<D, A> {
    statements: Vec<Template>,
    bind: fn(A) -> Vec<Value>,
    marker: std::marker::PhantomData<fn() -> D>,
}

impl<D, A> Clone for PreparedWrite<D, A> {
    fn clone(&self) -> Self {
        PreparedWrite { statements: self.statements.clone(), ..*self }
    }
}

impl<D, A> std::fmt::Debug for PreparedWrite<D, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PreparedWrite").field(&self.statements).finish()
    }
}

impl<D: Dialect, A> PreparedWrite<D, A> {
    pub(super) fn new(statements: impl IntoIterator<Item = Statement>, bind: fn(A) -> Vec<Value>) -> Self {
        let statements = statements.into_iter().map(|statement| Template::new(statement, D::SYNTAX)).collect();
        PreparedWrite { statements, bind, marker: std::marker::PhantomData }
    }

    /// Runs it; says how many rows were written.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<u64, Error>> {
        let values = (self.bind)(values);
        if let [one] = self.statements.as_slice() {
            let done = executor.execute(one.fill(values));
            return Box::pin(done.map_ok(|done| done.rows));
        }
        let done = executor.execute_batch(template::fill(&self.statements, values).collect());
        Box::pin(done.map_ok(|done| done.rows))
    }
}
