//! Futures that are dropped half-way: what they began is rolled back, and no answer is taken for another.

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::Thread,
    time::Duration,
};

use mizzle::{
    Error,
    prelude::*,
    run::{Driver, Transactions},
};

use crate::database::{CREATE_T, all, insert, integers, none_is_open, numbers, raw};

type Done<T = ()> = std::result::Result<T, Error>;

/// More polls than anything here takes.
const MANY: usize = 10_000;

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls a future at most so many times, waiting for a wake between two polls, then drops it: at once, or
/// (`late`) when the answer that it waits for has come. Must run where blocking is allowed.
fn poll_times<F: Future>(future: F, times: usize, late: bool) -> Option<F::Output> {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    for n in 0..times {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        if n + 1 < times || late {
            std::thread::park_timeout(Duration::from_secs(5));
        }
    }
    None
}

async fn one_to_six<D: Driver>(db: impl Transactions<Dialect = D>) -> Done {
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        tx.transaction(async |tx| {
            tx.execute(insert(2)).await?;
            tx.execute_batch(vec![insert(3), insert(4)]).await
        })
        .await?;
        let refused: Done = tx
            .transaction(async |tx| {
                tx.execute(insert(5)).await?;
                Err(Error::RowNotFound)
            })
            .await;
        assert!(matches!(refused, Err(Error::RowNotFound)));
        tx.execute(insert(6)).await.map(drop)
    })
    .await
}

both! {
    async fn stopping_it_anywhere_rolls_back(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        let mut most = 0;
        for round in 0..4 {
            for times in 0..MANY {
                db.execute(raw("DELETE FROM t")).await?;
                let done = tokio::task::block_in_place(|| poll_times(one_to_six::<D>(db), times, round % 2 == 0));
                none_is_open(pool).await?;
                let rows = all::<D>(db).await?;
                let complete = rows == [1, 2, 3, 4, 6];
                most = most.max(times);
                match done {
                    // The answer to a commit may be what was not waited for.
                    None => assert!(rows.is_empty() || complete, "after {times} polls: {rows:?}"),
                    Some(result) => {
                        result?;
                        assert!(complete, "{rows:?}");
                        break;
                    }
                }
            }
        }
        assert!(most > 4, "{most}");
    }

    async fn a_statement_that_is_stopped_leaves_no_answer_behind(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        for times in 0..12 {
            for late in [false, true] {
                // A text of its own is prepared first.
                let sql = Box::leak(format!("SELECT {times} + ? + {}", u8::from(late)).into_boxed_str());
                let query = numbers::<D>(sql, vec![mizzle::value::Value::I64(1000)]);
                let expected = 1000 + i64::try_from(times)? + i64::from(late);
                let done = tokio::task::block_in_place(|| poll_times(db.fetch_all(query), times, late));
                assert!(done.is_none_or(|rows| rows.is_ok_and(|rows| rows == [expected])));
                for n in 0..5 {
                    assert_eq!(db.fetch_all(numbers::<D>("SELECT ?", vec![mizzle::value::Value::I64(n)])).await?, [n]);
                }
            }
        }
    }

    async fn a_transaction_does_not_go_on_after_a_query_was_stopped(db, pool) {
        sqlx::query(CREATE_T).execute(pool).await?;
        for times in 1..MANY {
            let mut stopped = false;
            let done: Done = db
                .transaction(async |tx| {
                    tx.execute(insert(1)).await?;
                    let nested = tx.transaction(async |tx| {
                        tx.execute(insert(2)).await?;
                        tx.fetch_all(integers("SELECT x FROM t")).await
                    });
                    let done = tokio::task::block_in_place(|| poll_times(nested, times, times % 2 == 0));
                    stopped = done.is_none();
                    let next = tx.execute(insert(3)).await;
                    assert_eq!(next.is_err(), stopped, "{next:?}");
                    Ok(())
                })
                .await;
            assert_eq!(matches!(done, Err(Error::Transaction { .. })), stopped, "{done:?}");
            if !stopped {
                assert_eq!(all::<D>(db).await?, [1, 2, 3]);
                break;
            }
            assert_eq!(all::<D>(db).await?, [0_i64; 0]);
        }
    }

    async fn a_stream_that_is_left_early_does_no_harm(db, pool) {
        use futures_util::TryStreamExt as _;
        sqlx::query(CREATE_T).execute(pool).await?;
        db.execute_batch((0..100).map(insert).collect()).await?;
        let sql = "SELECT x FROM t ORDER BY x";
        assert_eq!(pin!(db.fetch(integers::<D>(sql))).try_next().await?, Some(0));
        let rows = db
            .transaction(async |tx| {
                assert_eq!(pin!(tx.fetch(integers::<D>(sql))).try_next().await?, Some(0));
                tx.execute(insert(100)).await?;
                all::<D>(tx).await
            })
            .await?;
        assert_eq!(rows.len(), 101);
        assert_eq!(db.fetch_optional(integers::<D>(sql)).await?, Some(0));
        assert_eq!(all::<D>(db).await?.len(), 101);
    }
}
