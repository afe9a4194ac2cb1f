//! A schema that belongs to one test.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use mizzle::{dialect::Postgres, render::Statement, run::Query, run::RowReader, schema::Schema, value::Value};
use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::Result;

/// Runs a test on connections whose search path is an empty schema, which goes away if the test passes.
pub(crate) async fn with_schema(connections: u32, test: impl AsyncFnOnce(&PgPool) -> Result) -> Result {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("mizzle_test_{time}_{}_{number}", std::process::id());

    let options: PgConnectOptions = url().parse()?;
    let options = options.options([("search_path", &name)]);
    let pool = PgPoolOptions::new().max_connections(connections).connect_with(options).await?;
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {name}"))).execute(&pool).await?;
    test(&pool).await?;
    sqlx::query(AssertSqlSafe(format!("DROP SCHEMA {name} CASCADE"))).execute(&pool).await?;
    pool.close().await;
    Ok(())
}

/// The same, with tables.
pub(crate) async fn with_tables(
    connections: u32,
    schema: &Schema,
    test: impl AsyncFnOnce(&PgPool) -> Result,
) -> Result {
    with_schema(connections, async |db| {
        schema.create_tables(db).await?;
        test(db).await
    })
    .await
}

fn url() -> String {
    std::env::var("POSTGRES_URL").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:54329/mizzle".to_owned())
}

/// The table `t` of numbers, in which no number is twice.
pub(crate) async fn with_numbers(connections: u32, test: impl AsyncFnOnce(&PgPool) -> Result) -> Result {
    with_schema(connections, async |db| {
        sqlx::query("CREATE TABLE t (x bigint UNIQUE)").execute(db).await?;
        test(db).await
    })
    .await
}

pub(crate) fn insert(x: i64) -> Statement {
    Statement::raw("INSERT INTO t VALUES ($1)", vec![Value::I64(x)])
}

pub(crate) fn raw(sql: &'static str) -> Statement {
    Statement::raw(sql, vec![])
}

/// A query whose rows are integers.
pub(crate) fn integers(sql: &'static str) -> Query<Postgres, i64> {
    Query { statement: raw(sql), decode: |row| Ok(row.i64()?.unwrap_or_default()) }
}

/// What others see in the table `t`.
pub(crate) async fn all(db: &PgPool) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar("SELECT x FROM t ORDER BY x").fetch_all(db).await?)
}
