// The tables of most cases. It is included, so that errors name them as in a user's own file.

use mizzle::{Error, prelude::*};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", insert = NewUser, update = UserPatch)]
#[table(unique_index(name = "users_email_ci", on = User::email.lower()), has_many(posts = Post::author_id))]
struct User {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
    email: String,
    age: Option<i32>,
    #[column(default = true)]
    is_active: bool,
    manager_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "posts", insert = NewPost)]
struct Post {
    #[column(primary_key, auto_increment)]
    id: i64,
    title: String,
    #[column(default = 0)]
    views: i64,
    #[column(references = User::id, on_delete = cascade)]
    author_id: i64,
    #[column(generated = Post::title.lower())]
    slug: String,
}
