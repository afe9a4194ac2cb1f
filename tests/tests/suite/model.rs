//! The tables that most tests use, with a few rows in them.

use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use mizzle_tests::Result;

use super::database;
use crate::Db;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", insert = NewUser, update = UserPatch)]
#[table(unique_index(name = "users_email", on = User::email), check(name = "age_of_user", User::age.ge(0)))]
#[table(has_many(posts = Post::author_id), has_many(employees = User::manager_id))]
pub(crate) struct User {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) age: Option<i32>,
    #[column(default = true)]
    pub(crate) is_active: bool,
    #[column(default = now())]
    pub(crate) created_at: DateTime<Utc>,
    #[column(references = User::id)]
    pub(crate) manager_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "posts", insert = NewPost, update = PostPatch, has_many(comments = Comment::post_id))]
pub(crate) struct Post {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) category: String,
    #[column(default = 0)]
    pub(crate) views: i64,
    pub(crate) discount: Option<f64>,
    #[column(references = User::id, on_delete = cascade)]
    pub(crate) author_id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "comments", insert = NewComment)]
pub(crate) struct Comment {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = Post::id, on_delete = cascade)]
    pub(crate) post_id: i64,
    #[column(references = User::id, on_delete = set_null)]
    pub(crate) author_id: Option<i64>,
    pub(crate) body: Option<String>,
}

alias!(pub(crate) Manager = User);
alias!(pub(crate) Other = Post);

pub(crate) static SCHEMA: mizzle::schema::Schema = mizzle::schema! { User, Post, Comment };

/// The tables without rows.
pub(crate) async fn empty() -> Result<Db> {
    database(&SCHEMA).await
}

fn user(name: &str, age: Option<i32>, manager_id: Option<i64>) -> NewUser {
    NewUser { age, manager_id, ..NewUser::new(name, format!("{}@example.org", name.to_lowercase())) }
}

fn post(author_id: i64, title: &str, category: &str, views: i64, discount: Option<f64>) -> NewPost {
    NewPost { views: Some(views), discount, ..NewPost::new(title, category, author_id) }
}

fn comment(post_id: i64, author_id: Option<i64>, body: Option<&str>) -> NewComment {
    NewComment { author_id, body: body.map(str::to_owned), ..NewComment::new(post_id) }
}

/// Users Ann (1), Bob (2), Cid (3, without posts, without age) and Dan (4), six posts, four comments.
pub(crate) async fn filled() -> Result<Db> {
    let db = empty().await?;
    fill(&db).await?;
    Ok(db)
}

/// Puts these rows into the tables.
pub(crate) async fn fill(db: &Db) -> Result {
    let users = [
        user("Ann", Some(41), None),
        user("Bob", Some(29), Some(1)),
        user("Cid", None, Some(1)),
        user("Dan", Some(29), Some(2)),
    ];
    User::insert().rows(users).execute(db).await?;
    User::update().set(User::is_active.set(false)).filter(User::name.eq("Dan")).execute(db).await?;
    let posts = [
        post(1, "AI and you", "tech", 300, Some(0.5)),
        post(1, "Bread", "food", 20, None),
        post(2, "Cheese", "food", 150, Some(0.25)),
        post(2, "Databases", "tech", 700, None),
        post(4, "50% off", "ads", 0, Some(0.0)),
        post(4, "Elm_trees", "wood", 5, None),
    ];
    Post::insert().rows(posts).execute(db).await?;
    let comments = [
        comment(1, Some(2), Some("first")),
        comment(1, None, Some("second")),
        comment(3, Some(1), None),
        comment(4, Some(1), Some("fast")),
    ];
    Comment::insert().rows(comments).execute(db).await?;
    Ok(())
}
