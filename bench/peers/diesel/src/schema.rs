//! The tables and rows as diesel wants them; diesel-async uses the same.

use diesel::prelude::*;
use mizzle_bench_protocol as protocol;

diesel::table! {
    users (id) {
        id -> BigInt,
        name -> Text,
        hair_color -> Nullable<Text>,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        user_id -> BigInt,
        title -> Text,
        body -> Nullable<Text>,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        post_id -> BigInt,
        text -> Text,
    }
}

diesel::joinable!(posts -> users (user_id));
diesel::joinable!(comments -> posts (post_id));
diesel::allow_tables_to_appear_in_same_query!(users, posts, comments);

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = users)]
pub(crate) struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = posts, belongs_to(User))]
pub(crate) struct Post {
    id: i64,
    user_id: i64,
    title: String,
    body: Option<String>,
}

#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = comments, belongs_to(Post))]
pub(crate) struct Comment {
    id: i64,
    post_id: i64,
    text: String,
}

#[derive(Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub(crate) struct NewUser<'a> {
    name: &'a str,
    hair_color: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub(crate) struct WholeUser<'a> {
    id: i64,
    name: &'a str,
    hair_color: Option<&'a str>,
}

impl<'a> From<&'a protocol::NewUser> for NewUser<'a> {
    fn from(row: &'a protocol::NewUser) -> Self {
        NewUser { name: &row.name, hair_color: row.hair_color.as_deref() }
    }
}

impl<'a> From<&'a protocol::User> for WholeUser<'a> {
    fn from(user: &'a protocol::User) -> Self {
        WholeUser { id: user.id, name: &user.name, hair_color: user.hair_color.as_deref() }
    }
}

impl From<User> for protocol::User {
    fn from(User { id, name, hair_color }: User) -> Self {
        protocol::User { id, name, hair_color }
    }
}

impl From<Post> for protocol::Post {
    fn from(Post { id, user_id, title, body }: Post) -> Self {
        protocol::Post { id, user_id, title, body }
    }
}

impl From<Comment> for protocol::Comment {
    fn from(Comment { id, post_id, text }: Comment) -> Self {
        protocol::Comment { id, post_id, text }
    }
}

/// Puts children into parents, by what `belonging_to` loaded.
pub(crate) fn nest(
    users: Vec<User>,
    posts: Vec<Post>,
    comments: Vec<Comment>,
) -> Vec<(User, Vec<(Post, Vec<Comment>)>)> {
    let posts = nest_posts(posts, comments).into_iter().grouped_by(&users);
    users.into_iter().zip(posts).collect()
}

/// The same below one parent.
pub(crate) fn nest_posts(posts: Vec<Post>, comments: Vec<Comment>) -> Vec<(Post, Vec<Comment>)> {
    let comments = comments.grouped_by(&posts);
    posts.into_iter().zip(comments).collect()
}
