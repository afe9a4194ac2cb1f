//! What a peer does.

use crate::{Comment, NewUser, Post, Tree, User, fixture::Fixture};

/// Whatever a library says went wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A result of a peer's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a peer cannot do a workload: the table has a dash, and this as its footnote.
#[derive(Debug)]
pub struct Unsupported(pub &'static str);

impl std::fmt::Display for Unsupported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unsupported {}

/// A library with a connection. Each method is one operation of a workload, written as the library's documentation does;
/// rows are the library's own, with every column as `i64`, `String` or `Option<String>`.
///
/// Methods are async for the sake of those that are: one that never waits compiles to a plain call.
#[expect(async_fn_in_trait, reason = "no peer's future is sent to another thread")]
pub trait Peer {
    /// A row of `users`.
    type User: Into<User>;
    /// A row of `posts`.
    type Post: Into<Post>;
    /// A row of `comments`.
    type Comment: Into<Comment>;
    /// A user with posts with comments.
    type Tree: Tree;

    /// Empties the three tables, lets ids count from 1 again, and writes these rows. Not timed.
    async fn fill(&mut self, fixture: &Fixture) -> Result<()>;

    /// `SELECT id, name, hair_color FROM users`
    async fn users(&mut self) -> Result<Vec<Self::User>>;

    /// `.. FROM users WHERE id = $1`
    async fn user(&mut self, id: i64) -> Result<Self::User>;

    /// `.. FROM users WHERE id > $1 ORDER BY id LIMIT 50`
    async fn page(&mut self, after: i64) -> Result<Vec<Self::User>>;

    /// `SELECT count(*) FROM posts WHERE user_id = $1`
    async fn count(&mut self, user_id: i64) -> Result<i64>;

    /// `.. FROM users LEFT JOIN posts ON posts.user_id = users.id WHERE users.hair_color = $1 ORDER BY users.name DESC`
    async fn join(&mut self, hair_color: &str) -> Result<Vec<(Self::User, Option<Self::Post>)>>;

    /// All users with their posts with their comments: the library's own way to load relations, if it has one; else
    /// one query for each table.
    async fn nested(&mut self) -> Result<Vec<Self::Tree>>;

    /// The user with this id, in the same way.
    async fn nested_one(&mut self, id: i64) -> Result<Self::Tree>;

    /// Inserts all of them at once; the database counts the ids, which are not read.
    async fn insert(&mut self, rows: &[NewUser]) -> Result<()>;

    /// `INSERT INTO users .. ON CONFLICT (id) DO UPDATE SET name = excluded.name, hair_color = excluded.hair_color`
    async fn upsert(&mut self, user: &User) -> Result<()>;

    /// `UPDATE users SET name = $1 WHERE id = $2`
    async fn rename(&mut self, id: i64, name: &str) -> Result<()>;
}
