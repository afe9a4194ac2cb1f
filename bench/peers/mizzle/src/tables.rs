//! The tables, which are the rows as well.

use mizzle::prelude::*;
use mizzle_bench_protocol as protocol;

#[derive(Table)]
#[table(name = "users", insert = NewUser, has_many(posts = Post::user_id))]
pub(crate) struct User {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) hair_color: Option<String>,
}

#[derive(Table)]
#[table(name = "posts", insert = NewPost, has_many(comments = Comment::post_id))]
pub(crate) struct Post {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = User::id)]
    pub(crate) user_id: i64,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
}

#[derive(Table)]
#[table(name = "comments", insert = NewComment)]
pub(crate) struct Comment {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = Post::id)]
    pub(crate) post_id: i64,
    pub(crate) text: String,
}

/// A user whose id the database counts.
pub(crate) fn new_user(row: &protocol::NewUser) -> NewUser {
    NewUser { hair_color: row.hair_color.clone(), ..NewUser::new(row.name.clone()) }
}

impl From<&protocol::User> for NewUser {
    fn from(user: &protocol::User) -> Self {
        NewUser { id: Some(user.id), hair_color: user.hair_color.clone(), ..NewUser::new(user.name.clone()) }
    }
}

impl From<&protocol::Post> for NewPost {
    fn from(post: &protocol::Post) -> Self {
        NewPost { id: Some(post.id), body: post.body.clone(), ..NewPost::new(post.user_id, post.title.clone()) }
    }
}

impl From<&protocol::Comment> for NewComment {
    fn from(comment: &protocol::Comment) -> Self {
        NewComment { id: Some(comment.id), ..NewComment::new(comment.post_id, comment.text.clone()) }
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
