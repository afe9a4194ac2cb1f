//! Queries inside of queries: EXISTS and IN.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::model::*;

#[tokio::test]
async fn exists_and_not_exists() -> Result {
    let db = filled().await?;
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id));
    let users = User::query().select(User::name).order_by(User::id);
    assert_eq!(users.clone().filter(exists(posts.clone())).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    assert_eq!(users.clone().filter(not_exists(posts.clone())).fetch_all(&db).await?, ["Cid"]);
    assert_eq!(users.clone().filter(!exists(posts.clone())).fetch_all(&db).await?, ["Cid"]);
    let food = posts.clone().filter(Post::category.eq("food"));
    assert_eq!(users.clone().filter(or((exists(food), User::id.eq(3)))).fetch_all(&db).await?, ["Ann", "Bob", "Cid"]);
    assert_eq!(users.filter(exists(posts.limit(1).offset(5))).fetch_all(&db).await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn exists_as_a_column() -> Result {
    let db = filled().await?;
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id));
    let rows: Vec<(String, bool)> =
        User::query().select((User::name, exists(posts))).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [true, true, false, true]);
    Ok(())
}

#[tokio::test]
async fn correlated_with_the_same_table() -> Result {
    let db = filled().await?;
    let better =
        Other::query().outer::<Post>().filter((Other.category.eq(Post::category), Other.views.gt(Post::views)));
    let best = Post::query().filter(not_exists(better)).select(Post::id).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(best, [3, 4, 5, 6]);
    Ok(())
}

#[tokio::test]
async fn grouped_and_nested() -> Result {
    let db = filled().await?;
    let prolific = Post::query().group_by(Post::author_id).having(Post::views.sum().gt(300)).select(Post::author_id);
    let names = User::query().filter(User::id.in_(prolific.clone())).select(User::name).order_by(User::id);
    assert_eq!(names.clone().fetch_all(&db).await?, ["Ann", "Bob"]);
    let commented = Comment::query().outer::<Post>().filter(Comment::post_id.eq(Post::id));
    let with_comments = Post::query().outer::<User>().filter((Post::author_id.eq(User::id), exists(commented)));
    assert_eq!(names.filter(exists(with_comments)).fetch_all(&db).await?, ["Ann", "Bob"]);
    let group = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).group_by(Post::category);
    let group = group.having(count_star().gt(1)).select(Post::category);
    assert_eq!(User::query().filter(exists(group)).count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn two_levels_out() -> Result {
    let db = filled().await?;
    let by_oneself = Comment::query()
        .outer::<Post>()
        .outer::<User>()
        .filter((Comment::post_id.eq(Post::id), Comment::author_id.eq(User::id)));
    let posts = Post::query().outer::<User>().filter(exists(by_oneself));
    let rows = User::query().filter(exists(posts)).select(User::name).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(rows, ["Ann", "Bob"]);
    Ok(())
}

#[tokio::test]
async fn in_a_query_with_order_and_limit() -> Result {
    let db = filled().await?;
    let top = Post::query().order_by(Post::views.desc()).limit(2).select(Post::id);
    assert_eq!(
        Post::query().filter(Post::id.in_(top.clone())).select(Post::title.min()).fetch_one(&db).await?.as_deref(),
        Some("AI and you")
    );
    assert_eq!(Post::delete().filter(Post::id.not_in(top)).execute(&db).await?, 4);
    assert_eq!(Post::query().select(Post::id).order_by(Post::id).fetch_all(&db).await?, [1, 4]);
    Ok(())
}

#[tokio::test]
async fn in_writes() -> Result {
    let db = filled().await?;
    let authors = Post::query().filter(Post::category.eq("tech")).select(Post::author_id);
    let changed = User::update().set(User::is_active.set(false)).filter(User::id.in_(authors)).execute(&db).await?;
    assert_eq!(changed, 2);
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id));
    assert_eq!(User::delete().filter((not_exists(posts), User::name.ne("Ann"))).execute(&db).await?, 1);
    assert_eq!(User::query().select(User::name).order_by(User::id).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    Ok(())
}
