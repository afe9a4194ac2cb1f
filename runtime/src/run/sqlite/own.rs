//! Queries on mizzle's own pool, each on a connection that may run it.

use async_stream::try_stream;
use futures_core::Stream;

use crate::{
    Error,
    dialect::Sqlite,
    render::Statement,
    run::{Done, Executor, Query, batch},
    sqlite::SqlitePool,
};

impl Executor<Sqlite> for &SqlitePool {
    fn fetch<'e, R: Send + 'static>(self, query: Query<Sqlite, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        try_stream! {
            let Query { statement, decode } = query;
            let writes = statement.table.is_some();
            for await row in self.start(statement, writes).await?.fetch(decode) {
                yield row?;
            }
        }
    }

    async fn fetch_all<R: Send + 'static>(self, query: Query<Sqlite, R>) -> Result<Vec<R>, Error> {
        let Query { statement, decode } = query;
        let writes = statement.table.is_some();
        self.start(statement, writes).await?.fetch_all(decode).await
    }

    async fn fetch_optional<R: Send + 'static>(self, query: Query<Sqlite, R>) -> Result<Option<R>, Error> {
        let Query { statement, decode } = query;
        let writes = statement.table.is_some();
        self.start(statement, writes).await?.fetch_optional(decode).await
    }

    async fn execute(self, statement: Statement) -> Result<Done, Error> {
        self.start(statement, true).await?.execute().await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<Sqlite, R>>) -> Result<Vec<R>, Error> {
        batch::fetch(self, queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Result<Done, Error> {
        batch::execute(self, statements).await
    }
}
