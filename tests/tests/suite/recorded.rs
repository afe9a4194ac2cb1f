//! An executor that keeps what it hands on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::Stream;
use mizzle::{
    Error,
    dialect::Dialect,
    render::Statement,
    run::{BoxFuture, Done, Executor, InSnapshot, Query},
};

type Answer<T> = std::result::Result<T, Error>;

/// Keeps the text of what it hands on.
#[derive(Clone, Copy)]
pub(crate) struct Recorded<E>(E, &'static Mutex<Vec<String>>);

impl<E> Recorded<E> {
    pub(crate) fn new(executor: E) -> Self {
        Recorded(executor, Box::leak(Box::default()))
    }

    fn texts(&self) -> MutexGuard<'static, Vec<String>> {
        self.1.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, statement: &Statement) {
        self.texts().push(statement.sql.to_string());
    }

    /// What was sent since the last time.
    pub(crate) fn sent(&self) -> Vec<String> {
        std::mem::take(&mut *self.texts())
    }
}

impl<D: Dialect, E: Executor<D>> Executor<D> for Recorded<E> {
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Answer<R>> + Send + 'e
    where
        Self: 'e,
    {
        self.keep(&query.statement);
        self.0.fetch(query)
    }

    async fn execute(self, statement: Statement) -> Answer<Done> {
        self.keep(&statement);
        self.0.execute(statement).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> Answer<Vec<R>> {
        queries.iter().for_each(|query| self.keep(&query.statement));
        self.0.fetch_batch(queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Answer<Done> {
        statements.iter().for_each(|statement| self.keep(statement));
        self.0.execute_batch(statements).await
    }

    async fn snapshot<W: InSnapshot<D>>(self, work: W) -> Answer<W::Output> {
        self.0.snapshot(Recorded(work, self.1)).await
    }

    async fn atomic<W: InSnapshot<D>>(self, work: W) -> Answer<W::Output> {
        self.0.atomic(Recorded(work, self.1)).await
    }
}

impl<D: Dialect, W: InSnapshot<D>> InSnapshot<D> for Recorded<W> {
    type Output = W::Output;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Answer<W::Output>>
    where
        Self: 'e,
    {
        self.0.run(Recorded(executor, self.1))
    }
}
