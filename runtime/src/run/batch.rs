//! Several statements, all run or none.

use super::{Executor, Query, Transactions};
use crate::{Error, render::Statement};

/// All rows of several queries.
pub(super) async fn fetch<X, R>(executor: X, mut queries: Vec<Query<X::Dialect, R>>) -> Result<Vec<R>, Error>
where
    X: Transactions + Executor<X::Dialect>,
    R: Send + 'static,
{
    if queries.len() > 1 {
        return executor
            .transaction(async |tx| {
                let mut rows = Vec::new();
                for query in queries {
                    rows.append(&mut tx.fetch_all(query).await?);
                }
                Ok(rows)
            })
            .await;
    }
    match queries.pop() {
        Some(query) => executor.fetch_all(query).await,
        None => Ok(Vec::new()),
    }
}

/// How many rows several statements changed.
pub(super) async fn execute<X>(executor: X, mut statements: Vec<Statement>) -> Result<u64, Error>
where
    X: Transactions + Executor<X::Dialect>,
{
    if statements.len() > 1 {
        return executor
            .transaction(async |tx| {
                let mut changed = 0;
                for statement in statements {
                    changed += tx.execute(statement).await?;
                }
                Ok(changed)
            })
            .await;
    }
    match statements.pop() {
        Some(statement) => executor.execute(statement).await,
        None => Ok(0),
    }
}
