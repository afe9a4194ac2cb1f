//! tokio-postgres with statements that are prepared once.

use std::process::ExitCode;

use mizzle_bench_protocol::{
    Comment, NewUser, Peer, Post, Result, User, database, fixture::Fixture, nest, nest_one, serve,
};
use tokio_postgres::{Client, NoTls, Row, Statement};

const USER: &str = "SELECT id, name, hair_color FROM users";

struct Driver {
    client: Client,
    users: Statement,
    user: Statement,
    page: Statement,
    count: Statement,
    join: Statement,
    posts_of: Statement,
    posts_of_one: Statement,
    comments_of: Statement,
    insert: Statement,
    insert_many: Statement,
    upsert: Statement,
    rename: Statement,
}

impl Driver {
    async fn connect(url: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        Ok(Driver {
            users: client.prepare(USER).await?,
            user: client.prepare(&format!("{USER} WHERE id = $1")).await?,
            page: client.prepare(&format!("{USER} WHERE id > $1 ORDER BY id LIMIT 50")).await?,
            count: client.prepare("SELECT count(*) FROM posts WHERE user_id = $1").await?,
            join: client
                .prepare(
                    "SELECT users.id, name, hair_color, posts.id, user_id, title, body FROM users \
                     LEFT JOIN posts ON posts.user_id = users.id WHERE hair_color = $1 ORDER BY name DESC",
                )
                .await?,
            posts_of: client.prepare("SELECT id, user_id, title, body FROM posts WHERE user_id = ANY($1)").await?,
            posts_of_one: client.prepare("SELECT id, user_id, title, body FROM posts WHERE user_id = $1").await?,
            comments_of: client.prepare("SELECT id, post_id, text FROM comments WHERE post_id = ANY($1)").await?,
            insert: client.prepare("INSERT INTO users (name, hair_color) VALUES ($1, $2)").await?,
            insert_many: client
                .prepare("INSERT INTO users (name, hair_color) SELECT * FROM unnest($1::text[], $2::text[])")
                .await?,
            upsert: client
                .prepare(
                    "INSERT INTO users (id, name, hair_color) VALUES ($1, $2, $3) \
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name, hair_color = excluded.hair_color",
                )
                .await?,
            rename: client.prepare("UPDATE users SET name = $1 WHERE id = $2").await?,
            client,
        })
    }

    async fn comments(&self, posts: &[Post]) -> Result<Vec<Comment>> {
        let ids: Vec<_> = posts.iter().map(|post| post.id).collect();
        let rows = self.client.query(&self.comments_of, &[&ids]).await?;
        let comment = |row: &Row| Ok(Comment { id: row.try_get(0)?, post_id: row.try_get(1)?, text: row.try_get(2)? });
        rows.iter().map(comment).collect()
    }
}

fn user(row: &Row) -> Result<User> {
    Ok(User { id: row.try_get(0)?, name: row.try_get(1)?, hair_color: row.try_get(2)? })
}

fn post(row: &Row, first: usize) -> Result<Post> {
    Ok(Post {
        id: row.try_get(first)?,
        user_id: row.try_get(first + 1)?,
        title: row.try_get(first + 2)?,
        body: row.try_get(first + 3)?,
    })
}

fn joined(row: &Row) -> Result<(User, Option<Post>)> {
    let post = row.try_get::<_, Option<i64>>(3)?.map(|_| post(row, 3)).transpose()?;
    Ok((user(row)?, post))
}

impl Peer for Driver {
    type User = User;
    type Post = Post;
    type Comment = Comment;
    type Tree = (User, Vec<(Post, Vec<Comment>)>);

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        Ok(self.client.batch_execute(&fixture.postgres()).await?)
    }

    async fn users(&mut self) -> Result<Vec<User>> {
        self.client.query(&self.users, &[]).await?.iter().map(user).collect()
    }

    async fn user(&mut self, id: i64) -> Result<User> {
        user(&self.client.query_one(&self.user, &[&id]).await?)
    }

    async fn page(&mut self, after: i64) -> Result<Vec<User>> {
        self.client.query(&self.page, &[&after]).await?.iter().map(user).collect()
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        Ok(self.client.query_one(&self.count, &[&user_id]).await?.try_get(0)?)
    }

    async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
        self.client.query(&self.join, &[&hair_color]).await?.iter().map(joined).collect()
    }

    async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
        let users = self.users().await?;
        let ids: Vec<_> = users.iter().map(|user| user.id).collect();
        let rows = self.client.query(&self.posts_of, &[&ids]).await?;
        let posts = rows.iter().map(|row| post(row, 0)).collect::<Result<Vec<_>>>()?;
        let comments = self.comments(&posts).await?;
        Ok(nest(users, posts, comments, |user| user.id, |post| (post.id, post.user_id), |comment| comment.post_id))
    }

    async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
        let user = self.user(id).await?;
        let rows = self.client.query(&self.posts_of_one, &[&id]).await?;
        let posts = rows.iter().map(|row| post(row, 0)).collect::<Result<Vec<_>>>()?;
        let comments = self.comments(&posts).await?;
        Ok((user, nest_one(posts, comments, |post| post.id, |comment| comment.post_id)))
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        if let [row] = rows {
            self.client.execute(&self.insert, &[&row.name, &row.hair_color]).await?;
            return Ok(());
        }
        let names: Vec<_> = rows.iter().map(|row| &row.name).collect();
        let hair_colors: Vec<_> = rows.iter().map(|row| &row.hair_color).collect();
        self.client.execute(&self.insert_many, &[&names, &hair_colors]).await?;
        Ok(())
    }

    async fn upsert(&mut self, user: &User) -> Result<()> {
        self.client.execute(&self.upsert, &[&user.id, &user.name, &user.hair_color]).await?;
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        self.client.execute(&self.rename, &[&name, &id]).await?;
        Ok(())
    }
}

fn main() -> ExitCode {
    serve(async { Driver::connect(&database().url).await })
}
