//! sqlx: `query_as` on a connection, and on a pool as it is by default.

mod rows;

use std::process::ExitCode;

use mizzle_bench_protocol::{
    NewUser, Peer, Result, User as UserRow, database,
    fixture::{Fixture, SQLITE_TABLES},
    nest, nest_one, serve,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool, Postgres, QueryBuilder, Sqlite,
    SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use rows::{Comment, Joined, Post, User};

macro_rules! insert_values {
    ($executor:expr, $rows:expr) => {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO users (name, hair_color) ");
        query.push_values($rows, |mut values, row| {
            values.push_bind(row.name.as_str()).push_bind(row.hair_color.as_deref());
        });
        query.build().execute($executor).await?;
    };
}

macro_rules! insert_arrays {
    ($executor:expr, $rows:expr) => {
        let names: Vec<_> = $rows.iter().map(|row| row.name.as_str()).collect();
        let hair_colors: Vec<_> = $rows.iter().map(|row| row.hair_color.as_deref()).collect();
        let query = sqlx::query("INSERT INTO users (name, hair_color) SELECT * FROM unnest($1::text[], $2::text[])");
        query.bind(names).bind(hair_colors).execute($executor).await?;
    };
}

/// Both databases take `$1`. What differs is how lists are bound.
macro_rules! peer {
    ($name:ident($db:ty), $this:ident => $executor:expr, $fill:ident, $nested:ident, $insert:ident) => {
        impl Peer for $name {
            type User = User;
            type Post = Post;
            type Comment = Comment;
            type Tree = (User, Vec<(Post, Vec<Comment>)>);

            async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
                let $this = self;
                sqlx::raw_sql(AssertSqlSafe(fixture.$fill())).execute($executor).await?;
                Ok(())
            }

            async fn users(&mut self) -> Result<Vec<User>> {
                let $this = self;
                Ok(sqlx::query_as("SELECT id, name, hair_color FROM users").fetch_all($executor).await?)
            }

            async fn user(&mut self, id: i64) -> Result<User> {
                let $this = self;
                let query = sqlx::query_as("SELECT id, name, hair_color FROM users WHERE id = $1");
                Ok(query.bind(id).fetch_one($executor).await?)
            }

            async fn page(&mut self, after: i64) -> Result<Vec<User>> {
                let $this = self;
                let sql = "SELECT id, name, hair_color FROM users WHERE id > $1 ORDER BY id LIMIT 50";
                Ok(sqlx::query_as(sql).bind(after).fetch_all($executor).await?)
            }

            async fn count(&mut self, user_id: i64) -> Result<i64> {
                let $this = self;
                let query = sqlx::query_scalar("SELECT count(*) FROM posts WHERE user_id = $1");
                Ok(query.bind(user_id).fetch_one($executor).await?)
            }

            async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
                let $this = self;
                let rows: Vec<Joined> = sqlx::query_as(
                    "SELECT users.id, name, hair_color, posts.id AS post_id, user_id, title, body FROM users \
                     LEFT JOIN posts ON posts.user_id = users.id WHERE hair_color = $1 ORDER BY name DESC",
                )
                .bind(hair_color)
                .fetch_all($executor)
                .await?;
                Ok(rows.into_iter().map(Joined::split).collect())
            }

            async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
                let users = self.users().await?;
                let $this = self;
                let (ids, in_ids) = $nested(users.iter().map(|user| user.id));
                let sql = format!("SELECT id, user_id, title, body FROM posts WHERE user_id {in_ids}");
                let posts: Vec<Post> =
                    sqlx::query_as::<$db, Post>(AssertSqlSafe(sql)).bind(ids).fetch_all($executor).await?;
                let (ids, in_ids) = $nested(posts.iter().map(|post| post.id));
                let sql = format!("SELECT id, post_id, text FROM comments WHERE post_id {in_ids}");
                let comments: Vec<Comment> =
                    sqlx::query_as::<$db, Comment>(AssertSqlSafe(sql)).bind(ids).fetch_all($executor).await?;
                Ok(nest(users, posts, comments, |user| user.id, |post| (post.id, post.user_id), |c| c.post_id))
            }

            async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
                let user = self.user(id).await?;
                let $this = self;
                let sql = "SELECT id, user_id, title, body FROM posts WHERE user_id = $1";
                let posts: Vec<Post> = sqlx::query_as(sql).bind(id).fetch_all($executor).await?;
                let (ids, in_ids) = $nested(posts.iter().map(|post| post.id));
                let sql = format!("SELECT id, post_id, text FROM comments WHERE post_id {in_ids}");
                let comments: Vec<Comment> =
                    sqlx::query_as::<$db, Comment>(AssertSqlSafe(sql)).bind(ids).fetch_all($executor).await?;
                let posts = nest_one(posts, comments, |post| post.id, |comment| comment.post_id);
                Ok((user, posts))
            }

            async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
                let $this = self;
                if let [row] = rows {
                    let query = sqlx::query("INSERT INTO users (name, hair_color) VALUES ($1, $2)");
                    query.bind(&row.name).bind(row.hair_color.as_deref()).execute($executor).await?;
                    return Ok(());
                }
                $insert!($executor, rows);
                Ok(())
            }

            async fn upsert(&mut self, user: &UserRow) -> Result<()> {
                let $this = self;
                let query = sqlx::query(
                    "INSERT INTO users (id, name, hair_color) VALUES ($1, $2, $3) \
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name, hair_color = excluded.hair_color",
                );
                query.bind(user.id).bind(&user.name).bind(user.hair_color.as_deref()).execute($executor).await?;
                Ok(())
            }

            async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
                let $this = self;
                let query = sqlx::query("UPDATE users SET name = $1 WHERE id = $2");
                query.bind(name).bind(id).execute($executor).await?;
                Ok(())
            }
        }
    };
}

struct OnSqlite(SqliteConnection);
struct OnSqlitePool(SqlitePool);
struct OnPostgres(PgConnection);
struct OnPostgresPool(PgPool);

peer!(OnSqlite(Sqlite), this => &mut this.0, sqlite, as_json, insert_values);
peer!(OnSqlitePool(Sqlite), this => &this.0, sqlite, as_json, insert_values);
peer!(OnPostgres(Postgres), this => &mut this.0, postgres, as_array, insert_arrays);
peer!(OnPostgresPool(Postgres), this => &this.0, postgres, as_array, insert_arrays);

fn as_json(ids: impl Iterator<Item = i64>) -> (String, &'static str) {
    let ids: Vec<_> = ids.map(|id| id.to_string()).collect();
    (format!("[{}]", ids.join(",")), "IN (SELECT value FROM json_each($1))")
}

fn as_array(ids: impl Iterator<Item = i64>) -> (Vec<i64>, &'static str) {
    (ids.collect(), "= ANY($1)")
}

/// In memory and private: what `sqlite::memory:` opens is a shared cache, which is slower.
fn in_memory() -> SqliteConnectOptions {
    SqliteConnectOptions::new().in_memory(true).shared_cache(false)
}

async fn sqlite() -> Result<OnSqlite> {
    let mut connection = in_memory().connect().await?;
    sqlx::raw_sql(SQLITE_TABLES).execute(&mut connection).await?;
    Ok(OnSqlite(connection))
}

async fn sqlite_pool() -> Result<OnSqlitePool> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(in_memory()).await?;
    sqlx::raw_sql(SQLITE_TABLES).execute(&pool).await?;
    Ok(OnSqlitePool(pool))
}

fn main() -> ExitCode {
    let database = database();
    let url = database.url.as_str();
    match database.variant.as_str() {
        "sqlite" => serve(sqlite()),
        "sqlite-pool" => serve(sqlite_pool()),
        "postgres" => serve(async { Ok(OnPostgres(PgConnection::connect(url).await?)) }),
        _ => serve(async { Ok(OnPostgresPool(PgPool::connect(url).await?)) }),
    }
}
