//! How long PostgreSQL takes for a few users with what belongs to them: by one statement, and by one for each relation.
//!
//! `POSTGRES_URL=.. cargo run --release -p bench-mizzle --example few`, in `bench`; it makes a schema of its own.

#![expect(dead_code, reason = "rows are fetched, and not looked at")]

use std::{hint::black_box, time::Instant};

use mizzle::prelude::*;
use sqlx::{Connection as _, PgConnection};

#[derive(Table)]
#[table(name = "users", has_many(posts = Post::user_id))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table)]
#[table(name = "posts", has_many(comments = Comment::post_id))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::id)]
    user_id: i64,
    title: String,
    body: Option<String>,
}

#[derive(Table)]
#[table(name = "comments")]
struct Comment {
    #[column(primary_key)]
    id: i64,
    #[column(references = Post::id)]
    post_id: i64,
    text: String,
}

const FILL: &str = "DROP SCHEMA IF EXISTS few CASCADE; CREATE SCHEMA few; SET search_path TO few;
CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, title TEXT NOT NULL, body TEXT);
CREATE TABLE comments (id BIGINT PRIMARY KEY, post_id BIGINT NOT NULL, text TEXT NOT NULL);
INSERT INTO users SELECT n, 'User ' || n FROM generate_series(1, 100) n;
INSERT INTO posts SELECT n, (n + 9) / 10, 'Post ' || n, 'What there is to say, in a sentence or two' FROM generate_series(1, 1000) n;
INSERT INTO comments SELECT n, (n + 4) / 5, 'Comment ' || n || ' on a post' FROM generate_series(1, 5000) n;
CREATE INDEX ON posts (user_id); CREATE INDEX ON comments (post_id); ANALYZE";

/// The fastest of several rounds of calls, in milliseconds a call.
macro_rules! time {
    ($calls:expr, $query:expr) => {{
        let mut fastest = f64::MAX;
        for _ in 0..7 {
            let start = Instant::now();
            for _ in 0..$calls {
                black_box($query.await?);
            }
            fastest = fastest.min(start.elapsed().as_secs_f64() * 1e3 / f64::from($calls));
        }
        fastest
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut db = PgConnection::connect(&std::env::var("POSTGRES_URL")?).await?;
    sqlx::raw_sql(FILL).execute(&mut db).await?;
    println!("| users | one statement | one for each relation |\n|--:|--:|--:|");
    for users in [1_u32, 5, 10, 20, 30, 50] {
        let calls = 2_000 / users;
        let with = || User::posts().with(Post::comments());
        // A limit of up to 50 rows makes it one.
        let one = time!(calls, User::query().with(with()).limit(u64::from(users)).fetch_all(&mut db));
        let each = time!(calls, User::query().with(with()).filter(User::id.le(i64::from(users))).fetch_all(&mut db));
        println!("| {users} | {one:.2} | {each:.2} |");
    }
    sqlx::raw_sql("DROP SCHEMA few CASCADE").execute(&mut db).await?;
    Ok(())
}
