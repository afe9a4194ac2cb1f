//! Statements on their way, on the connections of sqlx's drivers.

use std::sync::Arc;

use futures_core::{Stream, stream::BoxStream};
use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Database, Either, SqlSafeStr, SqlStr};

use super::{Decode, Done, Query, text::Text};
use crate::{Error, dialect::Dialect, render::Statement, value::Value};

/// A dialect that a driver of sqlx speaks.
pub(super) trait Spoken: Dialect {
    /// The driver.
    type Database: Database;

    /// Sends a statement with its parameters.
    fn send(connection: &mut Connection<Self>, sql: SqlStr, values: Vec<Value>) -> Result<Steps<'_, Self>, Error>;

    fn done(result: &<Self::Database as Database>::QueryResult) -> Done;

    fn reader(row: &<Self::Database as Database>::Row) -> Self::Row<'_>;
}

pub(super) type Connection<D> = <<D as Spoken>::Database as Database>::Connection;

/// What comes back: rows, and how many were changed.
pub(super) type Steps<'c, D> = BoxStream<
    'c,
    Result<
        Either<<<D as Spoken>::Database as Database>::QueryResult, <<D as Spoken>::Database as Database>::Row>,
        sqlx::Error,
    >,
>;

/// A statement on its way.
pub(super) struct Sent<'c, D: Spoken> {
    text: Text,
    steps: Steps<'c, D>,
    done: Done,
}

impl<'c, D: Spoken> Sent<'c, D> {
    pub(super) fn new(
        statement: Statement,
        send: impl FnOnce(SqlStr, Vec<Value>) -> Result<Steps<'c, D>, Error>,
    ) -> Result<Self, Error> {
        let text = Text { sql: statement.sql.into_shared(), table: statement.table };
        let sql = AssertSqlSafe(Arc::clone(&text.sql)).into_sql_str();
        let steps = send(sql, statement.values).map_err(|error| text.explain(error))?;
        Ok(Sent { text, steps, done: Done::default() })
    }

    fn start(connection: &'c mut Connection<D>, statement: Statement) -> Result<Self, Error> {
        Self::new(statement, |sql, values| D::send(connection, sql, values))
    }

    /// The next row; what is between two rows adds up.
    async fn next(&mut self) -> Result<Option<<D::Database as Database>::Row>, Error> {
        while let Some(step) = self.steps.try_next().await.map_err(|error| self.text.explain(error))? {
            match step {
                Either::Left(done) => self.done = self.done.and(D::done(&done)),
                Either::Right(row) => return Ok(Some(row)),
            }
        }
        Ok(None)
    }

    async fn next_as<R>(&mut self, decode: Decode<D, R>) -> Result<Option<R>, Error> {
        let Some(row) = self.next().await? else {
            return Ok(None);
        };
        decode(&mut D::reader(&row)).map(Some).map_err(|error| self.text.explain(error))
    }

    /// Reads to the end.
    pub(super) async fn finish(mut self) -> Result<Done, Error> {
        while self.next().await?.is_some() {}
        Ok(self.done)
    }
}

pub(super) fn fetch<D: Spoken, R: Send + 'static>(
    connection: &mut Connection<D>,
    query: Query<D, R>,
) -> impl Stream<Item = Result<R, Error>> + Send {
    async_stream::try_stream! {
        let mut sent = Sent::start(connection, query.statement)?;
        while let Some(row) = sent.next_as(query.decode).await? {
            yield row;
        }
    }
}

pub(super) async fn fetch_all<D: Spoken, R: Send + 'static>(
    connection: &mut Connection<D>,
    query: Query<D, R>,
) -> Result<Vec<R>, Error> {
    let mut sent = Sent::start(connection, query.statement)?;
    let mut rows = Vec::new();
    while let Some(row) = sent.next_as(query.decode).await? {
        rows.push(row);
    }
    Ok(rows)
}

/// The first row. The others are read as well: an error may come after it, of a constraint that is checked at the end
/// or of a lock, and would be taken for the next statement's.
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub(super) async fn fetch_optional<D: Spoken, R: Send + 'static>(
    connection: &mut Connection<D>,
    query: Query<D, R>,
) -> Result<Option<R>, Error> {
    let mut sent = Sent::start(connection, query.statement)?;
    let first = sent.next_as(query.decode).await?;
    sent.finish().await?;
    Ok(first)
}

#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(super) async fn execute<D: Spoken>(connection: &mut Connection<D>, statement: Statement) -> Result<Done, Error> {
    Sent::<D>::start(connection, statement)?.finish().await
}
