//! drizzle-rs on rusqlite; relations by its relational queries, which are one statement with JSON.

use std::process::ExitCode;

use drizzle::{
    core::{
        asc, desc,
        expr::{count, eq, excluded, gt},
    },
    sqlite::{
        prelude::*,
        rusqlite::Drizzle,
        values::{SQLiteInsertValue, SQLiteValue},
    },
};
use mizzle_bench_protocol::{
    self as protocol, NewUser, Peer, Result, Tree,
    fixture::{Fixture, SQLITE_TABLES},
    serve,
};

#[SQLiteTable(name = "users")]
struct Users {
    #[column(primary)]
    id: i64,
    name: String,
    hair_color: Option<String>,
}

#[SQLiteTable(name = "posts")]
struct Posts {
    #[column(primary)]
    id: i64,
    #[column(references = Users::id)]
    user_id: i64,
    title: String,
    body: Option<String>,
}

#[SQLiteTable(name = "comments")]
struct Comments {
    #[column(primary)]
    id: i64,
    #[column(references = Posts::id)]
    post_id: i64,
    text: String,
}

#[derive(SQLiteSchema)]
struct Schema {
    users: Users,
    posts: Posts,
}

#[derive(SQLiteFromRow)]
#[from(Users)]
struct Joined {
    #[column(Users::id)]
    id: i64,
    name: String,
    hair_color: Option<String>,
    #[column(Posts::id)]
    post_id: Option<i64>,
    #[column(Posts::user_id)]
    user_id: Option<i64>,
    #[column(Posts::title)]
    title: Option<String>,
    #[column(Posts::body)]
    body: Option<String>,
}

type Nested = UsersWithPosts<SelectUsers, PostsWithComments>;

impl From<SelectUsers> for protocol::User {
    fn from(SelectUsers { id, name, hair_color }: SelectUsers) -> Self {
        protocol::User { id, name, hair_color }
    }
}

impl From<SelectPosts> for protocol::Post {
    fn from(SelectPosts { id, user_id, title, body }: SelectPosts) -> Self {
        protocol::Post { id, user_id, title, body }
    }
}

impl From<SelectComments> for protocol::Comment {
    fn from(SelectComments { id, post_id, text }: SelectComments) -> Self {
        protocol::Comment { id, post_id, text }
    }
}

impl Tree for Nested {
    fn tree(self) -> (protocol::User, Vec<(protocol::Post, Vec<protocol::Comment>)>) {
        let posts = self.posts.into_iter();
        let posts = posts.map(|post| (post.inner.into(), post.comments.into_iter().map(Into::into).collect()));
        (self.inner.into(), posts.collect())
    }
}

impl Joined {
    fn split(self) -> (SelectUsers, Option<SelectPosts>) {
        let post = match (self.post_id, self.user_id, self.title) {
            (Some(id), Some(user_id), Some(title)) => Some(SelectPosts { id, user_id, title, body: self.body }),
            _ => None,
        };
        (SelectUsers { id: self.id, name: self.name, hair_color: self.hair_color }, post)
    }
}

fn nullable(text: &Option<String>) -> SQLiteInsertValue<'static, SQLiteValue<'static>, String> {
    text.clone().map_or(SQLiteInsertValue::Null, SQLiteInsertValue::from)
}

struct OnRusqlite {
    db: Drizzle<Schema>,
    users: Users,
    posts: Posts,
}

impl OnRusqlite {
    fn open() -> Result<Self> {
        let connection = rusqlite::Connection::open_in_memory()?;
        connection.execute_batch(SQLITE_TABLES)?;
        let (db, Schema { users, posts, .. }) = Drizzle::new(connection, Schema::new());
        Ok(OnRusqlite { db, users, posts })
    }
}

impl Peer for OnRusqlite {
    type User = SelectUsers;
    type Post = SelectPosts;
    type Comment = SelectComments;
    type Tree = Nested;

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        Ok(self.db.conn().execute_batch(&fixture.sqlite())?)
    }

    async fn users(&mut self) -> Result<Vec<SelectUsers>> {
        Ok(self.db.select(()).from(self.users).all()?)
    }

    async fn user(&mut self, id: i64) -> Result<SelectUsers> {
        Ok(self.db.select(()).from(self.users).r#where(eq(self.users.id, id)).get()?)
    }

    async fn page(&mut self, after: i64) -> Result<Vec<SelectUsers>> {
        let id = self.users.id;
        Ok(self.db.select(()).from(self.users).r#where(gt(id, after)).order_by(asc(id)).limit(50).all()?)
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        let posts = self.posts;
        let (count,): (i64,) =
            self.db.select((count(posts.id),)).from(posts).r#where(eq(posts.user_id, user_id)).get()?;
        Ok(count)
    }

    async fn join(&mut self, hair_color: &str) -> Result<Vec<(SelectUsers, Option<SelectPosts>)>> {
        let (users, posts) = (self.users, self.posts);
        let rows: Vec<Joined> = self
            .db
            .select(Joined::Select)
            .from(users)
            .left_join((posts, eq(posts.user_id, users.id)))
            .r#where(eq(users.hair_color, hair_color))
            .order_by(desc(users.name))
            .all()?;
        Ok(rows.into_iter().map(Joined::split).collect())
    }

    async fn nested(&mut self) -> Result<Vec<Nested>> {
        Ok(self.db.query(self.users).with(self.users.posts().with(self.posts.comments())).find_many()?)
    }

    async fn nested_one(&mut self, id: i64) -> Result<Nested> {
        let query = self.db.query(self.users).with(self.users.posts().with(self.posts.comments()));
        query.r#where(eq(self.users.id, id)).find_first()?.ok_or_else(|| "no row".into())
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        let row = |row: &NewUser| InsertUsers::new(row.name.clone()).with_hair_color(nullable(&row.hair_color));
        self.db.insert(self.users).values(rows.iter().map(row)).execute()?;
        Ok(())
    }

    async fn upsert(&mut self, user: &protocol::User) -> Result<()> {
        let users = self.users;
        let row = InsertUsers::new(user.name.clone()).with_id(user.id).with_hair_color(nullable(&user.hair_color));
        let update = UpdateUsers::default().with_name(excluded(users.name)).with_hair_color(excluded(users.hair_color));
        self.db.insert(users).value(row).on_conflict(users.id).do_update(update).execute()?;
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        let update = self.db.update(self.users).set(UpdateUsers::default().with_name(name.to_owned()));
        update.r#where(eq(self.users.id, id)).execute()?;
        Ok(())
    }
}

fn main() -> ExitCode {
    serve(async { OnRusqlite::open() })
}
