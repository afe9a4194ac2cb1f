//! Transactions, deadlocks, and what ends them behind our back.

use futures_util::TryStreamExt as _;
use mizzle::{
    Error,
    prelude::*,
    run::{Isolation, Mode, Transactions},
};
use sqlx::Acquire as _;
use tokio::sync::Barrier;

use crate::database::{CREATE_T, Result, Server as _, all, insert, integers, is_open, none_is_open, raw};

type Done<T = ()> = std::result::Result<T, Error>;

both! {
    async fn ok_commits_and_err_rolls_back_at_every_depth(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        db.transaction(async |tx| {
            tx.execute(insert(1)).await?;
            let refused: Done = tx
                .transaction(async |tx| {
                    tx.execute(insert(2)).await?;
                    tx.transaction(async |tx| tx.execute(insert(3)).await).await?;
                    Err(Error::RowNotFound)
                })
                .await;
            assert!(matches!(refused, Err(Error::RowNotFound)));
            tx.transaction(async |tx| tx.execute(insert(4)).await).await?;
            let rows: Vec<i64> = tx.fetch(integers("SELECT x FROM t ORDER BY x")).try_collect().await?;
            assert_eq!(rows, [1, 4]);
            Ok(())
        })
        .await?;
        let failed = db.transaction(async |tx| {
            tx.execute(insert(5)).await?;
            tx.execute(insert(1)).await
        });
        assert!(failed.await.unwrap_err().is_unique_violation());
        assert_eq!(all::<D>(db).await?, [1, 4]);
        none_is_open(pool).await?;
    }

    async fn runs_on_connections_and_transactions_of_sqlx(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        let mut connection = pool.acquire().await?;
        D::on(&mut connection).execute(insert(1)).await?;
        D::on(&mut connection).transaction(async |tx| tx.execute(insert(2)).await).await?;
        D::on(&mut *connection).transaction(async |tx| tx.execute(insert(3)).await).await?;
        let mut outer = connection.begin().await?;
        D::on(&mut outer).execute(insert(4)).await?;
        D::on(&mut outer).execute_batch(vec![insert(5), insert(6)]).await?;
        assert!(D::on(&mut outer).execute_batch(vec![insert(7), insert(1)]).await.is_err());
        assert_eq!(all::<D>(D::on(&mut outer)).await?, [1, 2, 3, 4, 5, 6]);
        assert_eq!(all::<D>(db).await?, [1, 2, 3]);
        outer.rollback().await?;
        drop(connection);
        assert_eq!(all::<D>(db).await?, [1, 2, 3]);
        none_is_open(pool).await?;
    }

    async fn a_mode_is_for_one_transaction(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        let refused = db.transaction_with(Isolation::Serializable.read_only(), async |tx| tx.execute(insert(1)).await);
        assert!(matches!(refused.await, Err(Error::Database(_))));
        let mut connection = pool.acquire().await?;
        for mode in [Isolation::ReadUncommitted.into(), Isolation::RepeatableRead.into(), Mode::new()] {
            let seen = D::on(&mut connection).transaction_with(mode, async |tx| {
                let before = all::<D>(tx).await?.len();
                db.execute(raw("INSERT INTO t (x) SELECT coalesce(max(x), 0) + 1 FROM t")).await?;
                Ok::<_, Error>(all::<D>(tx).await?.len() - before)
            });
            assert_eq!(seen.await?, usize::from(mode == Mode::from(Isolation::ReadUncommitted)), "{mode:?}");
        }
        let nested = D::on(&mut connection).transaction_with(Mode::new().read_only(), async |tx| {
            tx.transaction_with(Isolation::Serializable, async |tx| all::<D>(tx).await).await
        });
        assert_eq!(nested.await?.len(), 3);
    }

    async fn the_loser_of_a_deadlock_loses_its_whole_transaction(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
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
            let left_rows = all::<D>(db).await?;
            match (left, right) {
                (Err(Error::Transaction { .. }), Ok(())) => assert_eq!(left_rows, [1, 2, 20]),
                (Ok(()), Err(Error::Deadlock(_))) => assert_eq!(left_rows, [1, 2, 10]),
                other => panic!("{other:?}"),
            }
            none_is_open(pool).await?;
            db.execute(raw("DELETE FROM t WHERE x > 2")).await?;
        }
    }

    async fn an_implicit_commit_does_not_break_the_count(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        let mut connection = pool.acquire().await?;
        for rolls_back in [false, true] {
            let done: Done = D::on(&mut connection)
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
            assert!(!is_open(&mut connection).await?);
            db.execute(raw("DROP TABLE u")).await?;
            assert_eq!(all::<D>(D::on(&mut connection)).await?, [0_i64; 0]);
        }
        D::on(&mut connection).transaction(async |tx| tx.execute(insert(1)).await).await?;
        assert_eq!(all::<D>(db).await?, [1]);
    }
}

/// MariaDB can refuse a change to a row that is newer than the transaction's snapshot.
#[tokio::test]
async fn mariadb_gives_up_a_transaction_whose_snapshot_is_old() -> Result {
    use mizzle::dialect::MariaDb;

    let database = crate::database::TestDatabase::create::<MariaDb>().await?;
    let db = &MariaDb::new(database.pool.clone());
    sqlx::query(CREATE_T).execute(&database.pool).await?;
    db.execute_batch(vec![insert(1), insert(2)]).await?;
    let mut connection = database.pool.acquire().await?;
    sqlx::query("SET innodb_snapshot_isolation = ON").execute(&mut *connection).await?;
    let stale: Done = MariaDb::new(&mut connection)
        .transaction_with(Isolation::RepeatableRead, async |tx| {
            tx.execute(insert(3)).await?;
            all::<MariaDb>(tx).await?;
            db.execute(raw("UPDATE t SET y = 1 WHERE x = 1")).await?;
            let error = tx.execute(raw("UPDATE t SET y = 2 WHERE x = 1")).await.unwrap_err();
            assert!(matches!(error, Error::Serialization(_)), "{error:?}");
            let after = tx.execute(insert(4)).await;
            assert!(matches!(after, Err(Error::Transaction { .. })), "{after:?}");
            Err(error)
        })
        .await;
    assert!(stale.unwrap_err().is_retryable());
    assert!(!is_open(&mut connection).await?);
    assert_eq!(all::<MariaDb>(db).await?, [1, 2]);
    connection.close().await?;
    database.drop().await
}
