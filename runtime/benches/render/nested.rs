//! Rows with what belongs to them, from an executor that has them ready.

use futures_core::Stream;
use mizzle::{
    Error,
    dialect::sqlite::{SqliteReader, Storage},
    prelude::*,
    render::Statement,
    run::{Done, InSnapshot, Query},
};

use super::queries::done;

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "users", has_many(posts = Post::user_id))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "posts", has_many(comments = Comment::post_id))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::id)]
    user_id: i64,
    title: String,
}

#[expect(dead_code, reason = "nothing is read")]
#[derive(Table, Debug)]
#[table(name = "comments")]
struct Comment {
    #[column(primary_key)]
    id: i64,
    #[column(references = Post::id)]
    post_id: i64,
    text: String,
}

pub(crate) const USERS: u64 = 100;
pub(crate) const POSTS: u64 = USERS * 10;
pub(crate) const COMMENTS: u64 = POSTS * 5;

/// Answers with users, with ten posts each, with five comments each.
#[derive(Debug, Clone, Copy)]
struct Answers;

fn answers<R>(query: &Query<Sqlite, R>) -> Result<Vec<R>, Error> {
    let (count, of_each) = match &*query.statement.sql {
        sql if sql.contains(r#"FROM "users""#) => (USERS, 1),
        sql if sql.contains(r#"FROM "posts""#) => (POSTS, 10),
        _ => (COMMENTS, 5),
    };
    let names = [const { String::new() }; 3];
    let mut rows = Vec::with_capacity(count as usize);
    for row in 0..count as i64 {
        let (id, parent) = (Storage::Integer(row + 1), Storage::Integer(row / of_each + 1));
        let text = Storage::Text("text".into());
        let values = [id, if of_each == 1 { text.clone() } else { parent }, text];
        rows.push(query.decoder.decode(&mut SqliteReader::from_values(&names, &values))?);
    }
    Ok(rows)
}

impl Executor<Sqlite> for Answers {
    fn fetch<'e, R: Send + 'static>(self, query: Query<Sqlite, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        match answers(&query) {
            Ok(rows) => futures_util::stream::iter(rows.into_iter().map(Ok).collect::<Vec<_>>()),
            Err(error) => futures_util::stream::iter(vec![Err(error)]),
        }
    }

    async fn fetch_all<R: Send + 'static>(self, query: Query<Sqlite, R>) -> Result<Vec<R>, Error> {
        answers(&query)
    }

    async fn execute(self, _: Statement) -> Result<Done, Error> {
        Ok(Done::default())
    }

    async fn fetch_batch<R: Send + 'static>(self, _: Vec<Query<Sqlite, R>>) -> Result<Vec<R>, Error> {
        Ok(Vec::new())
    }

    async fn execute_batch(self, _: Vec<Statement>) -> Result<Done, Error> {
        Ok(Done::default())
    }

    async fn snapshot<W: InSnapshot<Sqlite>>(self, work: W) -> Result<W::Output, Error> {
        work.run(self).await
    }

    async fn atomic<W: InSnapshot<Sqlite>>(self, work: W) -> Result<W::Output, Error> {
        work.run(self).await
    }
}

pub(crate) fn load() {
    done(User::query().with(User::posts().with(Post::comments())).fetch_all(Answers));
}
