//! An executor that counts statements.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use futures_util::Stream;
use mizzle::{
    Error,
    dialect::Dialect,
    prelude::*,
    render::Statement,
    run::{BoxFuture, Done, InSnapshot, Query},
};

type Answer<T> = std::result::Result<T, Error>;

/// Counts the statements that it hands on.
#[derive(Clone, Copy)]
pub(crate) struct Counted<E>(pub(crate) E, pub(crate) &'static AtomicUsize);

impl<D: Dialect, E: Executor<D>> Executor<D> for Counted<E> {
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Answer<R>> + Send + 'e
    where
        Self: 'e,
    {
        self.1.fetch_add(1, SeqCst);
        self.0.fetch(query)
    }

    async fn execute(self, statement: Statement) -> Answer<Done> {
        self.1.fetch_add(1, SeqCst);
        self.0.execute(statement).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> Answer<Vec<R>> {
        self.1.fetch_add(queries.len(), SeqCst);
        self.0.fetch_batch(queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Answer<Done> {
        self.1.fetch_add(statements.len(), SeqCst);
        self.0.execute_batch(statements).await
    }

    async fn snapshot<W: InSnapshot<D>>(self, work: W) -> Answer<W::Output> {
        self.0.snapshot(Counted(work, self.1)).await
    }

    async fn atomic<W: InSnapshot<D>>(self, work: W) -> Answer<W::Output> {
        self.0.atomic(Counted(work, self.1)).await
    }
}

impl<D: Dialect, W: InSnapshot<D>> InSnapshot<D> for Counted<W> {
    type Output = W::Output;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Answer<W::Output>>
    where
        Self: 'e,
    {
        self.0.run(Counted(executor, self.1))
    }
}

/// A counter, which is never given back.
pub(crate) fn counter() -> &'static AtomicUsize {
    Box::leak(Box::new(AtomicUsize::new(0)))
}
