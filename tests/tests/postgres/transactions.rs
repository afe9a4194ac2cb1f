//! Transactions: isolation, modes, savepoints, and what is left after errors.

use mizzle::{
    Error,
    dialect::Postgres,
    prelude::*,
    run::{BeginOf, Isolation, Mode, Query, RowReader},
};
use sqlx::{Connection, PgConnection, PgPool};

use crate::{
    Result,
    database::{all, insert, integers, raw, with_numbers},
};

type Done<T = ()> = std::result::Result<T, Error>;

/// What a setting of the transaction is.
fn setting(sql: &'static str) -> Query<Postgres, String> {
    Query { statement: raw(sql), decode: |row| Ok(row.text()?.unwrap_or_default().to_owned()) }
}

async fn modes(db: &PgPool, begin: impl BeginOf<Postgres>) -> Done<[String; 3]> {
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
    with_numbers(1, async |db| {
        assert_eq!(modes(db, Mode::new()).await?, ["read committed", "off", "off"]);
        assert_eq!(modes(db, Isolation::ReadUncommitted).await?, ["read uncommitted", "off", "off"]);
        assert_eq!(modes(db, Isolation::RepeatableRead).await?, ["repeatable read", "off", "off"]);
        assert_eq!(modes(db, Isolation::RepeatableRead.read_only()).await?, ["repeatable read", "on", "off"]);
        assert_eq!(modes(db, Isolation::Serializable.read_only().deferrable()).await?, ["serializable", "on", "on"]);
        let write = db.transaction_with(Mode::new().read_only(), async |tx| tx.execute(insert(1)).await).await;
        assert!(matches!(write, Err(Error::Database(_))), "{write:?}");
        assert!(all(db).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn savepoints_are_rolled_back_alone() -> Result {
    with_numbers(1, async |db| {
        db.transaction(async |tx| {
            tx.execute(insert(1)).await?;
            let twice: Done = tx
                .transaction(async |tx| {
                    tx.execute(insert(2)).await?;
                    tx.execute(insert(1)).await?;
                    Ok(())
                })
                .await;
            assert!(twice.is_err_and(|error| error.is_unique_violation()));
            tx.transaction_with(Isolation::Serializable, async |tx| tx.execute(insert(3)).await).await?;
            tx.execute_batch(vec![insert(4), insert(5)]).await
        })
        .await?;
        assert_eq!(all(db).await?, [1, 3, 4, 5]);
        Ok(())
    })
    .await
}

/// PostgreSQL rolls back, and says nothing, when it is told to commit after an error.
#[tokio::test]
async fn an_error_that_is_ignored_does_not_pass_for_a_commit() -> Result {
    with_numbers(1, async |db| {
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
            let text =
                Query::<Postgres, i64> { statement: raw("SELECT 'x'"), decode: |row| Ok(row.i64()?.unwrap_or(0)) };
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
    })
    .await
}

#[tokio::test]
async fn one_that_comes_too_late_can_be_retried() -> Result {
    with_numbers(2, async |db| {
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
    })
    .await
}

#[tokio::test]
async fn two_that_wait_for_each_other_can_be_retried() -> Result {
    with_numbers(2, async |db| {
        db.execute_batch(vec![insert(1), insert(2)]).await?;
        let barrier = tokio::sync::Barrier::new(2);
        let both = async |first: &'static str, second: &'static str| {
            db.transaction(async |tx| {
                tx.execute(raw(first)).await?;
                barrier.wait().await;
                tx.execute(raw(second)).await
            })
            .await
        };
        const ONE: &str = "UPDATE t SET x = x WHERE x = 1";
        const TWO: &str = "UPDATE t SET x = x WHERE x = 2";
        let (a, b) = tokio::join!(both(ONE, TWO), both(TWO, ONE));
        let errors: Vec<_> = [a, b].into_iter().filter_map(std::result::Result::err).collect();
        let [error @ Error::Deadlock(_)] = errors.as_slice() else {
            return Err(format!("{errors:?}").into());
        };
        assert!(error.is_retryable());
        assert!(error.to_string().starts_with("two transactions waited for each other"), "{error}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_lock_that_is_not_to_be_waited_for() -> Result {
    with_numbers(2, async |db| {
        db.execute(insert(1)).await?;
        db.transaction(async |tx| {
            tx.fetch_all(integers("SELECT x FROM t FOR UPDATE")).await?;
            let other = db.fetch_all(integers("SELECT x FROM t FOR UPDATE NOWAIT")).await;
            assert!(matches!(other, Err(Error::Serialization(_))), "{other:?}");
            Ok(())
        })
        .await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_constraint_that_is_checked_at_the_end() -> Result {
    with_numbers(1, async |db| {
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
    })
    .await
}

#[tokio::test]
async fn runs_on_what_sqlx_has_begun() -> Result {
    with_numbers(1, async |db| {
        let mut connection = db.acquire().await?;
        let connection: &mut PgConnection = &mut connection;
        let mut outer = connection.begin().await?;
        (&mut outer).execute(insert(1)).await?;
        (&mut outer).transaction(async |tx| tx.execute(insert(2)).await).await?;
        let failed: Done = (&mut outer)
            .transaction(async |tx| {
                tx.execute(insert(3)).await?;
                Err(Error::RowNotFound)
            })
            .await;
        assert!(failed.is_err());
        outer.commit().await?;
        assert_eq!(connection.fetch_all(integers("SELECT x FROM t ORDER BY x")).await?, [1, 2]);
        Ok(())
    })
    .await
}
