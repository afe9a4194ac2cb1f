//! PostgreSQL through sqlx: its pools, connections and transactions.

mod begin;
mod prepare;

use futures_core::{Stream, stream::BoxStream};
use futures_util::TryStreamExt;
use sqlx::{
    Either, Executor as _, PgConnection, PgPool, Transaction,
    pool::PoolConnection,
    postgres::{PgQueryResult, PgRow},
};

pub use begin::PostgresBegin;

use self::prepare::prepare;
use super::{
    Decode, Deferrable, Done, Driver, Isolation, Mode, Query, driver::begins, executors::executors, manager, text::Text,
};
use crate::{
    Error,
    dialect::{Postgres, postgres::PostgresReader},
    render::Statement,
};

impl Driver for Postgres {
    type Connection = PgConnection;
    type Begin = PostgresBegin;

    fn fetch<'c, R: Send + 'static>(
        connection: &'c mut PgConnection,
        query: Query<Postgres, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 'c {
        async_stream::try_stream! {
            let mut run = Run::start(connection, query.statement)?;
            while let Some(row) = run.next().await? {
                yield run.decode(&row, query.decode)?;
            }
        }
    }

    async fn fetch_all<R: Send + 'static>(
        connection: &mut PgConnection,
        query: Query<Postgres, R>,
    ) -> Result<Vec<R>, Error> {
        let mut run = Run::start(connection, query.statement)?;
        let mut rows = Vec::new();
        while let Some(row) = run.next().await? {
            rows.push(run.decode(&row, query.decode)?);
        }
        Ok(rows)
    }

    async fn fetch_optional<R: Send + 'static>(
        connection: &mut PgConnection,
        query: Query<Postgres, R>,
    ) -> Result<Option<R>, Error> {
        let mut run = Run::start(connection, query.statement)?;
        let first = run.next().await?;
        // An error may still come: a constraint that is checked at the end.
        while run.next().await?.is_some() {}
        first.map(|row| run.decode(&row, query.decode)).transpose()
    }

    async fn execute(connection: &mut PgConnection, statement: Statement) -> Result<Done, Error> {
        let mut run = Run::start(connection, statement)?;
        while run.next().await?.is_some() {}
        Ok(run.done)
    }

    async fn begin(connection: &mut PgConnection, begin: PostgresBegin) -> Result<(), Error> {
        begin::begin(connection, begin).await
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

/// A statement on its way: rows, and how many it changed.
struct Run<'c> {
    text: Text,
    steps: BoxStream<'c, Result<Either<PgQueryResult, PgRow>, sqlx::Error>>,
    done: Done,
}

impl<'c> Run<'c> {
    fn start(connection: &'c mut PgConnection, statement: Statement) -> Result<Self, Error> {
        let (text, prepared) = prepare(statement)?;
        Ok(Run { text, steps: connection.fetch_many(prepared), done: Done::default() })
    }

    async fn next(&mut self) -> Result<Option<PgRow>, Error> {
        while let Some(step) = self.steps.try_next().await.map_err(|error| self.text.explain(error))? {
            match step {
                Either::Left(done) => self.done = self.done.and(Done { rows: done.rows_affected(), id: None }),
                Either::Right(row) => return Ok(Some(row)),
            }
        }
        Ok(None)
    }

    fn decode<R>(&self, row: &PgRow, decode: Decode<Postgres, R>) -> Result<R, Error> {
        decode(&mut PostgresReader::from_sqlx(row)).map_err(|error| self.text.explain(error))
    }
}

begins! { [] Postgres: PostgresBegin, Mode, Isolation, Deferrable }

executors! { Postgres:
    impl['p] for &'p PgPool, |pool| pool.acquire().await.map_err(Error::from)?;
    impl['c] for &'c mut PgConnection, |connection| connection;
    impl['c] for &'c mut PoolConnection<sqlx::Postgres>, |connection| &mut **connection;
    impl['c, 't] for &'c mut Transaction<'t, sqlx::Postgres>, |transaction| &mut **transaction;
}
