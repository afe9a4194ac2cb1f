//! The tables. Each struct is the table and its row; `User::name` is a typed column.

use chrono::{DateTime, Utc};
use mizzle::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", insert = NewUser, update = UserPatch)]
#[table(check(name = "no_debts", User::karma.ge(0)))]
#[table(has_many(posts = Post::author_id))]
pub struct User {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub name: String,
    #[column(unique)]
    pub email: String,
    #[column(default = 10)]
    pub karma: i64,
    #[column(default = true)]
    pub is_active: bool,
    #[column(references = User::id, on_delete = set_null)]
    pub inviter_id: Option<i64>,
    #[column(default = now())]
    pub joined_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "posts", insert = NewPost)]
#[table(has_many(comments = Comment::post_id))]
pub struct Post {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub title: String,
    #[column(default = Status::Draft)]
    pub status: Status,
    #[column(default = 0)]
    pub views: i64,
    /// Also gives `Post::author()`, the condition of a join.
    #[column(references = User::id, on_delete = cascade)]
    pub author_id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "comments")]
pub struct Comment {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub text: String,
    #[column(references = Post::id, on_delete = cascade)]
    pub post_id: i64,
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
pub enum Status {
    Draft,
    Published,
}
