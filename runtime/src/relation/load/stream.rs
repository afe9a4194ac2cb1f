//! Rows with their relations, one after the other.

use std::future::ready;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::mpsc;

use super::{Loaded, Plan, Planned, Way, loaded::Roots, plan::join_all};
use crate::{
    Error,
    dialect::Dialect,
    query::state::CanRun,
    run::{BoxFuture, BoxStream, Executor, InSnapshot},
};

/// Whose relations are loaded at once.
const ROWS: usize = 1_000;

impl<D: Dialect, S, R: Send + 'static, X, L: Planned<D, R>> Loaded<D, S, R, X, L> {
    /// The rows one by one, while the relations of later ones are not loaded yet: a [`Stream`](futures_core::Stream).
    ///
    /// The rows of the query itself are read first; then what their relations lead to, for 1 000 rows at a time, so that
    /// not all of it is in memory at once. All statements see one state of the database, as those of
    /// [`fetch_all`](Self::fetch_all) do: a connection is taken as long as the stream lives.
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// let mut users = User::query().with(User::posts()).order_by(User::id).fetch(&db);
    /// while let Some((user, posts)) = users.try_next().await? {
    ///     println!("{} wrote {} posts", user.name, posts.len());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The stream yields what [`fetch_all`](Self::fetch_all) would return.
    pub fn fetch<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxStream<'e, Result<L::With, Error>>
    where
        X: CanRun<S>,
    {
        let (select, plan) = self.planned();
        if let Some(decode) = plan.alone() {
            return Box::pin(executor.fetch(select.read_by(decode).into_query()));
        }
        let (send, mut loaded) = mpsc::channel(1);
        let work = executor.snapshot(InPieces { roots: Roots::of(select, plan), send });
        let failure = stream::once(work).filter_map(|end| ready(end.err().map(Err)));
        let rows = stream::poll_fn(move |context| loaded.poll_recv(context)).map(Ok);
        Box::pin(stream::select(rows, failure).map_ok(|rows| stream::iter(rows).map(Ok)).try_flatten())
    }
}

/// Rows whose relations are loaded for some of them at a time.
struct InPieces<D: Dialect, P: Plan<D>> {
    roots: Roots<D, P>,
    send: mpsc::Sender<Vec<P::With>>,
}

impl<D: Dialect, P: Plan<D>> InSnapshot<D> for InPieces<D, P> {
    type Output = ();

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<(), Error>> {
        let InPieces { roots: Roots { query, plan }, send } = self;
        Box::pin(async move {
            let mut found = executor.fetch_all(query).await?.into_iter();
            loop {
                let (rows, keys): (Vec<P::Row>, Vec<P::Keys>) = found.by_ref().take(ROWS).unzip();
                if rows.is_empty() {
                    return Ok(());
                }
                let loaded = plan.clone().load(executor, keys, Way::new(plan.shape())).await?;
                let rows = join_all::<D, P>(rows, loaded);
                if send.send(rows).await.is_err() {
                    // Nobody wants the rest.
                    return Ok(());
                }
            }
        })
    }
}
