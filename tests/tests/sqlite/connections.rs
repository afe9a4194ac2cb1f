//! A connection that is taken from mizzle's own pool.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use mizzle::{
    Error,
    prelude::*,
    sqlite::{JournalMode, SqliteOptions},
};
use mizzle_tests::{Result, SqliteFile, poll_times};

use crate::suite::{
    model::*,
    numbers::{all, insert, integers, numbers, raw},
};

type Done = std::result::Result<(), Error>;

#[tokio::test]
async fn it_runs_what_a_pool_runs() -> Result {
    let db = numbers(2).await?;
    let mut connection = db.acquire().await?;
    assert_eq!(connection.execute(insert(1)).await?.rows, 1);
    assert_eq!(connection.execute_batch(vec![insert(2), insert(3)]).await?.rows, 2);
    let failed = connection.execute_batch(vec![insert(4), insert(1)]).await;
    assert!(failed.is_err_and(|error| error.is_unique_violation()));
    let select = || integers("SELECT x FROM t ORDER BY x");
    assert_eq!(connection.fetch_optional(select()).await?, Some(1));
    assert_eq!(connection.fetch_batch(vec![select(), integers("SELECT 9")]).await?, [1, 2, 3, 9]);
    {
        let mut rows = std::pin::pin!(connection.fetch(select()));
        assert_eq!(rows.try_next().await?, Some(1));
    }
    assert_eq!(all(&mut connection).await?, [1, 2, 3]);
    // The others read meanwhile.
    assert_eq!(all(&db).await?, [1, 2, 3]);
    Ok(())
}

#[tokio::test]
async fn it_runs_built_queries_and_keeps_what_is_its_own() -> Result {
    let db = filled().await?;
    let mut connection = db.acquire().await?;
    let names = User::query().select(User::name).order_by(User::id);
    assert_eq!(names.fetch_all(&mut connection).await?, ["Ann", "Bob", "Cid", "Dan"]);
    let twice = User::insert().rows((0..20_000).map(|n| NewUser::new("x", (n % 19_999).to_string())));
    assert!(twice.execute(&mut connection).await.is_err_and(|error| error.is_unique_violation()));
    assert_eq!(User::query().count(&mut connection).await?, 4);
    connection.execute(raw("CREATE TEMP TABLE seen AS SELECT id FROM users")).await?;
    assert_eq!(connection.fetch_optional(integers("SELECT count(*) FROM seen")).await?, Some(4));
    Ok(())
}

#[tokio::test]
async fn it_has_transactions() -> Result {
    let db = numbers(2).await?;
    let mut connection = db.acquire().await?;
    connection
        .transaction(async |tx| {
            tx.execute(insert(1)).await?;
            let inner: Done = tx
                .transaction(async |tx| {
                    tx.execute(insert(2)).await?;
                    Err(Error::RowNotFound)
                })
                .await;
            assert!(matches!(inner, Err(Error::RowNotFound)));
            // Nobody else sees it.
            assert_eq!(all(&db).await?, [0; 0]);
            tx.execute(insert(3)).await
        })
        .await?;
    let refused: Done = (&mut connection)
        .transaction(async |tx| {
            tx.execute(insert(4)).await?;
            Err(Error::RowNotFound)
        })
        .await;
    assert!(matches!(refused, Err(Error::RowNotFound)));
    assert_eq!(all(&mut connection).await?, [1, 3]);
    Ok(())
}

#[tokio::test]
async fn a_transaction_begun_by_hand_ends_with_it() -> Result {
    let db = numbers(2).await?;
    let mut connection = db.acquire().await?;
    connection.execute(raw("BEGIN")).await?;
    connection.execute(insert(1)).await?;
    connection.execute(raw("COMMIT")).await?;
    connection.execute(raw("BEGIN")).await?;
    connection.execute(insert(2)).await?;
    assert_eq!(all(&mut connection).await?, [1, 2]);
    drop(connection);
    (&db).execute(insert(3)).await?;
    assert_eq!(all(&db).await?, [1, 3]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_batch_anywhere_leaves_it_usable() -> Result {
    let db = numbers(1).await?;
    let mut connection = db.acquire().await?;
    for late in [false, true] {
        for times in 0.. {
            connection.execute(raw("DELETE FROM t")).await?;
            let batch = connection.execute_batch((0..300).map(insert).collect());
            let done = tokio::task::block_in_place(|| poll_times(batch, times, late));
            connection.execute(insert(1_000)).await?;
            let rows = all(&mut connection).await?.len();
            match done {
                None => assert!(rows == 1 || rows == 301, "after {times} polls: {rows}"),
                Some(result) => {
                    result?;
                    assert_eq!(rows, 301);
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Without WAL, nobody writes while a statement reads.
#[tokio::test]
async fn what_is_not_read_to_its_end_keeps_no_lock() -> Result {
    let file = SqliteFile::new()?;
    let open = || SqliteOptions::new().filename(file.path()).create_if_missing(true).journal_mode(JournalMode::Delete);
    let db = open().connect().await?;
    (&db).execute(raw("CREATE TABLE t (x)")).await?;
    (&db).execute_batch((0..5_000).map(insert).collect()).await?;
    let other = open().busy_timeout(Duration::from_millis(1)).connect().await?;
    let mut connection = db.acquire().await?;
    {
        let mut rows = std::pin::pin!(connection.fetch(integers("SELECT x FROM t")));
        assert_eq!(rows.try_next().await?, Some(0));
        assert!((&other).execute(insert(1)).await.is_err_and(|error| error.is_retryable()));
    }
    (&other).execute(insert(1)).await?;
    assert_eq!(connection.fetch_optional(integers("SELECT x FROM t")).await?, Some(0));
    (&other).execute(insert(2)).await?;
    let failed = connection.fetch_all(integers("SELECT CASE x WHEN 9 THEN 'x' ELSE x END FROM t")).await;
    assert!(matches!(failed, Err(Error::Decode(_))), "{failed:?}");
    (&other).execute(insert(3)).await?;
    Ok(())
}
