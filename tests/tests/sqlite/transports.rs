//! Executors of one's own: other transports, replicas.

use std::sync::Mutex;

use futures_util::{Stream, TryStreamExt as _, stream};
use mizzle::{
    Error,
    dialect::sqlite::{SqliteReader, Storage},
    prelude::*,
    render::Statement,
    run::{Done, InSnapshot, Query},
};
use mizzle_tests::Result;

use crate::{
    Db,
    suite::{
        model::*,
        numbers::{all, insert, integers, numbers},
    },
};

type Answer<T> = std::result::Result<T, Error>;

/// A client of a database behind HTTP: one answer per request, batches are atomic there, no transactions.
#[derive(Default)]
struct Remote {
    sent: Mutex<Vec<Vec<Statement>>>,
}

impl Remote {
    fn send(&self, statements: Vec<Statement>) {
        if let Ok(mut sent) = self.sent.lock() {
            sent.push(statements);
        }
    }

    fn answer<R>(&self, queries: Vec<Query<Sqlite, R>>) -> Answer<Vec<R>> {
        let names = ["x".to_owned()];
        let decoders: Vec<_> = queries.iter().map(|query| query.decoder.clone()).collect();
        self.send(queries.into_iter().map(|query| query.statement).collect());
        let row = || SqliteReader::from_values(&names, &[Storage::Integer(7)]);
        decoders.into_iter().map(|decoder| decoder.decode(&mut row())).collect()
    }
}

impl Executor<Sqlite> for &Remote {
    fn fetch<'e, R: Send + 'static>(self, query: Query<Sqlite, R>) -> impl Stream<Item = Answer<R>> + Send + 'e
    where
        Self: 'e,
    {
        let rows = async move { self.answer(vec![query]).map(|rows| stream::iter(rows.into_iter().map(Ok))) };
        stream::once(rows).try_flatten()
    }

    async fn execute(self, statement: Statement) -> Answer<Done> {
        self.execute_batch(vec![statement]).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<Sqlite, R>>) -> Answer<Vec<R>> {
        self.answer(queries)
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Answer<Done> {
        let rows = statements.len() as u64;
        self.send(statements);
        Ok(Done { rows, id: None })
    }

    async fn snapshot<W: InSnapshot<Sqlite>>(self, work: W) -> Answer<W::Output> {
        work.run(self).await
    }

    async fn atomic<W: InSnapshot<Sqlite>>(self, work: W) -> Answer<W::Output> {
        work.run(self).await
    }
}

#[tokio::test]
async fn other_transports_fit_in() -> Result {
    let remote = Remote::default();
    assert_eq!(all(&remote).await?, [7]);
    assert_eq!((&remote).fetch_optional(integers("SELECT 1")).await?, Some(7));
    assert_eq!((&remote).execute_batch(vec![insert(1), insert(2)]).await?.rows, 2);
    assert_eq!(User::query().select(User::id).fetch_one(&remote).await?, 7);
    assert_eq!(Post::query().filter(Post::id.gt(2)).count(&remote).await?, 7);
    let posts = (0..20_000).map(|_| NewPost::new("t", "c", 1));
    assert_eq!(Post::insert().rows(posts).execute(&remote).await?, 3);
    let sizes = remote.sent.lock().map(|sent| sent.iter().map(Vec::len).collect::<Vec<_>>());
    assert_eq!(sizes.unwrap_or_default(), [1, 1, 2, 1, 1, 3]);
    Ok(())
}

/// Reads from one database, writes to another.
struct Replicated<'a> {
    primary: &'a Db,
    replica: &'a Db,
}

impl Executor<Sqlite> for &Replicated<'_> {
    fn fetch<'e, R: Send + 'static>(self, query: Query<Sqlite, R>) -> impl Stream<Item = Answer<R>> + Send + 'e
    where
        Self: 'e,
    {
        self.replica.fetch(query)
    }

    async fn execute(self, statement: Statement) -> Answer<Done> {
        self.primary.execute(statement).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<Sqlite, R>>) -> Answer<Vec<R>> {
        self.primary.fetch_batch(queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Answer<Done> {
        self.primary.execute_batch(statements).await
    }

    async fn snapshot<W: InSnapshot<Sqlite>>(self, work: W) -> Answer<W::Output> {
        self.replica.snapshot(work).await
    }

    async fn atomic<W: InSnapshot<Sqlite>>(self, work: W) -> Answer<W::Output> {
        self.primary.atomic(work).await
    }
}

#[tokio::test]
async fn reads_and_writes_can_go_to_different_databases() -> Result {
    let (primary, replica) = (numbers(1).await?, numbers(1).await?);
    let both = Replicated { primary: &primary, replica: &replica };
    (&both).execute(insert(1)).await?;
    assert!(all(&both).await?.is_empty());
    assert_eq!(all(&primary).await?, [1]);
    Ok(())
}
