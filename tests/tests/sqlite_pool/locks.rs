//! Locks of others are waited for, without a thread that sleeps.

use std::time::{Duration, Instant};

use mizzle::{Error, prelude::*, run::Begin};

use mizzle_tests::{
    Result,
    sqlite_world::{Done, NONE, World, all, insert, integers, raw, say},
};

#[tokio::test(flavor = "current_thread")]
async fn a_writer_waits_for_another_process() -> Result {
    let world = World::new().await?;
    let (db, mut outside) = (world.pool().await?, world.outside().await?);
    say(&mut outside, "BEGIN IMMEDIATE").await?;
    let waiting = [
        tokio::spawn({
            let db = db.clone();
            async move { db.execute(insert(1)).await.map(drop) }
        }),
        tokio::spawn({
            let db = db.clone();
            async move { db.transaction_with(Begin::Immediate, async |tx| tx.execute(insert(2)).await.map(drop)).await }
        }),
        tokio::spawn({
            let db = db.clone();
            async move { db.transaction(async |tx| tx.execute(insert(3)).await.map(drop)).await }
        }),
    ];
    // Readers are not in the way, and there is one thread only.
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert_eq!(all(&db).await?, NONE);
    }
    assert!(waiting.iter().all(|task| !task.is_finished()));
    say(&mut outside, "COMMIT").await?;
    for task in waiting {
        task.await??;
    }
    assert_eq!(all(&db).await?, [1, 2, 3]);
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn waiting_ends_with_an_error_that_can_be_retried() -> Result {
    let world = World::new().await?;
    let db = world.options().busy_timeout(Duration::from_millis(30)).connect().await?;
    let mut outside = world.outside().await?;
    say(&mut outside, "BEGIN IMMEDIATE").await?;
    let start = Instant::now();
    let refused: Done = db.execute(insert(1)).await.map(drop);
    assert!(matches!(&refused, Err(error) if error.is_retryable() && error.sql().is_some()), "{refused:?}");
    assert!(start.elapsed() >= Duration::from_millis(30));
    let refused = db.transaction_with(Begin::Immediate, async |_| Ok::<_, Error>(())).await;
    assert!(refused.is_err_and(|error| error.is_retryable()));
    say(&mut outside, "ROLLBACK").await?;
    db.execute(insert(1)).await?;
    Ok(())
}

/// A transaction that has read cannot write any more once another one has written: waiting would be in vain.
#[tokio::test(flavor = "current_thread")]
async fn a_snapshot_that_is_too_old_fails_at_once() -> Result {
    let world = World::new().await?;
    let (db, mut outside) = (world.pool().await?, world.outside().await?);
    let start = Instant::now();
    let result = db
        .transaction(async |tx| {
            all(tx).await?;
            say(&mut outside, "INSERT INTO t (x) VALUES (1)").await.map_err(Error::database)?;
            tx.execute(insert(2)).await
        })
        .await;
    assert!(result.is_err_and(|error| error.is_retryable()));
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(all(&db).await?, [1]);
    Ok(())
}

/// In the older journal modes readers keep a commit waiting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_waits_for_readers_without_wal() -> Result {
    let world = World::new().await?;
    let db = world.options().journal_mode(mizzle::sqlite::JournalMode::Delete).connect().await?;
    let mut outside = world.outside().await?;
    say(&mut outside, "BEGIN").await?;
    say(&mut outside, "SELECT * FROM t").await?;
    let write = tokio::spawn({
        let db = db.clone();
        async move { db.execute_batch(vec![insert(1), insert(2)]).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!write.is_finished());
    say(&mut outside, "COMMIT").await?;
    write.await??;
    assert_eq!(all(&db).await?, [1, 2]);
    Ok(())
}

/// Writers of one pool stand in a queue: none of them fails, none is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writers_take_turns() -> Result {
    let world = World::new().await?;
    let db = world.quick_pool().await?;
    let writers = (0..16).map(|writer| {
        let db = db.clone();
        tokio::spawn(async move {
            for n in 0..20 {
                db.transaction(async |tx| {
                    let count = tx.fetch_all(integers("SELECT count(*) FROM t")).await?;
                    tokio::task::yield_now().await;
                    tx.execute(insert(writer * 100 + n)).await?;
                    assert_eq!(tx.fetch_all(integers("SELECT count(*) FROM t")).await?[0], count[0] + 1);
                    Ok(())
                })
                .await?;
            }
            Ok::<_, Error>(())
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await??;
    }
    assert_eq!(all(&db).await?.len(), 320);
    Ok(())
}

/// A query without a table that it writes to may write all the same: it finds its way to the connection that does.
#[tokio::test(flavor = "current_thread")]
async fn what_writes_runs_where_it_can() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    let written = db.fetch_all(integers("INSERT INTO t (x) VALUES (1), (2) RETURNING x")).await?;
    assert_eq!(written, [1, 2]);
    let one = db.fetch_optional(integers("INSERT INTO t (x) VALUES (3), (4) RETURNING x")).await?;
    assert_eq!(one, Some(3));
    assert_eq!(all(&db).await?, [1, 2, 3, 4]);
    assert_eq!(db.execute(raw("SELECT 1")).await?.rows, 0);
    assert_eq!(db.execute(raw("DELETE FROM t WHERE x > 2")).await?.rows, 2);
    assert_eq!(db.execute(raw("CREATE TABLE u (x)")).await?.rows, 0);
    Ok(())
}
