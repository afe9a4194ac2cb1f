//! Relations in expressions: whether there are rows, how many, and what they add up to.

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::model::*;

#[tokio::test]
async fn rows_that_are_there_or_not() -> Result {
    let db = filled().await?;
    let users = || User::query().select(User::name).order_by(User::id);
    assert_eq!(users().filter(User::posts().any()).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    assert_eq!(users().filter(User::posts().none()).fetch_all(&db).await?, ["Cid"]);
    let popular = User::posts().any_where(Post::views.gt(200));
    assert_eq!(users().filter(popular).fetch_all(&db).await?, ["Ann", "Bob"]);
    let free = User::posts().none_where((Post::category.eq("food"), Post::views.gt(10)));
    assert_eq!(users().filter(free).fetch_all(&db).await?, ["Cid", "Dan"]);
    // A discount that is NULL is not more than 0.1; of no posts all are.
    let all = User::posts().all_where(Post::discount.gt(0.1));
    assert_eq!(users().filter(all).fetch_all(&db).await?, ["Cid"]);
    let all = User::posts().all_where(Post::views.ge(20));
    assert_eq!(users().filter(all).fetch_all(&db).await?, ["Ann", "Bob", "Cid"]);
    Ok(())
}

#[tokio::test]
async fn through_several_tables() -> Result {
    let db = filled().await?;
    let discussed = User::posts().any_where(Post::comments().any_where(Comment::body.eq("fast")));
    assert_eq!(User::query().filter(discussed).select(User::name).fetch_all(&db).await?, ["Bob"]);
    let of_ann = Comment::query().filter(Comment::post().any_where(Post::author().any_where(User::name.eq("Ann"))));
    assert_eq!(of_ann.select(Comment::id).order_by(Comment::id).fetch_all(&db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn of_a_table_with_itself() -> Result {
    let db = filled().await?;
    let users = || User::query().select(User::name).order_by(User::id);
    assert_eq!(users().filter(User::employees().any()).fetch_all(&db).await?, ["Ann", "Bob"]);
    let of_cid = User::employees().any_where(User::name.eq("Cid"));
    assert_eq!(users().filter(of_cid).fetch_all(&db).await?, ["Ann"]);
    // Ann has an employee, Bob, who has an employee.
    let twice = User::employees().any_where(User::employees().any_where(User::name.eq("Dan")));
    assert_eq!(users().filter(twice).fetch_all(&db).await?, ["Ann"]);
    let up = User::manager().any_where(User::manager().none().and(User::name.eq("Ann")));
    assert_eq!(users().filter(up).fetch_all(&db).await?, ["Bob", "Cid"]);
    let counts = User::query().select((User::name, User::employees().count_where(User::age.is_not_null())));
    let counts = counts.order_by(User::id).fetch_all(&db).await?;
    assert_eq!(counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 1, 0, 0]);
    let oldest = User::query().select(User::employees().max(User::age)).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(oldest, [Some(29), Some(29), None, None]);
    Ok(())
}

#[tokio::test]
async fn back_to_the_same_table_through_others() -> Result {
    let db = filled().await?;
    let users = || User::query().select(User::name).order_by(User::id);
    // An employee with a post that Ann has commented on: the name is the one of who comments.
    let by_ann = Comment::author().any_where(User::name.eq("Ann"));
    let discussed = User::employees().any_where(User::posts().any_where(Post::comments().any_where(by_ann)));
    assert_eq!(users().filter(discussed).fetch_all(&db).await?, ["Ann"]);
    // A subquery that is written by hand means the employee, not the user.
    let with_posts = exists(Post::query().outer::<User>().filter(Post::author_id.eq(User::id)));
    assert_eq!(users().filter(User::employees().any_where(with_posts)).fetch_all(&db).await?, ["Ann", "Bob"]);
    let best = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::views.max());
    let popular = User::employees().any_where(value(600_i64).lt(best));
    assert_eq!(users().filter(popular).fetch_all(&db).await?, ["Ann"]);
    // One that is not correlated has users of its own.
    let anybody = exists(User::query().filter(User::posts().any_where(Post::views.gt(600))));
    assert_eq!(users().filter(User::employees().any_where(anybody)).fetch_all(&db).await?, ["Ann", "Bob"]);
    Ok(())
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    Related (name = "related", has_many(kids = Related::parent_id)) {
        id: i64 [primary_key],
        parent_id: Option<i64> [references = Related::id],
    }
}

#[tokio::test]
async fn a_table_that_is_called_as_the_alias_would_be() -> Result {
    let db = super::database(&mizzle::schema! { Related }).await?;
    for (id, parent) in [(1, None), (2, Some(1)), (3, Some(2))] {
        Related::insert().values((Related::id.set(id), Related::parent_id.set(parent))).execute(&db).await?;
    }
    let parents = Related::query().filter(Related::kids().any()).select(Related::id).order_by(Related::id);
    assert_eq!(parents.fetch_all(&db).await?, [1, 2]);
    let deep = (0..6).fold(Related::kids().any(), |inner, _| Related::kids().any_where(inner));
    assert!(Related::query().filter(deep).select(Related::id).fetch_all(&db).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn counted_and_summed() -> Result {
    let db = filled().await?;
    let rows: Vec<(String, i64, Option<i64>)> = User::query()
        .select((User::name, User::posts().count(), User::posts().sum(Post::views)))
        .order_by((User::posts().sum(Post::views).coalesce(0).desc(), User::id))
        .fetch_all(&db)
        .await?;
    let named = |name: &str, count, sum| (name.to_owned(), count, sum);
    let expected =
        [named("Bob", 2, Some(850)), named("Ann", 2, Some(320)), named("Dan", 2, Some(5)), named("Cid", 0, None)];
    assert_eq!(rows, expected);
    let many = User::query().filter(User::posts().count_where(Post::views.gt(100)).ge(2)).select(User::name);
    assert_eq!(many.fetch_all(&db).await?, ["Bob"]);
    let titles = User::query().select(User::posts().min(Post::title)).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(titles, [Some("AI and you".to_owned()), Some("Cheese".into()), None, Some("50% off".into())]);
    let average = User::query().filter(User::id.eq(2)).select(User::posts().avg(Post::views));
    assert_eq!(average.fetch_one(&db).await?, Some(425.0));
    Ok(())
}

#[tokio::test]
async fn in_writes_and_beside_what_is_loaded() -> Result {
    let db = filled().await?;
    let users = User::query().with(User::posts().filter(Post::comments().any())).order_by(User::posts().count());
    let users = users.order_by(User::id).fetch_all(&db).await?;
    let found: Vec<_> = users.iter().map(|(user, posts)| (user.name.as_str(), posts.len())).collect();
    assert_eq!(found, [("Cid", 0), ("Ann", 1), ("Bob", 2), ("Dan", 0)]);
    let gone = Post::delete().filter(Post::comments().none()).execute(&db).await?;
    assert_eq!(gone, 3);
    Ok(())
}
