//! What SQLite does in one instruction, however long it takes, is not done on the calling task.

use std::time::Duration;

use mizzle::{
    prelude::*,
    render::Statement,
    sqlite::{SqlitePool, Synchronous},
    value::SqlValue as _,
};

use mizzle_tests::{
    Result,
    sqlite_world::{Done, World, all, fill, insert, raw},
};

/// How long this thread has run so far.
fn ran() -> Result<Duration> {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(Duration::from_nanos(schedule.split(' ').next().unwrap_or_default().parse()?))
}

/// Each of these takes 50 ms or more. There is one thread for tasks: this one.
async fn runs_elsewhere(what: &str, work: impl Future<Output = Done>) -> Result {
    let before = ran()?;
    work.await?;
    let here = ran()? - before;
    assert!(here < Duration::from_millis(15), "{what}: {here:?}");
    Ok(())
}

async fn with_rows(world: &World) -> Result<SqlitePool> {
    let options = world.options().synchronous(Synchronous::Normal);
    // So large that what is written waits for the commit.
    let db = options.pragma("cache_size", "-200000").connect().await?;
    fill(&db, 200_000).await?;
    Ok(db)
}

#[tokio::test]
async fn values_of_many_bytes() -> Result {
    let world = World::new().await?;
    let db = world.quick_pool().await?;
    let large = |x: i64| {
        let values = vec![x.into_value(), "x".repeat(50_000_000).into_value()];
        Statement::raw("INSERT INTO t (x, y) VALUES (?, ?)", values)
    };
    let (first, second) = (large(1), large(2));
    runs_elsewhere("alone", async { db.execute(first).await.map(drop) }).await?;
    runs_elsewhere("in a transaction", db.transaction(async move |tx| tx.execute(second).await.map(drop))).await?;
    assert_eq!(all(&db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn a_commit_of_many_rows() -> Result {
    let world = World::new().await?;
    let db = with_rows(&world).await?;
    let update = db.transaction(async |tx| tx.execute(raw("UPDATE t SET y = hex(zeroblob(200))")).await.map(drop));
    runs_elsewhere("a commit", update).await?;
    Ok(())
}

#[tokio::test]
async fn what_changes_a_whole_table() -> Result {
    let world = World::new().await?;
    let db = with_rows(&world).await?;
    let execute = async |sql| db.execute(raw(sql)).await.map(drop);
    execute("UPDATE t SET y = hex(zeroblob(400))").await?;
    runs_elsewhere("a checkpoint", execute("PRAGMA wal_checkpoint(TRUNCATE)")).await?;
    runs_elsewhere("all rows", execute("DELETE FROM t")).await?;
    fill(&db, 200_000).await?;
    execute("UPDATE t SET y = hex(zeroblob(400))").await?;
    runs_elsewhere("a table", execute("DROP TABLE t")).await?;
    let mut connection = db.acquire().await?;
    let mut execute = async |sql| (&mut connection).execute(raw(sql)).await.map(drop);
    execute("BEGIN").await?;
    execute(
        "CREATE TABLE u AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
             SELECT hex(zeroblob(400)) FROM n",
    )
    .await?;
    runs_elsewhere("a commit by hand", execute("COMMIT")).await?;
    Ok(())
}

/// What was short before the table had a trigger.
#[tokio::test]
async fn a_trigger_of_the_same_transaction() -> Result {
    let world = World::new().await?;
    let db = world.quick_pool().await?;
    fill(&db, 400).await?;
    db.transaction(async |tx| {
        tx.execute(insert(1_000)).await?;
        tx.execute(raw("CREATE TRIGGER long AFTER INSERT ON t BEGIN \
             UPDATE t SET y = (SELECT sum(a.x * b.x) FROM t a, t b WHERE a.x < 200 + 0 * t.x) WHERE x < 20; END"))
            .await?;
        let before = ran().expect("Linux");
        tx.execute(insert(1_001)).await?;
        let here = ran().expect("Linux") - before;
        assert!(here < Duration::from_millis(15), "{here:?}");
        Ok(())
    })
    .await?;
    Ok(())
}
