//! A database in a file, seen by the pool and, from outside, by sqlx.

use std::time::Duration;

use crate::{Result, SqliteFile};
use mizzle::{
    Error,
    dialect::Sqlite,
    prelude::*,
    render::Statement,
    run::{Query, RowReader as _},
    sqlite::{SqliteOptions, SqlitePool, Synchronous},
    value::SqlValue as _,
};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

/// What mizzle returns.
pub type Done<T = ()> = std::result::Result<T, Error>;

/// A file with the table `t (x INTEGER PRIMARY KEY, y TEXT)`.
#[derive(Debug)]
pub struct World {
    file: SqliteFile,
}

impl World {
    /// A new one.
    ///
    /// # Errors
    /// What the database says; so of all that follows.
    pub async fn new() -> Result<Self> {
        let world = World { file: SqliteFile::new()? };
        let db = world.options().create_if_missing(true).synchronous(Synchronous::Off).connect().await?;
        (&db).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY, y TEXT)")).await?;
        db.close().await;
        Ok(world)
    }

    /// How to open it: durable, as it is by default.
    pub fn options(&self) -> SqliteOptions {
        SqliteOptions::new().filename(self.file.path())
    }

    /// As it is opened by default.
    pub async fn pool(&self) -> Result<SqlitePool> {
        Ok(self.options().connect().await?)
    }

    /// With commits that do not wait for the disk, and so run on the calling task.
    pub async fn quick_pool(&self) -> Result<SqlitePool> {
        Ok(self.options().synchronous(Synchronous::Normal).connect().await?)
    }

    /// Somebody else who uses the file, and does not wait for locks.
    pub async fn outside(&self) -> Result<SqliteConnection> {
        let options = SqliteConnectOptions::new().filename(self.file.path()).busy_timeout(Duration::ZERO);
        Ok(SqliteConnection::connect_with(&options).await?)
    }
}

/// Fills `t` with the numbers from 0.
pub async fn fill(db: &SqlitePool, rows: i64) -> Done {
    let sql = "INSERT INTO t (x, y) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?) \
               SELECT i, 'row ' || i FROM n";
    db.execute(Statement::raw(sql, vec![rows.into_value()])).await?;
    Ok(())
}

/// A statement without values.
pub fn raw(sql: &'static str) -> Statement {
    Statement::raw(sql, Vec::new())
}

/// Inserts a number.
pub fn insert(x: i64) -> Statement {
    Statement::raw("INSERT INTO t (x) VALUES (?)", vec![x.into_value()])
}

/// A query of one column of numbers.
pub fn integers(sql: &'static str) -> Query<Sqlite, i64> {
    Query::new(raw(sql), |row| Ok(row.i64()?.unwrap_or_default()))
}

/// All numbers of the table.
pub async fn all(db: impl Executor<Sqlite>) -> Done<Vec<i64>> {
    db.fetch_all(integers("SELECT x FROM t ORDER BY x")).await
}

/// A query that takes long: it goes through all pairs of rows, and returns one.
pub fn slow() -> Query<Sqlite, i64> {
    integers("SELECT sum(a.x * b.x % 7) FROM t a, t b")
}

/// Whether anybody has a lock, a transaction or a statement open: then the log cannot be emptied.
pub async fn is_quiet(outside: &mut SqliteConnection) -> Result<bool> {
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)".to_owned();
    let busy: (i64, i64, i64) = sqlx::query_as(AssertSqlSafe(checkpoint)).fetch_one(&mut *outside).await?;
    Ok(busy.0 == 0)
}

/// Runs plain SQL outside of the pool.
pub async fn say(outside: &mut SqliteConnection, sql: &'static str) -> Result {
    sqlx::raw_sql(sql).execute(outside).await?;
    Ok(())
}

/// No numbers.
pub const NONE: [i64; 0] = [];
