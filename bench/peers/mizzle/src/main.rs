//! mizzle: on its own pool for SQLite, and on sqlx's pools and connections.

mod prepared;
mod tables;

use std::process::ExitCode;

use mizzle::{prelude::*, render::Statement};
use mizzle_bench_protocol::{
    NewUser as NewRow, Peer, Result, User as UserRow, database,
    fixture::{Fixture, SQLITE_TABLES},
    serve,
};
use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, PgPool, sqlite::SqliteConnectOptions, sqlite::SqlitePoolOptions,
};

use prepared::{PreparedOnPostgres, PreparedOnSqlite};
use tables::{Comment, NewComment, NewPost, NewUser, Post, User, new_user};

/// What SQLite's queries run on.
struct OnSqlite(mizzle::sqlite::SqlitePool);
struct OnSqlxSqlite(sqlx::SqlitePool);
struct OnPostgres(PgConnection);
struct OnPostgresPool(PgPool);

macro_rules! fill_by_inserts {
    ($executor:expr, $fixture:expr) => {
        User::delete().all_rows().execute($executor).await?;
        Post::delete().all_rows().execute($executor).await?;
        Comment::delete().all_rows().execute($executor).await?;
        User::insert().rows($fixture.users.iter().map(NewUser::from)).execute($executor).await?;
        Post::insert().rows($fixture.posts.iter().map(NewPost::from)).execute($executor).await?;
        Comment::insert().rows($fixture.comments.iter().map(NewComment::from)).execute($executor).await?;
    };
}

macro_rules! fill_by_sql {
    ($executor:expr, $fixture:expr) => {
        sqlx::raw_sql(AssertSqlSafe($fixture.postgres())).execute($executor).await?;
    };
}

/// The same code for each; they differ in what they run on.
macro_rules! peer {
    ($name:ident, $this:ident => $executor:expr, $fill:ident) => {
        impl Peer for $name {
            type User = User;
            type Post = Post;
            type Comment = Comment;
            type Tree = (User, Vec<(Post, Vec<Comment>)>);

            async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
                let $this = self;
                $fill!($executor, fixture);
                Ok(())
            }

            async fn users(&mut self) -> Result<Vec<User>> {
                let $this = self;
                Ok(User::query().fetch_all($executor).await?)
            }

            async fn user(&mut self, id: i64) -> Result<User> {
                let $this = self;
                Ok(User::query().filter(User::id.eq(id)).fetch_one($executor).await?)
            }

            async fn page(&mut self, after: i64) -> Result<Vec<User>> {
                let $this = self;
                Ok(User::query().filter(User::id.gt(after)).order_by(User::id).limit(50).fetch_all($executor).await?)
            }

            async fn count(&mut self, user_id: i64) -> Result<i64> {
                let $this = self;
                Ok(Post::query().filter(Post::user_id.eq(user_id)).count($executor).await?)
            }

            async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
                let $this = self;
                let query = User::query()
                    .left_join::<Post>()
                    .on(Post::user_id.eq(User::id))
                    .filter(User::hair_color.eq(hair_color))
                    .order_by(User::name.desc());
                Ok(query.fetch_all($executor).await?)
            }

            async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
                let $this = self;
                Ok(User::query().with(User::posts().with(Post::comments())).fetch_all($executor).await?)
            }

            async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
                let $this = self;
                let query = User::query().filter(User::id.eq(id)).with(User::posts().with(Post::comments()));
                Ok(query.fetch_one($executor).await?)
            }

            async fn insert(&mut self, rows: &[NewRow]) -> Result<()> {
                let $this = self;
                User::insert().rows(rows.iter().map(new_user)).execute($executor).await?;
                Ok(())
            }

            async fn upsert(&mut self, user: &UserRow) -> Result<()> {
                let $this = self;
                let UserRow { id, name, hair_color } = user;
                User::insert()
                    .values((
                        User::id.set(*id),
                        User::name.set(name.as_str()),
                        User::hair_color.set(hair_color.clone()),
                    ))
                    .on_conflict(User::id)
                    .do_update((User::name.set(excluded(User::name)), User::hair_color.set(excluded(User::hair_color))))
                    .execute($executor)
                    .await?;
                Ok(())
            }

            async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
                let $this = self;
                User::update().set(User::name.set(name)).filter(User::id.eq(id)).execute($executor).await?;
                Ok(())
            }
        }
    };
}

peer!(OnSqlite, this => &this.0, fill_by_inserts);
peer!(OnSqlxSqlite, this => &this.0, fill_by_inserts);
peer!(OnPostgres, this => &mut this.0, fill_by_sql);
peer!(OnPostgresPool, this => &this.0, fill_by_sql);

async fn create_tables<D: Dialect>(db: impl Executor<D> + Copy) -> Result<()> {
    for sql in SQLITE_TABLES.split(';').map(str::trim).filter(|sql| !sql.is_empty()) {
        db.execute(Statement::raw(sql, Vec::new())).await?;
    }
    Ok(())
}

async fn sqlite() -> Result<OnSqlite> {
    let pool = mizzle::sqlite::SqlitePool::connect("sqlite::memory:").await?;
    create_tables(&pool).await?;
    Ok(OnSqlite(pool))
}

async fn sqlx_sqlite() -> Result<OnSqlxSqlite> {
    let options = SqliteConnectOptions::new().in_memory(true).shared_cache(false);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    create_tables(&pool).await?;
    Ok(OnSqlxSqlite(pool))
}

fn main() -> ExitCode {
    let database = database();
    let url = database.url.as_str();
    match database.variant.as_str() {
        "sqlite" => serve(sqlite()),
        "sqlite-prepared" => serve(async { Ok(PreparedOnSqlite::from(sqlite().await?)) }),
        "sqlite-sqlx" => serve(sqlx_sqlite()),
        "postgres" => serve(async { Ok(OnPostgres(PgConnection::connect(url).await?)) }),
        "postgres-prepared" => {
            serve(async { Ok(PreparedOnPostgres::from(OnPostgres(PgConnection::connect(url).await?))) })
        }
        _ => serve(async { Ok(OnPostgresPool(mizzle::run::pool_options::<sqlx::Postgres>().connect(url).await?)) }),
    }
}
