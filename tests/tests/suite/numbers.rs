//! A table of numbers, and statements written by hand that use it.

use std::sync::LazyLock;

use mizzle::{
    Error,
    dialect::Dialect,
    render::Statement,
    run::{Executor, Query, RowReader as _},
    value::SqlValue as _,
};
use mizzle_tests::{Result, TestDatabase as _, needs, plain};

use crate::{D, Db};

/// A database with the table `t`, which has one column of numbers, `x`.
pub(crate) async fn numbers(connections: u32) -> Result<Db> {
    let db = Db::empty(connections).await?;
    db.run("CREATE TABLE t (x BIGINT PRIMARY KEY)").await?;
    Ok(db)
}

/// A statement without values.
pub(crate) fn raw(sql: &'static str) -> Statement {
    Statement::raw(sql, Vec::new())
}

/// What [`insert`] sends.
pub(crate) static INSERT: LazyLock<String> = LazyLock::new(|| plain::<D>("INSERT INTO t (x) VALUES (?)"));

/// Inserts a number.
pub(crate) fn insert(x: i64) -> Statement {
    Statement::raw(INSERT.as_str(), vec![x.into_value()])
}

fn integer(row: &mut <D as Dialect>::Row<'_>) -> std::result::Result<i64, Error> {
    Ok(row.i64()?.unwrap_or_default())
}

/// A query of one column of numbers.
pub(crate) fn integers(sql: &'static str) -> Query<D, i64> {
    Query::<D, i64>::new(raw(sql), integer)
}

/// All numbers of the table, in order.
pub(crate) async fn all(executor: impl Executor<D>) -> std::result::Result<Vec<i64>, Error> {
    executor.fetch_all(integers("SELECT x FROM t ORDER BY x")).await
}

#[needs(Sqlite)]
/// Whether the one connection of a pool has a transaction open.
pub(crate) async fn in_transaction(db: &Db) -> Result<bool> {
    let mut connection = db.acquire().await?;
    let began = connection.execute(raw("BEGIN")).await.is_ok();
    if began {
        connection.execute(raw("ROLLBACK")).await?;
    }
    Ok(!began)
}

#[needs(!Sqlite)]
/// Whether the one connection of a pool has a transaction open.
pub(crate) async fn in_transaction(db: &Db) -> Result<bool> {
    Ok(match D::SYNTAX.name {
        "PostgreSQL" => db.text("SELECT now() <> statement_timestamp()").await? == [["t"]],
        // Outside of a transaction, a savepoint is gone at once.
        _ => db.run("SAVEPOINT probe; RELEASE SAVEPOINT probe").await.is_ok(),
    })
}
