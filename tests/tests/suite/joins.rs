//! Joins: which rows come, and where they are `Option`.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::{database, model::*};

alias!(Boss = User);

#[tokio::test]
async fn inner() -> Result {
    let db = filled().await?;
    let rows: Vec<(User, Post)> = User::query()
        .inner_join::<Post>()
        .on(Post::author_id.eq(User::id))
        .filter(Post::views.ge(User::id * 100))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    let names: Vec<_> = rows.iter().map(|(user, post)| (user.name.as_str(), post.title.as_str())).collect();
    assert_eq!(names, [("Ann", "AI and you"), ("Bob", "Databases")]);
    Ok(())
}

#[tokio::test]
async fn left() -> Result {
    let db = filled().await?;
    let rows: Vec<(User, Option<Post>)> =
        User::query().left_join::<Post>().on(User::posts()).order_by((User::id, Post::id)).fetch_all(&db).await?;
    assert_eq!(rows.len(), 7);
    assert!(rows.iter().all(|(user, post)| post.is_none() == (user.name == "Cid")));
    let columns: Vec<(String, Option<String>, Option<f64>, Option<i64>, bool)> = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .select((User::name, Post::title, Post::discount, Post::views + User::id, Post::id.is_null()))
        .order_by((User::id, Post::id))
        .fetch_all(&db)
        .await?;
    assert_eq!(columns[0], ("Ann".into(), Some("AI and you".into()), Some(0.5), Some(301), false));
    assert_eq!(columns[4], ("Cid".into(), None, None, None, true));
    Ok(())
}

#[tokio::test]
async fn a_condition_of_the_join_is_none_of_the_rows() -> Result {
    let db = filled().await?;
    let tech = Post::category.eq("tech");
    let on = User::query().left_join::<Post>().on((User::posts(), tech));
    assert_eq!(on.count(&db).await?, 4);
    let filter = User::query().left_join::<Post>().on(User::posts()).filter(tech);
    assert_eq!(filter.count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn right() -> Result {
    let db = filled().await?;
    Comment::insert().values((Comment::post_id.set(2),)).execute(&db).await?;
    let right: Vec<(Option<Comment>, User)> = Comment::query()
        .right_join::<User>()
        .on(Comment::author_id.eq(User::id))
        .order_by((User::id, Comment::id))
        .fetch_all(&db)
        .await?;
    let ids: Vec<_> =
        right.iter().map(|(comment, user)| (comment.as_ref().map(|comment| comment.id), user.id)).collect();
    assert_eq!(ids, [(Some(3), 1), (Some(4), 1), (Some(1), 2), (None, 3), (None, 4)]);
    Ok(())
}

#[needs(FullJoin)]
#[tokio::test]
async fn full() -> Result {
    let db = filled().await?;
    Comment::insert().values((Comment::post_id.set(2),)).execute(&db).await?;
    let full: Vec<(Option<Comment>, Option<User>)> = Comment::query()
        .full_join::<User>()
        .on(Comment::author_id.eq(User::id))
        .order_by((User::id.asc().nulls_first(), Comment::id.asc()))
        .fetch_all(&db)
        .await?;
    let ids: Vec<_> = full
        .iter()
        .map(|(comment, user)| (comment.as_ref().map(|comment| comment.id), user.as_ref().map(|user| user.id)))
        .collect();
    let expected = [(2, 0), (5, 0), (3, 1), (4, 1), (1, 2), (0, 3), (0, 4)];
    assert_eq!(ids, expected.map(|(comment, user)| ((comment > 0).then_some(comment), (user > 0).then_some(user))));
    let all: Vec<(Option<Comment>, Option<i64>, Option<bool>)> = Comment::query()
        .full_join::<User>()
        .on(Comment::author_id.eq(User::id))
        .select((Comment::all(), User::id, User::is_active))
        .order_by(User::id.desc().nulls_last())
        .fetch_all(&db)
        .await?;
    assert_eq!(all[0], (None, Some(4), Some(false)));
    Ok(())
}

#[tokio::test]
async fn a_right_join_after_others_makes_all_of_them_optional() -> Result {
    let db = filled().await?;
    let rows: Vec<(Option<Comment>, Option<Post>, User)> = Comment::query()
        .inner_join::<Post>()
        .on(Comment::post())
        .right_join::<User>()
        .on(Post::author_id.eq(User::id))
        .order_by((User::id, Comment::id))
        .fetch_all(&db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|(comment, post, user)| (comment.is_some(), post.is_some(), user.id)).collect();
    let both = |id| (true, true, id);
    assert_eq!(ids, [both(1), both(1), both(2), both(2), (false, false, 3), (false, false, 4)]);
    Ok(())
}

#[tokio::test]
async fn cross() -> Result {
    let db = filled().await?;
    let pairs: Vec<(User, Post)> =
        User::query().cross_join::<Post>().order_by((User::id, Post::id)).fetch_all(&db).await?;
    assert_eq!(pairs.len(), 24);
    let sum = User::query().cross_join::<Post>().cross_join::<Comment>().select((User::id * Post::id).sum());
    assert_eq!(sum.fetch_one(&db).await?, Some(840));
    Ok(())
}

#[tokio::test]
async fn aliases() -> Result {
    let db = filled().await?;
    let rows: Vec<(User, Option<User>, Option<User>)> = User::query()
        .left_join::<Manager>()
        .on(Manager.id.eq(User::manager_id))
        .left_join::<Boss>()
        .on(Boss.id.eq(Manager.manager_id))
        .order_by(User::id.desc())
        .fetch_all(&db)
        .await?;
    let name = |user: &Option<User>| user.as_ref().map(|user| user.name.clone());
    assert_eq!(
        (rows[0].0.name.as_str(), name(&rows[0].1), name(&rows[0].2)),
        ("Dan", Some("Bob".into()), Some("Ann".into()))
    );
    assert_eq!((rows[3].0.name.as_str(), name(&rows[3].1), name(&rows[3].2)), ("Ann", None, None));
    let of_alias: Vec<User> = Manager::query().filter(Manager.name.eq("Bob")).fetch_all(&db).await?;
    assert_eq!(of_alias[0].id, 2);
    let pairs = Post::query()
        .inner_join::<Other>()
        .on((Other.category.eq(Post::category), Other.id.gt(Post::id)))
        .select((Post::id, Other.id, Post::views + Other.views, Other::all()))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    let ids: Vec<_> = pairs.iter().map(|(first, second, sum, other)| (*first, *second, *sum, other.id)).collect();
    assert_eq!(ids, [(1, 4, 1000, 4), (2, 3, 170, 3)]);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Note {
    a: Option<i64>,
    b: Option<String>,
}

alias!(Twin = Note);

#[tokio::test]
async fn a_row_of_nulls_cannot_be_told_from_no_row() -> Result {
    let db = database(&mizzle::schema! { Note }).await?;
    for a in [Some(1), None] {
        Note::insert().values((Note::a.set(a), Note::b.set(None))).execute(&db).await?;
    }
    let rows: Vec<(Note, Option<Note>)> = Note::query()
        .left_join::<Twin>()
        .on(Twin.a.is_same_as(Note::a))
        .order_by(Note::a.asc().nulls_first())
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[0], (Note { a: None, b: None }, None));
    assert_eq!(rows[1].1, Some(Note { a: Some(1), b: None }));
    Ok(())
}

#[tokio::test]
async fn eight_tables() -> Result {
    alias!(B = User);
    alias!(C = User);
    alias!(D = User);
    alias!(E = User);
    alias!(F = User);
    alias!(G = User);
    alias!(H = User);
    let db = filled().await?;
    let (a, .., h): (User, User, User, Option<User>, User, User, User, Option<User>) = User::query()
        .inner_join::<B>()
        .on(B.id.eq(User::id))
        .inner_join::<C>()
        .on(C.id.eq(B.id))
        .left_join::<D>()
        .on(D.id.eq(C.id + 100))
        .inner_join::<E>()
        .on(E.id.eq(C.id))
        .inner_join::<F>()
        .on(F.id.eq(E.id))
        .inner_join::<G>()
        .on(G.id.eq(F.id))
        .left_join::<H>()
        .on(H.id.eq(G.id + 1))
        .order_by(G.id)
        .fetch_one(&db)
        .await?;
    assert_eq!((a.id, h.map(|user| user.id)), (1, Some(2)));
    Ok(())
}
