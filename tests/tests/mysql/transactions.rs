//! Deadlocks at all depths, and what ends transactions behind our back; on MySQL and MariaDB.

use mizzle::{
    Error,
    prelude::*,
    run::{Isolation, Mode},
};
use mizzle_tests::{Result, TestDatabase as _};
use sqlx::MySqlConnection;
use tokio::sync::Barrier;

use crate::{
    D, Db, on, pool,
    suite::numbers::{all, insert, numbers, raw},
};

type Done<T = ()> = std::result::Result<T, Error>;

/// The table `t` with one more column, `y`.
pub(crate) async fn numbers_twice(connections: u32) -> Result<Db> {
    let db = numbers(connections).await?;
    db.run("ALTER TABLE t ADD y BIGINT NOT NULL DEFAULT 0").await?;
    Ok(db)
}

/// Whether the connection has a transaction open: only then does a savepoint last.
pub(crate) async fn is_open(connection: &mut MySqlConnection) -> bool {
    sqlx::raw_sql("SAVEPOINT probe; RELEASE SAVEPOINT probe").execute(connection).await.is_ok()
}

/// No connection of the pool has a transaction open.
async fn none_is_open(db: &Db) -> Result {
    let mut connections = Vec::new();
    // Those that are not in use; one that comes back right now is one of the next.
    for _ in 0..pool(db).num_idle().max(1) {
        let mut connection = pool(db).acquire().await?;
        assert!(!is_open(&mut connection).await);
        connections.push(connection);
    }
    Ok(())
}

#[tokio::test]
async fn the_loser_of_a_deadlock_loses_its_whole_transaction() -> Result {
    let db = &numbers_twice(2).await?;
    db.execute_batch(vec![insert(1), insert(2)]).await?;
    let barrier = Barrier::new(2);
    let crossing = async |mine: i64, first, second, depth: usize| -> Done {
        db.transaction(async |tx| {
            tx.execute(insert(mine)).await?;
            let work = async |tx: Tx<'_, D>| -> Done {
                tx.execute(raw(first)).await?;
                barrier.wait().await;
                let result = tx.execute(raw(second)).await;
                if result.is_err() {
                    // What follows must not commit by itself.
                    let after = tx.execute(insert(mine + 100)).await;
                    assert!(matches!(after, Err(Error::Transaction { .. })), "{after:?}");
                }
                result.map(drop)
            };
            match depth {
                0 => work(tx).await,
                1 => tx.transaction(work).await,
                _ => tx.transaction(async |tx| tx.transaction(work).await).await,
            }
            .or_else(|error| if mine == 20 { Err(error) } else { Ok(()) })
        })
        .await
    };
    for depth in 0..3 {
        let (up, down) = ("UPDATE t SET y = y + 1 WHERE x = 1", "UPDATE t SET y = y + 1 WHERE x = 2");
        let (left, right) = tokio::join!(crossing(10, up, down, depth), crossing(20, down, up, depth));
        let left_rows = all(db).await?;
        match (left, right) {
            (Err(Error::Transaction { .. }), Ok(())) => assert_eq!(left_rows, [1, 2, 20]),
            (Ok(()), Err(Error::Deadlock(_))) => assert_eq!(left_rows, [1, 2, 10]),
            other => panic!("{other:?}"),
        }
        none_is_open(db).await?;
        db.execute(raw("DELETE FROM t WHERE x > 2")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_implicit_commit_does_not_break_the_count() -> Result {
    let db = &numbers_twice(2).await?;
    let mut connection = pool(db).acquire().await?;
    for rolls_back in [false, true] {
        let done: Done = on(&mut connection)
            .transaction(async |tx| {
                let inner: Done = tx
                    .transaction(async |tx| {
                        tx.execute(raw("CREATE TABLE u (x BIGINT)")).await?;
                        if rolls_back { Err(Error::RowNotFound) } else { Ok(()) }
                    })
                    .await;
                assert_eq!(inner.is_err(), rolls_back);
                tx.execute(insert(i64::from(rolls_back))).await?;
                tx.transaction(async |tx| tx.execute(insert(7)).await).await?;
                Err(Error::RowNotFound)
            })
            .await;
        assert!(matches!(done, Err(Error::RowNotFound)));
        assert!(!is_open(&mut connection).await);
        db.execute(raw("DROP TABLE u")).await?;
        assert_eq!(all(on(&mut connection)).await?, [0_i64; 0]);
    }
    on(&mut connection).transaction(async |tx| tx.execute(insert(1)).await).await?;
    assert_eq!(all(db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn a_mode_is_for_one_transaction_of_a_connection() -> Result {
    let db = &numbers(2).await?;
    let refused = db.transaction_with(Isolation::Serializable.read_only(), async |tx| tx.execute(insert(1)).await);
    assert!(matches!(refused.await, Err(Error::Database(_))));
    let mut connection = pool(db).acquire().await?;
    for mode in [Isolation::ReadUncommitted.into(), Isolation::RepeatableRead.into(), Mode::new()] {
        let seen = on(&mut connection).transaction_with(mode, async |tx| {
            let before = all(tx).await?.len();
            db.execute(raw("INSERT INTO t (x) SELECT coalesce(max(x), 0) + 1 FROM t")).await?;
            Ok::<_, Error>(all(tx).await?.len() - before)
        });
        assert_eq!(seen.await?, usize::from(mode == Mode::from(Isolation::ReadUncommitted)), "{mode:?}");
    }
    let nested = on(&mut connection).transaction_with(Mode::new().read_only(), async |tx| {
        tx.transaction_with(Isolation::Serializable, async |tx| all(tx).await).await
    });
    assert_eq!(nested.await?.len(), 3);
    Ok(())
}
