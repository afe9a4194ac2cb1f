//! Connections and transactions of sqlx's MySQL driver, wrapped; snapshots that are too old.

use mizzle::{Error, dialect::MariaDb, prelude::*, run::Isolation};
use mizzle_tests::Result;
use sqlx::Connection as _;

use crate::{
    suite::numbers::{all, insert, numbers, raw},
    transactions::{is_open, numbers_twice},
};

#[tokio::test]
async fn they_run_queries_too() -> Result {
    let db = numbers(1).await?;
    let mut connection = db.inner().acquire().await?;
    MariaDb::new(&mut connection).execute(insert(1)).await?;
    MariaDb::new(&mut *connection).transaction(async |tx| tx.execute(insert(2)).await).await?;
    let mut outer = connection.begin().await?;
    MariaDb::new(&mut outer).execute(insert(3)).await?;
    assert_eq!(all(MariaDb::new(&mut *outer)).await?, [1, 2, 3]);
    let failed = MariaDb::new(&mut outer).execute_batch(vec![insert(4), insert(1)]).await;
    assert!(failed.is_err_and(|error| error.is_unique_violation()));
    MariaDb::new(&mut outer).execute_batch(vec![insert(5), insert(6)]).await?;
    outer.commit().await?;
    let mut dropped = connection.begin().await?;
    MariaDb::new(&mut dropped).execute(insert(7)).await?;
    dropped.rollback().await?;
    drop(connection);
    assert_eq!(all(&db).await?, [1, 2, 3, 5, 6]);
    Ok(())
}

/// MariaDB can refuse a change to a row that is newer than the transaction's snapshot.
#[tokio::test]
async fn mariadb_gives_up_a_transaction_whose_snapshot_is_old() -> Result {
    let db = &numbers_twice(2).await?;
    db.execute_batch(vec![insert(1), insert(2)]).await?;
    let mut connection = db.inner().acquire().await?;
    sqlx::query("SET innodb_snapshot_isolation = ON").execute(&mut *connection).await?;
    let stale: std::result::Result<(), Error> = MariaDb::new(&mut connection)
        .transaction_with(Isolation::RepeatableRead, async |tx| {
            tx.execute(insert(3)).await?;
            all(tx).await?;
            db.execute(raw("UPDATE t SET y = 1 WHERE x = 1")).await?;
            let error = tx.execute(raw("UPDATE t SET y = 2 WHERE x = 1")).await.unwrap_err();
            assert!(matches!(error, Error::Serialization(_)), "{error:?}");
            let after = tx.execute(insert(4)).await;
            assert!(matches!(after, Err(Error::Transaction { .. })), "{after:?}");
            Err(error)
        })
        .await;
    assert!(stale.unwrap_err().is_retryable());
    assert!(!is_open(&mut connection).await);
    assert_eq!(all(db).await?, [1, 2]);
    Ok(())
}
