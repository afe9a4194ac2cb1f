//! UNION, INTERSECT, EXCEPT, and the order of what a query returns.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result, needs};

use super::model::*;
use crate::D;

/// The ids of some users.
macro_rules! ids {
    ($($id:literal),*) => { User::query().filter(User::id.in_([$($id),*])).select(User::id) };
}

#[tokio::test]
async fn rows_of_two_queries() -> Result {
    let db = filled().await?;
    let all = ids!(1, 2).union(ids!(2, 3)).order_by_output(|id| id.asc());
    assert_eq!(all.fetch_all(&db).await?, [1, 2, 3]);
    let all = ids!(1, 2).union_all(ids!(2, 3)).order_by_output(|id| id.desc());
    assert_eq!(all.fetch_all(&db).await?, [3, 2, 2, 1]);
    assert_eq!(ids!(1, 2).intersect(ids!(2, 3)).fetch_all(&db).await?, [2]);
    assert_eq!(ids!(1, 2).except(ids!(2, 3)).fetch_all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
#[needs(SetsWithRepeats)]
async fn as_often_as_they_are_there() -> Result {
    let db = filled().await?;
    let twice = || ids!(1, 2).union_all(ids!(1, 2));
    let both = twice().intersect_all(ids!(1).union_all(ids!(1, 3)));
    assert_eq!(both.fetch_all(&db).await?, [1, 1]);
    let more = twice().except_all(ids!(1)).order_by_output(|id| id.asc());
    assert_eq!(more.fetch_all(&db).await?, [1, 2, 2]);
    Ok(())
}

#[tokio::test]
async fn in_the_order_of_the_calls() -> Result {
    let db = filled().await?;
    // INTERSECT comes first in SQL, but for SQLite: the calls decide.
    assert_eq!(ids!(1).union(ids!(2)).intersect(ids!(2)).fetch_all(&db).await?, [2]);
    let inner = ids!(1).union(ids!(2).intersect(ids!(2))).order_by_output(|id| id.asc());
    assert_eq!(inner.fetch_all(&db).await?, [1, 2]);
    assert_eq!(ids!(1, 2).intersect(ids!(2)).union(ids!(3)).count(&db).await?, 2);
    // On the right.
    assert_eq!(ids!(1, 2, 3).except(ids!(1).union(ids!(2))).fetch_all(&db).await?, [3]);
    assert_eq!(ids!(1, 2, 3).except(ids!(1)).except(ids!(2)).fetch_all(&db).await?, [3]);
    assert_eq!(ids!(1, 2, 3).except(ids!(1, 2).except(ids!(2))).count(&db).await?, 2);
    // Rows that repeat.
    assert_eq!(ids!(1).union_all(ids!(1)).union(ids!(1)).count(&db).await?, 1);
    assert_eq!(ids!(1).union(ids!(1)).union_all(ids!(1)).count(&db).await?, 2);
    assert_eq!(ids!(1).union_all(ids!(1).union(ids!(1))).count(&db).await?, 2);
    // Three deep, on both sides.
    let deep = ids!(1, 2).union(ids!(3)).intersect(ids!(2, 3)).except(ids!(3).union(ids!(4)).intersect(ids!(3)));
    assert_eq!(deep.fetch_all(&db).await?, [2]);
    Ok(())
}

#[tokio::test]
async fn sides_that_are_cut() -> Result {
    let db = filled().await?;
    let first = || User::query().order_by(User::id).limit(1).select(User::id);
    let last = || User::query().order_by(User::id.desc()).limit(1).select(User::id);
    let ends = first().union(last()).order_by_output(|id| id.desc());
    assert_eq!(ends.fetch_all(&db).await?, [4, 1]);
    assert_eq!(ids!(1, 4).except(last()).fetch_all(&db).await?, [1]);
    // The whole is cut, too.
    let page = ids!(1, 2).union(ids!(3, 4)).order_by_output(|id| id.asc());
    assert_eq!(page.clone().page(2, 2).fetch_all(&db).await?, [3, 4]);
    assert_eq!(page.clone().limit(3).offset(1).fetch_all(&db).await?, [2, 3, 4]);
    assert_eq!(page.clone().fetch_one(&db).await?, 1);
    assert_eq!(page.clone().fetch_optional(&db).await?, Some(1));
    assert_eq!(page.clone().count(&db).await?, 4);
    assert_eq!(page.clone().limit(3).count(&db).await?, 3);
    assert!(page.clone().exists(&db).await?);
    assert!(!ids!(1).intersect(ids!(2)).exists(&db).await?);
    // A whole that is cut, as a side.
    let three = page.limit(3).except(ids!(1)).order_by_output(|id| id.asc());
    assert_eq!(three.fetch_all(&db).await?, [2, 3]);
    // The order of a side without a limit does not matter, and is not an error.
    let ordered = User::query().order_by(User::name).select(User::id).union(ids!(1));
    assert_eq!(ordered.count(&db).await?, 4);
    Ok(())
}

#[tokio::test]
async fn rows_of_several_columns() -> Result {
    let db = filled().await?;
    // A column that can be NULL on one side is an `Option`.
    let rows: Vec<(String, Option<i64>)> = User::query()
        .filter(User::id.le(2))
        .select((User::name, User::id))
        .union(User::query().filter(User::id.le(2)).select((User::name, User::manager_id)))
        .order_by_output(|(name, id)| (name.asc(), id.desc().nulls_last()))
        .fetch_all(&db)
        .await?;
    let expected = [("Ann", Some(1)), ("Ann", None), ("Bob", Some(2)), ("Bob", Some(1))];
    assert_eq!(rows, expected.map(|(name, id)| (name.to_owned(), id)));
    // Names.
    let users = User::query().select(row!({ kind: value("user"), id: User::id, manager: User::id }));
    let managed = User::query().select(row!({ what: User::name, id: User::id, other: User::manager_id }));
    let rows =
        users.union_all(managed).order_by_output(|row| (row.id.desc(), row.kind)).limit(2).fetch_all(&db).await?;
    assert_eq!((rows[0].kind.as_str(), rows[0].id, rows[0].manager), ("Dan", 4, Some(2)));
    assert_eq!((rows[1].kind.as_str(), rows[1].id, rows[1].manager), ("user", 4, Some(4)));
    // Whole rows.
    let old = User::query().filter(User::age.gt(40));
    let young = User::query().filter(User::age.lt(40));
    let users = old.union(young).order_by_output(|user| user.name.desc()).fetch_all(&db).await?;
    assert_eq!(users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Dan", "Bob", "Ann"]);
    // What is left comes from the first side alone.
    let managers = User::query().select(User::manager_id);
    let others: Vec<i64> = ids!(1, 2, 3, 4).except(managers).order_by_output(|id| id.asc()).fetch_all(&db).await?;
    assert_eq!(others, [3, 4]);
    // Groups, aggregates and DISTINCT.
    let counts = Post::query().group_by(Post::category).select((Post::category, count_star()));
    let total = Post::query().select((Post::title.min().coalesce(""), count_star()));
    let rows = counts.union(total).order_by_output(|(_, count)| count.desc()).limit(1).fetch_one(&db).await?;
    assert_eq!(rows, ("50% off".to_owned(), 6));
    let categories =
        Post::query().distinct().select(Post::category).union_all(Post::query().distinct().select(Post::category));
    assert_eq!(categories.count(&db).await?, 8);
    Ok(())
}

#[tokio::test]
async fn as_subqueries() -> Result {
    let db = filled().await?;
    let names = User::query().select(User::name).order_by(User::id);
    let busy = Post::query().select(Post::author_id).union(Comment::query().select(Comment::author_id.coalesce(0)));
    assert_eq!(names.clone().filter(User::id.in_(busy.clone())).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    assert_eq!(names.clone().filter(User::id.not_in(busy.clone())).fetch_all(&db).await?, ["Cid"]);
    let first = busy.clone().order_by_output(|id| id.desc()).limit(1);
    assert_eq!(names.clone().filter(User::id.in_(first.clone())).fetch_all(&db).await?, ["Dan"]);
    assert_eq!(names.clone().filter(User::id.eq(first.one_value())).fetch_all(&db).await?, ["Dan"]);
    let best = Post::query().order_by(Post::views.desc()).limit(1).select(Post::author_id);
    assert_eq!(names.clone().filter(User::id.in_(best.union(ids!(3)))).fetch_all(&db).await?, ["Bob", "Cid"]);
    when! { QuantifiedComparisons;
        assert_eq!(names.clone().filter(User::id.ge_all(busy)).fetch_all(&db).await?, ["Dan"]);
    }
    // Correlated on both sides.
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::views);
    let comments = Comment::query().outer::<User>().filter(Comment::author_id.eq(User::id)).select(Comment::post_id);
    let either = posts.clone().union_all(comments.clone());
    assert_eq!(names.clone().filter(exists(either.clone())).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    let rows: Vec<(String, Option<i64>)> = User::query()
        .select((User::name, either.order_by_output(|number| number.desc()).one_value()))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [Some(300), Some(700), None, Some(5)]);
    let grouped = User::query().group_by(User::key()).having(exists(posts.except(comments))).select(User::name);
    assert_eq!(grouped.order_by(User::id).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    Ok(())
}

#[tokio::test]
async fn in_from() -> Result {
    let db = filled().await?;
    let own = || Post::query().select(row!({ user: Post::author_id, n: Post::views }));
    let both = own().union_all(Comment::query().select(row!({ user: Comment::author_id.coalesce(0), n: Comment::id })));
    let both = both.order_by_output(|row| row.n.desc()).limit(9);
    let things = both.clone().derived(alias!(things));
    let sums = User::query()
        .inner_join_to(&things)
        .on(things.user.eq(User::id))
        .group_by(User::key())
        .select((User::name, things.n.sum()))
        .order_by(User::id);
    let expected = [("Ann", Some(327)), ("Bob", Some(851)), ("Dan", Some(5))];
    assert_eq!(sums.fetch_all(&db).await?, expected.map(|(name, sum)| (name.to_owned(), sum)));
    // A common table of two sides, read by both sides of another one.
    let table = both.cte(alias!(both));
    let twice = table.query().select(table.n).union(table.query().select(table.n + 1000));
    assert_eq!(twice.order_by_output(|n| n.desc()).limit(2).fetch_all(&db).await?, [1700, 1300]);
    Ok(())
}

#[tokio::test]
async fn in_a_loop() -> Result {
    let db = filled().await?;
    let mut all = ids!(1).union(ids!(1));
    for id in [2_i64, 3] {
        all = all.union(User::query().filter(User::id.eq(id)).select(User::id));
    }
    assert_eq!(all.order_by_output(|id| id.asc()).fetch_all(&db).await?, [1, 2, 3]);
    Ok(())
}

#[tokio::test]
async fn into_a_table() -> Result {
    let db = filled().await?;
    let titles = User::query().select((User::name, User::email, User::id));
    let others = Post::query().filter(Post::id.eq(1)).select((Post::title, Post::category, Post::author_id));
    let columns = (Post::title, Post::category, Post::author_id);
    let both = titles.clone().union(others.clone());
    assert_eq!(Post::insert().from_query(columns, both.clone()).execute(&db).await?, 5);
    let first = titles.order_by(User::id).limit(1).union(others);
    assert_eq!(Post::insert().from_query(columns, first).execute(&db).await?, 2);
    let twice = both.order_by_output(|(title, _, _)| title.asc()).limit(1);
    assert_eq!(Post::insert().from_query(columns, twice).execute(&db).await?, 1);
    // The other subqueries as well.
    let most = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::title.max());
    let rows = User::query().select((most.coalesce("none"), User::name, User::id));
    assert_eq!(Post::insert().from_query(columns, rows).execute(&db).await?, 4);
    Ok(())
}

#[tokio::test]
#[needs(OnConflict)]
async fn into_a_table_with_conflicts() -> Result {
    let db = filled().await?;
    let columns = (User::id, User::name, User::email);
    let both = User::query().select((User::id, User::name, User::email)).union(User::query().select((
        User::id,
        User::name,
        User::email,
    )));
    let insert = User::insert().from_query(columns, both).on_conflict(User::id).do_update(User::name.set("x"));
    assert_eq!(insert.execute(&db).await?, 4);
    assert_eq!(User::query().filter(User::name.eq("x")).count(&db).await?, 4);
    Ok(())
}

#[tokio::test]
async fn ordered_by_what_is_returned() -> Result {
    let db = filled().await?;
    let rank = || User::name.length() * 10 - User::id;
    let rows = User::query().select((User::name, rank())).order_by_output(|(_, rank)| rank).fetch_all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [26, 27, 28, 29]);
    let named = User::query().select(row!({ name: User::name, age: User::age }));
    let rows =
        named.clone().order_by_output(|row| (row.age.asc().nulls_last(), row.name.desc())).fetch_all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Dan", "Bob", "Ann", "Cid"]);
    let rows = named.order_by_output(|row| (row.age.desc().nulls_first(), row.name)).fetch_all(&db).await?;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Cid", "Ann", "Bob", "Dan"]);
    let ages = User::query().distinct().select(User::age).order_by_output(|age| age.desc().nulls_last());
    assert_eq!(ages.fetch_all(&db).await?, [Some(41), Some(29), None]);
    let counts = Post::query().group_by(Post::category).select((Post::category, Post::views.sum()));
    let best = counts.order_by_output(|(_, views)| views.desc()).fetch_one(&db).await?;
    assert_eq!(best, ("tech".to_owned(), Some(1000)));
    Ok(())
}

#[tokio::test]
async fn prepared() -> Result {
    let db = filled().await?;
    let by = prepare(|(low, high): (Param<i64>, Param<i64>)| {
        let small = User::query().filter(User::id.lt(low)).select(User::id);
        small.union(User::query().filter(User::id.gt(high)).select(User::id)).order_by_output(|id| id.asc())
    });
    assert_eq!(by.fetch_all(&db, (2, 3)).await?, [1, 4]);
    assert_eq!(by.fetch_all(&db, (3, 4)).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn sql() -> Result {
    let mut gallery = Gallery::new(&empty().await?);
    let users = || User::query::<D>().select((User::id, User::name));
    let posts = || Post::query::<D>().select((Post::id, Post::title));
    let comments = || Comment::query::<D>().select((Comment::id, Comment::body));
    gallery.add("flat", users().union(posts()).union_all(users()).except(posts()).to_sql()).await?;
    gallery.add("intersected", users().union(posts()).intersect(users()).to_sql()).await?;
    gallery.add("then united", users().intersect(posts()).intersect(users()).union(users()).to_sql()).await?;
    gallery.add("on the right", users().except(posts().union(users())).to_sql()).await?;
    gallery
        .add("cut sides", users().order_by(User::id).limit(2).union(posts().order_by(Post::id).limit(1)).to_sql())
        .await?;
    let whole = users().union(posts()).order_by_output(|(id, name)| (name.desc(), id)).limit(3);
    gallery.add("cut as a whole", whole.clone().to_sql()).await?;
    gallery.add("and then a side", whole.clone().union_all(comments()).to_sql()).await?;
    let nulls = users().union(comments()).order_by_output(|(_, name)| name.desc().nulls_last());
    gallery.add("with NULLs last", nulls.to_sql()).await?;
    let ids = users().union(posts());
    gallery
        .add(
            "in a subquery",
            User::query::<D>().filter(row_value((User::id, User::name)).in_(ids)).select(User::id).to_sql(),
        )
        .await?;
    gallery
        .add(
            "in a subquery, cut",
            User::query::<D>().filter(row_value((User::id, User::name)).in_(whole)).select(User::id).to_sql(),
        )
        .await?;
    mizzle_tests::assert_snapshot!("sets", gallery.text());
    Ok(())
}
