//! SQLite through sqlx: its pools, connections and transactions.

use std::sync::Arc;

use futures_core::Stream;
use sqlx::{
    AssertSqlSafe, Executor as _, SqlSafeStr, SqlStr, SqliteConnection, SqlitePool, Transaction,
    pool::PoolConnection,
    sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow},
};

use super::{
    Done, Driver, Query,
    driver::begins,
    executors::executors,
    manager,
    sent::{self, Spoken, Steps},
    text::Text,
};
use crate::{
    Error,
    dialect::{
        Sqlite,
        sqlite::{SqliteReader, Storage},
    },
    render::Statement,
    value::Value,
};

/// How a transaction of SQLite begins.
///
/// ```
/// use mizzle::{Error, prelude::*, run::Begin};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let db = sqlx::SqlitePool::connect("sqlite::memory:").await?;
/// db.transaction_with(Begin::Immediate, async |_tx| Ok::<_, Error>(())).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begin {
    /// Takes its locks when it needs them. A transaction that reads first and then writes fails with
    /// [`Error::Serialization`] if another one wrote in between.
    #[default]
    Deferred,
    /// Waits for its turn to write at once: for transactions that read, think and write.
    Immediate,
    /// Keeps readers out too, except in WAL mode.
    Exclusive,
}

impl Driver for Sqlite {
    type Connection = SqliteConnection;
    type Begin = Begin;

    fn fetch<'c, R: Send + 'static>(
        connection: &'c mut SqliteConnection,
        query: Query<Sqlite, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 'c {
        sent::fetch(connection, query)
    }

    fn fetch_all<R: Send + 'static>(
        connection: &mut SqliteConnection,
        query: Query<Sqlite, R>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        sent::fetch_all(connection, query)
    }

    async fn fetch_optional<R: Send + 'static>(
        connection: &mut SqliteConnection,
        query: Query<Sqlite, R>,
    ) -> Result<Option<R>, Error> {
        let text = Text { sql: query.statement.sql.into(), table: query.statement.table };
        let sql = AssertSqlSafe(Arc::clone(&text.sql)).into_sql_str();
        let arguments = arguments(query.statement.values).map_err(|error| text.explain(error))?;
        // SQLite changes all rows before it returns the first, so a `RETURNING` may stop there.
        let row =
            connection.fetch_optional(sqlx::query_with(sql, arguments)).await.map_err(|error| text.explain(error))?;
        let decode = |row| (query.decode)(&mut SqliteReader::from_sqlx(&row)).map_err(|error| text.explain(error));
        row.map(decode).transpose()
    }

    fn execute(
        connection: &mut SqliteConnection,
        statement: Statement,
    ) -> impl Future<Output = Result<Done, Error>> + Send {
        sent::execute::<Sqlite>(connection, statement)
    }

    async fn begin(connection: &mut SqliteConnection, begin: Begin) -> Result<(), Error> {
        let statement = match begin {
            // A savepoint begins in one way only.
            _ if manager::depth::<sqlx::Sqlite>(connection) > 0 => None,
            Begin::Deferred => None,
            Begin::Immediate => Some("BEGIN IMMEDIATE".into_sql_str()),
            Begin::Exclusive => Some("BEGIN EXCLUSIVE".into_sql_str()),
        };
        manager::begin::<sqlx::Sqlite>(connection, statement).await
    }

    async fn commit(connection: &mut SqliteConnection) -> Result<(), Error> {
        manager::commit::<sqlx::Sqlite>(connection).await
    }

    async fn rollback(connection: &mut SqliteConnection) -> Result<(), Error> {
        if manager::rollback::<sqlx::Sqlite>(connection).await.is_ok() {
            return Ok(());
        }
        // SQLite gave the transaction up by itself, and sqlx still counts it: give sqlx one to roll back.
        let begin = match manager::depth::<sqlx::Sqlite>(connection) {
            savepoint @ 2.. => format!("SAVEPOINT _sqlx_savepoint_{}", savepoint - 1),
            _ => "BEGIN".to_owned(),
        };
        connection.execute(AssertSqlSafe(begin)).await?;
        manager::rollback::<sqlx::Sqlite>(connection).await
    }

    fn start_rollback(connection: &mut SqliteConnection) {
        manager::start_rollback::<sqlx::Sqlite>(connection);
    }

    async fn gave_up(connection: &mut SqliteConnection, error: &Error) -> bool {
        let is_from_sqlite =
            matches!(error, Error::Database(_) | Error::Serialization(_)) || error.violation().is_some();
        // Only a connection without a transaction can begin one.
        is_from_sqlite && connection.execute("BEGIN").await.is_ok()
    }
}

impl Spoken for Sqlite {
    type Database = sqlx::Sqlite;
    type Columns = ();

    fn send(connection: &mut SqliteConnection, sql: SqlStr, values: Vec<Value>) -> Result<Steps<'_, Sqlite>, Error> {
        Ok(connection.fetch_many(sqlx::query_with(sql, arguments(values)?)))
    }

    fn done(result: &SqliteQueryResult) -> Done {
        Done { rows: result.rows_affected(), id: Some(result.last_insert_rowid()) }
    }

    fn reader<'r>(row: &'r SqliteRow, (): &'r mut ()) -> SqliteReader<'r> {
        SqliteReader::from_sqlx(row)
    }
}

fn arguments(values: Vec<Value>) -> Result<SqliteArguments, Error> {
    let mut arguments = SqliteArguments::default();
    sqlx::Arguments::reserve(&mut arguments, values.len(), 0);
    for (index, value) in values.into_iter().enumerate() {
        let storage = Storage::try_from(value).map_err(|error| error.at_parameter(index + 1))?;
        add(&mut arguments, storage).map_err(|error| Error::encode(error.to_string()).at_parameter(index + 1))?;
    }
    Ok(arguments)
}

fn add(arguments: &mut SqliteArguments, storage: Storage<'static>) -> Result<(), sqlx::error::BoxDynError> {
    use sqlx::Arguments as _;
    match storage {
        Storage::Null => arguments.add(None::<i64>),
        Storage::Integer(value) => arguments.add(value),
        Storage::Real(value) => arguments.add(value),
        Storage::Text(text) => arguments.add(text.into_owned()),
        Storage::Blob(bytes) => arguments.add(bytes.into_owned()),
    }
}

begins! { [] Sqlite: Begin }

executors! { Sqlite:
    impl['p] for &'p SqlitePool, |pool| pool.acquire().await.map_err(Error::from)?;
    impl['c] for &'c mut SqliteConnection, |connection| &mut *connection;
    impl['c] for &'c mut PoolConnection<sqlx::Sqlite>, |connection| &mut **connection;
    impl['c, 't] for &'c mut Transaction<'t, sqlx::Sqlite>, |transaction| &mut **transaction;
}
