//! rust-query: each operation is a transaction, which it runs on a new thread.
//!
//! Its primary keys are not numbers that a program sees: users have a unique column instead, which the program counts.

use std::process::ExitCode;

use mizzle_bench_protocol::{
    Comment as CommentRow, NewUser, Peer, Post as PostRow, Result, Unsupported, User as UserRow, fixture::Fixture,
    nest, nest_one, serve,
};
use rust_query::{
    Database, FromExpr, Transaction, aggregate,
    migration::{Config, schema},
};

#[schema(Schema)]
pub mod vN {
    pub struct User {
        #[unique]
        pub number: i64,
        pub name: String,
        pub hair_color: Option<String>,
    }
    pub struct Post {
        #[unique]
        pub number: i64,
        #[index]
        pub user: rust_query::TableRow<User>,
        pub title: String,
        pub body: Option<String>,
    }
    pub struct Comment {
        pub number: i64,
        #[index]
        pub post: rust_query::TableRow<Post>,
        pub text: String,
    }
}
use v0::*;

#[derive(FromExpr)]
#[rust_query(From = User)]
struct Person {
    number: i64,
    name: String,
    hair_color: Option<String>,
}

#[derive(FromExpr)]
#[rust_query(From = User)]
struct Number {
    number: i64,
}

#[derive(FromExpr)]
#[rust_query(From = Post)]
struct PostNumber {
    number: i64,
}

#[derive(FromExpr)]
#[rust_query(From = Post)]
struct Article {
    number: i64,
    user: Number,
    title: String,
    body: Option<String>,
}

#[derive(FromExpr)]
#[rust_query(From = Comment)]
struct Remark {
    number: i64,
    post: PostNumber,
    text: String,
}

impl From<Person> for UserRow {
    fn from(row: Person) -> Self {
        UserRow { id: row.number, name: row.name, hair_color: row.hair_color }
    }
}

impl From<Article> for PostRow {
    fn from(row: Article) -> Self {
        PostRow { id: row.number, user_id: row.user.number, title: row.title, body: row.body }
    }
}

impl From<Remark> for CommentRow {
    fn from(row: Remark) -> Self {
        CommentRow { id: row.number, post_id: row.post.number, text: row.text }
    }
}

struct RustQuery {
    database: Database<Schema>,
    /// The number of the last user.
    last: i64,
}

fn open() -> Database<Schema> {
    Database::new(Config::open_in_memory())
}

fn write(transaction: &mut Transaction<Schema>, fixture: &Fixture) {
    let mut users = Vec::new();
    for UserRow { id, name, hair_color } in fixture.users.clone() {
        users.extend(transaction.insert(User { number: id, name, hair_color }));
    }
    let mut posts = Vec::new();
    for PostRow { id, user_id, title, body } in fixture.posts.clone() {
        posts.extend(transaction.insert(Post { number: id, user: users[user_id as usize - 1], title, body }));
    }
    for CommentRow { id, post_id, text } in fixture.comments.clone() {
        transaction.insert_ok(Comment { number: id, post: posts[post_id as usize - 1], text });
    }
}

impl Peer for RustQuery {
    type User = Person;
    type Post = Article;
    type Comment = Remark;
    type Tree = (Person, Vec<(Article, Vec<Remark>)>);

    async fn fill(&mut self, fixture: &Fixture) -> Result<()> {
        self.database = open();
        self.last = fixture.users.len() as i64;
        self.database.transaction_mut_ok(|transaction| write(transaction, fixture));
        Ok(())
    }

    async fn users(&mut self) -> Result<Vec<Person>> {
        Ok(self.database.transaction(|transaction| {
            transaction.query(|rows| {
                let user = rows.join(User);
                rows.into_vec(Person::from_expr(user))
            })
        }))
    }

    async fn user(&mut self, id: i64) -> Result<Person> {
        let user = self
            .database
            .transaction(|transaction| transaction.query_one(Option::<Person>::from_expr(User.number(id))));
        user.ok_or_else(|| "no row".into())
    }

    async fn page(&mut self, after: i64) -> Result<Vec<Person>> {
        Ok(self.database.transaction(|transaction| {
            transaction.query(|rows| {
                let user = rows.join(User);
                rows.filter(user.number.gt(after));
                rows.order_by().asc(&user.number).into_iter(Person::from_expr(&user)).take(50).collect()
            })
        }))
    }

    async fn count(&mut self, user_id: i64) -> Result<i64> {
        Ok(self.database.transaction(|transaction| {
            transaction.query_one(aggregate(|rows| {
                let user = rows.filter_some(User.number(user_id));
                let post = rows.join(Post.user(user));
                rows.count_distinct(post)
            }))
        }))
    }

    async fn join(&mut self, _: &str) -> Result<Vec<(Person, Option<Article>)>> {
        Err(Unsupported("it has no outer joins of many rows").into())
    }

    async fn nested(&mut self) -> Result<Vec<Self::Tree>> {
        let (users, posts, comments) = self.database.transaction(|transaction| {
            let users = transaction.query(|rows| {
                let user = rows.join(User);
                rows.into_vec(Person::from_expr(user))
            });
            let posts = transaction.query(|rows| {
                let post = rows.join(Post);
                rows.into_vec(Article::from_expr(post))
            });
            let comments = transaction.query(|rows| {
                let comment = rows.join(Comment);
                rows.into_vec(Remark::from_expr(comment))
            });
            (users, posts, comments)
        });
        let post_keys = |post: &Article| (post.number, post.user.number);
        Ok(nest(users, posts, comments, |user| user.number, post_keys, |comment| comment.post.number))
    }

    async fn nested_one(&mut self, id: i64) -> Result<Self::Tree> {
        let (user, posts, comments) = self.database.transaction(|transaction| {
            let user = transaction.query_one(Option::<Person>::from_expr(User.number(id)));
            let posts = transaction.query(|rows| {
                let user = rows.filter_some(User.number(id));
                let post = rows.join(Post.user(user));
                rows.into_vec(Article::from_expr(post))
            });
            let comments = transaction.query(|rows| {
                let user = rows.filter_some(User.number(id));
                let post = rows.join(Post.user(user));
                let comment = rows.join(Comment.post(post));
                rows.into_vec(Remark::from_expr(comment))
            });
            (user, posts, comments)
        });
        Ok((user.ok_or("no row")?, nest_one(posts, comments, |post| post.number, |comment| comment.post.number)))
    }

    async fn insert(&mut self, rows: &[NewUser]) -> Result<()> {
        let first = self.last;
        self.database.transaction_mut_ok(|transaction| {
            for (number, row) in (first + 1..).zip(rows) {
                let user = User { number, name: row.name.clone(), hair_color: row.hair_color.clone() };
                let _ = transaction.insert(user);
            }
        });
        self.last += rows.len() as i64;
        Ok(())
    }

    async fn upsert(&mut self, user: &UserRow) -> Result<()> {
        let UserRow { id: number, name, hair_color } = user.clone();
        self.database.transaction_mut_ok(|transaction| {
            let new = User { number, name: name.clone(), hair_color: hair_color.clone() };
            if let Err(row) = transaction.insert(new) {
                transaction.scope(|transaction| {
                    let mut user = transaction.mutable(row);
                    user.name = name;
                    user.hair_color = hair_color;
                });
            }
        });
        Ok(())
    }

    async fn rename(&mut self, id: i64, name: &str) -> Result<()> {
        self.database.transaction_mut_ok(|transaction| {
            if let Some(row) = transaction.query_one(User.number(id)) {
                transaction.scope(|transaction| transaction.mutable(row).name = name.to_owned());
            }
        });
        Ok(())
    }
}

fn main() -> ExitCode {
    serve(async { Ok(RustQuery { database: open(), last: 0 }) })
}
