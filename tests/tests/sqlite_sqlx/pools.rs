//! Locks, lost connections, databases in memory: what sqlx's pool does.

use std::time::Duration;

use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, SqliteFile};
use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};

use crate::suite::{
    database,
    model::*,
    numbers::{insert, raw},
};

#[tokio::test]
async fn locks_and_lost_connections() -> Result {
    let file = SqliteFile::new()?;
    let db = file.open_with_sqlx(2).await?;
    (&db).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    let impatient = SqliteConnectOptions::new().filename(file.path()).busy_timeout(Duration::from_millis(10));
    let other = SqlitePool::connect_with(impatient).await?;
    db.transaction(async |tx| {
        tx.execute(insert(1)).await?;
        let locked = (&other).execute(insert(2)).await;
        assert!(locked.is_err_and(|error| error.is_retryable()));
        Ok(())
    })
    .await?;
    other.close().await;
    assert!(matches!((&other).execute(insert(2)).await, Err(Error::Connection { .. })));
    let missing = SqlitePool::connect("sqlite:///no/such/directory/x.db").await.map_err(Error::from);
    assert!(matches!(missing, Err(Error::Connection { .. })));
    Ok(())
}

#[tokio::test]
async fn an_in_memory_pool_is_one_database() -> Result {
    let db = SqlitePool::connect("sqlite::memory:").await?;
    mizzle::schema! { User }.create_tables(&db).await?;
    let (mut a, mut b) = (db.acquire().await?, db.acquire().await?);
    User::insert().row(NewUser::new("Ann", "a")).execute(&mut *a).await?;
    assert_eq!(User::query().count(&mut *b).await?, 1);
    assert_eq!(database(&mizzle::schema! { User }).await?.size(), 1);
    Ok(())
}
