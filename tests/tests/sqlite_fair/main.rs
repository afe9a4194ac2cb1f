//! mizzle's own SQLite pool keeps nobody waiting: a task that looks at the clock each millisecond is never much too late,
//! whatever the pool is doing for another task of the same thread.
//!
//! It is a binary of its own, so that no other test runs at the same time.

mod aside;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use futures_util::TryStreamExt as _;
use mizzle::{prelude::*, sqlite::SqlitePool};
use tokio::task::JoinHandle;

use mizzle_tests::{
    Result,
    sqlite_world::{Done, World, all, fill, insert, integers, raw, slow},
};

/// How late a tick may be. Measured on an idle machine: a few milliseconds at worst, see
/// `cargo test --test sqlite_fair -- --nocapture`. A commit that does not wait for the disk still writes to a file, and on a
/// machine whose disk is busy the kernel may hold that up: 72 ms were seen. What blocks for longer lets too few ticks pass.
const WORST: Duration = Duration::from_millis(500);
/// The same for nine of ten, which what takes 10 ms at once would miss.
const MOST: Duration = Duration::from_millis(8);

/// A task that wakes up each millisecond, and remembers how late it was.
struct Ticker {
    task: JoinHandle<Vec<Duration>>,
    is_over: Arc<AtomicBool>,
}

/// How long this thread could have run and other programs did, so far.
fn pushed_aside() -> (ThreadId, Duration) {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = schedule.split(' ').nth(1).and_then(|waited| waited.parse().ok()).unwrap_or_default();
    (thread::current().id(), Duration::from_nanos(nanoseconds))
}

impl Ticker {
    fn start() -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let task = tokio::spawn(async move {
            let mut delays = Vec::new();
            let tick = Duration::from_millis(1);
            while !over.load(Relaxed) {
                let ((thread, aside), start) = (pushed_aside(), Instant::now());
                tokio::time::sleep(tick).await;
                let (elapsed, (now_on, now_aside)) = (start.elapsed(), pushed_aside());
                // On another thread it is not known who was in the way.
                if now_on == thread {
                    delays.push(elapsed.saturating_sub(tick + now_aside.saturating_sub(aside)));
                }
            }
            delays
        });
        Ticker { task, is_over }
    }

    /// Nine of ten were less late than the first, all less than the second.
    async fn stop(self) -> Result<(Duration, Duration)> {
        self.is_over.store(true, Relaxed);
        let mut delays = self.task.await?;
        delays.sort_unstable();
        assert!(delays.len() > 10, "{} ticks", delays.len());
        Ok((delays[delays.len() * 9 / 10], delays[delays.len() - 1]))
    }
}

/// Runs some work beside a ticker, again and again for a while.
async fn delay_beside<F: Future<Output = Done>>(what: &str, work: impl Fn() -> F) -> Result {
    let ticker = Ticker::start();
    let start = Instant::now();
    let mut times = 0;
    while start.elapsed() < Duration::from_millis(300) {
        work().await?;
        times += 1;
    }
    let (most, worst) = ticker.stop().await?;
    println!(
        "{what}: {times} times in {:?}; nine of ten ticks {most:?} late at most, the worst {worst:?}",
        start.elapsed()
    );
    assert!(most < MOST && worst < WORST, "{what}: {most:?}, {worst:?}");
    Ok(())
}

async fn everything(db: &SqlitePool, kind: &str) -> Result {
    fill(db, 2_000).await?;
    let db = || db.clone();
    // Each of these takes 50 ms or more, or many short ones in a row never wait.
    delay_beside(&format!("{kind}: one row of a long scan"), || async { db().fetch_all(slow()).await.map(drop) })
        .await?;
    delay_beside(&format!("{kind}: a stream of many rows"), || async {
        let rows = integers("SELECT a.x FROM t a, t b WHERE b.x < 100");
        let db = db();
        let count = db.fetch(rows).try_fold(0, async |count, _| Ok(count + 1)).await?;
        assert_eq!(count, 200_000);
        Ok(())
    })
    .await?;
    delay_beside(&format!("{kind}: short queries in a row"), || async {
        for _ in 0..1_000 {
            db().fetch_optional(integers("SELECT x FROM t WHERE x = 77")).await?;
        }
        Ok(())
    })
    .await?;
    delay_beside(&format!("{kind}: a long update"), || async {
        db().execute(raw("UPDATE t SET y = (SELECT sum(x) FROM t b WHERE b.x < t.x % 100)")).await.map(drop)
    })
    .await?;
    delay_beside(&format!("{kind}: a long update in a transaction"), || async {
        db().transaction(async |tx| {
            tx.execute(raw("UPDATE t SET y = (SELECT sum(x) FROM t b WHERE b.x < t.x % 100)")).await
        })
        .await
        .map(drop)
    })
    .await?;
    delay_beside(&format!("{kind}: writers in a row"), || async {
        for x in 0..100 {
            db().execute(insert(10_000 + x)).await?;
        }
        db().execute(raw("DELETE FROM t WHERE x >= 10000")).await.map(drop)
    })
    .await?;
    delay_beside(&format!("{kind}: a large transaction that is rolled back"), || async {
        let result: Done = db()
            .transaction(async |tx| {
                tx.execute(raw("UPDATE t SET y = y || 'x'")).await?;
                Err(mizzle::Error::RowNotFound)
            })
            .await;
        assert!(matches!(result, Err(mizzle::Error::RowNotFound)));
        Ok(())
    })
    .await?;
    assert_eq!(all(&db()).await?.len(), 2_000);
    Ok(())
}

async fn kinds_of_databases() -> Result {
    let world = World::new().await?;
    everything(&world.pool().await?, "durable file").await?;
    let world = World::new().await?;
    everything(&world.quick_pool().await?, "file").await?;
    let memory = SqlitePool::connect("sqlite::memory:").await?;
    (&memory).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY, y TEXT)")).await?;
    everything(&memory, "memory").await
}

#[tokio::test(flavor = "current_thread")]
async fn on_one_thread() -> Result {
    kinds_of_databases().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_several_threads() -> Result {
    kinds_of_databases().await
}

/// A ticker that is starved is found out, by work that takes 10 ms at once.
#[tokio::test(flavor = "current_thread")]
async fn the_ticker_sees_what_blocks() -> Result {
    let ticker = Ticker::start();
    for _ in 0..30 {
        std::thread::sleep(Duration::from_millis(10));
        tokio::task::yield_now().await;
    }
    let (most, _) = ticker.stop().await?;
    assert!(most > MOST, "{most:?}");
    Ok(())
}
