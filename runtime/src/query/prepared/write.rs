//! A prepared write.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::template::{self, Template};
use crate::{
    Error,
    dialect::Dialect,
    render::Statement,
    run::{BoxFuture, Done, Executor},
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
        let done = run(executor, &self.statements, (self.bind)(values));
        Box::pin(done.map_ok(|done| done.rows))
    }

    pub(super) fn insert_id<'e, E: Executor<D> + 'e>(
        &self,
        executor: E,
        values: A,
    ) -> BoxFuture<'e, Result<i64, Error>> {
        let done = run(executor, &self.statements, (self.bind)(values));
        Box::pin(done.map(|done| done?.id.ok_or(Error::RowNotFound)))
    }
}

fn run<D: Dialect, E: Executor<D>>(
    executor: E,
    statements: &[Template],
    values: Vec<Value>,
) -> impl Future<Output = Result<Done, Error>> + Send + use<D, E> {
    match statements {
        [one] => executor.execute(one.fill(values)).left_future(),
        _ => executor.execute_batch(template::fill(statements, values).collect()).right_future(),
    }
}
