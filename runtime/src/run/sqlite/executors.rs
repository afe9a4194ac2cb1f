//! Queries and transactions on sqlx's types.

use std::pin::pin;

use futures_core::Stream;
use futures_util::TryStreamExt;
use sqlx::{SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};

use crate::{
    Error,
    dialect::Sqlite,
    render::Statement,
    run::{Driver, Executor, Query, Transactions, Tx, batch, transaction},
};

/// Each type says how to get at its connection.
macro_rules! executors {
    ($(impl[$($lifetime:lifetime),*] for $ty:ty, |$this:ident| $connection:expr;)*) => {$(
        impl<$($lifetime),*> Executor<Sqlite> for $ty {
            fn fetch<'e, R: Send + 'static>(self, query: Query<Sqlite, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
            where
                Self: 'e,
            {
                async_stream::try_stream! {
                    let $this = self;
                    let mut connection = $connection;
                    let mut rows = pin!(Sqlite::fetch(&mut connection, query));
                    while let Some(row) = rows.try_next().await? {
                        yield row;
                    }
                }
            }

            async fn fetch_all<R: Send + 'static>(self, query: Query<Sqlite, R>) -> Result<Vec<R>, Error> {
                let $this = self;
                let mut connection = $connection;
                Sqlite::fetch_all(&mut connection, query).await
            }

            async fn fetch_optional<R: Send + 'static>(self, query: Query<Sqlite, R>) -> Result<Option<R>, Error> {
                let $this = self;
                let mut connection = $connection;
                Sqlite::fetch_optional(&mut connection, query).await
            }

            async fn execute(self, statement: Statement) -> Result<u64, Error> {
                let $this = self;
                let mut connection = $connection;
                Sqlite::execute(&mut connection, statement).await
            }

            async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<Sqlite, R>>) -> Result<Vec<R>, Error> {
                batch::fetch(self, queries).await
            }

            async fn execute_batch(self, statements: Vec<Statement>) -> Result<u64, Error> {
                batch::execute(self, statements).await
            }
        }

        impl<$($lifetime),*> Transactions for $ty {
            type Dialect = Sqlite;

            async fn transaction_with<T, E, F>(self, begin: <Sqlite as Driver>::Begin, work: F) -> Result<T, E>
            where
                E: From<Error>,
                F: AsyncFnOnce(Tx<'_, Sqlite>) -> Result<T, E>,
            {
                let $this = self;
                let mut connection = $connection;
                transaction::run::<Sqlite, T, E, F>(&mut connection, begin, work).await
            }
        }
    )*};
}

executors! {
    impl['p] for &'p SqlitePool, |pool| pool.acquire().await.map_err(Error::from)?;
    impl['c] for &'c mut SqliteConnection, |connection| connection;
    impl['c] for &'c mut PoolConnection<sqlx::Sqlite>, |connection| &mut **connection;
    impl['c, 't] for &'c mut Transaction<'t, sqlx::Sqlite>, |transaction| &mut **transaction;
}
