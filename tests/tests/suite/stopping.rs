//! Futures that are dropped half-way: what they began is rolled back.

use std::task::Poll;

use mizzle::{Error, prelude::*, run::Driver as _, value::SqlValue as _};
use mizzle_tests::{Result, needs, plain, poll_times};

use super::numbers::{all, in_transaction, insert, integers, numbers, raw};
use crate::{D, Db};

type Done<T = ()> = std::result::Result<T, Error>;

/// Whether a statement waits for another thread or for a server. Short ones of mizzle's own pool do not.
const WAITS: bool = !has!(Sqlite) || has!(SqlxConnections);

/// More polls than anything here takes.
const MANY: usize = 10_000;

/// A place to be stopped at, whatever the statements around it do.
async fn polled_again_at_once() {
    let mut was_polled = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut was_polled, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Stops a future after each number of polls, and says what must hold after each; returns how many it takes.
async fn stopped_everywhere<F: Future<Output = Done>>(
    db: &Db,
    late: bool,
    work: impl Fn(Db) -> F,
    complete: &[i64],
) -> Result<usize> {
    for times in 0..MANY {
        db.execute(raw("DELETE FROM t")).await?;
        let done = tokio::task::block_in_place(|| poll_times(work(db.clone()), times, late));
        assert!(!in_transaction(db).await?, "after {times} polls");
        let rows = all(db).await?;
        let Some(result) = done else {
            // The answer to a commit may be what was not waited for.
            assert!(rows.is_empty() || rows == complete, "after {times} polls: {rows:?}");
            continue;
        };
        result?;
        assert_eq!(rows, complete);
        return Ok(times);
    }
    Err("never done".into())
}

async fn one_to_six(db: Db) -> Done {
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        polled_again_at_once().await;
        tx.transaction(async |tx| {
            tx.execute(insert(2)).await?;
            polled_again_at_once().await;
            tx.execute_batch(vec![insert(3), insert(4)]).await
        })
        .await?;
        polled_again_at_once().await;
        let refused: Done = tx
            .transaction(async |tx| {
                tx.execute(insert(5)).await?;
                polled_again_at_once().await;
                Err(Error::RowNotFound)
            })
            .await;
        assert!(matches!(refused, Err(Error::RowNotFound)));
        tx.execute(insert(6)).await?;
        polled_again_at_once().await;
        Ok(())
    })
    .await
}

async fn batch(db: Db) -> Done {
    db.execute_batch((0..4).map(insert).collect()).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_it_anywhere_rolls_back() -> Result {
    let db = &numbers(1).await?;
    let (mut most, least) = (0, if WAITS { 13 } else { 5 });
    // How many polls it takes depends on how soon the database answers: a busy machine needs more rounds to see many.
    for round in 0..100 {
        if round >= 10 && most > least {
            break;
        }
        most = most.max(stopped_everywhere(db, round % 2 == 0, one_to_six, &[1, 2, 3, 4, 6]).await?);
        stopped_everywhere(db, round % 2 == 0, batch, &[0, 1, 2, 3]).await?;
    }
    assert!(most > least, "{most}");
    Ok(())
}

/// Whether an error says that the whole transaction is lost, and why: over a query that was dropped half-way, or
/// (PostgreSQL) while a savepoint was released, when nobody knows whether it was.
fn is_lost(error: &Error) -> bool {
    match error {
        Error::Transaction { .. } => !D::SURVIVES_DROPS,
        error => D::SYNTAX.name == "PostgreSQL" && error.to_string().contains("savepoint"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_nested_one_anywhere_leaves_the_outer_one() -> Result {
    let db = &numbers(1).await?;
    let mut left = 0;
    for round in 0..10 {
        let mut lost = 0;
        for times in 0..MANY {
            db.execute(raw("DELETE FROM t")).await?;
            let outer = db
                .transaction(async |tx| {
                    tx.execute(insert(1)).await?;
                    let nested = tx.transaction(async |tx| {
                        tx.execute(insert(2)).await?;
                        polled_again_at_once().await;
                        tx.transaction(async |tx| {
                            tx.execute(insert(3)).await?;
                            polled_again_at_once().await;
                            tx.execute(insert(4)).await
                        })
                        .await?;
                        polled_again_at_once().await;
                        tx.execute_batch(vec![insert(5), insert(6)]).await
                    });
                    let done = tokio::task::block_in_place(|| poll_times(nested, times, round % 2 == 0));
                    tx.execute(insert(7)).await?;
                    Ok(done)
                })
                .await;
            assert!(!in_transaction(db).await?, "after {times} polls");
            let rows = all(db).await?;
            let complete = rows == [1, 2, 3, 4, 5, 6, 7];
            match outer {
                Ok(None) => {
                    assert!(complete || rows == [1, 7], "round {round}, after {times} polls: {rows:?}");
                    left += 1;
                }
                Ok(Some(result)) => {
                    result?;
                    assert!(complete, "{rows:?}");
                    break;
                }
                Err(error) => {
                    assert!(is_lost(&error), "{error}");
                    assert_eq!(rows, [0; 0], "round {round}, after {times} polls");
                    lost += 1;
                }
            }
        }
        // Only while a savepoint is released, and there are three of them.
        assert!(lost <= 6 || !D::SURVIVES_DROPS, "{lost} times the outer transaction was lost");
    }
    // Where a dropped query takes the transaction with it, there is one only if nothing was sent.
    assert!(left > 10 || !D::SURVIVES_DROPS && left == 10, "only {left} times could the outer transaction go on");
    Ok(())
}

#[needs(SqlxConnections, SurvivesDrops)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_batch_inside_of_a_sqlx_transaction_leaves_the_transaction() -> Result {
    let db = &numbers(1).await?;
    let mut left = 0;
    for round in 0..10 {
        for times in 0..MANY {
            db.execute(raw("DELETE FROM t")).await?;
            let mut outer = db.begin().await?;
            outer.execute(insert(1)).await?;
            let batch = outer.execute_batch(vec![insert(2), insert(3)]);
            let done = tokio::task::block_in_place(|| poll_times(batch, times, round % 2 == 0));
            let refused = outer.execute(insert(4)).await.err();
            if let Some(error) = &refused {
                assert!(is_lost(error), "{error}");
                outer.rollback().await?;
            } else {
                outer.commit().await?;
            }
            let rows = all(db).await?;
            if refused.is_some() {
                assert_eq!(rows, [0; 0], "after {times} polls");
                continue;
            }
            let complete = rows == [1, 2, 3, 4];
            assert!(complete || (done.is_none() && rows == [1, 4]), "after {times} polls: {rows:?}");
            if let Some(result) = done {
                result?;
                break;
            }
            left += 1;
        }
    }
    assert!(left > 10, "only {left} times could the outer transaction go on");
    Ok(())
}

/// sqlx alone would roll back its own transaction here, and run what follows outside of any.
#[needs(SqlxConnections, SurvivesDrops)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_savepoint_leaves_the_transaction_of_sqlx() -> Result {
    use mizzle::run::Transactions as _;
    use sqlx::Connection as _;
    let db = numbers(1).await?;
    let mut pooled = db.acquire().await?;
    let connection = &mut *pooled;
    for late in [false, true] {
        for times in 0..8 {
            let mut outer = connection.begin().await?;
            (&mut outer).execute(insert(1)).await?;
            let nested = (&mut outer).transaction(async |tx| {
                tx.execute(insert(2)).await?;
                loop {
                    polled_again_at_once().await;
                }
            });
            let done: Option<Done> = tokio::task::block_in_place(|| poll_times(nested, times, late));
            assert!(done.is_none());
            (&mut outer).execute(insert(3)).await?;
            assert_eq!(all(&mut outer).await?, [1, 3], "after {times} polls, late: {late}");
            outer.rollback().await?;
            assert_eq!(all(&mut *connection).await?, [0; 0]);
        }
    }
    Ok(())
}

#[needs(!SurvivesDrops)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_does_not_go_on_after_a_query_was_stopped() -> Result {
    let db = &numbers(1).await?;
    let mut stopped_times = 0;
    for _ in 0..10 {
        for times in 1..MANY {
            db.execute(raw("DELETE FROM t")).await?;
            let mut stopped = false;
            let done: Done = db
                .transaction(async |tx| {
                    tx.execute(insert(1)).await?;
                    let nested = tx.transaction(async |tx| {
                        tx.execute(insert(2)).await?;
                        all(tx).await
                    });
                    stopped = tokio::task::block_in_place(|| poll_times(nested, times, times % 2 == 0)).is_none();
                    let next = tx.execute(insert(3)).await;
                    assert_eq!(next.is_err(), stopped, "{next:?}");
                    Ok(())
                })
                .await;
            assert_eq!(matches!(done, Err(Error::Transaction { .. })), stopped, "{done:?}");
            assert!(!in_transaction(db).await?, "after {times} polls");
            if !stopped {
                assert_eq!(all(db).await?, [1, 2, 3]);
                break;
            }
            assert_eq!(all(db).await?, [0; 0]);
            stopped_times += 1;
        }
    }
    assert!(stopped_times > 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_query_that_is_stopped_leaves_no_answer_behind() -> Result {
    let db = &numbers(1).await?;
    db.execute_batch((0..2000).map(insert).collect()).await?;
    let with = |sql: String, value: i64| {
        let mut query = integers("");
        (query.statement.sql, query.statement.values) = (sql.into(), vec![value.into_value()]);
        query
    };
    for (times, from) in (0..20).zip(100..) {
        for late in [false, true] {
            // A text of its own is prepared first.
            let sql =
                plain::<D>(&format!("SELECT x FROM t WHERE x >= ? AND {times} = {times} AND '{late}' = '{late}'"));
            let done = tokio::task::block_in_place(|| poll_times(db.fetch_all(with(sql, from)), times, late));
            assert!(done.is_none_or(|rows| rows.is_ok_and(|rows| rows.first() == Some(&from))));
            for n in 0..5 {
                assert_eq!(db.fetch_all(with(plain::<D>("SELECT ?"), n)).await?, [n]);
            }
        }
    }
    Ok(())
}
