//! What is loaded in one call is one state of the database, whatever others write meanwhile.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use mizzle::{
    Error,
    prelude::*,
    render::Statement,
    run::{BoxFuture, Done, Executor, InSnapshot, Query},
};
use mizzle_tests::{Result, TestDatabase as _};

use super::model::*;
use crate::{D, Db};

type Answer<T> = std::result::Result<T, Error>;

/// Somebody who writes right after the first query that runs here, by another connection.
#[derive(Clone, Copy)]
struct Meddled<'a, E> {
    inner: E,
    db: &'a Db,
    done: &'a AtomicBool,
}

/// Everything that is to be loaded changes.
async fn meddle(db: &Db) -> Answer<()> {
    Post::delete().filter(Post::author_id.eq(1)).execute(db).await?;
    Post::update().set(Post::title.set("changed")).filter(Post::author_id.eq(2)).execute(db).await?;
    Post::insert().row(NewPost::new("new", "x", 3)).execute(db).await?;
    Ok(())
}

impl<'a, E: Executor<D>> Executor<D> for Meddled<'a, E> {
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Answer<R>> + Send + 'e
    where
        Self: 'e,
    {
        let Meddled { inner, db, done } = self;
        let then = async move { if done.swap(true, SeqCst) { Ok(()) } else { meddle(db).await } };
        inner.fetch(query).chain(stream::once(then).filter_map(|end| std::future::ready(end.err().map(Err))))
    }

    async fn execute(self, statement: Statement) -> Answer<Done> {
        self.inner.execute(statement).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> Answer<Vec<R>> {
        self.inner.fetch_batch(queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Answer<Done> {
        self.inner.execute_batch(statements).await
    }

    async fn snapshot<W: InSnapshot<D>>(self, work: W) -> Answer<W::Output> {
        let Meddled { inner, db, done } = self;
        // Nothing that is borrowed outlives the test.
        let (db, done): (&'static Db, &'static AtomicBool) = (Box::leak(Box::new(db.clone())), leaked(done));
        inner.snapshot(Meddled { inner: work, db, done }).await
    }

    async fn atomic<W: InSnapshot<D>>(self, work: W) -> Answer<W::Output> {
        self.inner.atomic(work).await
    }
}

fn leaked(done: &AtomicBool) -> &'static AtomicBool {
    Box::leak(Box::new(AtomicBool::new(done.swap(true, SeqCst))))
}

impl<W: InSnapshot<D>> InSnapshot<D> for Meddled<'static, W> {
    type Output = W::Output;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Answer<W::Output>>
    where
        Self: 'e,
    {
        self.inner.run(Meddled { inner: executor, db: self.db, done: self.done })
    }
}

/// The model's rows, for two connections.
async fn for_two() -> Result<Db> {
    let db = Db::empty(2).await?;
    SCHEMA.create_tables(&db).await?;
    fill(&db).await?;
    Ok(db)
}

type Users = Vec<(User, Vec<(Post, Vec<Comment>)>)>;

fn titles(users: &Users) -> Vec<Vec<(&str, usize)>> {
    users
        .iter()
        .map(|(_, posts)| posts.iter().map(|(post, comments)| (&*post.title, comments.len())).collect())
        .collect()
}

const BEFORE: [&[(&str, usize)]; 4] =
    [&[("AI and you", 2), ("Bread", 0)], &[("Cheese", 1), ("Databases", 1)], &[], &[("50% off", 0), ("Elm_trees", 0)]];
const AFTER: [&[(&str, usize)]; 4] =
    [&[], &[("changed", 1), ("changed", 1)], &[("new", 0)], &[("50% off", 0), ("Elm_trees", 0)]];

#[tokio::test]
async fn all_rows() -> Result {
    let db = for_two().await?;
    let users = || User::query().with(User::posts().order_by(Post::id).with(Post::comments())).order_by(User::id);
    let seen = users().fetch_all(Meddled { inner: &db, db: &db, done: &AtomicBool::new(false) }).await?;
    assert_eq!(titles(&seen), BEFORE);
    // It was done, and nothing was left behind on the connection.
    for _ in 0..3 {
        assert_eq!(titles(&users().fetch_all(&db).await?), AFTER);
    }
    Ok(())
}

#[tokio::test]
async fn a_stream() -> Result {
    let db = for_two().await?;
    let users = || User::query().with(User::posts().order_by(Post::id).with(Post::comments())).order_by(User::id);
    let seen: Users =
        users().fetch(Meddled { inner: &db, db: &db, done: &AtomicBool::new(false) }).try_collect().await?;
    assert_eq!(titles(&seen), BEFORE);
    let now: Users = users().fetch(&db).try_collect().await?;
    assert_eq!(titles(&now), AFTER);
    Ok(())
}

#[tokio::test]
async fn a_page() -> Result {
    let db = for_two().await?;
    let users =
        || User::query().keyset(User::id.asc()).with(User::posts().order_by(Post::id).with(Post::comments())).page(2);
    let seen = users().fetch(Meddled { inner: &db, db: &db, done: &AtomicBool::new(false) }).await?;
    assert_eq!(titles(&seen.rows), BEFORE[..2]);
    assert_eq!(titles(&users().fetch(&db).await?.rows), AFTER[..2]);
    Ok(())
}
