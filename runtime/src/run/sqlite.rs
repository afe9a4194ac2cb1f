//! SQLite: sqlx's pools, connections and transactions, and mizzle's own.

mod link;
mod own;
mod sqlx;

use async_stream::try_stream;
use futures_core::Stream;

use self::link::{Link, Pooled, SqliteLink};
use super::{
    Done, Driver, Query,
    driver::begins,
    executors::{executors, transactions},
};
use crate::{
    Error,
    dialect::Sqlite,
    render::Statement,
    sqlite::{SqliteConnection, SqlitePool},
};

/// How a transaction of SQLite begins.
///
/// ```
/// use mizzle::{Error, prelude::*, run::Begin};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let db = SqlitePool::connect("sqlite::memory:").await?;
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
    type Connection = dyn SqliteLink;
    type Begin = Begin;

    fn fetch<'c, R: Send + 'static>(
        connection: &'c mut Self::Connection,
        query: Query<Sqlite, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 'c {
        try_stream! {
            match connection.link() {
                Link::Sqlx(connection) => {
                    for await row in super::sent::fetch::<Sqlite, R>(connection, query) {
                        yield row?;
                    }
                }
                Link::Own(session) => {
                    for await row in session.fetch(query) {
                        yield row?;
                    }
                }
            }
        }
    }

    async fn fetch_all<R: Send + 'static>(
        connection: &mut Self::Connection,
        query: Query<Sqlite, R>,
    ) -> Result<Vec<R>, Error> {
        match connection.link() {
            Link::Sqlx(connection) => super::sent::fetch_all(connection, query).await,
            Link::Own(session) => session.fetch_all(query).await,
        }
    }

    async fn fetch_optional<R: Send + 'static>(
        connection: &mut Self::Connection,
        query: Query<Sqlite, R>,
    ) -> Result<Option<R>, Error> {
        match connection.link() {
            Link::Sqlx(connection) => sqlx::fetch_optional(connection, query).await,
            Link::Own(session) => session.fetch_optional(query).await,
        }
    }

    async fn execute(connection: &mut Self::Connection, statement: Statement) -> Result<Done, Error> {
        match connection.link() {
            Link::Sqlx(connection) => super::sent::execute::<Sqlite>(connection, statement).await,
            Link::Own(session) => session.execute(statement).await,
        }
    }

    async fn begin(connection: &mut Self::Connection, begin: Begin) -> Result<(), Error> {
        match connection.link() {
            Link::Sqlx(connection) => sqlx::begin(connection, begin).await,
            Link::Own(session) => session.begin(begin).await,
        }
    }

    async fn commit(connection: &mut Self::Connection) -> Result<(), Error> {
        match connection.link() {
            Link::Sqlx(connection) => sqlx::commit(connection).await,
            Link::Own(session) => session.commit().await,
        }
    }

    async fn rollback(connection: &mut Self::Connection) -> Result<(), Error> {
        match connection.link() {
            Link::Sqlx(connection) => sqlx::rollback(connection).await,
            Link::Own(session) => session.rollback().await,
        }
    }

    fn start_rollback(connection: &mut Self::Connection) {
        match connection.link() {
            Link::Sqlx(connection) => sqlx::start_rollback(connection),
            Link::Own(session) => session.start_rollback(),
        }
    }

    async fn gave_up(connection: &mut Self::Connection, error: &Error) -> bool {
        match connection.link() {
            Link::Sqlx(connection) => sqlx::gave_up(connection, error).await,
            Link::Own(session) => session.has_given_up(),
        }
    }
}

begins! { [] Sqlite: Begin }

executors! { Sqlite:
    impl['p] for &'p ::sqlx::SqlitePool, |pool| Pooled(pool.acquire().await.map_err(Error::from)?);
    impl['c] for &'c mut ::sqlx::SqliteConnection, |connection| connection as &mut dyn SqliteLink;
    impl['c] for &'c mut ::sqlx::pool::PoolConnection<::sqlx::Sqlite>, |connection| &mut **connection as &mut dyn SqliteLink;
    impl['c, 't] for &'c mut ::sqlx::Transaction<'t, ::sqlx::Sqlite>, |transaction| &mut **transaction as &mut dyn SqliteLink;
    impl['c] for &'c mut SqliteConnection, |connection| &mut connection.session as &mut dyn SqliteLink;
}

transactions! { Sqlite:
    impl['p] for &'p SqlitePool, |pool| pool.writer().await?;
}
