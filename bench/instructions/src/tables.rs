//! Tables enough for three joins.

#![expect(dead_code, reason = "rows are loaded, not looked at")]

use mizzle::prelude::*;

#[derive(Table)]
#[table(name = "users", insert = NewUser, has_many(posts = Post::user_id))]
pub(crate) struct User {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) hair_color: Option<String>,
}

#[derive(Table)]
#[table(name = "posts", index(on = Post::user_id), insert = NewPost, has_many(comments = Comment::post_id))]
pub(crate) struct Post {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = User::id)]
    pub(crate) user_id: i64,
    pub(crate) title: String,
}

#[derive(Table)]
#[table(name = "comments", index(on = Comment::post_id), insert = NewComment)]
pub(crate) struct Comment {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = Post::id)]
    pub(crate) post_id: i64,
    pub(crate) text: String,
}

#[derive(Table)]
#[table(name = "tags")]
pub(crate) struct Tag {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) post_id: i64,
}
