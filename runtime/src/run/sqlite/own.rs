//! Queries on mizzle's own pool.

use futures_core::Stream;

use crate::{
    Error,
    dialect::Sqlite,
    render::Statement,
    run::{Begin, Done, Executor, InSnapshot, Query, batch, transaction},
    sqlite::SqlitePool,
};

#[diagnostic::do_not_recommend]
impl Executor<Sqlite> for &SqlitePool {
    fn fetch<'e, R: Send + 'static>(self, query: Query<Sqlite, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        self.stream(query)
    }

    fn fetch_all<R: Send + 'static>(
        self,
        query: Query<Sqlite, R>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        self.all(query)
    }

    fn fetch_optional<R: Send + 'static>(
        self,
        query: Query<Sqlite, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        self.first(query)
    }

    fn execute(self, statement: Statement) -> impl Future<Output = Result<Done, Error>> + Send {
        self.done(statement)
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<Sqlite, R>>) -> Result<Vec<R>, Error> {
        batch::fetch(self, queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Result<Done, Error> {
        batch::execute(self, statements).await
    }

    async fn snapshot<W: InSnapshot<Sqlite>>(self, work: W) -> Result<W::Output, Error> {
        let mut connection = self.reader().await?;
        transaction::run::<Sqlite, _, Error, _>(&mut connection, Begin::Deferred, async |tx| work.run(tx).await).await
    }

    async fn atomic<W: InSnapshot<Sqlite>>(self, work: W) -> Result<W::Output, Error> {
        batch::atomic(self, work).await
    }
}
