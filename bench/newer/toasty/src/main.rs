//! toasty on the pool that it opens, of one connection in memory; relations by `include`.

use std::process::ExitCode;

use mizzle_bench_protocol::{
    self as protocol, NewUser, Peer, Result, Tree, database,
    fixture::{Fixture, SQLITE_TABLES},
    serve,
};
use toasty::{Db, Deferred, Model};

#[derive(Debug, Model)]
struct User {
    #[key]
    #[auto]
    id: u64,
    name: String,
    hair_color: Option<String>,
    #[has_many]
    posts: Deferred<Vec<Post>>,
}

#[derive(Debug, Model)]
struct Post {
    #[key]
    #[auto]
    id: u64,
    #[index]
    user_id: u64,
    title: String,
    body: Option<String>,
    #[belongs_to(key = user_id, references = id)]
    user: Deferred<User>,
    #[has_many]
    comments: Deferred<Vec<Comment>>,
}

#[derive(Debug, Model)]
struct Comment {
    #[key]
    #[auto]
    id: u64,
    #[index]
    post_id: u64,
    text: String,
    #[belongs_to(key = post_id, references = id)]
    post: Deferred<Post>,
}

impl From<User> for protocol::User {
    fn from(User { id, name, hair_color, .. }: User) -> Self {
        protocol::User { id: id as i64, name, hair_color }
    }
}

impl From<Post> for protocol::Post {
    fn from(Post { id, user_id, title, body, .. }: Post) -> Self {
        protocol::Post { id: id as i64, user_id: user_id as i64, title, body }
    }
}

impl From<&Comment> for protocol::Comment {
    fn from(comment: &Comment) -> Self {
        protocol::Comment { id: comment.id as i64, post_id: comment.post_id as i64, text: comment.text.clone() }
    }
}

impl From<Comment> for protocol::Comment {
    fn from(comment: Comment) -> Self {
        (&comment).into()
    }
}

impl Tree for User {
    fn tree(self) -> (protocol::User, Vec<(protocol::Post, Vec<protocol::Comment>)>) {
        let posts = self.posts.get().iter().map(|post| {
            let Post { id, user_id, ref title, ref body, .. } = *post;
            let row =
                protocol::Post { id: id as i64, user_id: user_id as i64, title: title.clone(), body: body.clone() };
            (row, post.comments.get().iter().map(Into::into).collect())
        });
        let posts = posts.collect();
        (self.into(), posts)
    }
}

struct Toasty {
    db: Db,
    postgres: bool,
}

impl Toasty {
    async fn connect(url: &str) -> Result<Self> {
        let postgres = !url.is_empty();
        let url = if postgres { url } else { "sqlite::memory:" };
        let db = Db::builder().models(toasty::models!(User, Post, Comment)).connect(url).await?;
        let mut toasty = Toasty { db, postgres };
        if !postgres {
            toasty.script(SQLITE_TABLES).await?;
        }
        Ok(toasty)
    }

    /// Statement by statement, each on its own: raw SQL is prepared, and connections are the pool's.
    async fn script(&mut self, sql: &str) -> Result<()> {
        for sql in sql.split(';').map(str::trim).filter(|sql| !["", "BEGIN", "COMMIT"].contains(sql)) {
            toasty::sql::statement(sql).exec(&mut self.db).await?;
        }
        Ok(())
    }
}

impl Peer for Toasty {
    type User = User;
    type Post = Post;
    type Comment = Comment;
    type Tree = User;

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        let sql = if self.postgres { fixture.postgres() } else { fixture.sqlite() };
        self.script(&sql).await
    }

    async fn users(&mut self) -> Result<Vec<User>> {
        Ok(User::all().exec(&mut self.db).await?)
    }

    async fn user(&mut self, id: i64) -> Result<User> {
        Ok(User::get_by_id(&mut self.db, id as u64).await?)
    }

    async fn page(&mut self, after: i64) -> Result<Vec<User>> {
        let query = User::filter(User::fields().id().gt(after as u64)).order_by(User::fields().id().asc()).limit(50);
        Ok(query.exec(&mut self.db).await?)
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        Ok(Post::filter_by_user_id(user_id as u64).count().exec(&mut self.db).await? as i64)
    }

    async fn join(&mut self, _: &str) -> Result<Vec<(User, Option<Post>)>> {
        Err(protocol::Unsupported("it has no joins").into())
    }

    async fn nested(&mut self) -> Result<Vec<User>> {
        Ok(User::all().include(User::fields().posts().comments()).exec(&mut self.db).await?)
    }

    async fn nested_one(&mut self, id: i64) -> Result<User> {
        let query = User::filter_by_id(id as u64).include(User::fields().posts().comments());
        Ok(query.get(&mut self.db).await?)
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        let create = |row: &NewUser| User::create().name(row.name.clone()).hair_color(row.hair_color.clone());
        if let [row] = rows {
            create(row).exec(&mut self.db).await?;
        } else {
            let all = rows.iter().fold(User::create_many(), |all, row| all.item(create(row)));
            all.exec(&mut self.db).await?;
        }
        Ok(())
    }

    async fn upsert(&mut self, user: &protocol::User) -> Result<()> {
        let row = User::upsert_by_id(user.id as u64).name(user.name.clone()).hair_color(user.hair_color.clone());
        row.exec(&mut self.db).await?;
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        User::filter_by_id(id as u64).update().name(name).exec(&mut self.db).await?;
        Ok(())
    }
}

fn main() -> ExitCode {
    serve(async { Toasty::connect(&database().url).await })
}
