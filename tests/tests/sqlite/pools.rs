//! What mizzle's own pool does: locks, closing, databases in memory.

use std::time::Duration;

use mizzle::{
    Error,
    prelude::*,
    run::Query,
    sqlite::{Failure, SqliteOptions},
    value::FieldType,
};
use mizzle_tests::{Result, SqliteFile};

use crate::suite::{
    model::*,
    numbers::{all, insert, numbers, raw},
};

#[tokio::test]
async fn locks_and_lost_connections() -> Result {
    let file = SqliteFile::new()?;
    let db = file.open(2).await?;
    (&db).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    let impatient = SqliteOptions::new().filename(file.path()).busy_timeout(Duration::from_millis(10));
    let other = impatient.connect().await?;
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        let locked = (&other).execute(insert(2)).await;
        assert!(locked.is_err_and(|error| error.is_retryable()));
        // Its readers do not wait.
        assert_eq!(all(&other).await?, [0; 0]);
        Ok(())
    })
    .await?;
    (&other).execute(insert(2)).await?;
    other.close().await;
    assert!(other.is_closed());
    for closed in [(&other).execute(insert(3)).await.err(), all(&other).await.err(), other.acquire().await.err()] {
        assert!(matches!(closed, Some(Error::Connection { .. })), "{closed:?}");
    }
    assert_eq!(all(&db).await?, [1, 2]);
    let missing = SqlitePool::connect("sqlite:///no/such/directory/x.db").await;
    assert!(matches!(missing, Err(Error::Connection { .. })), "{missing:?}");
    Ok(())
}

#[tokio::test]
async fn a_writer_waits_for_a_lock_of_sqlx() -> Result {
    let file = SqliteFile::new()?;
    let (db, other) = (file.open(2).await?, file.open_with_sqlx(1).await?);
    (&db).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    let mut transaction = other.begin().await?;
    transaction.execute(insert(1)).await?;
    let writing = tokio::spawn({
        let db = db.clone();
        async move { (&db).execute(insert(2)).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!writing.is_finished());
    assert_eq!(all(&db).await?, [0; 0]);
    transaction.commit().await?;
    writing.await??;
    assert_eq!(all(&db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn an_in_memory_pool_is_one_database() -> Result {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    mizzle::schema! { User }.create_tables(&db).await?;
    let clone = db.clone();
    User::insert().row(NewUser::new("Ann", "a")).execute(&db).await?;
    assert_eq!(User::query().count(&clone).await?, 1);
    let other = SqlitePool::connect("sqlite::memory:").await?;
    let missing = User::query().count(&other).await.err().ok_or("the two share a database")?;
    let source = std::error::Error::source(&missing).and_then(|source| source.downcast_ref::<Failure>());
    assert!(source.is_some_and(|failure| failure.message().contains("users")), "{missing:?}");
    Ok(())
}

#[tokio::test]
async fn readers_do_not_write() -> Result {
    let db = SqliteFile::new()?.open(3).await?;
    mizzle::schema! { User }.create_tables(&db).await?;
    // All three forms of a write that returns rows reach the connection that writes.
    let added = User::insert().row(NewUser::new("Ann", "a")).returning(User::id).fetch_one(&db).await?;
    let changed = User::update().set(User::name.set("Bea")).filter(User::id.eq(added)).returning(User::name);
    assert_eq!(changed.fetch_all(&db).await?, ["Bea"]);
    let by_hand = Query::<Sqlite, i64>::new(raw("DELETE FROM users RETURNING id"), |row| FieldType::read(row));
    assert_eq!((&db).fetch_all(by_hand).await?, [added]);
    assert_eq!(User::query().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_prepared_statement_sees_columns_come_and_go() -> Result {
    let db = numbers(1).await?;
    (&db).execute(insert(1)).await?;
    let whole = || {
        Query::<Sqlite, (i64, Option<i64>)>::new(raw("SELECT * FROM t"), |row| {
            Ok((FieldType::read(row)?, FieldType::read(row)?))
        })
    };
    for _ in 0..2 {
        let missing = (&db).fetch_all(whole()).await;
        assert!(missing.is_err_and(|error| error.to_string().contains("no such column")));
        (&db).execute(raw("ALTER TABLE t ADD COLUMN y INTEGER DEFAULT 7")).await?;
        assert_eq!((&db).fetch_all(whole()).await?, [(1, Some(7))]);
        (&db).execute(raw("ALTER TABLE t DROP COLUMN y")).await?;
    }
    Ok(())
}
