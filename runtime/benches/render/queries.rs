//! What is measured: each is built, rendered and handed to an executor that throws it away.

use std::{
    future::ready,
    task::{Context, Poll, Waker},
};

use futures_core::Stream;
use mizzle::{
    Error,
    prelude::*,
    render::Statement,
    run::{BoxFuture, Done, InSnapshot, Query},
};

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "users", insert = NewUser)]
pub(crate) struct User {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) hair_color: Option<String>,
}

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "posts")]
pub(crate) struct Post {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = User::id)]
    pub(crate) user_id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
}

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "comments")]
pub(crate) struct Comment {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = Post::id)]
    pub(crate) post_id: i64,
    pub(crate) text: String,
}

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "likes")]
pub(crate) struct Like {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = Comment::id)]
    pub(crate) comment_id: i64,
    pub(crate) stars: i32,
}

/// Takes statements and answers nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nowhere;

impl<D: Dialect> Executor<D> for Nowhere {
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        drop(query);
        futures_util::stream::empty()
    }

    fn execute(self, statement: Statement) -> impl Future<Output = Result<Done, Error>> + Send {
        drop(std::hint::black_box(statement));
        ready(Ok(Done::default()))
    }

    fn fetch_batch<R: Send + 'static>(
        self,
        queries: Vec<Query<D, R>>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        drop(std::hint::black_box(queries));
        ready(Ok(Vec::new()))
    }

    fn execute_batch(self, statements: Vec<Statement>) -> impl Future<Output = Result<Done, Error>> + Send {
        drop(std::hint::black_box(statements));
        ready(Ok(Done::default()))
    }

    fn snapshot<W: InSnapshot<D>>(self, work: W) -> impl Future<Output = Result<W::Output, Error>> + Send {
        drop(work);
        ready(Err(Error::RowNotFound))
    }

    fn atomic<W: InSnapshot<D>>(self, work: W) -> impl Future<Output = Result<W::Output, Error>> + Send {
        drop(work);
        ready(Err(Error::RowNotFound))
    }

    fn fetch_all<R: Send + 'static>(self, query: Query<D, R>) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        drop(std::hint::black_box(query));
        ready(Ok(Vec::new()))
    }

    fn fetch_optional<R: Send + 'static>(
        self,
        query: Query<D, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        drop(std::hint::black_box(query));
        ready(Ok(None))
    }
}

pub(crate) fn done<T>(mut future: BoxFuture<'_, Result<T, Error>>) {
    let answer = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(answer, Poll::Ready(Ok(_))), "there is nothing to wait for");
}

/// A measured query: its name, the most allocations that it may take, and what builds and renders it.
pub(crate) type Case = (&'static str, u64, Box<dyn FnMut()>);

fn new_users(count: i64) -> Vec<NewUser> {
    (1..=count).map(|id| NewUser { id, name: "Ann".into(), hair_color: Some("brown".into()) }).collect()
}

macro_rules! cases {
    ($name:ident: $dialect:ident) => {
        pub(crate) fn $name() -> Vec<Case> {
            type Update = mizzle::query::Update<$dialect, User>;
            let update = || -> Update { User::update() };
            vec![
                (
                    "point select",
                    5,
                    Box::new(|| done(User::query::<$dialect>().filter(User::id.eq(1)).fetch_optional(Nowhere))),
                ),
                (
                    "three joins, five filters",
                    9,
                    Box::new(|| {
                        let query = User::query::<$dialect>()
                            .inner_join::<Post>()
                            .on(Post::user_id.eq(User::id))
                            .inner_join::<Comment>()
                            .on(Comment::post_id.eq(Post::id))
                            .left_join::<Like>()
                            .on(Like::comment_id.eq(Comment::id))
                            .filter(User::id.gt(10))
                            .filter(User::id.lt(1000))
                            .filter(Post::title.is_not_null())
                            .filter(Comment::id.between(1, 50))
                            .filter(Like::stars.ge(3).or(Like::stars.is_null()))
                            .select((User::id, User::name, Post::title, Comment::text, Like::stars))
                            .order_by((User::id, Post::id.desc()))
                            .limit(20);
                        done(query.fetch_all(Nowhere));
                    }),
                ),
                (
                    "insert of one row, by assignments",
                    10,
                    Box::new(|| {
                        let values = (User::id.set(1), User::name.set("Ann"), User::hair_color.set("brown"));
                        done(User::insert::<$dialect>().values(values).execute(Nowhere));
                    }),
                ),
                (
                    "insert of one row, a struct",
                    10,
                    Box::new(|| {
                        let row = NewUser { id: 1, name: "Ann".into(), hair_color: Some("brown".into()) };
                        done(User::insert::<$dialect>().row(row).execute(Nowhere));
                    }),
                ),
                (
                    "insert of 1,000 rows, and the rows",
                    2010,
                    Box::new(|| done(User::insert::<$dialect>().rows(new_users(1000)).execute(Nowhere))),
                ),
                (
                    "update by key",
                    8,
                    Box::new(move || done(update().set(User::name.set("Bob")).filter(User::id.eq(1)).execute(Nowhere))),
                ),
                (
                    "upsert",
                    19,
                    Box::new(|| {
                        let upsert = User::insert::<$dialect>()
                            .values((User::id.set(1), User::name.set("Ann"), User::hair_color.set("brown")))
                            .on_conflict(User::id)
                            .do_update(User::name.set(excluded(User::name)));
                        done(upsert.execute(Nowhere));
                    }),
                ),
                (
                    "delete by key",
                    4,
                    Box::new(|| done(User::delete::<$dialect>().filter(User::id.eq(1)).execute(Nowhere))),
                ),
                ("prepared point select", 2, {
                    let by = prepare(|id: Param<i64>| User::query::<$dialect>().filter(User::id.eq(id)));
                    Box::new(move || done(by.fetch_optional(Nowhere, 1)))
                }),
                ("prepared, with values of its own", 3, {
                    let by = prepare(|id: Param<i64>| {
                        User::query::<$dialect>().filter(User::id.between(id, 9)).filter(User::id.ne(id))
                    });
                    Box::new(move || done(by.fetch_all(Nowhere, 1)))
                }),
                ("prepared insert", 4, {
                    let add = prepare(|(id, name, color): (Param<i64>, Param<String>, Param<String>)| {
                        let values = (User::id.set(id), User::name.set(name), User::hair_color.set(color));
                        User::insert::<$dialect>().values(values)
                    });
                    Box::new(move || done(add.execute(Nowhere, (1, "Ann".into(), "brown".into()))))
                }),
            ]
        }
    };
}

cases!(sqlite: Sqlite);
#[cfg(feature = "postgres")]
cases!(postgres: Postgres);

/// The rows of the insert alone, made and dropped: what the measurement of the insert includes.
pub(crate) fn rows() {
    drop(std::hint::black_box(new_users(1000)));
}
