//! mizzle with queries that are rendered once, where their text does not depend on how many rows there are.

use mizzle::{expr::Param, prelude::*};
use mizzle_bench_protocol::{NewUser, Peer, Result, User as UserRow, fixture::Fixture};

use crate::{
    OnPostgres, OnSqlite,
    tables::{Comment, Post, User},
};

macro_rules! prepared {
    ($name:ident($plain:ident, $dialect:ty), $this:ident => $executor:expr) => {
        pub(crate) struct $name {
            plain: $plain,
            users: Prepared<$dialect, (), User>,
            user: Prepared<$dialect, i64, User>,
            page: Prepared<$dialect, i64, User>,
            count: Prepared<$dialect, i64, i64>,
            join: Prepared<$dialect, String, (User, Option<Post>)>,
            insert: PreparedWrite<$dialect, (String, Option<String>)>,
            upsert: PreparedWrite<$dialect, (i64, String, Option<String>)>,
            rename: PreparedWrite<$dialect, (String, i64)>,
        }

        impl From<$plain> for $name {
            fn from(plain: $plain) -> Self {
                $name {
                    plain,
                    users: prepare(|()| User::query()),
                    user: prepare(|id: Param<i64>| User::query().filter(User::id.eq(id))),
                    page: prepare(|after: Param<i64>| {
                        User::query().filter(User::id.gt(after)).order_by(User::id).limit(50)
                    }),
                    count: prepare(|id: Param<i64>| Post::query().filter(Post::user_id.eq(id)).select(count_star())),
                    join: prepare(|hair_color: Param<String>| {
                        User::query()
                            .left_join::<Post>()
                            .on(Post::user_id.eq(User::id))
                            .filter(User::hair_color.eq(hair_color))
                            .order_by(User::name.desc())
                    }),
                    insert: prepare(|(name, hair_color): (Param<String>, Param<Option<String>>)| {
                        User::insert().values((User::name.set(name), User::hair_color.set(hair_color)))
                    }),
                    upsert: prepare(|(id, name, hair_color): (Param<i64>, Param<String>, Param<Option<String>>)| {
                        User::insert()
                            .values((User::id.set(id), User::name.set(name), User::hair_color.set(hair_color)))
                            .on_conflict(User::id)
                            .do_update((
                                User::name.set(excluded(User::name)),
                                User::hair_color.set(excluded(User::hair_color)),
                            ))
                    }),
                    rename: prepare(|(name, id): (Param<String>, Param<i64>)| {
                        User::update().set(User::name.set(name)).filter(User::id.eq(id))
                    }),
                }
            }
        }

        impl Peer for $name {
            type User = User;
            type Post = Post;
            type Comment = Comment;
            type Tree = (User, Vec<(Post, Vec<Comment>)>);

            async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
                self.plain.fill(fixture).await
            }

            async fn users(&mut self) -> Result<Vec<User>> {
                let $this = &mut self.plain;
                Ok(self.users.fetch_all($executor, ()).await?)
            }

            async fn user(&mut self, id: i64) -> Result<User> {
                let $this = &mut self.plain;
                Ok(self.user.fetch_one($executor, id).await?)
            }

            async fn page(&mut self, after: i64) -> Result<Vec<User>> {
                let $this = &mut self.plain;
                Ok(self.page.fetch_all($executor, after).await?)
            }

            async fn count(&mut self, user_id: i64) -> Result<i64> {
                let $this = &mut self.plain;
                Ok(self.count.fetch_one($executor, user_id).await?)
            }

            async fn join(&mut self, hair_color: &str) -> Result<Vec<(User, Option<Post>)>> {
                let $this = &mut self.plain;
                Ok(self.join.fetch_all($executor, hair_color.to_owned()).await?)
            }

            async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
                self.plain.nested().await
            }

            async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
                self.plain.nested_one(id).await
            }

            async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
                let [row] = rows else { return self.plain.insert(rows).await };
                let $this = &mut self.plain;
                self.insert.execute($executor, (row.name.clone(), row.hair_color.clone())).await?;
                Ok(())
            }

            async fn upsert(&mut self, user: &UserRow) -> Result<()> {
                let $this = &mut self.plain;
                let values = (user.id, user.name.clone(), user.hair_color.clone());
                self.upsert.execute($executor, values).await?;
                Ok(())
            }

            async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
                let $this = &mut self.plain;
                self.rename.execute($executor, (name.to_owned(), id)).await?;
                Ok(())
            }
        }
    };
}

prepared!(PreparedOnSqlite(OnSqlite, Sqlite), this => &this.0);
prepared!(PreparedOnPostgres(OnPostgres, Postgres), this => &mut this.0);
