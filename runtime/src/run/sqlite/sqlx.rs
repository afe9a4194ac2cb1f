//! SQLite through sqlx.

use std::sync::Arc;

use sqlx::{
    AssertSqlSafe, Executor as _, SqlSafeStr, SqlStr, SqliteConnection,
    sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow},
};

use super::Begin;
use crate::{
    Error,
    dialect::{
        Sqlite,
        sqlite::{SqliteReader, Storage},
    },
    run::{
        Done, Query, manager,
        sent::{Spoken, Steps},
        text::Text,
    },
    value::Value,
};

pub(super) async fn fetch_optional<R: Send + 'static>(
    connection: &mut SqliteConnection,
    query: Query<Sqlite, R>,
) -> Result<Option<R>, Error> {
    let text = Text { sql: query.statement.sql.into_shared(), table: query.statement.table };
    let sql = AssertSqlSafe(Arc::clone(&text.sql)).into_sql_str();
    let arguments = arguments(query.statement.values).map_err(|error| text.explain(error))?;
    // SQLite changes all rows before it returns the first, so a `RETURNING` may stop there.
    let row = connection.fetch_optional(sqlx::query_with(sql, arguments)).await.map_err(|error| text.explain(error))?;
    let decode = |row| query.decoder.decode(&mut SqliteReader::from_sqlx(&row)).map_err(|error| text.explain(error));
    row.map(decode).transpose()
}

pub(super) async fn begin(connection: &mut SqliteConnection, begin: Begin) -> Result<(), Error> {
    let statement = match begin {
        // A savepoint begins in one way only.
        _ if manager::depth::<sqlx::Sqlite>(connection) > 0 => None,
        Begin::Deferred => None,
        Begin::Immediate => Some("BEGIN IMMEDIATE".into_sql_str()),
        Begin::Exclusive => Some("BEGIN EXCLUSIVE".into_sql_str()),
    };
    manager::begin::<sqlx::Sqlite>(connection, statement).await
}

pub(super) async fn commit(connection: &mut SqliteConnection) -> Result<(), Error> {
    manager::commit::<sqlx::Sqlite>(connection).await
}

pub(super) async fn rollback(connection: &mut SqliteConnection) -> Result<(), Error> {
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

pub(super) fn start_rollback(connection: &mut SqliteConnection) {
    manager::start_rollback::<sqlx::Sqlite>(connection);
}

pub(super) async fn gave_up(connection: &mut SqliteConnection, error: &Error) -> bool {
    let is_from_sqlite = matches!(error, Error::Database(_) | Error::Serialization(_)) || error.violation().is_some();
    // Only a connection without a transaction can begin one.
    is_from_sqlite && connection.execute("BEGIN").await.is_ok()
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
