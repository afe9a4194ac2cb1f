//! Transactions that SQLite ends by itself, and how they begin.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use mizzle::{Error, prelude::*, run::Begin};
use mizzle_tests::Result;

use crate::{
    Db,
    suite::numbers::{all, insert, integers, numbers, raw},
};

/// Loses its transaction, after which nothing runs in it any more.
async fn lose(tx: Tx<'_, Sqlite>) -> std::result::Result<(), Error> {
    tx.execute(insert(3)).await?;
    assert!(tx.execute(raw("INSERT OR ROLLBACK INTO t (x) VALUES (1)")).await.is_err());
    assert!(matches!(tx.execute(insert(4)).await, Err(Error::Transaction { .. })));
    Ok(())
}

#[tokio::test]
async fn a_transaction_that_sqlite_gave_up_runs_nothing_more() -> Result {
    let db = &numbers(1).await?;
    db.execute(insert(1)).await?;
    for nested in [false, true] {
        let result: std::result::Result<(), Error> = db
            .transaction(async |tx| {
                tx.execute(insert(2)).await?;
                if nested {
                    assert!(tx.transaction(lose).await.is_err());
                    assert!(matches!(tx.execute(insert(5)).await, Err(Error::Transaction { .. })));
                } else {
                    lose(tx).await?;
                }
                Ok(())
            })
            .await;
        assert!(matches!(result, Err(Error::Transaction { .. })), "{result:?}");
        assert_eq!(all(db).await?, [1]);
        db.transaction_with(Begin::Immediate, async |tx| tx.execute(insert(6)).await).await?;
        assert_eq!(all(db).await?, [1, 6]);
        db.execute(raw("DELETE FROM t WHERE x = 6")).await?;
    }
    Ok(())
}

/// Adds the next number, twenty times; a deferred transaction that comes too late tries again.
async fn count_up(db: Db, begin: Begin, retries: Arc<AtomicUsize>) -> std::result::Result<(), Error> {
    let mut left = 20;
    while left > 0 {
        let result = db
            .transaction_with(begin, async |tx| {
                let max = tx.fetch_optional(integers("SELECT max(x) FROM t")).await?.unwrap_or_default();
                tokio::task::yield_now().await;
                tx.execute(insert(max + 1)).await
            })
            .await;
        match result {
            Ok(_) => left -= 1,
            Err(error) if error.is_retryable() && begin == Begin::Deferred => {
                retries.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn immediate_ones_wait_for_each_other_and_deferred_ones_can_be_retried() -> Result {
    let db = numbers(4).await?;
    (&db).execute(insert(0)).await?;
    let retries = Arc::new(AtomicUsize::new(0));
    let begins = (0..8).map(|n| if n % 2 == 0 { Begin::Immediate } else { Begin::Deferred });
    let tasks: Vec<_> = begins.map(|begin| tokio::spawn(count_up(db.clone(), begin, Arc::clone(&retries)))).collect();
    for task in tasks {
        task.await??;
    }
    assert_eq!(all(&db).await?, (0..=160).collect::<Vec<_>>());
    Ok(())
}
