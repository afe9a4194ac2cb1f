//! What queries run on.

use std::pin::pin;

use futures_core::Stream;
use futures_util::TryStreamExt;

use super::{Done, InSnapshot, Query};
use crate::{Error, dialect::Dialect, render::Statement};

/// Something that runs queries written for the dialect `D`: a pool, a connection, a transaction.
///
/// Implement it for a transport or a wrapper of your own: the query is there as SQL text and values, and
/// [`Query::decoder`] reads a row.
///
/// ```
/// use futures_util::Stream;
/// use mizzle::{Error, dialect::Dialect, render::Statement, run::{Done, Executor, InSnapshot, Query}};
///
/// /// Says what it runs.
/// struct Tracing<E>(E);
///
/// impl<D: Dialect, E: Executor<D>> Executor<D> for Tracing<E> {
///     fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
///     where
///         Self: 'e,
///     {
///         println!("{}", query.statement);
///         self.0.fetch(query)
///     }
///
///     async fn execute(self, statement: Statement) -> Result<Done, Error> {
///         println!("{statement}");
///         self.0.execute(statement).await
///     }
///
///     async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> Result<Vec<R>, Error> {
///         self.0.fetch_batch(queries).await
///     }
///
///     async fn execute_batch(self, statements: Vec<Statement>) -> Result<Done, Error> {
///         self.0.execute_batch(statements).await
///     }
///
///     async fn snapshot<W: InSnapshot<D>>(self, work: W) -> Result<W::Output, Error> {
///         self.0.snapshot(work).await
///     }
///
///     async fn atomic<W: InSnapshot<D>>(self, work: W) -> Result<W::Output, Error> {
///         self.0.atomic(work).await
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run this query",
    label = "not a pool, a connection or a transaction of this query's dialect",
    note = "pass a reference: `&pool`, `&mut connection`, `&mut transaction`; the `tx` of `.transaction(async |tx| ..)` is passed as it is"
)]
pub trait Executor<D: Dialect>: Sized + Send {
    /// The rows, as they arrive.
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e;

    /// Runs a statement: what it changed.
    fn execute(self, statement: Statement) -> impl Future<Output = Result<Done, Error>> + Send;

    /// All rows of several queries, all run or none: in a transaction, or in a savepoint if one is open.
    fn fetch_batch<R: Send + 'static>(
        self,
        queries: Vec<Query<D, R>>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send;

    /// Several statements, all run or none: in a transaction, or in a savepoint if one is open.
    fn execute_batch(self, statements: Vec<Statement>) -> impl Future<Output = Result<Done, Error>> + Send;

    /// Runs queries that depend on each other. On a pool or a connection they see one state of the database, in a
    /// transaction what that shows.
    fn snapshot<W: InSnapshot<D>>(self, work: W) -> impl Future<Output = Result<W::Output, Error>> + Send;

    /// Runs statements that depend on each other, all or none: in a transaction, or in a savepoint if one is open.
    fn atomic<W: InSnapshot<D>>(self, work: W) -> impl Future<Output = Result<W::Output, Error>> + Send;

    /// All rows.
    fn fetch_all<R: Send + 'static>(self, query: Query<D, R>) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        async move { self.fetch(query).try_collect().await }
    }

    /// The first row, if there is one.
    fn fetch_optional<R: Send + 'static>(
        self,
        query: Query<D, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        async move { pin!(self.fetch(query)).try_next().await }
    }
}
