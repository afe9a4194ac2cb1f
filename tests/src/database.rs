//! Databases that belong to one test, and plain SQL in them.

use sqlx::{
    AssertSqlSafe, ColumnIndex, Database, Decode, Either, Executor, Pool, Row, SqlSafeStr as _, Statement as _,
};

use crate::Result;

/// The pool of a database that belongs to one test, and is dropped some time after the pool.
pub trait TestDatabase: Clone + Send + Sync + 'static {
    /// A database without tables, for this many connections.
    fn empty(connections: u32) -> impl Future<Output = Result<Self>> + Send;

    /// What is left of a database without connections, for other tests to open.
    type Stored: Send + Sync;

    /// Closes all connections.
    fn store(self) -> impl Future<Output = Result<Self::Stored>> + Send;

    /// Opens it again, for one connection.
    fn open(stored: &Self::Stored) -> impl Future<Output = Result<Self>> + Send;

    /// Runs statements of plain SQL.
    fn run(&self, sql: &str) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// The rows of a query in plain SQL, each value as the database itself writes it; NULL is `NULL`.
    fn text(&self, sql: &str) -> impl Future<Output = sqlx::Result<Vec<Vec<String>>>> + Send;

    /// Has the database prepare a statement: how many parameters it found.
    fn prepare(&self, sql: &str) -> impl Future<Output = sqlx::Result<usize>> + Send;
}

/// What [`TestDatabase`] asks for, on sqlx's pool: `|database| pool`.
macro_rules! plain_sql {
    (|$database:ident| $pool:expr) => {
        async fn run(&self, sql: &str) -> sqlx::Result<()> {
            let $database = self;
            $crate::database::run($pool, sql).await
        }

        async fn text(&self, sql: &str) -> sqlx::Result<Vec<Vec<String>>> {
            let $database = self;
            $crate::database::text($pool, sql).await
        }

        async fn prepare(&self, sql: &str) -> sqlx::Result<usize> {
            let $database = self;
            $crate::database::prepare($pool, sql).await
        }
    };
}
pub(crate) use plain_sql;

pub(crate) async fn run<DB: Database>(pool: &Pool<DB>, sql: &str) -> sqlx::Result<()>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let mut connection = pool.acquire().await?;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await?;
    Ok(())
}

/// Sent as it is, a query answers in text, whatever the types: hence `raw_sql`, and no check of types.
pub(crate) async fn text<DB: Database>(pool: &Pool<DB>, sql: &str) -> sqlx::Result<Vec<Vec<String>>>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'r> Option<String>: Decode<'r, DB>,
    usize: ColumnIndex<DB::Row>,
{
    let mut connection = pool.acquire().await?;
    let rows = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_all(&mut *connection).await?;
    let value =
        |row: &DB::Row, index| Ok(row.try_get_unchecked::<Option<String>, _>(index)?.unwrap_or("NULL".to_owned()));
    rows.iter().map(|row| (0..row.len()).map(|index| value(row, index)).collect()).collect()
}

pub(crate) async fn prepare<DB: Database>(pool: &Pool<DB>, sql: &str) -> sqlx::Result<usize>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let mut connection = pool.acquire().await?;
    let statement = connection.prepare(AssertSqlSafe(sql.to_owned()).into_sql_str()).await?;
    Ok(match statement.parameters() {
        Some(Either::Left(types)) => types.len(),
        Some(Either::Right(count)) => count,
        None => 0,
    })
}
