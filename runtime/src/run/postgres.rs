//! PostgreSQL through sqlx: its pools, connections and transactions.

mod begin;
mod prepare;

use futures_core::Stream;
use sqlx::{
    Connection as _, Executor as _, PgConnection, PgPool, SqlStr, Transaction,
    pool::PoolConnection,
    postgres::{PgQueryResult, PgRow},
};

pub use begin::PostgresBegin;

use self::prepare::prepare;
use super::{
    Deferrable, Done, Driver, Isolation, Mode, Query,
    driver::begins,
    executors::executors,
    manager,
    sent::{self, Spoken, Steps},
};
use crate::{
    Error,
    dialect::{
        Postgres,
        postgres::{ColumnTypes, PostgresReader},
    },
    render::Statement,
    value::Value,
};

impl Driver for Postgres {
    type Connection = PgConnection;
    type Begin = PostgresBegin;

    fn fetch<'c, R: Send + 'static>(
        connection: &'c mut PgConnection,
        query: Query<Postgres, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 'c {
        sent::fetch(connection, query)
    }

    fn fetch_all<R: Send + 'static>(
        connection: &mut PgConnection,
        query: Query<Postgres, R>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        sent::fetch_all(connection, query)
    }

    fn fetch_optional<R: Send + 'static>(
        connection: &mut PgConnection,
        query: Query<Postgres, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        sent::fetch_optional(connection, query)
    }

    async fn read_rest(connection: &mut PgConnection) -> Result<(), Error> {
        Ok(connection.ping().await?)
    }

    fn execute(
        connection: &mut PgConnection,
        statement: Statement,
    ) -> impl Future<Output = Result<Done, Error>> + Send {
        sent::execute::<Postgres>(connection, statement)
    }

    async fn begin(connection: &mut PgConnection, begin: PostgresBegin) -> Result<(), Error> {
        begin::begin(connection, begin).await
    }

    fn snapshot() -> Self::Begin {
        Isolation::RepeatableRead.into()
    }

    async fn commit(connection: &mut PgConnection) -> Result<(), Error> {
        manager::commit::<sqlx::Postgres>(connection).await
    }

    async fn rollback(connection: &mut PgConnection) -> Result<(), Error> {
        manager::rollback::<sqlx::Postgres>(connection).await
    }

    fn start_rollback(connection: &mut PgConnection) {
        manager::start_rollback::<sqlx::Postgres>(connection);
    }

    async fn gave_up(_: &mut PgConnection, _: &Error) -> bool {
        // It refuses all statements after an error, but the transaction is there until it is rolled back.
        false
    }

    fn aborts(error: &Error) -> bool {
        let source = std::error::Error::source(error).and_then(|source| source.downcast_ref());
        matches!(source, Some(sqlx::Error::Database(_)))
    }
}

impl Spoken for Postgres {
    type Database = sqlx::Postgres;
    type Columns = ColumnTypes;

    fn send(connection: &mut PgConnection, sql: SqlStr, values: Vec<Value>) -> Result<Steps<'_, Postgres>, Error> {
        Ok(connection.fetch_many(prepare(sql, &values)?))
    }

    fn done(result: &PgQueryResult) -> Done {
        Done { rows: result.rows_affected(), id: None }
    }

    fn reader<'r>(row: &'r PgRow, columns: &'r mut ColumnTypes) -> PostgresReader<'r> {
        columns.reader(row)
    }
}

begins! { [] Postgres: PostgresBegin, Mode, Isolation, Deferrable }

executors! { Postgres:
    impl['p] for &'p PgPool, |pool| pool.acquire().await.map_err(Error::from)?;
    impl['c] for &'c mut PgConnection, |connection| &mut *connection;
    impl['c] for &'c mut PoolConnection<sqlx::Postgres>, |connection| &mut **connection;
    impl['c, 't] for &'c mut Transaction<'t, sqlx::Postgres>, |transaction| &mut **transaction;
}
