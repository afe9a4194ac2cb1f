//! Several statements, all run or none.

use super::{Done, Executor, InSnapshot, Query, Transactions};
use crate::{Error, render::Statement};

/// All rows of several queries.
pub(super) async fn fetch<X, R>(executor: X, mut queries: Vec<Query<X::Dialect, R>>) -> Result<Vec<R>, Error>
where
    X: Transactions + Executor<X::Dialect>,
    R: Send + 'static,
{
    if queries.len() > 1 {
        // In a box, here and below: one statement alone needs no room for a transaction.
        return Box::pin(executor.transaction(async |tx| {
            let mut rows = Vec::new();
            for query in queries {
                rows.append(&mut tx.fetch_all(query).await?);
            }
            Ok(rows)
        }))
        .await;
    }
    match queries.pop() {
        Some(query) => executor.fetch_all(query).await,
        None => Ok(Vec::new()),
    }
}

/// What several statements changed.
pub(super) async fn execute<X>(executor: X, mut statements: Vec<Statement>) -> Result<Done, Error>
where
    X: Transactions + Executor<X::Dialect>,
{
    if statements.len() > 1 {
        return Box::pin(executor.transaction(async |tx| {
            let mut done = Done::default();
            for statement in statements {
                done = done.and(tx.execute(statement).await?);
            }
            Ok(done)
        }))
        .await;
    }
    match statements.pop() {
        Some(statement) => executor.execute(statement).await,
        None => Ok(Done::default()),
    }
}

/// Statements that depend on each other.
pub(super) async fn atomic<X, W>(executor: X, work: W) -> Result<W::Output, Error>
where
    X: Transactions,
    W: InSnapshot<X::Dialect>,
{
    Box::pin(executor.transaction(async |tx| work.run(tx).await)).await
}
