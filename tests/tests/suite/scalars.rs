//! Queries as values.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result};

use super::model::*;
use crate::D;

/// The posts of the user of the query around it.
fn posts() -> Select<D, (Post, mizzle::query::Outer<User>), Post> {
    Post::query().outer::<User>().filter(Post::author_id.eq(User::id))
}

#[tokio::test]
async fn one_aggregate_is_a_value() -> Result {
    let db = filled().await?;
    let rows: Vec<(String, i64, Option<i64>)> = User::query()
        .select((User::name, posts().select(count_star()), posts().select(Post::views.max())))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    let expected = [("Ann", 2, Some(300)), ("Bob", 2, Some(700)), ("Cid", 0, None), ("Dan", 2, Some(5))];
    assert_eq!(rows, expected.map(|(name, count, most)| (name.to_owned(), count, most)));
    let oldest = User::query().select(User::age.max());
    assert_eq!(User::query().filter(User::age.eq(oldest)).select(User::name).fetch_all(&db).await?, ["Ann"]);
    let average = Post::query().select(Post::views.avg());
    let above = Post::query().filter(Post::views.cast::<f64>().gt(average)).select(Post::title).order_by(Post::id);
    assert_eq!(above.fetch_all(&db).await?, ["AI and you", "Databases"]);
    Ok(())
}

#[tokio::test]
async fn the_first_row_is_a_value() -> Result {
    let db = filled().await?;
    let best = posts().order_by(Post::views.desc()).select(Post::title);
    let rows: Vec<(String, Option<String>)> =
        User::query().select((User::name, best.one_value())).order_by(User::id).fetch_all(&db).await?;
    let expected = [("Ann", Some("AI and you")), ("Bob", Some("Databases")), ("Cid", None), ("Dan", Some("Elm_trees"))];
    assert_eq!(rows, expected.map(|(name, title)| (name.to_owned(), title.map(str::to_owned))));
    // A column that may be NULL, and a limit that is there already.
    let discount = Post::query().filter(Post::id.eq(2)).limit(3).select(Post::discount).one_value();
    let alone: Vec<Option<f64>> = User::query().filter(User::id.eq(1)).select(discount).fetch_all(&db).await?;
    assert_eq!(alone, [None]);
    let nobody = User::query().filter(User::id.eq(1)).limit(0).select(User::id).one_value();
    assert_eq!(User::query().filter(User::id.eq(nobody)).count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn in_every_clause() -> Result {
    let db = filled().await?;
    let names = User::query().select(User::name);
    let count = || posts().select(count_star());
    // WHERE, with the query on either side, in arithmetic, functions and CASE.
    let writers = names.clone().filter(count().gt(0).and(count().between(1, 5))).order_by(User::id);
    assert_eq!(writers.fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    assert_eq!(names.clone().filter((User::id + count()).eq(4)).fetch_all(&db).await?, ["Bob"]);
    let most = posts().select(Post::views.max()).coalesce(0);
    assert_eq!(names.clone().filter(most.lt(6)).order_by(User::id).fetch_all(&db).await?, ["Cid", "Dan"]);
    let quantity = case_when(count().gt(1), "many").otherwise("few");
    assert_eq!(
        User::query().select(quantity).order_by(User::id).fetch_all(&db).await?,
        ["many", "many", "few", "many"]
    );
    let either = case_when(User::id.gt(2), count()).otherwise(User::id);
    assert_eq!(User::query().select(either).order_by(User::id).fetch_all(&db).await?, [1, 2, 0, 2]);
    // ORDER BY.
    let total = || posts().select(Post::views.sum()).coalesce(0);
    assert_eq!(names.clone().order_by((total().desc(), User::id)).fetch_all(&db).await?, ["Bob", "Ann", "Dan", "Cid"]);
    assert_eq!(names.order_by((count(), User::id)).fetch_all(&db).await?, ["Cid", "Ann", "Bob", "Dan"]);
    // An aggregate over it.
    let most = User::query().select(count().max());
    assert_eq!(most.fetch_one(&db).await?, Some(2));
    Ok(())
}

#[tokio::test]
async fn of_groups() -> Result {
    let db = filled().await?;
    let average = Post::query().select(Post::views.avg());
    let categories = Post::query()
        .group_by(Post::category)
        .having(Post::views.avg().gt(average))
        .select((Post::category, Comment::query().select(count_star())))
        .order_by(Post::category);
    assert_eq!(categories.fetch_all(&db).await?, [("tech".to_owned(), 4)]);
    // Correlated with a table whose row is a key.
    let per_user = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .group_by(User::key())
        .select((
            User::name,
            Post::id.count(),
            Other::query().outer::<User>().filter(Other.author_id.eq(User::id)).select(Other.views.max()),
        ))
        .order_by(User::id);
    let rows: Vec<(String, i64, Option<i64>)> = per_user.fetch_all(&db).await?;
    let expected = [("Ann", 2, Some(300)), ("Bob", 2, Some(700)), ("Cid", 0, None), ("Dan", 2, Some(5))];
    assert_eq!(rows, expected.map(|(name, count, most)| (name.to_owned(), count, most)));
    Ok(())
}

#[tokio::test]
async fn other_columns_of_a_row_that_is_a_key() -> Result {
    let db = filled().await?;
    let older = || Manager::query().outer::<User>().filter(Manager.age.gt(User::age));
    let groups = || User::query().group_by(User::key());
    let counts: Vec<(String, i64)> =
        groups().select((User::name, older().select(count_star()))).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(counts.iter().map(|row| row.1).collect::<Vec<_>>(), [0, 1, 0, 1]);
    let names = groups().having(exists(older())).select(User::name).order_by(User::id);
    assert_eq!(names.fetch_all(&db).await?, ["Bob", "Dan"]);
    let names = groups().having(older().select(count_star()).eq(0)).select(User::name).order_by(User::id);
    assert_eq!(names.fetch_all(&db).await?, ["Ann", "Cid"]);
    let either = older().select(Manager.id).union(older().select(Manager.id));
    let names =
        groups().having(User::id.not_in(either.clone())).select(User::name).order_by((either.one_value(), User::id));
    assert_eq!(names.count(&db).await?, 4);
    Ok(())
}

#[tokio::test]
async fn a_group_that_is_left_out_is_null() -> Result {
    let db = filled().await?;
    let count = |more_than: i64| posts().select(count_star()).having(count_star().gt(more_than)).one_value();
    let rows: Vec<(Option<i64>, Option<i64>)> =
        User::query().filter(User::id.eq(1)).select((count(1), count(2))).fetch_all(&db).await?;
    assert_eq!(rows, [(Some(2), None)]);
    Ok(())
}

#[tokio::test]
async fn two_levels_up() -> Result {
    let db = filled().await?;
    // The comments of users on their own posts.
    let own = Comment::query()
        .outer::<Post>()
        .outer::<User>()
        .filter((Comment::post_id.eq(Post::id), Comment::author_id.ne(User::id)))
        .select(count_star());
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(own.max());
    let rows: Vec<(String, Option<i64>)> =
        User::query().select((User::name, posts)).order_by(User::id).fetch_all(&db).await?;
    let expected = [("Ann", Some(1)), ("Bob", Some(1)), ("Cid", None), ("Dan", Some(0))];
    assert_eq!(rows, expected.map(|(name, most)| (name.to_owned(), most)));
    // An aggregate over columns of both queries belongs to the inner one.
    let sum = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select((Post::views + User::id).sum());
    let rows = User::query().select(sum).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(rows, [Some(322), Some(854), None, Some(13)]);
    Ok(())
}

#[tokio::test]
async fn in_writes() -> Result {
    let db = filled().await?;
    let most = Comment::query().outer::<Post>().filter(Comment::post_id.eq(Post::id)).select(count_star());
    Post::update().set(Post::views.set(most)).filter(Post::id.le(4)).execute(&db).await?;
    assert_eq!(Post::query().select(Post::views).order_by(Post::id).fetch_all(&db).await?, [2, 0, 1, 1, 0, 5]);
    let age = User::query().select(User::age.min());
    Post::insert()
        .values((
            Post::title.set("New"),
            Post::category.set(User::query().filter(User::id.eq(1)).select(User::name).one_value().coalesce("none")),
            Post::views.set(Comment::query().select(count_star())),
            Post::author_id.set(1),
        ))
        .execute(&db)
        .await?;
    let new = Post::query().filter(Post::title.eq("New")).select((Post::category, Post::views)).fetch_one(&db).await?;
    assert_eq!(new, ("Ann".to_owned(), 4));
    let youngest = Comment::query().filter(Comment::id.eq(4)).select(age).fetch_one(&db).await?;
    assert_eq!(youngest, Some(29));
    Ok(())
}

#[tokio::test]
async fn sql() -> Result {
    let mut gallery = Gallery::new(&empty().await?);
    let query = User::query::<D>().select((User::id, posts().select(count_star())));
    gallery.add("one aggregate", query.to_sql()).await?;
    let latest = posts().order_by(Post::id.desc()).select(Post::title).one_value();
    gallery.add("the first row", User::query::<D>().filter(latest.clone().like("A%")).to_sql()).await?;
    gallery.add("ordered by it", User::query::<D>().select(User::id).order_by(latest.desc()).to_sql()).await?;
    let oldest = User::query().select(User::age.max());
    gallery.add("compared with it", User::query::<D>().filter(User::age.eq(oldest)).select(User::id).to_sql()).await?;
    mizzle_tests::assert_snapshot!("scalars", gallery.text());
    Ok(())
}
