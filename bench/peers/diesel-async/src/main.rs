//! diesel-async on PostgreSQL: diesel's queries over tokio-postgres.

#[path = "../../diesel/src/schema.rs"]
mod schema;

use std::process::ExitCode;

use diesel::{BelongingToDsl as _, ExpressionMethods as _, QueryDsl as _, SelectableHelper as _, upsert::excluded};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use mizzle_bench_protocol::{NewUser as NewRow, Peer, Result, User as UserRow, database, fixture::Fixture, serve};
use schema::{Comment, NewUser, Post, User, WholeUser, nest, nest_posts, posts, users};

struct Diesel(AsyncPgConnection);

impl Peer for Diesel {
    type User = User;
    type Post = Post;
    type Comment = Comment;
    type Tree = (User, Vec<(Post, Vec<Comment>)>);

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        Ok(self.0.batch_execute(&fixture.postgres()).await?)
    }

    async fn users(&mut self) -> Result<Vec<User>> {
        Ok(users::table.select(User::as_select()).load(&mut self.0).await?)
    }

    async fn user(&mut self, id: i64) -> Result<User> {
        Ok(users::table.find(id).select(User::as_select()).get_result(&mut self.0).await?)
    }

    async fn page(&mut self, after: i64) -> Result<Vec<User>> {
        let query = users::table.filter(users::id.gt(after)).order(users::id).limit(50);
        Ok(query.select(User::as_select()).load(&mut self.0).await?)
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        Ok(posts::table.filter(posts::user_id.eq(user_id)).count().get_result(&mut self.0).await?)
    }

    async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
        let query = users::table
            .left_join(posts::table)
            .filter(users::hair_color.eq(hair_color))
            .order(users::name.desc())
            .select((User::as_select(), Option::<Post>::as_select()));
        Ok(query.load(&mut self.0).await?)
    }

    async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
        let users = self.users().await?;
        let posts = Post::belonging_to(&users).select(Post::as_select()).load(&mut self.0).await?;
        let comments = Comment::belonging_to(&posts).select(Comment::as_select()).load(&mut self.0).await?;
        Ok(nest(users, posts, comments))
    }

    async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
        let user = self.user(id).await?;
        let posts = Post::belonging_to(&user).select(Post::as_select()).load(&mut self.0).await?;
        let comments = Comment::belonging_to(&posts).select(Comment::as_select()).load(&mut self.0).await?;
        Ok((user, nest_posts(posts, comments)))
    }

    async fn insert(&mut self, rows: &[NewRow]) -> Result<()> {
        let insert = diesel::insert_into(users::table);
        if let [row] = rows {
            insert.values(NewUser::from(row)).execute(&mut self.0).await?;
        } else {
            let rows: Vec<NewUser> = rows.iter().map(Into::into).collect();
            insert.values(rows).execute(&mut self.0).await?;
        }
        Ok(())
    }

    async fn upsert(&mut self, user: &UserRow) -> Result<()> {
        diesel::insert_into(users::table)
            .values(WholeUser::from(user))
            .on_conflict(users::id)
            .do_update()
            .set((users::name.eq(excluded(users::name)), users::hair_color.eq(excluded(users::hair_color))))
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::name.eq(name)).execute(&mut self.0).await?;
        Ok(())
    }
}

fn main() -> ExitCode {
    serve(async { Ok(Diesel(AsyncPgConnection::establish(&database().url).await?)) })
}
