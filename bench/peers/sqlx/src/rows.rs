//! Rows as sqlx reads them: by name.

use mizzle_bench_protocol as protocol;
use sqlx::FromRow;

#[derive(FromRow)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) hair_color: Option<String>,
}

#[derive(FromRow)]
pub(crate) struct Post {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
}

#[derive(FromRow)]
pub(crate) struct Comment {
    pub(crate) id: i64,
    pub(crate) post_id: i64,
    pub(crate) text: String,
}

#[derive(FromRow)]
pub(crate) struct Joined {
    id: i64,
    name: String,
    hair_color: Option<String>,
    post_id: Option<i64>,
    user_id: Option<i64>,
    title: Option<String>,
    body: Option<String>,
}

impl Joined {
    pub(crate) fn split(self) -> (User, Option<Post>) {
        let post = match (self.post_id, self.user_id, self.title) {
            (Some(id), Some(user_id), Some(title)) => Some(Post { id, user_id, title, body: self.body }),
            _ => None,
        };
        (User { id: self.id, name: self.name, hair_color: self.hair_color }, post)
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
