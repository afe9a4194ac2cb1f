//! WHERE: comparisons, absent conditions, lists, and what NULL does to all of them.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs, prepared};

use super::model::*;
use crate::D;

/// The ids of the posts for which a condition holds.
macro_rules! posts {
    ($db:expr, $filter:expr) => {
        Post::query().filter($filter).select(Post::id).order_by(Post::id).fetch_all($db).await?
    };
}

/// The names of the users for which a condition holds.
macro_rules! users {
    ($db:expr, $filter:expr) => {
        User::query().filter($filter).select(User::name).order_by(User::id).fetch_all($db).await?
    };
}

const NOTHING: [i64; 0] = [];

#[tokio::test]
async fn comparisons() -> Result {
    let db = &filled().await?;
    assert_eq!(posts!(db, Post::views.eq(20)), [2]);
    assert_eq!(posts!(db, Post::views.ne(20)), [1, 3, 4, 5, 6]);
    assert_eq!(posts!(db, Post::views.gt(150)), [1, 4]);
    assert_eq!(posts!(db, Post::views.ge(150)), [1, 3, 4]);
    assert_eq!(posts!(db, Post::views.lt(5)), [5]);
    assert_eq!(posts!(db, Post::views.le(5)), [5, 6]);
    assert_eq!(posts!(db, Post::views.between(5, 150)), [2, 3, 6]);
    assert_eq!(posts!(db, Post::views.not_between(5, 150)), [1, 4, 5]);
    assert_eq!(posts!(db, Post::views.between(150, 5)), NOTHING);
    assert_eq!(posts!(db, Post::views.gt(Post::id * 50)), [1, 4]);
    assert_eq!(posts!(db, Post::title.eq(Post::title).and(Post::title.lt("B"))), [1, 5]);
    assert_eq!(posts!(db, Post::title.eq("bread")), NOTHING);
    Ok(())
}

#[tokio::test]
async fn null_is_neither_equal_nor_different() -> Result {
    let db = &filled().await?;
    assert_eq!(users!(db, User::age.eq(29)), ["Bob", "Dan"]);
    assert_eq!(users!(db, User::age.ne(29)), ["Ann"]);
    assert_eq!(users!(db, !User::age.eq(29)), ["Ann"]);
    assert_eq!(users!(db, not(User::age.lt(40))), ["Ann"]);
    assert_eq!(users!(db, User::age.is_null()), ["Cid"]);
    assert_eq!(users!(db, User::age.is_not_null()), ["Ann", "Bob", "Dan"]);
    assert_eq!(users!(db, User::age.is_different_from(29)), ["Ann", "Cid"]);
    assert_eq!(users!(db, User::age.is_same_as(User::age)), ["Ann", "Bob", "Cid", "Dan"]);
    assert_eq!(users!(db, User::age.coalesce(0).lt(30)), ["Bob", "Cid", "Dan"]);
    assert_eq!(users!(db, User::age.null_if(29).is_null()), ["Bob", "Cid", "Dan"]);
    Ok(())
}

#[tokio::test]
async fn comparisons_are_selected_as_what_they_can_be() -> Result {
    let db = &filled().await?;
    let rows: Vec<(bool, Option<bool>, bool, bool)> = User::query()
        .select((User::id.gt(2), User::age.gt(30), User::age.is_null(), User::age.is_same_as(41)))
        .order_by(User::id)
        .fetch_all(db)
        .await?;
    assert_eq!(rows[0], (false, Some(true), false, true));
    assert_eq!(rows[2], (true, None, true, false));
    let both: Vec<Option<bool>> =
        User::query().select((User::age.gt(30)).and(User::id.gt(0))).order_by(User::id).fetch_all(db).await?;
    assert_eq!(both, [Some(true), Some(false), None, Some(false)]);
    let either: Vec<Option<bool>> =
        User::query().select(User::age.gt(30).or(User::id.gt(2))).order_by(User::id).fetch_all(db).await?;
    assert_eq!(either, [Some(true), Some(false), Some(true), Some(true)]);
    Ok(())
}

#[tokio::test]
async fn absent_conditions_add_nothing() -> Result {
    let db = &filled().await?;
    let absent: Option<&str> = None;
    let present = Some("%e%");
    let title = |pattern: Option<&'static str>| pattern.map(|pattern| Post::title.like(pattern));
    assert_eq!(posts!(db, title(absent)).len(), 6);
    assert_eq!(posts!(db, title(present)), [2, 3, 4, 6]);
    assert_eq!(posts!(db, and((title(absent), title(absent)))).len(), 6);
    assert_eq!(posts!(db, or((title(absent), title(absent)))).len(), 6);
    assert_eq!(posts!(db, or((title(absent), Post::id.eq(2)))), [2]);
    assert_eq!(
        posts!(db, and((title(present), Post::id.gt(2), or((title(absent), and((title(absent),))))))),
        [3, 4, 6]
    );
    assert_eq!(posts!(db, (title(present), Post::id.gt(3), title(absent))), [4, 6]);
    assert_eq!(posts!(db, Some(and((Post::id.gt(1), Some(Post::id.lt(3)))))), [2]);
    let query = Post::query::<D>().filter(and((title(absent), or((title(absent),)))));
    let statement = prepared(db, query.to_sql()).await?;
    assert!(!statement.sql.contains("WHERE"), "{statement}");
    Ok(())
}

#[tokio::test]
async fn and_binds_tighter_than_or() -> Result {
    let db = &filled().await?;
    let (one, two, tech) = (Post::id.eq(1), Post::id.eq(2), Post::category.eq("tech"));
    assert_eq!(posts!(db, one.or(two).and(tech)), [1]);
    assert_eq!(posts!(db, one.or(two.and(tech))), [1]);
    assert_eq!(posts!(db, two.or(one.and(tech))), [1, 2]);
    assert_eq!(posts!(db, !(one.or(two))), [3, 4, 5, 6]);
    assert_eq!(posts!(db, (!one).or(two)), [2, 3, 4, 5, 6]);
    assert_eq!(posts!(db, or((and((one, tech)), and((two, tech)), Post::id.eq(6)))), [1, 6]);
    assert_eq!(posts!(db, and((or((one, two)), or((two, tech))))), [1, 2]);
    assert_eq!(Post::query().filter(one.or(two)).filter(tech.or(two)).count(db).await?, 2);
    assert_eq!(posts!(db, one.or(two).eq(tech)), [1, 3, 5, 6]);
    Ok(())
}

#[tokio::test]
async fn conditions_that_grow_at_run_time() -> Result {
    let db = &filled().await?;
    assert_eq!(posts!(db, Filters::new().all()).len(), 6);
    assert_eq!(posts!(db, Filters::new().any()).len(), 6);
    let mut filters = Filters::new();
    assert!(filters.is_empty());
    filters.push(None::<Option<bool>>.map(|_| Post::id.eq(1)));
    assert!(filters.is_empty());
    filters.push(Post::views.gt(100));
    filters.push(or((Post::category.eq("food"), Post::id.eq(1))));
    filters.push((Post::id.lt(5), Post::id.gt(0)));
    assert_eq!(posts!(db, filters.clone().all()), [1, 3]);
    assert_eq!(posts!(db, filters.clone().any()), [1, 2, 3, 4]);
    assert_eq!(posts!(db, and((Post::id.ne(1), filters.clone().any()))), [2, 3, 4]);
    let mut outer = Filters::new();
    outer.push(filters.all());
    outer.push(Post::id.eq(6));
    assert_eq!(posts!(db, outer.any()), [1, 3, 6]);
    Ok(())
}

#[tokio::test]
async fn lists() -> Result {
    let db = &filled().await?;
    assert_eq!(posts!(db, Post::id.in_([1, 3, 99])), [1, 3]);
    assert_eq!(posts!(db, Post::id.not_in(vec![1, 3])), [2, 4, 5, 6]);
    assert_eq!(posts!(db, Post::category.in_(["food", "ads"])), [2, 3, 5]);
    let (owned, slice) = (vec!["food".to_owned()], ["ads", "wood"].map(str::to_owned));
    assert_eq!(posts!(db, Post::category.in_(&owned)), [2, 3]);
    assert_eq!(posts!(db, Post::category.in_(&slice)), [5, 6]);
    assert_eq!(posts!(db, Post::category.in_(&slice[1..])), [6]);
    let many: Vec<i64> = (0..30_000).collect();
    assert_eq!(posts!(db, Post::id.in_(&many)).len(), 6);
    Ok(())
}

#[tokio::test]
async fn empty_lists() -> Result {
    let db = &filled().await?;
    let none: Vec<i64> = Vec::new();
    assert_eq!(posts!(db, Post::id.in_(&none)), NOTHING);
    assert_eq!(posts!(db, Post::id.not_in(none)).len(), 6);
    assert_eq!(posts!(db, !Post::id.in_(NOTHING)).len(), 6);
    let no_ages: [i32; 0] = [];
    assert_eq!(users!(db, User::age.not_in(no_ages)).len(), 4);
    assert_eq!(users!(db, User::age.in_(no_ages).or(User::id.eq(1))), ["Ann"]);
    Ok(())
}

#[tokio::test]
async fn lists_and_null() -> Result {
    let db = &filled().await?;
    assert_eq!(users!(db, User::age.in_([29])), ["Bob", "Dan"]);
    assert_eq!(users!(db, User::age.not_in([29])), ["Ann"]);
    assert_eq!(users!(db, User::id.in_(User::query().select(User::manager_id))), ["Ann", "Bob"]);
    assert_eq!(users!(db, User::id.not_in(User::query().select(User::manager_id.coalesce(0)))), ["Cid", "Dan"]);
    Ok(())
}

#[tokio::test]
async fn text_patterns() -> Result {
    let db = &filled().await?;
    assert_eq!(posts!(db, Post::title.like("%e%")), [2, 3, 4, 6]);
    assert_eq!(posts!(db, Post::title.not_like("%e%")), [1, 5]);
    assert_eq!(posts!(db, Post::title.like("_read")), [2]);
    assert_eq!(posts!(db, Post::title.contains("%")), [5]);
    assert_eq!(posts!(db, Post::title.contains("_")), [6]);
    assert_eq!(posts!(db, Post::title.contains("\\")), NOTHING);
    assert_eq!(posts!(db, Post::title.starts_with("50%")), [5]);
    assert_eq!(posts!(db, Post::title.ends_with("s")), [4, 6]);
    assert_eq!(posts!(db, !Post::title.starts_with("")), NOTHING);
    assert_eq!(posts!(db, value("Cheese and bread").like(Post::title.concat("%"))), [3]);
    Ok(())
}

#[needs(LikeIgnoresCase)]
#[tokio::test]
async fn patterns_ignore_the_case_of_ascii() -> Result {
    let db = &filled().await?;
    assert_eq!(posts!(db, Post::title.like("%E%")), [2, 3, 4, 6]);
    assert_eq!(posts!(db, Post::title.ends_with("S")), [4, 6]);
    // Nor does a backslash mean anything in a pattern.
    assert_eq!(posts!(db, Post::title.like("50\\% o%")), NOTHING);
    Ok(())
}

#[needs(!LikeIgnoresCase)]
#[tokio::test]
async fn patterns_have_case() -> Result {
    let db = &filled().await?;
    assert_eq!(posts!(db, Post::title.like("%E%")), [6]);
    assert_eq!(posts!(db, Post::title.ends_with("S")), NOTHING);
    assert_eq!(posts!(db, Post::title.like("50\\% o%")), [5]);
    assert_eq!(posts!(db, Post::title.lower().like("%e%")), [2, 3, 4, 6]);
    Ok(())
}

#[tokio::test]
async fn a_plain_bool_column_is_a_condition() -> Result {
    let db = &filled().await?;
    assert_eq!(users!(db, User::is_active), ["Ann", "Bob", "Cid"]);
    assert_eq!(users!(db, !User::is_active), ["Dan"]);
    assert_eq!(users!(db, User::is_active.eq(false)), ["Dan"]);
    assert_eq!(users!(db, value(true)).len(), 4);
    assert_eq!(users!(db, User::is_active.ne(User::age.gt(30))), ["Bob"]);
    Ok(())
}
