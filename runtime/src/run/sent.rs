//! Statements on their way, on the connections of sqlx's drivers.

use std::{
    future::{poll_fn, ready},
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::{Stream, stream::BoxStream};
use futures_util::{StreamExt as _, stream};
use sqlx::{AssertSqlSafe, Database, Either, SqlSafeStr, SqlStr};

use super::{Done, Query, text::Text};
use crate::{Error, dialect::Dialect, render::Statement, value::Value};

/// A dialect that a driver of sqlx speaks.
pub(super) trait Spoken: Dialect {
    /// The driver.
    type Database: Database;

    /// What is found out once about the columns of a statement, and not again for each row.
    type Columns: Default + Send;

    /// Sends a statement with its parameters.
    fn send(connection: &mut Connection<Self>, sql: SqlStr, values: Vec<Value>) -> Result<Steps<'_, Self>, Error>;

    fn done(result: &<Self::Database as Database>::QueryResult) -> Done;

    fn reader<'r>(row: &'r <Self::Database as Database>::Row, columns: &'r mut Self::Columns) -> Self::Row<'r>;
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
    columns: D::Columns,
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
        Ok(Sent { text, steps, columns: D::Columns::default(), done: Done::default() })
    }

    fn start(connection: &'c mut Connection<D>, statement: Statement) -> Result<Self, Error> {
        Self::new(statement, |sql, values| D::send(connection, sql, values))
    }

    /// The next row; what is between two rows adds up. A function and no future: a row is moved less often.
    #[inline]
    fn poll_row<R>(
        &mut self,
        context: &mut Context<'_>,
        mut decode: impl FnMut(&mut D::Row<'_>) -> Result<R, Error>,
    ) -> Poll<Option<Result<R, Error>>> {
        loop {
            match ready!(self.steps.poll_next_unpin(context)) {
                Some(Ok(Either::Left(done))) => {
                    self.done = self.done.and(D::done(&done));
                    // What comes next may have other columns in the same place.
                    self.columns = D::Columns::default();
                }
                Some(Ok(Either::Right(row))) => {
                    let decoded = decode(&mut D::reader(&row, &mut self.columns));
                    return Poll::Ready(Some(decoded.map_err(|error| self.text.explain(error))));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(self.text.explain(error)))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// Reads to the end.
    pub(super) async fn finish(mut self) -> Result<Done, Error> {
        while poll_fn(|context| self.poll_row(context, |_| Ok(()))).await.transpose()?.is_some() {}
        Ok(self.done)
    }
}

pub(super) fn fetch<'c, D: Spoken, R: Send + 'static>(
    connection: &'c mut Connection<D>,
    query: Query<D, R>,
) -> impl Stream<Item = Result<R, Error>> + Send + 'c {
    let Query { statement, decoder } = query;
    match Sent::<D>::start(connection, statement) {
        Ok(mut sent) => stream::poll_fn(move |context| sent.poll_row(context, |row| decoder.decode(row))).left_stream(),
        Err(error) => stream::once(ready(Err(error))).right_stream(),
    }
}

pub(super) async fn fetch_all<D: Spoken, R: Send + 'static>(
    connection: &mut Connection<D>,
    query: Query<D, R>,
) -> Result<Vec<R>, Error> {
    let mut sent = Sent::<D>::start(connection, query.statement)?;
    let mut rows = Vec::new();
    poll_fn(|context| {
        while let Some(row) = ready!(sent.poll_row(context, |row| query.decoder.decode(row))) {
            rows.push(row?);
        }
        Poll::Ready(Ok::<_, Error>(()))
    })
    .await?;
    Ok(rows)
}

/// The first row. The others are read as well: an error may come after it, of a constraint that is checked at the end
/// or of a lock, and would be taken for the next statement's.
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub(super) async fn fetch_optional<D: Spoken, R: Send + 'static>(
    connection: &mut Connection<D>,
    query: Query<D, R>,
) -> Result<Option<R>, Error> {
    let mut sent = Sent::<D>::start(connection, query.statement)?;
    let first = poll_fn(|context| sent.poll_row(context, |row| query.decoder.decode(row))).await.transpose()?;
    sent.finish().await?;
    Ok(first)
}

#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(super) async fn execute<D: Spoken>(connection: &mut Connection<D>, statement: Statement) -> Result<Done, Error> {
    Sent::<D>::start(connection, statement)?.finish().await
}
