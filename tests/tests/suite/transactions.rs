//! Transactions end by themselves: on every way out, at every depth.

use futures_util::TryStreamExt as _;
use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, needs};

use super::numbers::{all, insert, integers, numbers};
use crate::D;

#[derive(Debug)]
enum AppError {
    Refused,
    Database(Error),
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        AppError::Database(error)
    }
}

#[tokio::test]
async fn ok_commits_and_err_rolls_back() -> Result {
    let db = &numbers(2).await?;
    let answer = db
        .transaction(async |tx| {
            tx.execute(insert(1)).await?;
            tx.execute(insert(2)).await?;
            Ok(42)
        })
        .await?;
    assert_eq!(answer, 42);
    let refused: std::result::Result<(), AppError> = db
        .try_transaction(async |tx| {
            tx.execute(insert(3)).await?;
            assert_eq!(all(tx).await?, [1, 2, 3]);
            Err(AppError::Refused)
        })
        .await;
    assert!(matches!(refused, Err(AppError::Refused)));
    let failed: std::result::Result<(), AppError> = db
        .try_transaction(async |tx| {
            tx.execute(insert(4)).await?;
            tx.execute(insert(1)).await?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(AppError::Database(error)) if error.is_unique_violation()));
    assert_eq!(all(db).await?, [1, 2]);
    Ok(())
}

async fn helper(tx: Tx<'_, D>, x: i64) -> std::result::Result<u64, Error> {
    Ok(tx.execute(insert(x)).await?.rows)
}

#[tokio::test]
async fn runs_in_a_spawned_task_with_captured_data() -> Result {
    let db = numbers(2).await?;
    let pool = db.clone();
    let given = vec![1, 2, 3];
    let task = tokio::spawn(async move {
        pool.transaction(async |tx| {
            for x in &given {
                helper(tx, *x).await?;
            }
            tx.transaction(async |tx| helper(tx, 4).await).await?;
            tx.execute_batch(vec![insert(5), insert(6)]).await?;
            let rows: Vec<i64> = tx.fetch(integers("SELECT x FROM t")).try_collect().await?;
            Ok(rows.len() + given.len())
        })
        .await
    });
    assert_eq!(task.await??, 9);
    let pool = db.clone();
    tokio::spawn(async move { pool.execute_batch(vec![insert(7), insert(8)]).await }).await??;
    let pool = db.clone();
    let rows = tokio::spawn(async move { pool.fetch(integers("SELECT x FROM t")).try_collect::<Vec<_>>().await });
    assert_eq!(rows.await??.len(), 8);
    Ok(())
}

#[tokio::test]
async fn a_panic_rolls_back() -> Result {
    let db = numbers(1).await?;
    let pool = db.clone();
    let task = tokio::spawn(async move {
        pool.transaction(async |tx| {
            tx.execute(insert(1)).await?;
            tx.transaction(async |tx| {
                tx.execute(insert(2)).await?;
                panic!("stop")
            })
            .await
        })
        .await
    });
    let result: std::result::Result<std::result::Result<(), Error>, _> = task.await;
    assert!(result.is_err_and(|error| error.is_panic()));
    assert!(all(&db).await?.is_empty());
    (&db).execute(insert(1)).await?;
    Ok(())
}

#[tokio::test]
async fn nested_ones_are_savepoints() -> Result {
    let db = &numbers(1).await?;
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        let inner: std::result::Result<(), AppError> = tx
            .try_transaction(async |tx| {
                tx.execute(insert(2)).await?;
                tx.transaction(async |tx| tx.execute(insert(3)).await).await?;
                Err(AppError::Refused)
            })
            .await;
        assert!(inner.is_err());
        tx.transaction(async |tx| {
            tx.execute(insert(4)).await?;
            let inner: std::result::Result<(), AppError> = tx
                .try_transaction(async |tx| {
                    tx.execute(insert(5)).await?;
                    Err(AppError::Refused)
                })
                .await;
            assert!(inner.is_err());
            Ok(())
        })
        .await?;
        let twice = tx.transaction(async |tx| {
            tx.execute(insert(6)).await?;
            tx.execute(insert(1)).await
        });
        assert!(twice.await.is_err_and(|error| error.is_unique_violation()));
        tx.execute(insert(7)).await
    })
    .await?;
    assert_eq!(all(db).await?, [1, 4, 7]);
    Ok(())
}

#[needs(SqlxConnections)]
#[tokio::test]
async fn works_on_connections_and_inside_of_sqlx_transactions() -> Result {
    use mizzle::run::Transactions;
    use sqlx::Connection as _;
    let db = numbers(1).await?;
    let mut connection = db.acquire().await?;
    connection.transaction(async |tx| tx.execute(insert(1)).await).await?;
    {
        let plain = &mut *connection;
        Transactions::transaction(&mut *plain, async |tx| tx.execute(insert(2)).await).await?;
        plain.execute(insert(3)).await?;
        assert_eq!(all(&mut *plain).await?, [1, 2, 3]);
    }
    let mut outer = connection.begin().await?;
    Transactions::transaction(&mut outer, async |tx| tx.execute(insert(4)).await).await?;
    let failed: std::result::Result<(), Error> = Transactions::transaction(&mut outer, async |tx| {
        tx.execute(insert(5)).await?;
        Err(Error::RowNotFound)
    })
    .await;
    assert!(failed.is_err());
    assert!(outer.execute_batch(vec![insert(6), insert(1)]).await.is_err());
    outer.execute_batch(vec![insert(7), insert(8)]).await?;
    outer.commit().await?;
    assert_eq!(all(&mut connection).await?, [1, 2, 3, 4, 7, 8]);
    Ok(())
}

#[tokio::test]
async fn statements_at_the_same_time_take_turns() -> Result {
    let db = &numbers(1).await?;
    db.transaction(async |tx| {
        let (a, b, c, d) = tokio::join!(
            tx.execute(insert(1)),
            tx.transaction(async |tx| {
                tx.execute(insert(2)).await?;
                tokio::task::yield_now().await;
                tx.execute(insert(3)).await
            }),
            tx.try_transaction(async |tx| {
                tx.execute(insert(4)).await?;
                tokio::task::yield_now().await;
                Err::<(), _>(AppError::Refused)
            }),
            tx.execute_batch(vec![insert(5), insert(6)]),
        );
        a?;
        b?;
        d?;
        assert!(c.is_err());
        Ok(())
    })
    .await?;
    assert_eq!(all(db).await?, [1, 2, 3, 5, 6]);
    Ok(())
}

/// The server may find out later, after the stream was dropped: that is no other statement's error.
#[needs(RowLocks)]
#[tokio::test]
async fn an_error_after_a_dropped_stream_is_nobodys() -> Result {
    let db = &numbers(1).await?;
    let overflow = "SELECT 9223372036854775807 - 5000 + x + x FROM t";
    // PostgreSQL gives the transaction up.
    let goes_on = D::KIND != mizzle::dialect::DialectKind::Postgres;
    let first = async |tx: Tx<'_, D>| {
        let mut rows = std::pin::pin!(tx.fetch(integers(overflow)));
        rows.try_next().await
    };
    let done = db
        .transaction(async |tx| {
            tx.execute_batch((1..4000).map(insert).collect()).await?;
            assert!(first(tx).await?.is_some());
            if goes_on {
                tx.execute(insert(5000)).await?;
                assert!(first(tx).await?.is_some());
            }
            Ok(())
        })
        .await;
    assert_eq!(done.is_ok(), goes_on, "{done:?}");
    assert!(done.is_ok() || matches!(done, Err(Error::Transaction { .. })), "{done:?}");
    assert_eq!(all(db).await?.len(), if goes_on { 4000 } else { 0 });
    Ok(())
}

#[tokio::test]
async fn what_would_wait_for_itself_is_an_error() -> Result {
    let db = &numbers(1).await?;
    db.transaction(async |outer| {
        let inside = outer
            .transaction(async |inner| {
                inner.execute(insert(1)).await?;
                let deeper = inner.transaction(async |_| outer.execute(insert(2)).await).await;
                assert!(matches!(deeper, Err(Error::Transaction { .. })), "{deeper:?}");
                outer.execute(insert(2)).await
            })
            .await;
        assert!(inside.is_err_and(|error| error.to_string().contains("nested transaction is open")));
        outer.execute(insert(3)).await?;
        let mut rows = std::pin::pin!(outer.fetch(integers("SELECT x FROM t")));
        assert_eq!(rows.try_next().await?, Some(3));
        let open = outer.execute(insert(4)).await;
        assert!(open.is_err_and(|error| error.to_string().contains("stream of rows is open")));
        assert_eq!(rows.try_next().await?, None);
        outer.execute(insert(5)).await
    })
    .await?;
    assert_eq!(all(db).await?, [3, 5]);
    Ok(())
}
