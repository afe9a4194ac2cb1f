//! SQLite's own functions with statements that are prepared once: what everything else is compared with.

mod statement;

use std::{fmt::Write as _, process::ExitCode};

use mizzle_bench_protocol::{
    Comment, NewUser, Peer, Post, Result, User,
    fixture::{Fixture, SQLITE_TABLES},
    nest, nest_one, serve,
};

use statement::{Connection, Statement};

const USER: &str = "SELECT id, name, hair_color FROM users";

/// Statements before the connection: they are dropped in this order.
struct Raw {
    users: Statement,
    user: Statement,
    page: Statement,
    count: Statement,
    join: Statement,
    posts_of: Statement,
    posts_of_one: Statement,
    comments_of: Statement,
    insert: Statement,
    upsert: Statement,
    rename: Statement,
    begin: Statement,
    commit: Statement,
    connection: Connection,
}

impl Raw {
    async fn connect() -> Result<Self> {
        let db = Connection::open_in_memory()?;
        db.execute(SQLITE_TABLES)?;
        Ok(Raw {
            users: db.prepare(USER)?,
            user: db.prepare(&format!("{USER} WHERE id = ?"))?,
            page: db.prepare(&format!("{USER} WHERE id > ? ORDER BY id LIMIT 50"))?,
            count: db.prepare("SELECT count(*) FROM posts WHERE user_id = ?")?,
            join: db.prepare(
                "SELECT users.id, name, hair_color, posts.id, user_id, title, body FROM users \
                 LEFT JOIN posts ON posts.user_id = users.id WHERE hair_color = ? ORDER BY name DESC",
            )?,
            posts_of: db.prepare(
                "SELECT id, user_id, title, body FROM posts WHERE user_id IN (SELECT value FROM json_each(?))",
            )?,
            posts_of_one: db.prepare("SELECT id, user_id, title, body FROM posts WHERE user_id = ?")?,
            comments_of: db
                .prepare("SELECT id, post_id, text FROM comments WHERE post_id IN (SELECT value FROM json_each(?))")?,
            insert: db.prepare("INSERT INTO users (name, hair_color) VALUES (?, ?)")?,
            upsert: db.prepare(
                "INSERT INTO users (id, name, hair_color) VALUES (?, ?, ?) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, hair_color = excluded.hair_color",
            )?,
            rename: db.prepare("UPDATE users SET name = ? WHERE id = ?")?,
            begin: db.prepare("BEGIN")?,
            commit: db.prepare("COMMIT")?,
            connection: db,
        })
    }

    fn comments(&self, posts: &[Post]) -> Result<Vec<Comment>> {
        let ids = json(posts.iter().map(|post| post.id));
        self.comments_of.bind_text(1, Some(&ids))?;
        self.comments_of.rows(|row| Ok(Comment { id: row.integer(0), post_id: row.integer(1), text: row.text(2)? }))
    }
}

fn user(row: &Statement) -> Result<User> {
    Ok(User { id: row.integer(0), name: row.text(1)?, hair_color: row.nullable_text(2)? })
}

fn post(row: &Statement, first: i32) -> Result<Post> {
    Ok(Post {
        id: row.integer(first),
        user_id: row.integer(first + 1),
        title: row.text(first + 2)?,
        body: row.nullable_text(first + 3)?,
    })
}

fn joined(row: &Statement) -> Result<(User, Option<Post>)> {
    let post = if row.is_null(3) { None } else { Some(post(row, 3)?) };
    Ok((user(row)?, post))
}

fn json(ids: impl Iterator<Item = i64>) -> String {
    let mut json = String::from("[");
    for (at, id) in ids.enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(json, "{comma}{id}");
    }
    json.push(']');
    json
}

impl Peer for Raw {
    type User = User;
    type Post = Post;
    type Comment = Comment;
    type Tree = (User, Vec<(Post, Vec<Comment>)>);

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        self.connection.execute(&fixture.sqlite())
    }

    async fn users(&mut self) -> Result<Vec<User>> {
        self.users.rows(user)
    }

    async fn user(&mut self, id: i64) -> Result<User> {
        self.user.bind_integer(1, id)?;
        self.user.row(user)
    }

    async fn page(&mut self, after: i64) -> Result<Vec<User>> {
        self.page.bind_integer(1, after)?;
        self.page.rows(user)
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        self.count.bind_integer(1, user_id)?;
        self.count.row(|row| Ok(row.integer(0)))
    }

    async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
        self.join.bind_text(1, Some(hair_color))?;
        self.join.rows(joined)
    }

    async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
        let users = self.users.rows(user)?;
        let ids = json(users.iter().map(|user| user.id));
        self.posts_of.bind_text(1, Some(&ids))?;
        let posts = self.posts_of.rows(|row| post(row, 0))?;
        let comments = self.comments(&posts)?;
        Ok(nest(users, posts, comments, |user| user.id, |post| (post.id, post.user_id), |comment| comment.post_id))
    }

    async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
        let user = self.user(id).await?;
        self.posts_of_one.bind_integer(1, id)?;
        let posts = self.posts_of_one.rows(|row| post(row, 0))?;
        let comments = self.comments(&posts)?;
        Ok((user, nest_one(posts, comments, |post| post.id, |comment| comment.post_id)))
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        let many = rows.len() > 1;
        if many {
            self.begin.execute()?;
        }
        for row in rows {
            self.insert.bind_text(1, Some(&row.name))?;
            self.insert.bind_text(2, row.hair_color.as_deref())?;
            self.insert.execute()?;
        }
        if many {
            self.commit.execute()?;
        }
        Ok(())
    }

    async fn upsert(&mut self, user: &User) -> Result<()> {
        self.upsert.bind_integer(1, user.id)?;
        self.upsert.bind_text(2, Some(&user.name))?;
        self.upsert.bind_text(3, user.hair_color.as_deref())?;
        self.upsert.execute()
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        self.rename.bind_text(1, Some(name))?;
        self.rename.bind_integer(2, id)?;
        self.rename.execute()
    }
}

fn main() -> ExitCode {
    serve(Raw::connect())
}
