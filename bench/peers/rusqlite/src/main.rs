//! rusqlite with its cache of statements.

use std::process::ExitCode;

use mizzle_bench_protocol::{
    Comment, NewUser, Peer, Post, Result, User,
    fixture::{Fixture, SQLITE_TABLES},
    nest, nest_one, serve,
};
use rusqlite::{Connection, Row, params};

struct Rusqlite(Connection);

impl Rusqlite {
    async fn connect() -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(SQLITE_TABLES)?;
        Ok(Rusqlite(connection))
    }

    fn comments(&self, posts: &[Post]) -> Result<Vec<Comment>> {
        let sql = "SELECT id, post_id, text FROM comments WHERE post_id IN (SELECT value FROM json_each(?))";
        let mut statement = self.0.prepare_cached(sql)?;
        let comment = |row: &Row| Ok(Comment { id: row.get(0)?, post_id: row.get(1)?, text: row.get(2)? });
        let ids = json(posts.iter().map(|post| post.id));
        Ok(statement.query_map([ids], comment)?.collect::<Result<_, _>>()?)
    }
}

fn user(row: &Row) -> rusqlite::Result<User> {
    Ok(User { id: row.get(0)?, name: row.get(1)?, hair_color: row.get(2)? })
}

fn post(row: &Row, first: usize) -> rusqlite::Result<Post> {
    Ok(Post {
        id: row.get(first)?,
        user_id: row.get(first + 1)?,
        title: row.get(first + 2)?,
        body: row.get(first + 3)?,
    })
}

fn joined(row: &Row) -> rusqlite::Result<(User, Option<Post>)> {
    let post = row.get::<_, Option<i64>>(3)?.map(|_| post(row, 3)).transpose()?;
    Ok((user(row)?, post))
}

fn json(ids: impl Iterator<Item = i64>) -> String {
    let ids: Vec<_> = ids.map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

impl Peer for Rusqlite {
    type User = User;
    type Post = Post;
    type Comment = Comment;
    type Tree = (User, Vec<(Post, Vec<Comment>)>);

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        Ok(self.0.execute_batch(&fixture.sqlite())?)
    }

    async fn users(&mut self) -> Result<Vec<User>> {
        let mut statement = self.0.prepare_cached("SELECT id, name, hair_color FROM users")?;
        Ok(statement.query_map([], user)?.collect::<Result<_, _>>()?)
    }

    async fn user(&mut self, id: i64) -> Result<User> {
        let mut statement = self.0.prepare_cached("SELECT id, name, hair_color FROM users WHERE id = ?")?;
        Ok(statement.query_row([id], user)?)
    }

    async fn page(&mut self, after: i64) -> Result<Vec<User>> {
        let sql = "SELECT id, name, hair_color FROM users WHERE id > ? ORDER BY id LIMIT 50";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_map([after], user)?.collect::<Result<_, _>>()?)
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        let mut statement = self.0.prepare_cached("SELECT count(*) FROM posts WHERE user_id = ?")?;
        Ok(statement.query_row([user_id], |row| row.get(0))?)
    }

    async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
        let mut statement = self.0.prepare_cached(
            "SELECT users.id, name, hair_color, posts.id, user_id, title, body FROM users \
             LEFT JOIN posts ON posts.user_id = users.id WHERE hair_color = ? ORDER BY name DESC",
        )?;
        Ok(statement.query_map([hair_color], joined)?.collect::<Result<_, _>>()?)
    }

    async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
        let users = self.users().await?;
        let sql = "SELECT id, user_id, title, body FROM posts WHERE user_id IN (SELECT value FROM json_each(?))";
        let mut statement = self.0.prepare_cached(sql)?;
        let ids = json(users.iter().map(|user| user.id));
        let posts = statement.query_map([ids], |row| post(row, 0))?.collect::<Result<Vec<_>, _>>()?;
        let comments = self.comments(&posts)?;
        Ok(nest(users, posts, comments, |user| user.id, |post| (post.id, post.user_id), |comment| comment.post_id))
    }

    async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
        let user = self.user(id).await?;
        let mut statement = self.0.prepare_cached("SELECT id, user_id, title, body FROM posts WHERE user_id = ?")?;
        let posts = statement.query_map([id], |row| post(row, 0))?.collect::<Result<Vec<_>, _>>()?;
        let comments = self.comments(&posts)?;
        Ok((user, nest_one(posts, comments, |post| post.id, |comment| comment.post_id)))
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        let sql = "INSERT INTO users (name, hair_color) VALUES (?, ?)";
        if let [row] = rows {
            self.0.prepare_cached(sql)?.execute(params![row.name, row.hair_color])?;
            return Ok(());
        }
        let transaction = self.0.transaction()?;
        let mut statement = transaction.prepare_cached(sql)?;
        for row in rows {
            statement.execute(params![row.name, row.hair_color])?;
        }
        drop(statement);
        Ok(transaction.commit()?)
    }

    async fn upsert(&mut self, user: &User) -> Result<()> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO users (id, name, hair_color) VALUES (?, ?, ?) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, hair_color = excluded.hair_color",
        )?;
        statement.execute(params![user.id, user.name, user.hair_color])?;
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        self.0.prepare_cached("UPDATE users SET name = ? WHERE id = ?")?.execute(params![name, id])?;
        Ok(())
    }
}

fn main() -> ExitCode {
    serve(Rusqlite::connect())
}
