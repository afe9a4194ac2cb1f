//! The hot paths, for `run` to count the instructions of: `mizzle-bench-instructions CASE TIMES`, or all names.

mod tables;

use std::{env, error::Error, hint::black_box, time::Duration};

use mizzle::{
    prelude::*,
    render::Statement,
    sqlite::{SqliteOptions, SqlitePool},
};
use tokio::runtime::Builder;

use tables::{Comment, NewComment, NewPost, NewUser, Post, Tag, User};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// What does it so many times.
type Case = fn(i64) -> Result<()>;

const CASES: [(&str, Case); 7] = [
    ("build_point_select", |times| render(times, |id| point_select(id).to_sql())),
    ("build_joins_and_filters", |times| render(times, joins_and_filters)),
    ("build_insert", |times| render(times, |_| insert().to_sql())),
    ("sqlite_point_select", |times| {
        on_sqlite(times, async |db, id| black_box(point_select(id).fetch_one(db).await).map(drop))
    }),
    ("sqlite_insert", |times| on_sqlite(times, async |db, _| black_box(insert().execute(db).await).map(drop))),
    ("sqlite_load_100", |times| {
        on_sqlite(times, async |db, _| black_box(User::query().limit(100).fetch_all(db).await).map(drop))
    }),
    ("sqlite_nested_100x10x5", |times| {
        on(nested_database(), times, async |db, _| {
            let query = User::query().limit(100).with(User::posts().with(Post::comments()));
            black_box(query.fetch_all(db).await).map(drop)
        })
    }),
];

fn point_select(id: i64) -> Select<Sqlite, (User,), User> {
    User::query().filter(User::id.eq(id))
}

fn insert() -> mizzle::query::Insert<Sqlite, User, mizzle::query::One> {
    User::insert().row(NewUser { hair_color: Some("black".to_owned()), ..NewUser::new("Ann") })
}

fn joins_and_filters(id: i64) -> Statement {
    User::query::<Sqlite>()
        .inner_join::<Post>()
        .on(Post::user_id.eq(User::id))
        .left_join::<Comment>()
        .on(Comment::post_id.eq(Post::id))
        .left_join::<Tag>()
        .on(Tag::post_id.eq(Post::id))
        .filter(User::id.gt(id))
        .filter(User::name.like("A%"))
        .filter(User::hair_color.is_not_null())
        .filter(Post::title.ne("Hello"))
        .filter(Comment::text.eq("first"))
        .to_sql()
}

fn render(times: i64, build: impl Fn(i64) -> Statement) -> Result<()> {
    (1..=times).for_each(|id| drop(black_box(build(black_box(id)))));
    Ok(())
}

fn on_sqlite(times: i64, work: impl AsyncFn(&SqlitePool, i64) -> Result<(), mizzle::Error>) -> Result<()> {
    on(database(), times, work)
}

fn on(
    database: impl Future<Output = Result<SqlitePool>>,
    times: i64,
    work: impl AsyncFn(&SqlitePool, i64) -> Result<(), mizzle::Error>,
) -> Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let db = database.await?;
        for id in 1..=times {
            work(&db, black_box(id)).await?;
        }
        Ok(())
    })
}

/// More users than are loaded, so that inserts change nothing for the others.
async fn database() -> Result<SqlitePool> {
    // Under valgrind all takes long: by time, statements would go on in another thread.
    let db = SqliteOptions::new().inline_budget(Duration::from_secs(60)).connect().await?;
    schema! { User }.create_tables(&db).await?;
    let users = (0..1_000).map(|place| NewUser::new(format!("User {place:05}")));
    User::insert().rows(users).execute(&db).await?;
    Ok(db)
}

/// The first hundred users have posts with comments. The others' cases do without: what an allocation takes depends on what
/// was allocated before.
async fn nested_database() -> Result<SqlitePool> {
    let db = database().await?;
    schema! { Post, Comment }.create_tables(&db).await?;
    let posts = (0..1_000).map(|place| NewPost::new(place / 10 + 1, format!("Post {place}")));
    Post::insert().rows(posts).execute(&db).await?;
    let comments = (0..5_000).map(|place| NewComment::new(place / 5 + 1, format!("Comment {place}")));
    Comment::insert().rows(comments).execute(&db).await?;
    Ok(db)
}

fn main() -> Result<()> {
    let Some(name) = env::args().nth(1) else {
        CASES.iter().for_each(|(name, _)| println!("{name}"));
        return Ok(());
    };
    let (_, case) = CASES.iter().find(|case| case.0 == name).ok_or("no such case")?;
    case(env::args().nth(2).ok_or("how many times?")?.parse()?)
}
