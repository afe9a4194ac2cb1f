//! Transactions: isolation, modes, savepoints, and what is left after errors.

use mizzle::{
    Error,
    dialect::Postgres,
    prelude::*,
    run::{BeginOf, Isolation, Mode, Query, RowReader},
};
use mizzle_tests::Result;

use crate::{
    Db,
    suite::numbers::{all, insert, integers, numbers, raw},
};

type Done<T = ()> = std::result::Result<T, Error>;

/// What a setting of the transaction is.
fn setting(sql: &'static str) -> Query<Postgres, String> {
    Query::new(raw(sql), |row| Ok(row.text()?.unwrap_or_default().to_owned()))
}

async fn modes(db: &Db, begin: impl BeginOf<Postgres>) -> Done<[String; 3]> {
    db.transaction_with(begin, async |tx| {
        Ok([
            tx.fetch_all(setting("SHOW transaction_isolation")).await?.concat(),
            tx.fetch_all(setting("SHOW transaction_read_only")).await?.concat(),
            tx.fetch_all(setting("SHOW transaction_deferrable")).await?.concat(),
        ])
    })
    .await
}

#[tokio::test]
async fn begins_as_it_was_asked_to() -> Result {
    let db = &numbers(1).await?;
    assert_eq!(modes(db, Mode::new()).await?, ["read committed", "off", "off"]);
    assert_eq!(modes(db, Isolation::ReadUncommitted).await?, ["read uncommitted", "off", "off"]);
    assert_eq!(modes(db, Isolation::RepeatableRead).await?, ["repeatable read", "off", "off"]);
    assert_eq!(modes(db, Isolation::RepeatableRead.read_only()).await?, ["repeatable read", "on", "off"]);
    assert_eq!(modes(db, Isolation::Serializable.read_only().deferrable()).await?, ["serializable", "on", "on"]);
    let write = db.transaction_with(Mode::new().read_only(), async |tx| tx.execute(insert(1)).await).await;
    assert!(matches!(write, Err(Error::Database(_))), "{write:?}");
    assert!(all(db).await?.is_empty());
    Ok(())
}

/// PostgreSQL rolls back, and says nothing, when it is told to commit after an error.
#[tokio::test]
async fn an_error_that_is_ignored_does_not_pass_for_a_commit() -> Result {
    let db = &numbers(1).await?;
    let ignored = db
        .transaction(async |tx| {
            tx.execute(insert(1)).await?;
            let twice = tx.execute(insert(1)).await;
            assert!(twice.is_err_and(|error| error.is_unique_violation()));
            let refused = tx.execute(insert(2)).await;
            assert!(matches!(refused, Err(Error::Database(_))));
            Ok(())
        })
        .await;
    assert!(matches!(ignored, Err(Error::Transaction { .. })), "{ignored:?}");
    assert!(all(db).await?.is_empty());

    // An error that the server did not see is none of its business, nor is one in a savepoint.
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        let text = Query::<Postgres, i64>::new(raw("SELECT 'x'"), |row| Ok(row.i64()?.unwrap_or(0)));
        assert!(matches!(tx.fetch_all(text).await, Err(Error::Decode(_))));
        assert!(tx.transaction(async |tx| tx.execute(insert(1)).await).await.is_err());
        Ok(())
    })
    .await?;
    assert_eq!(all(db).await?, [1]);

    // Nor is one that was rolled back by hand.
    db.transaction(async |tx| {
        tx.execute(raw("SAVEPOINT mine")).await?;
        assert!(tx.execute(insert(1)).await.is_err());
        tx.execute(raw("ROLLBACK TO SAVEPOINT mine")).await?;
        tx.execute(insert(2)).await
    })
    .await?;
    assert_eq!(all(db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn one_that_comes_too_late_can_be_retried() -> Result {
    let db = &numbers(2).await?;
    db.execute(insert(1)).await?;
    let late = db
        .transaction_with(Isolation::RepeatableRead, async |tx| {
            tx.fetch_all(integers("SELECT x FROM t")).await?;
            db.execute(raw("UPDATE t SET x = 2")).await?;
            tx.execute(raw("UPDATE t SET x = 3")).await
        })
        .await;
    assert!(matches!(&late, Err(Error::Serialization(_))), "{late:?}");
    assert!(late.is_err_and(|error| error.is_retryable()));
    assert_eq!(all(db).await?, [2]);
    Ok(())
}

#[tokio::test]
async fn a_constraint_that_is_checked_at_the_end() -> Result {
    let db = &numbers(1).await?;
    db.execute(raw("CREATE TABLE u (x bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")).await?;
    let late = db
        .transaction(async |tx| {
            tx.execute_batch(vec![raw("INSERT INTO u VALUES (1)"), raw("INSERT INTO u VALUES (1)")]).await
        })
        .await;
    assert!(late.is_err_and(|error| error.is_unique_violation()));
    let alone = db.fetch_optional(integers("INSERT INTO u VALUES (1), (1) RETURNING x")).await;
    assert!(alone.is_err_and(|error| error.is_unique_violation()));
    assert!(db.fetch_all(integers("SELECT x FROM u")).await?.is_empty());
    Ok(())
}
