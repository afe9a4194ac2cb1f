//! The rows, and what peers' own rows are compared as.

use std::collections::HashMap;

/// A row of `users`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub hair_color: Option<String>,
}

/// A row of `posts`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub body: Option<String>,
}

/// A row of `comments`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comment {
    pub id: i64,
    pub post_id: i64,
    pub text: String,
}

/// A user whose id the database counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    pub name: String,
    pub hair_color: Option<String>,
}

/// A user with posts with comments, in whatever form a peer gives it.
pub trait Tree {
    /// The same in the form that all are compared in.
    fn tree(self) -> (User, Vec<(Post, Vec<Comment>)>);
}

impl<U: Into<User>, P: Into<Post>, C: Into<Comment>> Tree for (U, Vec<(P, Vec<C>)>) {
    fn tree(self) -> (User, Vec<(Post, Vec<Comment>)>) {
        let posts =
            self.1.into_iter().map(|(post, comments)| (post.into(), comments.into_iter().map(Into::into).collect()));
        (self.0.into(), posts.collect())
    }
}

/// Puts the rows of three queries into each other, for peers that do not: by the keys, in the order in which they came.
pub fn nest<U, P, C>(
    users: Vec<U>,
    posts: Vec<P>,
    comments: Vec<C>,
    user_id: impl Fn(&U) -> i64,
    post_ids: impl Fn(&P) -> (i64, i64),
    comment_post_id: impl Fn(&C) -> i64,
) -> Vec<(U, Vec<(P, Vec<C>)>)> {
    let mut places = HashMap::with_capacity(posts.len());
    let mut users: Vec<_> = users.into_iter().map(|user| (user, Vec::new())).collect();
    let user_places: HashMap<_, _> =
        users.iter().enumerate().map(|(place, (user, _))| (user_id(user), place)).collect();
    for post in posts {
        let (id, owner) = post_ids(&post);
        let Some(&user) = user_places.get(&owner) else { continue };
        places.insert(id, (user, users[user].1.len()));
        users[user].1.push((post, Vec::new()));
    }
    for comment in comments {
        let Some(&(user, post)) = places.get(&comment_post_id(&comment)) else { continue };
        users[user].1[post].1.push(comment);
    }
    users
}

/// The same below one user.
pub fn nest_one<P, C>(
    posts: Vec<P>,
    comments: Vec<C>,
    post_id: impl Fn(&P) -> i64,
    comment_post_id: impl Fn(&C) -> i64,
) -> Vec<(P, Vec<C>)> {
    let places: HashMap<_, _> = posts.iter().enumerate().map(|(place, post)| (post_id(post), place)).collect();
    let mut posts: Vec<_> = posts.into_iter().map(|post| (post, Vec::new())).collect();
    for comment in comments {
        if let Some(&place) = places.get(&comment_post_id(&comment)) {
            posts[place].1.push(comment);
        }
    }
    posts
}
