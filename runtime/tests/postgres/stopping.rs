//! Futures that are dropped half-way: what they began is rolled back, and nothing else.

use std::{
    future::poll_fn,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::Thread,
    time::Duration,
};

use mizzle::{Error, prelude::*};
use sqlx::{Connection, PgConnection, PgPool, postgres::PgPoolOptions};

use crate::{
    Result,
    database::{all, insert, integers, raw, with_numbers},
};

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

/// Is polled again at once.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut yielded, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// More polls than anything here takes.
const MANY: usize = 10_000;

async fn in_transaction(db: &PgPool) -> Result<bool> {
    // Two statements of one transaction have one time.
    let times = db.fetch_all(integers("SELECT extract(microseconds FROM now())::bigint")).await?;
    Ok(times == db.fetch_all(integers("SELECT extract(microseconds FROM now())::bigint")).await?)
}

async fn one_to_six(db: &PgPool) -> std::result::Result<(), Error> {
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        tx.transaction(async |tx| {
            tx.execute(insert(2)).await?;
            tx.execute_batch(vec![insert(3), insert(4)]).await
        })
        .await?;
        let refused = tx
            .transaction(async |tx| {
                tx.execute(insert(5)).await?;
                tx.execute(insert(1)).await
            })
            .await;
        assert!(refused.is_err_and(|error| error.is_unique_violation()));
        tx.execute(insert(6)).await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_it_anywhere_rolls_back() -> Result {
    with_numbers(1, async |db| {
        let complete = [1, 2, 3, 4, 6];
        let mut most = 0;
        for late in [false, true].repeat(5) {
            for times in 0..MANY {
                db.execute(raw("DELETE FROM t")).await?;
                let done = tokio::task::block_in_place(|| poll_times(one_to_six(db), times, late));
                assert!(!in_transaction(db).await?, "after {times} polls, late: {late}");
                let rows = all(db).await?;
                // The answer to a commit may be what was not waited for.
                assert!(rows == complete || (done.is_none() && rows.is_empty()), "after {times} polls: {rows:?}");
                if let Some(result) = done {
                    result?;
                    break;
                }
                most = most.max(times);
            }
        }
        // How many polls it takes depends on how soon the server answers.
        assert!(most > 0);
        Ok(())
    })
    .await
}

async fn two_to_four(tx: Tx<'_, mizzle::dialect::Postgres>) -> std::result::Result<(), Error> {
    tx.transaction(async |tx| {
        tx.execute(insert(2)).await?;
        tx.transaction(async |tx| {
            tx.execute(insert(3)).await?;
            Ok(())
        })
        .await?;
        tx.execute(insert(4)).await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_nested_one_anywhere_leaves_the_outer_one() -> Result {
    with_numbers(1, async |db| {
        for late in [false, true] {
            let mut refused = 0;
            for times in 0..MANY {
                db.execute(raw("DELETE FROM t")).await?;
                let outer: std::result::Result<_, Error> = db
                    .transaction(async |tx| {
                        tx.execute(insert(1)).await?;
                        let done = tokio::task::block_in_place(|| poll_times(two_to_four(tx), times, late));
                        tx.execute(insert(5)).await?;
                        Ok(done)
                    })
                    .await;
                assert!(!in_transaction(db).await?, "after {times} polls, late: {late}");
                let rows = all(db).await?;
                match outer {
                    Ok(Some(done)) => {
                        done?;
                        assert_eq!(rows, [1, 2, 3, 4, 5]);
                        break;
                    }
                    Ok(None) => assert!(rows == [1, 5] || rows == [1, 2, 3, 4, 5], "after {times} polls: {rows:?}"),
                    // Stopped while its savepoint was released: whether that happened, nobody knows.
                    Err(error) => {
                        assert!(error.to_string().contains("savepoint"), "{error}");
                        assert!(rows.is_empty(), "after {times} polls: {rows:?}");
                        refused += 1;
                    }
                }
            }
            assert!(refused <= 4, "{refused}");
        }
        Ok(())
    })
    .await
}

/// sqlx alone would roll back its own transaction here, and run what follows outside of any.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_savepoint_leaves_the_transaction_of_sqlx() -> Result {
    with_numbers(1, async |db| {
        let mut connection = db.acquire().await?;
        for late in [false, true] {
            for times in 0..8 {
                let connection: &mut PgConnection = &mut connection;
                let mut outer = connection.begin().await?;
                (&mut outer).execute(insert(1)).await?;
                let nested = (&mut outer).transaction(async |tx| {
                    tx.execute(insert(2)).await?;
                    loop {
                        yield_now().await;
                    }
                });
                let done: Option<std::result::Result<(), Error>> =
                    tokio::task::block_in_place(|| poll_times(nested, times, late));
                assert!(done.is_none());
                (&mut outer).execute(insert(3)).await?;
                let rows = (&mut outer).fetch_all(integers("SELECT x FROM t ORDER BY x")).await?;
                assert_eq!(rows, [1, 3], "after {times} polls, late: {late}");
                outer.rollback().await?;
                assert!(connection.fetch_all(integers("SELECT x FROM t")).await?.is_empty());
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_stream_leaves_the_connection_usable() -> Result {
    with_numbers(1, async |db| {
        for times in 0..20 {
            let rows = db.fetch_all(integers("SELECT * FROM generate_series(1, 20000)"));
            let done = tokio::task::block_in_place(|| poll_times(rows, times, false));
            assert!(done.is_none_or(|rows| rows.is_ok_and(|rows| rows.len() == 20_000)));
            assert_eq!(db.fetch_all(integers("SELECT 1")).await?, [1]);
        }
        Ok(())
    })
    .await
}

/// A server that ends the connection, and one that cannot be reached.
#[tokio::test]
async fn a_lost_connection_says_so() -> Result {
    with_numbers(2, async |db| {
        let mut lost = db.acquire().await?;
        let id = lost.fetch_all(integers("SELECT pg_backend_pid()")).await?;
        sqlx::query("SELECT pg_terminate_backend($1)").bind(id[0] as i32).execute(db).await?;
        for _ in 0..2 {
            let error = lost.fetch_all(integers("SELECT 1")).await;
            assert!(matches!(error, Err(Error::Connection { .. })), "{error:?}");
        }
        let options = db.connect_options();
        for elsewhere in [options.as_ref().clone().port(1), options.as_ref().clone().database("no such database")] {
            let pool = PgPoolOptions::new().acquire_timeout(Duration::from_secs(1)).connect_lazy_with(elsewhere);
            let error = pool.fetch_all(integers("SELECT 1")).await;
            assert!(matches!(error, Err(Error::Connection { .. })), "{error:?}");
        }
        Ok(())
    })
    .await
}
