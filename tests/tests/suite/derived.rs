//! Queries in FROM: derived tables, and those that are made anew for each row (LATERAL).

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::model::*;
use crate::D;

alias!(struct Popular);

/// The posts that were seen most.
fn popular(count: u64) -> DerivedTable<D, Popular, Post> {
    Post::query().order_by(Post::views.desc()).limit(count).derived(Popular)
}

#[tokio::test]
async fn joined() -> Result {
    let db = filled().await?;
    let totals = Post::query()
        .group_by(Post::author_id)
        .having(count_star().gt(1))
        .select(row!({ author: Post::author_id, n: count_star(), views: Post::views.sum() }))
        .derived(alias!(totals));
    let rows = User::query()
        .inner_join_to(&totals)
        .on(totals.author.eq(User::id))
        .filter(totals.views.gt(10).and(User::id.gt(0)))
        .select((User::name, totals.n, totals.views))
        .order_by(totals.views.desc());
    assert_eq!(rows.fetch_all(&db).await?, [("Bob".into(), 2, Some(850)), ("Ann".into(), 2, Some(320))]);
    let rows = User::query()
        .left_join_to(&totals)
        .on(totals.author.eq(User::id).and(totals.views.gt(400)))
        .select((User::name, totals.n, totals.n.is_null()))
        .order_by(User::id)
        .limit(2);
    assert_eq!(rows.fetch_all(&db).await?, [("Ann".into(), None, true), ("Bob".into(), Some(2), false)]);
    let rows = User::query().right_join_to(&totals).on(totals.author.eq(User::id)).select((User::name, totals.n));
    assert_eq!(rows.fetch_all(&db).await?.len(), 3);
    let rows = User::query().cross_join_to(&totals).count(&db).await?;
    assert_eq!(rows, 12);
    Ok(())
}

#[needs(FullJoin)]
#[tokio::test]
async fn joined_fully() -> Result {
    let db = filled().await?;
    let tech = Post::query().filter(Post::category.eq("tech")).derived(alias!(tech));
    let rows = User::query()
        .full_join_to(&tech)
        .on(tech.author_id.eq(User::id))
        .select((User::name, tech.title))
        .order_by(User::id);
    let expected = [("Ann", Some("AI and you")), ("Bob", Some("Databases")), ("Cid", None), ("Dan", None)];
    let expected = expected.map(|(name, title)| (Some(name.to_owned()), title.map(str::to_owned)));
    assert_eq!(rows.fetch_all(&db).await?, expected);
    Ok(())
}

#[tokio::test]
async fn whole_rows() -> Result {
    let db = filled().await?;
    let best = popular(2);
    let posts = best.query().order_by(best.id).fetch_all(&db).await?;
    assert_eq!(posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(), ["AI and you", "Databases"]);
    let rows = User::query().left_join_to(&best).on(best.author_id.eq(User::id)).order_by(User::id);
    let rows: Vec<(User, Option<Post>)> = rows.fetch_all(&db).await?;
    assert_eq!(rows.iter().map(|(_, post)| post.is_some()).collect::<Vec<_>>(), [true, true, false, false]);
    assert_eq!(best.query().select(best.views.sum()).fetch_one(&db).await?, Some(1000));
    Ok(())
}

#[tokio::test]
async fn named_rows_and_places() -> Result {
    let db = filled().await?;
    let named = User::query().select(row!({ id: User::id, r#type: User::age })).derived(alias!(named));
    let rows = named.query().filter(named.r#type.is_null()).fetch_all(&db).await?;
    assert_eq!((rows.len(), rows[0].id, rows[0].r#type), (1, 3, None));
    let joined = User::query().left_join_to(&named).on(named.id.eq(User::id).and(named.id.ne(1))).order_by(User::id);
    let rows = joined.fetch_all(&db).await?;
    assert!(rows[0].1.is_none());
    assert_eq!(rows[2].1.as_ref().map(|row| (row.id, row.r#type)), Some((3, None)));
    let places = User::query().select((User::id, User::name.lower())).derived(alias!(places));
    let rows = places.query().filter(places.1.eq("bob")).select((places.0 + 1, places.1));
    assert_eq!(rows.fetch_all(&db).await?, [(3, "bob".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn aggregates_and_grouping() -> Result {
    let db = filled().await?;
    let per_author = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(per_author));
    assert_eq!(
        per_author.query().select((per_author.n.max(), per_author.n.avg())).fetch_one(&db).await?,
        (Some(2), Some(2.0))
    );
    let sizes = per_author
        .query()
        .group_by(per_author.n)
        .having(count_star().gt(1))
        .select((per_author.n, count_star()))
        .order_by(per_author.n);
    assert_eq!(sizes.fetch_all(&db).await?, [(2, 3)]);
    assert_eq!(per_author.query().distinct().select(per_author.n).fetch_all(&db).await?, [2]);
    assert_eq!(per_author.query().count(&db).await?, 3);
    assert!(per_author.query().filter(per_author.n.eq(2)).exists(&db).await?);
    let page = per_author.query().select(per_author.author).order_by(per_author.author).page(2, 2);
    assert_eq!(page.fetch_all(&db).await?, [4]);
    Ok(())
}

#[tokio::test]
async fn inside_of_each_other_and_of_subqueries() -> Result {
    let db = filled().await?;
    let seen = Post::query().filter(Post::views.gt(5)).derived(alias!(seen));
    let longer = seen
        .query()
        .filter(seen.title.length().gt(5))
        .select(row!({ author: seen.author_id, title: seen.title }))
        .derived(alias!(longer));
    let rows = longer.query().filter(longer.author.eq(2)).select(longer.title).order_by(longer.title);
    assert_eq!(rows.fetch_all(&db).await?, ["Cheese", "Databases"]);
    let authors = User::query().filter(User::id.in_(longer.query().select(longer.author))).select(User::name);
    assert_eq!(authors.order_by(User::id).fetch_all(&db).await?, ["Ann", "Bob"]);
    let idle = User::query()
        .filter(not_exists(longer.query().outer::<User>().filter(longer.author.eq(User::id))))
        .select(User::name)
        .order_by(User::id);
    assert_eq!(idle.fetch_all(&db).await?, ["Cid", "Dan"]);
    Ok(())
}

#[tokio::test]
async fn twice_by_another_name() -> Result {
    let db = filled().await?;
    let first = Post::query().filter(Post::category.eq("food")).derived(alias!(first));
    let second = first.alias(alias!(second));
    let pairs = first.query().inner_join_to(&second).on(second.id.gt(first.id)).select((first.title, second.title));
    assert_eq!(pairs.fetch_all(&db).await?, [("Bread".to_owned(), "Cheese".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn values_in_their_order() -> Result {
    let db = filled().await?;
    let some = |least: i64, category: &str| {
        Post::query()
            .filter(Post::views.ge(least).and(Post::category.eq(category)))
            .select(row!({ author: Post::author_id, shown: value(least) }))
    };
    let a = some(100, "tech").derived(alias!(a));
    let b = some(10, "food").derived(alias!(b));
    let rows = User::query()
        .inner_join_to(&a)
        .on(a.author.eq(User::id).and(a.shown.eq(100)))
        .inner_join_to(&b)
        .on(b.author.eq(User::id).and(b.shown.eq(10)))
        .filter(User::name.eq("Ann"))
        .select((User::id, a.shown, b.shown, value("x")));
    assert_eq!(rows.fetch_all(&db).await?, [(1, 100, 10, "x".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn with_parameters() -> Result {
    let db = filled().await?;
    let query = prepare(|(least, name): (Param<i64>, Param<String>)| {
        let many = Post::query()
            .filter(Post::views.ge(least))
            .group_by(Post::author_id)
            .select(row!({ author: Post::author_id, n: count_star() }))
            .derived(alias!(many));
        User::query::<D>()
            .inner_join_to(&many)
            .on(many.author.eq(User::id))
            .filter(User::name.ne(name))
            .select((User::name, many.n))
            .order_by(User::id)
    });
    assert_eq!(query.fetch_all(&db, (20, "Bob".into())).await?, [("Ann".to_owned(), 2)]);
    assert_eq!(query.fetch_all(&db, (0, "Ann".into())).await?, [("Bob".to_owned(), 2), ("Dan".to_owned(), 2)]);
    Ok(())
}

#[needs(Lateral)]
#[tokio::test]
async fn lateral() -> Result {
    let db = filled().await?;
    let best = Post::query()
        .outer::<User>()
        .filter(Post::author_id.eq(User::id).and(Post::views.gt(0)))
        .select(row!({ title: Post::title, views: Post::views }))
        .order_by(Post::views.desc())
        .limit(1)
        .lateral(alias!(best));
    let rows = User::query().cross_join_lateral(&best).select((User::name, best.title)).order_by(User::id);
    let expected = [("Ann", "AI and you"), ("Bob", "Databases"), ("Dan", "Elm_trees")];
    assert_eq!(rows.fetch_all(&db).await?, expected.map(|(name, title)| (name.to_owned(), title.to_owned())));
    let rows = User::query()
        .left_join_lateral(&best)
        .on(best.views.gt(100))
        .select((User::name, best.title))
        .order_by(User::id);
    let expected = [("Ann", Some("AI and you")), ("Bob", Some("Databases")), ("Cid", None), ("Dan", None)];
    assert_eq!(rows.fetch_all(&db).await?, expected.map(|(name, title)| (name.to_owned(), title.map(str::to_owned))));
    let rows = User::query().inner_join_lateral(&best).on(best.views.lt(10)).select((User::name, best.views));
    assert_eq!(rows.fetch_all(&db).await?, [("Dan".to_owned(), 5)]);
    Ok(())
}
