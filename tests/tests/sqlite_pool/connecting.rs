//! Opening, sharing, closing.

use std::{sync::LazyLock, time::Duration};

use futures_util::{FutureExt as _, StreamExt as _};
use mizzle::{
    Error,
    prelude::*,
    run::Begin,
    sqlite::{Failure, SqliteOptions, SqlitePool},
};

use mizzle_tests::{
    Result,
    sqlite_world::{NONE, World, all, fill, insert, integers, raw},
};

#[tokio::test]
async fn a_file_that_is_not_there_is_an_error_unless_it_may_be_made() -> Result {
    let folder = std::env::temp_dir().join(format!("mizzle-connecting-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let url = format!("sqlite:{}", folder.join("new file.db").display());
    let missing = SqlitePool::connect(&url).await;
    assert!(matches!(&missing, Err(Error::Connection { source }) if source.is::<Failure>()));
    let words = missing.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(words.contains("new file.db`; `?mode=rwc` or"), "{words}");
    let made = SqlitePool::connect(&format!("{url}?mode=rwc")).await?;
    (&made).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    made.close().await;
    let read = SqlitePool::connect(&format!("{url}?mode=ro")).await?;
    assert_eq!(all(&read).await?, NONE);
    assert!((&read).execute(insert(1)).await.is_err());
    let still = SqlitePool::connect(&format!("{url}?immutable=1&mode=ro")).await?;
    assert_eq!(all(&still).await?, NONE);
    std::fs::write(folder.join("text"), "this is no database, as anybody can see who reads it to its end ".repeat(20))?;
    let text = SqliteOptions::new().filename(folder.join("text")).connect().await;
    assert!(matches!(text, Err(Error::Connection { .. })));
    drop((read, still));
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

#[tokio::test]
async fn it_is_opened_as_it_says() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    for (pragma, value) in [("PRAGMA synchronous", 2), ("PRAGMA foreign_keys", 1), ("PRAGMA busy_timeout", 0)] {
        assert_eq!((&db).fetch_all(integers(pragma)).await?, [value], "{pragma}");
    }
    let mut writer = db.acquire().await?;
    let mode = mizzle::run::Query::<Sqlite, String>::new(raw("PRAGMA journal_mode"), |row| {
        use mizzle::run::RowReader as _;
        Ok(row.text()?.unwrap_or_default().to_owned())
    });
    assert_eq!((&mut writer).fetch_all(mode.clone()).await?, ["wal"]);
    let options = world.options().pragma("cache_size", "-1000").foreign_keys(false);
    let other = options.connect().await?;
    assert_eq!((&other).fetch_all(integers("PRAGMA cache_size")).await?, [-1000]);
    assert_eq!((&other).fetch_all(integers("PRAGMA foreign_keys")).await?, [0]);
    let memory = SqlitePool::connect("sqlite::memory:").await?;
    assert_eq!((&memory).fetch_all(mode).await?, ["memory"]);
    Ok(())
}

#[tokio::test]
async fn readers_do_not_wait_for_the_writer() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    db.transaction_with(Begin::Immediate, async |tx| {
        tx.execute(insert(1)).await?;
        assert_eq!(all(tx).await?, [1]);
        assert_eq!(all(&db).await?, NONE, "not committed yet");
        Ok::<_, Error>(())
    })
    .await?;
    assert_eq!(all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn a_free_connection_is_not_waited_for_forever() -> Result {
    let impatient = SqliteOptions::new().acquire_timeout(Duration::from_millis(10)).connect().await?;
    (&impatient).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    let inside = impatient.transaction(async |_| all(&impatient).await).await;
    assert!(
        matches!(&inside, Err(Error::Connection { source }) if source.to_string().contains("on its handle")),
        "{inside:?}"
    );
    assert_eq!(all(&impatient).await?, NONE);
    let world = World::new().await?;
    let db = world.options().acquire_timeout(Duration::from_millis(10)).connect().await?;
    let inside = db.transaction(async |_| (&db).execute(insert(1)).await).await;
    assert!(inside.is_err_and(|error| error.to_string().contains("write on its handle")));
    Ok(())
}

#[tokio::test]
async fn a_connection_of_ones_own() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    let mut connection = db.acquire().await?;
    (&mut connection).execute(raw("CREATE TEMP TABLE mine (x)")).await?;
    (&mut connection).transaction(async |tx| tx.execute(insert(1)).await).await?;
    (&mut connection).execute(raw("BEGIN")).await?;
    (&mut connection).execute(insert(2)).await?;
    // The transaction that was begun by hand goes with it.
    drop(connection);
    assert_eq!(all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn a_closed_pool_refuses_and_leaves_one_file() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 100).await?;
    all(&db).await?;
    let log = |db: &SqlitePool| {
        let mut name = db.options().get_filename().expect("a file").as_os_str().to_owned();
        name.push("-wal");
        std::path::PathBuf::from(name)
    };
    assert!(log(&db).exists());
    let clone = db.clone();
    let closing = tokio::spawn(async move { clone.close().await });
    closing.await?;
    assert!(db.is_closed() && !log(&db).exists());
    assert!(matches!(all(&db).await, Err(Error::Connection { .. })));
    assert!(matches!((&db).execute(insert(1)).await, Err(Error::Connection { .. })));
    db.close().await;
    Ok(())
}

#[tokio::test]
async fn mistakes_are_named() -> Result {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    let error = |sql| {
        let db = &db;
        async move { db.execute(raw(sql)).await.expect_err(sql).to_string() }
    };
    assert_eq!(error("SELECT * FROM nowhere").await, "database error: no such table: nowhere (code 1)");
    assert_eq!(error("SELECT ?").await, "the statement takes 1 parameters, not 0");
    assert_eq!(error("-- nothing").await, "the text holds no statement");
    assert_eq!(error("SELECT 1; SELECT 2").await, "the text holds several statements: each is sent alone");
    (&db).execute(raw("SELECT 1; -- and no more")).await?;
    Ok(())
}

/// The log is copied into the database now and then, also if each statement is over at once.
#[tokio::test]
async fn the_log_does_not_grow_for_ever() -> Result {
    let world = World::new().await?;
    let db = world.quick_pool().await?;
    for x in 0..3_000 {
        db.execute(insert(x)).await?;
    }
    let mut log = db.options().get_filename().expect("a file").as_os_str().to_owned();
    log.push("-wal");
    // SQLite begins it anew after about 1000 pages of 4 KiB.
    let length = std::fs::metadata(log)?.len();
    assert!(length < 6_000_000, "{length}");
    Ok(())
}

/// Statements beyond the cache's capacity are prepared anew, and work.
#[tokio::test]
async fn a_small_cache_is_enough() -> Result {
    for capacity in [0, 1, 2] {
        let db = SqliteOptions::new().statement_cache_capacity(capacity).connect().await?;
        (&db).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
        for x in 0..20 {
            db.transaction(async |tx| tx.execute(insert(x)).await).await?;
            assert_eq!(all(&db).await?.len(), usize::try_from(x)? + 1);
            assert!((&db).execute(insert(x)).await.is_err_and(|error| error.is_unique_violation()));
        }
    }
    Ok(())
}

/// Connections of one pool see one database, whatever it is called.
#[tokio::test]
async fn a_database_in_memory_by_its_name() -> Result {
    let db = SqliteOptions::new().filename(":memory:").connect().await?;
    db.execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    assert_eq!(all(&db).await?, NONE);
    for url in ["sqlite:", "sqlite://", "sqlite:?mode=rwc"] {
        assert!(matches!(SqlitePool::connect(url).await, Err(Error::Connection { .. })), "{url}");
    }
    Ok(())
}

/// SQLite also looks at the clock while it plans a statement: at that of the statement before.
#[tokio::test]
async fn a_long_text_after_a_long_statement() -> Result {
    let budget = Duration::from_millis(20);
    let db = SqliteOptions::new().inline_budget(budget).connect().await?;
    let first = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT max(i) FROM n";
    assert_eq!((&db).fetch_all(integers(first)).await?, [2000]);
    tokio::time::sleep(budget * 2).await;
    static LONG: LazyLock<String> =
        LazyLock::new(|| format!("SELECT a FROM (SELECT 1 AS a{})", ", 1 AS a".repeat(1_900)));
    assert_eq!((&db).fetch_all(integers(LONG.as_str())).await?, [1]);
    Ok(())
}

/// Closing waits for who is reading; meanwhile nobody begins to write.
#[tokio::test]
async fn nobody_begins_anything_while_the_pool_closes() -> Result {
    let world = World::new().await?;
    let db = world.pool().await?;
    fill(&db, 5_000).await?;
    let mut rows = Box::pin(db.fetch(integers("SELECT x FROM t")));
    rows.next().await.transpose()?;
    let mut closing = Box::pin(db.close());
    assert!(closing.as_mut().now_or_never().is_none(), "a stream is open");
    assert!(db.is_closed());
    assert!(matches!((&db).execute(insert(9_000)).await, Err(Error::Connection { .. })));
    assert_eq!(rows.count().await, 4_999);
    closing.await;
    Ok(())
}
