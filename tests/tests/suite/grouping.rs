//! GROUP BY and HAVING.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::model::*;
use crate::D;

sql_function! { fn parity(number: i64) -> i64 = "{number} % 2" }

#[tokio::test]
async fn by_a_column() -> Result {
    let db = filled().await?;
    let rows = Post::query()
        .group_by(Post::category)
        .select((Post::category, count_star(), Post::views.sum(), Post::discount.count(), Post::category.upper()))
        .order_by(Post::category)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[1], ("food".into(), 2, Some(170), 1, "FOOD".into()));
    assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [1, 2, 2, 1]);
    Ok(())
}

#[tokio::test]
async fn by_a_nullable_column() -> Result {
    let db = filled().await?;
    let rows =
        User::query().group_by(User::age).select((User::age, count_star())).order_by(User::age.asc().nulls_last());
    assert_eq!(rows.fetch_all(&db).await?, [(Some(29), 2), (Some(41), 1), (None, 1)]);
    Ok(())
}

#[tokio::test]
async fn by_an_expression() -> Result {
    let db = filled().await?;
    let rows =
        Post::query().group_by(parity(Post::id)).select((parity(Post::id), Post::id.max())).order_by(parity(Post::id));
    assert_eq!(rows.fetch_all(&db).await?, [(0, Some(6)), (1, Some(5))]);
    let length = Post::title.length();
    let rows = Post::query()
        .group_by((length, Post::discount.is_null()))
        .having(count_star().gt(1))
        .select((length, count_star()))
        .order_by(length.desc());
    assert_eq!(rows.fetch_all(&db).await?, [(9, 2)]);
    Ok(())
}

#[needs(KeyExpressions)]
#[tokio::test]
async fn expressions_of_a_key_that_is_an_expression() -> Result {
    let db = filled().await?;
    let length = Post::title.length();
    let rows = Post::query()
        .group_by((length, Post::discount.is_null()))
        .having(length.gt(5).and(Post::discount.is_null()))
        .select((length, length * 10, count_star()))
        .order_by((length * 2).desc());
    assert_eq!(rows.fetch_all(&db).await?, [(9, 90, 2)]);
    Ok(())
}

#[needs(KeyExpressionParts)]
#[tokio::test]
async fn expressions_of_a_key_that_is_an_expression_outside_of_having() -> Result {
    let db = filled().await?;
    let length = Post::title.length();
    let rows = Post::query()
        .group_by(length)
        .select((length, length * 10, count_star()))
        .order_by((length * 2).desc())
        .limit(1)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[0].1, rows[0].0 * 10);
    Ok(())
}

#[tokio::test]
async fn having_a_column_that_depends_on_the_key() -> Result {
    let db = filled().await?;
    let users = User::query().left_join::<Post>().on(User::posts()).group_by(User::key());
    let rows = users.having(User::name.ne("Ann").and(Post::id.count().gt(0))).select(User::id).order_by(User::id);
    assert_eq!(rows.fetch_all(&db).await?, [2, 4]);
    Ok(())
}

#[tokio::test]
async fn by_a_whole_row() -> Result {
    let db = filled().await?;
    let rows: Vec<(User, i64, Option<f64>, String)> = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .group_by(User::key())
        .having(Post::id.count().lt(2).or(User::name.eq("Ann")))
        .select((User::all(), Post::id.count(), Post::views.avg(), User::name.concat("!")))
        .order_by((Post::id.count().desc(), User::name.asc()))
        .fetch_all(&db)
        .await?;
    let rows: Vec<_> = rows.into_iter().map(|(user, posts, views, name)| (user.id, posts, views, name)).collect();
    assert_eq!(rows, [(1, 2, Some(160.0), "Ann!".to_owned()), (3, 0, None, "Cid!".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn by_the_row_of_an_alias_and_several_keys() -> Result {
    let db = filled().await?;
    let rows = User::query()
        .left_join::<Manager>()
        .on(Manager.id.eq(User::manager_id))
        .group_by((Manager::key(), User::is_active))
        .select((Manager.name, User::is_active, count_star()))
        .order_by((Manager.id.asc().nulls_first(), User::is_active.asc()))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [(None, true, 1), (Some("Ann".into()), true, 2), (Some("Bob".into()), false, 1)]);
    Ok(())
}

#[tokio::test]
async fn conditions_on_groups() -> Result {
    let db = filled().await?;
    let groups = Post::query().group_by(Post::category);
    let names = |query: mizzle::query::Select<D, (Post,), Post, mizzle::query::state::Grouped<_>>| {
        query.select(Post::category).order_by(Post::category)
    };
    let at_least_two = groups.clone().having(count_star().ge(2));
    assert_eq!(names(at_least_two.clone()).fetch_all(&db).await?, ["food", "tech"]);
    let and_popular = at_least_two.having(Post::views.sum().gt(500));
    assert_eq!(names(and_popular).fetch_all(&db).await?, ["tech"]);
    let of_some = groups.having(Post::discount.max().is_null());
    assert_eq!(names(of_some).fetch_all(&db).await?, ["wood"]);
    let after_select = Post::query().group_by(Post::category).select(count_star()).having(Post::category.eq("ads"));
    assert_eq!(after_select.fetch_all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn filters_come_before_groups() -> Result {
    let db = filled().await?;
    let rows = Post::query()
        .filter(Post::views.gt(10))
        .group_by(Post::category)
        .select((Post::category, count_star()))
        .filter(Post::id.ne(4))
        .order_by(count_star().desc())
        .limit(1)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [("food".to_owned(), 2)]);
    Ok(())
}

#[tokio::test]
async fn named_rows_of_groups() -> Result {
    struct Category {
        name: String,
        posts: i64,
        best: Option<i64>,
    }
    let db = filled().await?;
    let row = row!(Category { name: Post::category, posts: count_star(), best: Post::views.max() });
    let rows = Post::query().group_by(Post::category).select(row).order_by(Post::category).fetch_all(&db).await?;
    assert_eq!((rows[3].name.as_str(), rows[3].posts, rows[3].best), ("wood", 1, Some(5)));
    Ok(())
}

#[tokio::test]
async fn a_group_of_none_has_no_row_and_no_group_has_one() -> Result {
    let db = empty().await?;
    let grouped = Post::query().group_by(Post::category).select((Post::category, count_star()));
    assert!(grouped.fetch_all(&db).await?.is_empty());
    let whole = Post::query().select((count_star(), Post::views.sum(), Post::views.max(), Post::views.avg()));
    assert_eq!(whole.fetch_all(&db).await?, [(0, None, None, None)]);
    Ok(())
}

#[tokio::test]
async fn by_an_expression_with_a_number_in_it() -> Result {
    let db = filled().await?;
    let hundreds = Post::views / constant::<i64, 100>();
    let rows = Post::query()
        .group_by(hundreds)
        .select((hundreds, count_star()))
        .order_by(hundreds.desc())
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [(7, 1), (3, 1), (1, 1), (0, 3)]);
    let negative = Post::query().select(Post::id - constant::<i64, -1>()).order_by(Post::id).limit(1);
    assert_eq!(negative.fetch_all(&db).await?, [2]);
    Ok(())
}
