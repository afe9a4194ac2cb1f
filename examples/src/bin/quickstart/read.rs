//! Queries: joins, groups, named rows, conditional filters, pages.

use mizzle::{Error, prelude::*};
use mizzle_examples::{heading, rows};

use crate::{
    Db,
    tables::{Comment, Post, Status, User},
};

alias!(Inviter = User);

pub async fn inner_join(db: Db<'_>) -> Result<(), Error> {
    heading("Inner join: a row is (Post, User)");
    let posts: Vec<(Post, User)> = Post::query()
        .inner_join::<User>()
        .on(Post::author_id.eq(User::id))
        .filter(Post::status.eq(Status::Published))
        .order_by(Post::views.desc())
        .fetch_all(db)
        .await?;
    rows(&["title", "author"], posts.into_iter().map(|(post, author)| (post.title, author.name)));
    Ok(())
}

pub async fn left_join(db: Db<'_>) -> Result<(), Error> {
    heading("Left join: what may be missing is an Option");
    let titles: Vec<(String, Option<String>)> = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .select((User::name, Post::title))
        .order_by((User::name, Post::title))
        .fetch_all(db)
        .await?;
    rows(&["user", "post"], titles);
    Ok(())
}

pub async fn self_join(db: Db<'_>) -> Result<(), Error> {
    heading("Self join: the same table again, by an alias");
    let invited: Vec<(String, Option<String>)> = User::query()
        .left_join::<Inviter>()
        .on(Inviter.id.eq(User::inviter_id))
        .select((User::name, Inviter.name))
        .order_by(User::id)
        .fetch_all(db)
        .await?;
    rows(&["user", "invited by"], invited);
    Ok(())
}

pub async fn groups(db: Db<'_>) -> Result<(), Error> {
    heading("Groups: what is neither a key nor an aggregate does not compile");
    let authors: Vec<(String, i64, Option<i64>)> = User::query()
        .inner_join::<Post>()
        .on(User::posts())
        .group_by(User::key())
        .having(Post::views.sum().gt(100))
        .select((User::name, count_star(), Post::views.sum()))
        .order_by(Post::views.sum().desc())
        .fetch_all(db)
        .await?;
    rows(&["author", "posts", "views"], authors);
    Ok(())
}

pub async fn named_rows(db: Db<'_>) -> Result<(), Error> {
    heading("Rows with names, without a struct to declare");
    let posts = Post::query()
        .left_join::<Comment>()
        .on(Post::comments())
        .group_by(Post::key())
        .select(row!({
            title: Post::title.upper(),
            comments: Comment::id.count(),
            popular: case_when(Post::views.gt(100), "yes").otherwise("no"),
        }))
        .order_by(Post::id)
        .fetch_all(db)
        .await?;
    rows(&["title", "comments", "popular"], posts.into_iter().map(|post| (post.title, post.comments, post.popular)));
    Ok(())
}

/// What is `None` adds no condition.
pub async fn search(db: Db<'_>, title: Option<&str>, min_views: Option<i64>) -> Result<(), Error> {
    heading(&format!("Conditional filters: title {title:?}, views {min_views:?}"));
    let posts = Post::query()
        .filter(title.map(|pattern| Post::title.like(pattern)))
        .filter(min_views.map(|views| Post::views.ge(views)))
        .select((Post::title, Post::views))
        .order_by(Post::id)
        .fetch_all(db)
        .await?;
    rows(&["title", "views"], posts);
    Ok(())
}

pub async fn pages(db: Db<'_>) -> Result<(), Error> {
    heading("Pages: the second page of two posts each, and how many posts there are");
    let posts = Post::query().order_by(Post::id);
    let page = posts.clone().select((Post::id, Post::title)).page(2, 2).fetch_all(db).await?;
    rows(&["id", "title"], page);
    let total = posts.count(db).await?;
    println!("  {total} posts");
    Ok(())
}
