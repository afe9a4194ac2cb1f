//! The same query on everything that runs queries.

use futures_util::{StreamExt as _, TryStreamExt as _};
use mizzle::{
    Error,
    dialect::sqlite::SqliteReader,
    prelude::*,
    render::Statement,
    run::{Query, RowReader as _},
    value::{SqlValue as _, Value},
};
use mizzle_tests::{Result, all, insert, integers, memory, numbers, raw};

use crate::model::*;

async fn exercise<'a, X: Executor<Sqlite> + 'a>(make: &mut impl FnMut() -> X) -> Result {
    make().execute(raw("DELETE FROM t")).await?;
    assert_eq!(make().execute_batch(vec![insert(1), insert(2)]).await?, 2);
    assert_eq!(make().execute_batch(vec![]).await?, 0);
    assert_eq!(make().execute_batch(vec![insert(3)]).await?, 1);
    assert_eq!(make().fetch_optional(integers("SELECT x FROM t ORDER BY x")).await?, Some(1));
    assert_eq!(make().fetch_optional(integers("SELECT x FROM t WHERE x > 9")).await?, None);
    let batch = make().fetch_batch(vec![integers("SELECT x FROM t ORDER BY x"), integers("SELECT 9")]).await?;
    assert_eq!(batch, [1, 2, 3, 9]);
    let failed = make().execute_batch(vec![insert(4), insert(1)]).await;
    assert!(
        failed.is_err_and(|error| error.is_unique_violation() && error.sql() == Some("INSERT INTO t (x) VALUES (?)"))
    );
    assert_eq!(all(make()).await?, [1, 2, 3]);
    let returned = make().fetch_optional(integers("INSERT INTO t (x) VALUES (4), (5) RETURNING x")).await?;
    assert_eq!(returned, Some(4));
    assert_eq!(all(make()).await?, [1, 2, 3, 4, 5]);
    Ok(())
}

/// The same for what is borrowed anew for each query.
macro_rules! exercise {
    ($make:expr) => {{
        $make.execute(raw("DELETE FROM t")).await?;
        assert_eq!($make.execute_batch(vec![insert(1), insert(2)]).await?, 2);
        assert_eq!($make.fetch_optional(integers("SELECT x FROM t ORDER BY x")).await?, Some(1));
        let batch = vec![integers("SELECT x FROM t ORDER BY x"), integers("SELECT 9")];
        assert_eq!($make.fetch_batch(batch).await?, [1, 2, 9]);
        let failed = $make.execute_batch(vec![insert(4), insert(1)]).await;
        assert!(failed.is_err_and(|error| error.is_unique_violation()));
        let rows: Vec<i64> = $make.fetch(integers("SELECT x FROM t ORDER BY x")).try_collect().await?;
        assert_eq!(rows, [1, 2]);
    }};
}

#[tokio::test]
async fn pools_connections_and_transactions() -> Result {
    let db = numbers(1).await?;
    exercise(&mut || &db.pool).await?;
    let mut pooled = db.pool.acquire().await?;
    exercise!(pooled);
    let plain: &mut sqlx::SqliteConnection = &mut pooled;
    exercise!(plain);
    drop(pooled);
    let mut transaction = db.pool.begin().await?;
    exercise!(transaction);
    transaction.commit().await?;
    let failed: Result = db
        .pool
        .try_transaction(async |tx| {
            exercise(&mut || tx).await?;
            tx.try_transaction(async |tx| exercise(&mut || tx).await).await
        })
        .await;
    failed
}

#[tokio::test]
async fn built_queries_on_all_of_them() -> Result {
    let db = filled().await?;
    let names = || User::query().select(User::name).order_by(User::id);
    let expected = ["Ann", "Bob", "Cid", "Dan"];
    assert_eq!(names().fetch_all(&db).await?, expected);
    let mut connection = db.acquire().await?;
    assert_eq!(names().fetch_all(&mut connection).await?, expected);
    assert_eq!(names().fetch_all(&mut *connection).await?, expected);
    drop(connection);
    let mut transaction = db.begin().await?;
    assert_eq!(names().fetch_all(&mut transaction).await?, expected);
    assert_eq!(names().fetch_all(&mut *transaction).await?, expected);
    Post::delete().all_rows().execute(&mut *transaction).await?;
    transaction.rollback().await?;
    let count = db
        .transaction(async |tx| {
            assert_eq!(names().fetch_all(tx).await?, expected);
            Post::query().count(tx).await
        })
        .await?;
    assert_eq!(count, 6);
    Ok(())
}

#[tokio::test]
async fn futures_and_streams_go_to_other_tasks() -> Result {
    let db = filled().await?;
    let query =
        User::query().inner_join::<Post>().on(User::posts()).filter(Post::views.gt(1)).select((User::all(), Post::id));
    let pool = db.clone();
    let rows = tokio::spawn(async move { query.fetch_all(&pool).await }).await??;
    assert_eq!(rows.len(), 5);
    let pool = db.clone();
    let insert = tokio::spawn(async move {
        Post::insert().row(NewPost::new("t", "c", 1)).returning(Post::id).fetch_one(&pool).await
    });
    assert_eq!(insert.await??, 7);
    let count = tokio::spawn(async move { User::query().fetch(&db).count().await }).await?;
    assert_eq!(count, 4);
    Ok(())
}

const COUNT_TO_5000: &str =
    "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000) SELECT x FROM n";

#[tokio::test]
async fn a_stream_that_is_dropped_leaves_the_connection_usable() -> Result {
    let db = numbers(1).await?.pool;
    (&db).execute(raw(COUNT_TO_5000)).await?;
    for _ in 0..50 {
        let mut rows = std::pin::pin!((&db).fetch(integers("SELECT x FROM t ORDER BY x")));
        assert_eq!(rows.try_next().await?, Some(1));
    }
    assert_eq!(all(&db).await?.len(), 5000);
    db.transaction(async |tx| {
        for _ in 0..50 {
            let mut rows = std::pin::pin!(tx.fetch(integers("SELECT x FROM t ORDER BY x")));
            assert_eq!(rows.try_next().await?, Some(1));
        }
        assert_eq!(all(tx).await?.len(), 5000);
        Ok(())
    })
    .await?;
    Ok(())
}

/// A text that no error may show.
fn secret() -> Value {
    "hunter2-secret".to_owned().into_value()
}

/// All that an error and its sources say.
fn everything(error: &Error) -> String {
    let mut text = format!("{error:?} {error}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!("{error:?} {error}"));
        source = error.source();
    }
    text
}

const FAMILY: [&str; 6] = [
    "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER CHECK (age >= 0), email TEXT)",
    "CREATE UNIQUE INDEX parents_email_ci ON parents (lower(email))",
    "CREATE TABLE children (parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE RESTRICT, other INTEGER REFERENCES parents (id))",
    "INSERT INTO parents VALUES (1, 'a', 1, 'hunter2-secret')",
    "INSERT INTO parents VALUES (2, 'a', 1, NULL)",
    "INSERT INTO children VALUES (1, 2)",
];

#[tokio::test]
async fn errors_of_the_database_say_where_and_keep_no_values() -> Result {
    let db = &numbers(1).await?.pool;
    db.execute_batch(FAMILY.map(raw).into()).await?;
    for (sql, expected) in [
        ("INSERT INTO parents VALUES (3, 'a', 1, ?)", "unique violation: parents_email_ci"),
        ("INSERT INTO parents VALUES (3, NULL, 1, ?)", "not-null violation on parents (name)"),
        ("INSERT INTO parents VALUES (3, 'a', -1, ?)", "check violation: age >= 0"),
        ("INSERT INTO children VALUES (77, ?)", "foreign key violation"),
        ("INSERT INTO parents VALUES (1, 'a', 1, ? || 'x')", "unique violation on parents (id)"),
        ("DELETE FROM parents WHERE id = 1 AND '' <> ?", "foreign key violation"),
        ("DELETE FROM parents WHERE id = 2 AND '' <> ?", "foreign key violation"),
        ("UPDATE parents SET id = ? WHERE name = 'a'", "database error: "),
        ("SELECT * FROM nothing WHERE x = ?", "database error: "),
        ("SELECT ? FROM", "database error: "),
    ] {
        let error = db.execute(Statement::raw(sql, vec![secret()])).await.err().ok_or(sql)?;
        assert!(error.to_string().starts_with(expected), "{sql}: {error}");
        assert_eq!(error.sql(), Some(sql));
        assert!(!everything(&error).contains("hunter2"), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn errors_of_decoding_and_encoding_say_where_and_keep_no_values() -> Result {
    let db = &numbers(1).await?.pool;
    for (sql, expected) in [
        ("SELECT ? AS name", "column 0 (`name`): expected an integer, found TEXT"),
        ("SELECT nullif(?1, ?1) AS name, 2.5 AS y", "column 1 (`y`): expected an integer, found REAL"),
        ("SELECT length(?)", "column 1 (`?`): expected an integer, found no such column"),
    ] {
        let decode = |row: &mut SqliteReader<'_>| row.i64().and_then(|_| row.i64()).map(drop);
        let query = Query::<Sqlite, ()> { statement: Statement::raw(sql, vec![secret()]), decode };
        let error = db.fetch_all(query).await.err().ok_or(sql)?;
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.sql(), Some(sql));
        assert!(!everything(&error).contains("hunter2"), "{error:?}");
    }
    let nan = Statement::raw("INSERT INTO t VALUES (?, ?)", vec![secret(), f64::NAN.into_value()]);
    let error = db.execute(nan).await.err().ok_or("NaN was stored")?;
    assert_eq!(error.to_string(), "parameter 2: SQLite has no NaN");
    assert!(!everything(&error).contains("hunter2"), "{error:?}");
    let invalid = Statement::raw("INSERT INTO t VALUES (?)", vec![Value::Invalid("no JSON".to_owned())]);
    let error = db.execute(invalid).await;
    assert!(matches!(&error, Err(Error::Encode(error)) if error.parameter == Some(1)), "{error:?}");
    assert!(all(db).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn locks_and_lost_connections() -> Result {
    let db = numbers(2).await?;
    let other = sqlx::SqlitePool::connect_with(db.options().busy_timeout(std::time::Duration::from_millis(10))).await?;
    db.pool
        .transaction(async |tx| {
            tx.execute(insert(1)).await?;
            let locked = (&other).execute(insert(2)).await;
            assert!(locked.is_err_and(|error| error.is_retryable()));
            Ok(())
        })
        .await?;
    other.close().await;
    assert!(matches!((&other).execute(insert(2)).await, Err(Error::Connection { .. })));
    let missing = sqlx::SqlitePool::connect("sqlite:///no/such/directory/x.db").await.map_err(Error::from);
    assert!(matches!(missing, Err(Error::Connection { .. })));
    Ok(())
}

#[tokio::test]
async fn an_in_memory_pool_is_one_database() -> Result {
    let db = sqlx::SqlitePool::connect("sqlite::memory:").await?;
    mizzle::schema! { User }.create_tables(&db).await?;
    let (mut a, mut b) = (db.acquire().await?, db.acquire().await?);
    User::insert().row(NewUser::new("Ann", "a")).execute(&mut *a).await?;
    assert_eq!(User::query().count(&mut *b).await?, 1);
    assert_eq!(memory(&mizzle::schema! { User }).await?.size(), 1);
    Ok(())
}
