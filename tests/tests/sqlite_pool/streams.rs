//! Streams of rows.

use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use mizzle::{prelude::*, sqlite::SqlitePool};

use mizzle_tests::{
    Result,
    sqlite_world::{NONE, World, all, fill, insert, integers, is_quiet, raw},
};

#[tokio::test(flavor = "current_thread")]
async fn all_rows_arrive_in_order_whatever_the_budget() -> Result {
    let world = World::new().await?;
    for micros in [0, 20, 150, 100_000] {
        let budget = std::time::Duration::from_micros(micros);
        let db = world.options().inline_budget(budget).connect().await?;
        db.execute(raw("DELETE FROM t")).await?;
        fill(&db, 5_000).await?;
        let rows: Vec<i64> = db.fetch(integers("SELECT x FROM t ORDER BY x")).try_collect().await?;
        assert_eq!(rows, (0..5_000).collect::<Vec<_>>());
        // Sorted: the first row comes after all others were read.
        let rows: Vec<i64> = db.fetch_all(integers("SELECT x FROM t ORDER BY -x")).await?;
        assert_eq!(rows, (0..5_000).rev().collect::<Vec<_>>());
        // What it writes is written once, also if it is stopped and begins anew.
        let written = db.fetch(integers("UPDATE t SET x = x + 10000 RETURNING x")).count().await;
        assert_eq!((written, all(&db).await?.first()), (5_000, Some(&10_000)));
    }
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn a_stream_that_is_dropped_gives_its_connection_back() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 5_000).await?;
    let mut outside = world.outside().await?;
    let mut rows = Box::pin(db.fetch(integers("SELECT x FROM t ORDER BY x")));
    assert_eq!(rows.next().await.transpose()?, Some(0));
    db.execute(insert(9_000)).await?;
    assert!(!is_quiet(&mut outside).await?, "it still reads");
    drop(rows);
    assert!(is_quiet(&mut outside).await?);
    Ok(())
}

/// A stream sees the database as it was when it began, whatever is written meanwhile.
#[tokio::test(flavor = "current_thread")]
async fn a_stream_is_a_snapshot() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 5_000).await?;
    let mut rows = Box::pin(db.fetch(integers("SELECT x FROM t ORDER BY x")));
    rows.next().await.transpose()?;
    db.execute(raw("DELETE FROM t")).await?;
    assert_eq!(rows.count().await, 4_999);
    assert_eq!(all(&db).await?, NONE);
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn a_stream_in_a_transaction_of_a_database_in_memory() -> Result {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    (&db).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY, y TEXT)")).await?;
    fill(&db, 5_000).await?;
    db.transaction(async |tx| {
        let mut rows = Box::pin(tx.fetch(integers("SELECT x FROM t ORDER BY x")));
        assert_eq!(rows.next().await.transpose()?, Some(0));
        drop(rows);
        tx.execute(insert(9_000)).await
    })
    .await?;
    assert_eq!(all(&db).await?.len(), 5_001);
    Ok(())
}

/// The rows that came from another thread are those that nobody fetched.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_is_dropped_late_leaves_nothing_open() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 5_000).await?;
    let mut outside = world.outside().await?;
    let mut connection = db.acquire().await?;
    let mut rows = Box::pin((&mut connection).fetch(integers("SELECT x FROM t")));
    // Until it waits for another thread, or (on a busy machine) is over.
    while let Some(Some(_)) = rows.next().now_or_never() {}
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    drop(rows);
    assert!(is_quiet(&mut outside).await?);
    assert_eq!(all(&mut connection).await?.len(), 5_000);
    Ok(())
}
