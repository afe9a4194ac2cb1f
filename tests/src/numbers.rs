//! A table of numbers, and statements written by hand that use it.

use mizzle::{
    Error,
    dialect::{Sqlite, sqlite::SqliteReader},
    render::Statement,
    run::{Executor, Query, RowReader as _},
    value::SqlValue as _,
};

use crate::{Result, TestDatabase};

/// A database with the table `t`, which has one column of numbers, `x`.
///
/// # Errors
/// What the database says.
pub async fn numbers(connections: u32) -> Result<TestDatabase> {
    let db = TestDatabase::empty(connections).await?;
    (&db.pool).execute(raw("CREATE TABLE t (x INTEGER PRIMARY KEY)")).await?;
    Ok(db)
}

/// A statement without values.
pub fn raw(sql: &'static str) -> Statement {
    Statement::raw(sql, Vec::new())
}

/// Inserts a number.
pub fn insert(x: i64) -> Statement {
    Statement::raw("INSERT INTO t (x) VALUES (?)", vec![x.into_value()])
}

fn integer(row: &mut SqliteReader<'_>) -> std::result::Result<i64, Error> {
    Ok(row.i64()?.unwrap_or_default())
}

/// A query of one column of numbers.
pub fn integers(sql: &'static str) -> Query<Sqlite, i64> {
    Query { statement: raw(sql), decode: integer }
}

/// All numbers of the table, in order.
///
/// # Errors
/// What the database says.
pub async fn all(executor: impl Executor<Sqlite>) -> std::result::Result<Vec<i64>, Error> {
    executor.fetch_all(integers("SELECT x FROM t ORDER BY x")).await
}
