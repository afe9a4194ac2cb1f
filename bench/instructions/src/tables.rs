//! Tables enough for three joins.

#![expect(dead_code, reason = "rows are loaded, not looked at")]

use mizzle::prelude::*;

#[derive(Table)]
#[table(name = "users", insert = NewUser)]
pub(crate) struct User {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) hair_color: Option<String>,
}

#[derive(Table)]
#[table(name = "posts")]
pub(crate) struct Post {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) title: String,
}

#[derive(Table)]
#[table(name = "comments")]
pub(crate) struct Comment {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
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
