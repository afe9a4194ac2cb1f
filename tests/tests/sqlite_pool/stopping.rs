//! Futures that are dropped at any poll leave nothing open.

use std::{
    future::poll_fn,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};

use futures_util::{FutureExt as _, TryStreamExt as _};
use mizzle::{prelude::*, sqlite::SqlitePool};

use mizzle_tests::{
    Result, poll_times,
    sqlite_world::{Done, World, all, fill, insert, integers, is_quiet, raw, slow},
};

/// More polls than anything here takes.
const MANY: usize = 10_000;

/// An update that takes some 100 ms.
const SLOW_UPDATE: &str =
    "UPDATE t SET y = (SELECT sum(a.x * b.x) FROM t a, t b WHERE a.x < 100 + 0 * t.x) WHERE x < 10";

/// Waits until all connections are home: what was stopped on another thread comes back by itself.
async fn all_home(db: &SqlitePool, connections: usize) -> Result {
    for _ in 0..500 {
        if db.num_idle() >= connections {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Err(format!("{} of {connections} connections came home", db.num_idle()).into())
}

/// Stops a future after each number of polls; afterwards nothing may be open, and the table must hold nothing or all.
async fn stopped_everywhere<F: Future<Output = Done>>(
    world: &World,
    db: &SqlitePool,
    work: impl Fn(SqlitePool) -> F,
    complete: &[i64],
) -> Result<usize> {
    let mut outside = world.outside().await?;
    for round in 0..MANY {
        let (times, late) = (round / 2, round % 2 == 1);
        db.execute(raw("DELETE FROM t WHERE x < 100")).await?;
        all_home(db, 1).await?;
        let home = db.num_idle();
        let done = tokio::task::block_in_place(|| poll_times(work(db.clone()), times, late));
        all_home(db, home).await?;
        assert!(is_quiet(&mut outside).await?, "after {times} polls, late: {late}");
        let rows = db.fetch_all(integers("SELECT x FROM t WHERE x < 100 ORDER BY x")).await?;
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

async fn nested(db: SqlitePool) -> Done {
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        tx.transaction(async |tx| {
            tx.execute(insert(2)).await?;
            // It does not fit into the time that a task has at once.
            tx.fetch_all(slow()).await?;
            tx.execute_batch(vec![insert(3), insert(4)]).await
        })
        .await?;
        let refused: Done = tx
            .transaction(async |tx| {
                tx.execute(insert(5)).await?;
                tx.execute(raw("UPDATE t SET y = 'x'")).await?;
                Err(mizzle::Error::RowNotFound)
            })
            .await;
        assert!(matches!(refused, Err(mizzle::Error::RowNotFound)));
        tx.execute(insert(6)).await.map(drop)
    })
    .await
}

async fn batch(db: SqlitePool) -> Done {
    db.execute_batch((0..4).map(insert).collect()).await.map(drop)
}

async fn one(db: SqlitePool) -> Done {
    db.execute(insert(7)).await.map(drop)
}

async fn reads(db: SqlitePool) -> Done {
    db.fetch_all(slow()).await?;
    db.fetch(integers("SELECT a.x FROM t a, t b WHERE b.x < 110")).try_fold((), async |(), _| Ok(())).await?;
    db.fetch_optional(integers("SELECT x FROM t")).await.map(drop)
}

async fn stop_everything(world: &World, db: &SqlitePool) -> Result<usize> {
    // Rows that make the slow query slow; what the tests write is below 100.
    fill(db, 400).await?;
    let mut most = 0;
    for _ in 0..3 {
        most = most.max(stopped_everywhere(world, db, nested, &[1, 2, 3, 4, 6]).await?);
        most = most.max(stopped_everywhere(world, db, batch, &[0, 1, 2, 3]).await?);
        most = most.max(stopped_everywhere(world, db, one, &[7]).await?);
        most = most.max(stopped_everywhere(world, db, reads, &[]).await?);
    }
    Ok(most)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_commits_on_another_thread() -> Result {
    let world = World::new().await?;
    let polls = stop_everything(&world, &world.pool().await?).await?;
    assert!(polls > 4, "{polls}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_commits_on_the_task() -> Result {
    let world = World::new().await?;
    let polls = stop_everything(&world, &world.quick_pool().await?).await?;
    assert!(polls > 1, "{polls}");
    Ok(())
}

/// With one connection, whoever comes next waits for the one that was stopped.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_one_connection() -> Result {
    let world = World::new().await?;
    stop_everything(&world, &world.options().max_connections(1).connect().await?).await.map(drop)
}

/// A statement that is stopped in a transaction is over; the transaction is not, and the connection comes back first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_outlives_a_statement_that_is_stopped() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 400).await?;
    db.transaction(async |tx| {
        tx.execute(insert(5_000)).await?;
        let read = tx.fetch_all(integers("SELECT sum(a.x * b.x * c.x) FROM t a, t b, t c"));
        assert!(read.now_or_never().is_none(), "it takes longer");
        let update =
            tx.execute(raw("UPDATE t SET y = (SELECT sum(a.x * b.x) FROM t a, t b WHERE a.x < 100) WHERE x = 1"));
        assert!(update.now_or_never().is_none(), "it takes longer");
        tx.execute(insert(5_001)).await
    })
    .await?;
    let last: Vec<i64> = all(&db).await?.into_iter().filter(|x| *x >= 5_000).collect();
    assert_eq!(last, [5_000, 5_001]);
    Ok(())
}

/// A nested transaction that is dropped while it rolls back takes nothing of the outer one with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rollback_that_is_stopped_is_one_rollback() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 400).await?;
    db.transaction(async |tx| {
        tx.execute(insert(5_000)).await?;
        let rolls_back = AtomicBool::new(false);
        let mut nested = Box::pin(tx.transaction(async |tx| {
            tx.execute(insert(5_001)).await?;
            let update = tx.execute(raw(SLOW_UPDATE));
            assert!(update.now_or_never().is_none(), "it takes longer");
            rolls_back.store(true, Ordering::Relaxed);
            // The rollback waits for the connection.
            Err::<(), _>(mizzle::Error::RowNotFound)
        }));
        poll_fn(|context| match nested.as_mut().poll(context) {
            Poll::Pending if !rolls_back.load(Ordering::Relaxed) => Poll::Pending,
            _ => Poll::Ready(()),
        })
        .await;
        drop(nested);
        tx.execute(insert(5_002)).await
    })
    .await?;
    let last: Vec<i64> = all(&db).await?.into_iter().filter(|x| *x >= 5_000).collect();
    assert_eq!(last, [5_000, 5_002]);
    Ok(())
}

/// SQLite may give the transaction up in a statement whose error nobody waited for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_runs_after_a_transaction_that_was_given_up() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 400).await?;
    let result: Done = db
        .transaction(async |tx| {
            tx.execute(insert(5_000)).await?;
            // It fails at its third row.
            let failing = tx.execute(raw("INSERT OR ROLLBACK INTO t (x) SELECT 6000 + n.x / 2 * 2 FROM t n \
                 WHERE n.x < 3 AND (SELECT sum(a.x * b.x) FROM t a, t b WHERE a.x < 100 + n.x) > 0"));
            assert!(failing.now_or_never().is_none(), "it takes longer");
            let nested: Done = tx.transaction(async |tx| tx.execute(insert(5_001)).await.map(drop)).await;
            assert!(nested.is_err());
            // Its error is not passed on.
            assert!(tx.execute(insert(5_002)).await.is_err());
            Ok(())
        })
        .await;
    assert!(matches!(result, Err(mizzle::Error::Transaction { .. })), "{result:?}");
    assert_eq!(all(&db).await?.len(), 400);
    Ok(())
}

/// What nobody waits for any more stops soon, and does not keep a connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_query_that_is_dropped_stops() -> Result {
    let world = World::new().await?;
    let db = world.options().max_connections(2).connect().await?;
    fill(&db, 400).await?;
    let endless = integers("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
    let dropped = tokio::time::timeout(Duration::from_millis(20), db.fetch_all(endless)).await;
    assert!(dropped.is_err());
    let next = tokio::time::timeout(Duration::from_secs(10), all(&db)).await;
    assert_eq!(next??.len(), 400);
    Ok(())
}

/// A panic while a row is read does no harm to the connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_leaves_nothing_open() -> Result {
    let world = World::new().await?;
    let db = Arc::new(world.options().max_connections(2).connect().await?);
    fill(&db, 400).await?;
    let decode: mizzle::run::Decode<Sqlite, i64> = |row| {
        use mizzle::run::RowReader as _;
        let x = row.i64()?.unwrap_or_default();
        assert!(x != 300, "this one panics");
        Ok(x)
    };
    // The first is short enough for the task, the second is read on another thread.
    for sql in ["SELECT x FROM t WHERE x = 300", "SELECT a.x FROM t b, t a"] {
        let pool = Arc::clone(&db);
        let query = mizzle::run::Query::<Sqlite, i64>::new(raw(sql), decode);
        let task = tokio::spawn(async move { pool.fetch_all(query).await.map(drop) });
        assert!(task.await.is_err_and(|error| error.is_panic()));
        assert_eq!(all(&*db).await?.len(), 400);
    }
    all_home(&db, 2).await?;
    assert!(is_quiet(&mut world.outside().await?).await?);
    Ok(())
}

/// Who has the connection next is not stopped with the one that panicked on another thread.
#[tokio::test(flavor = "current_thread")]
async fn a_panic_stops_nobody_else() -> Result {
    let world = World::new().await?;
    // One connection reads: the second query has it before the first knows that it panicked.
    let db = world.options().max_connections(2).connect().await?;
    fill(&db, 400).await?;
    let panics = mizzle::run::Query::<Sqlite, i64>::new(slow().statement, |_| panic!("this one panics"));
    let (first, second) = (db.clone(), db.clone());
    let first = tokio::spawn(async move { first.fetch_all(panics).await.map(drop) });
    let second = tokio::spawn(async move {
        second.fetch_all(integers("SELECT sum(a.x * b.x) FROM t a, t b, t c WHERE c.x < 5")).await.map(drop)
    });
    assert!(first.await.is_err_and(|error| error.is_panic()));
    second.await??;
    Ok(())
}

/// A runtime that ends in the midst of a large transaction takes no connection with it.
#[test]
fn a_pool_outlives_a_runtime() -> Result {
    // Whether the runtime still begins what it is given is chance.
    for _ in 0..20 {
        end_of_a_runtime()?;
    }
    Ok(())
}

fn end_of_a_runtime() -> Result {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build();
    let (first, second) = (runtime()?, runtime()?);
    let (_world, db) = first.block_on(async {
        let world = World::new().await?;
        let db = world.options().acquire_timeout(Duration::from_secs(2)).connect().await?;
        let pool = db.clone();
        let (say, filled) = tokio::sync::oneshot::channel();
        tokio::spawn(async move {
            let many = "INSERT INTO t (x) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
                        SELECT i FROM n";
            pool.transaction(async |tx| {
                tx.execute(raw(many)).await?;
                let _ = say.send(());
                std::future::pending::<Done>().await
            })
            .await
        });
        filled.await?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>((world, db))
    })?;
    drop(first);
    second.block_on(db.execute(insert(1)))?;
    assert_eq!(second.block_on(all(&db))?, [1]);
    Ok(())
}
