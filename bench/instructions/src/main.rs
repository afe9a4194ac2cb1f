//! The hot paths, for `run` to count the instructions of: `mizzle-bench-instructions CASE`, or all names without one.

mod tables;

use std::{env, error::Error, hint::black_box, time::Duration};

use mizzle::{
    prelude::*,
    render::Statement,
    sqlite::{SqliteOptions, SqlitePool},
};
use tokio::runtime::{Builder, Runtime};

use tables::{Comment, NewUser, Post, Tag, User};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// Each is done so often, that what happens now and then is spread evenly.
const TIMES: i64 = 200;

const CASES: [(&str, fn() -> Result<()>); 6] = [
    ("build_point_select", || render(|id| point_select(id).to_sql())),
    ("build_joins_and_filters", || render(joins_and_filters)),
    ("build_insert", || render(|_| insert().to_sql())),
    ("sqlite_point_select", || on_sqlite(async |db, id| black_box(point_select(id).fetch_one(db).await).map(drop))),
    ("sqlite_insert", || on_sqlite(async |db, _| black_box(insert().execute(db).await).map(drop))),
    ("sqlite_load_100", || on_sqlite(async |db, _| black_box(User::query().limit(100).fetch_all(db).await).map(drop))),
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

/// `run` counts what happens in here, by its name.
#[inline(never)]
fn counted<R>(work: impl FnOnce() -> R) -> R {
    work()
}

/// What happens only once has happened before it is counted.
fn render(build: impl Fn(i64) -> Statement) -> Result<()> {
    let all = || (1..=TIMES).for_each(|id| drop(black_box(build(black_box(id)))));
    all();
    counted(all);
    Ok(())
}

fn on_sqlite(work: impl AsyncFn(&SqlitePool, i64) -> Result<(), mizzle::Error>) -> Result<()> {
    let runtime: Runtime = Builder::new_current_thread().build()?;
    let db = runtime.block_on(database())?;
    let all = || {
        runtime.block_on(async {
            for id in 1..=TIMES {
                work(&db, black_box(id)).await?;
            }
            Ok(())
        })
    };
    all().and_then(|()| counted(all))
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

fn main() -> Result<()> {
    let Some(name) = env::args().nth(1) else {
        CASES.iter().for_each(|(name, _)| println!("{name}"));
        return Ok(());
    };
    let (_, case) = CASES.iter().find(|case| case.0 == name).ok_or("no such case")?;
    case()
}
