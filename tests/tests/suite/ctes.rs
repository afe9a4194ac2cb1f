//! WITH: common table expressions, recursive ones too.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs, prepared};

use super::{database, model::*};
use crate::D;

#[tokio::test]
async fn read_once_and_often() -> Result {
    let db = filled().await?;
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star(), views: Post::views.sum() }))
        .cte(alias!(totals));
    let rows = User::query()
        .left_join_to(&totals)
        .on(totals.author.eq(User::id))
        .select((User::name, totals.views))
        .order_by(User::id);
    let expected = [("Ann", Some(320)), ("Bob", Some(850)), ("Cid", None), ("Dan", Some(5))];
    assert_eq!(rows.fetch_all(&db).await?, expected.map(|(name, views)| (name.to_owned(), views)));
    // The query, a subquery and a second name: one definition.
    let most = totals.alias(alias!(most));
    let query = totals
        .query()
        .inner_join_to(&most)
        .on(most.views.gt(totals.views))
        .filter(totals.author.in_(totals.query().filter(totals.n.eq(2)).select(totals.author)))
        .select((totals.author, most.author))
        .order_by((totals.author, most.author));
    assert_eq!(prepared(&db, query.to_sql()).await?.sql.matches("GROUP BY").count(), 1);
    assert_eq!(query.fetch_all(&db).await?, [(1, 2), (4, 1), (4, 2)]);
    assert_eq!(totals.query().count(&db).await?, 3);
    assert!(!totals.query().filter(totals.n.gt(9)).exists(&db).await?);
    Ok(())
}

#[tokio::test]
async fn one_reads_another() -> Result {
    let db = filled().await?;
    let tech = Post::query().filter(Post::category.eq("tech")).cte(alias!(tech));
    let seen = tech
        .query()
        .filter(tech.views.gt(500))
        .select(row!({ author: tech.author_id, title: tech.title }))
        .cte(alias!(seen));
    let rows = User::query()
        .inner_join_to(&seen)
        .on(seen.author.eq(User::id))
        .filter(User::id.in_(tech.query().select(tech.author_id)))
        .select((User::name, seen.title));
    assert_eq!(prepared(&db, rows.to_sql()).await?.sql.matches("AS (SELECT").count(), 2);
    assert_eq!(rows.fetch_all(&db).await?, [("Bob".to_owned(), "Databases".to_owned())]);
    Ok(())
}

/// What is of one name only by chance stays apart.
#[tokio::test]
async fn two_of_one_name() -> Result {
    let db = filled().await?;
    alias!(struct Seen);
    let seen = |least: i64| Post::query().filter(Post::views.gt(least)).cte(Seen);
    let (some, few) = (seen(10), seen(500));
    let authors = few.query().select(few.author_id);
    let rows = some.query().filter(some.author_id.not_in(authors)).select(some.title).order_by(some.id);
    assert_eq!(rows.fetch_all(&db).await?, ["AI and you", "Bread"]);
    Ok(())
}

/// A name in WITH hides a table of that name in the whole statement.
#[tokio::test]
async fn named_like_a_table() -> Result {
    let db = filled().await?;
    let posts = Post::query().filter(Post::views.gt(500)).cte(alias!(posts));
    let rows = posts.query().select(posts.title);
    assert_eq!(rows.fetch_all(&db).await?, ["Databases"]);
    let comments = Post::query().filter(Post::views.gt(500)).select(row!({ id: Post::id })).cte(alias!(Comments));
    let rows = User::query()
        .filter(User::id.in_(Comment::query().select(Comment::author_id.coalesce(0))))
        .inner_join_to(&comments)
        .on(comments.id.gt(0))
        .select(User::id)
        .order_by(User::id);
    assert_eq!(rows.fetch_all(&db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn in_writes() -> Result {
    let db = filled().await?;
    let quiet = User::query()
        .filter(not_exists(Post::query().outer::<User>().filter(Post::author_id.eq(User::id).and(Post::views.gt(9)))))
        .select(row!({ id: User::id }))
        .cte(alias!(quiet));
    let ids = || quiet.query().select(quiet.id);
    let changed = Comment::update()
        .set(Comment::body.set("?"))
        .filter(Comment::id.in_(ids()).and(Comment::body.is_not_null()))
        .execute(&db)
        .await?;
    assert_eq!(changed, 1);
    let inserted = Comment::insert()
        .from_query(
            (Comment::post_id, Comment::author_id, Comment::body),
            quiet.query().select((quiet.id, quiet.id, value("new"))),
        )
        .execute(&db)
        .await?;
    assert_eq!(inserted, 2);
    let deleted = Comment::delete().filter(Comment::author_id.in_(ids())).execute(&db).await?;
    assert_eq!(deleted, 2);
    Ok(())
}

#[tokio::test]
async fn with_parameters() -> Result {
    let db = filled().await?;
    let query = prepare(|(least, id): (Param<i64>, Param<i64>)| {
        let seen = Post::query::<D>().filter(Post::views.ge(least)).cte(alias!(seen));
        User::query()
            .inner_join_to(&seen)
            .on(seen.author_id.eq(User::id))
            .filter(User::id.le(id))
            .select((User::name, seen.title))
            .order_by(seen.id)
    });
    let titles = |rows: Vec<(String, String)>| rows.into_iter().map(|row| row.1).collect::<Vec<_>>();
    assert_eq!(titles(query.fetch_all(&db, (100, 1)).await?), ["AI and you"]);
    assert_eq!(titles(query.fetch_all(&db, (150, 4)).await?), ["AI and you", "Cheese", "Databases"]);
    assert_eq!(query.fetch_one(&db, (700, 9)).await?.0, "Bob");
    Ok(())
}

#[needs(MaterializedCtes)]
#[tokio::test]
async fn materialized() -> Result {
    let db = filled().await?;
    let users = User::query::<D>().filter(User::id.gt(2)).cte(alias!(some)).materialized();
    let query = users.query().select(users.name).order_by(users.id);
    assert!(prepared(&db, query.to_sql()).await?.sql.contains("AS MATERIALIZED ("));
    assert_eq!(query.fetch_all(&db).await?, ["Cid", "Dan"]);
    let users = users.not_materialized();
    let query = users.query().select(users.name).order_by(users.id);
    assert!(prepared(&db, query.to_sql()).await?.sql.contains("AS NOT MATERIALIZED ("));
    assert_eq!(query.fetch_all(&db).await?, ["Cid", "Dan"]);
    Ok(())
}

#[tokio::test]
async fn a_tree() -> Result {
    let db = filled().await?;
    let top = User::query().filter(User::manager_id.is_null()).select(row!({ id: User::id, depth: value(0_i64) }));
    let chain = recursive(alias!(chain), top, |chain| {
        User::query().inner_join_to(chain).on(User::manager_id.eq(chain.id)).select((User::id, chain.depth + 1))
    });
    let rows = User::query()
        .inner_join_to(&chain)
        .on(chain.id.eq(User::id))
        .select((User::name, chain.depth))
        .order_by(User::id);
    let expected = [("Ann", 0), ("Bob", 1), ("Cid", 1), ("Dan", 2)];
    assert_eq!(rows.fetch_all(&db).await?, expected.map(|(name, depth)| (name.to_owned(), depth)));
    assert_eq!(chain.query().select(chain.depth.max()).fetch_one(&db).await?, Some(2));
    assert_eq!(chain.query().filter(chain.depth.eq(1)).count(&db).await?, 2);
    let posts = Post::query()
        .filter(Post::author_id.in_(chain.query().filter(chain.depth.gt(0)).select(chain.id)))
        .select(Post::id)
        .order_by(Post::id);
    assert_eq!(posts.fetch_all(&db).await?, [3, 4, 5, 6]);
    // In a statement that changes rows.
    let ids = chain.query().filter(chain.depth.eq(2)).select(chain.id);
    assert_eq!(Post::delete().filter(Post::author_id.in_(ids)).execute(&db).await?, 2);
    Ok(())
}

/// A text that the steps make longer is not cut, whatever it begins with.
#[tokio::test]
async fn paths_that_grow() -> Result {
    let db = filled().await?;
    macro_rules! paths {
        ($start:expr) => {{
            let top = User::query().filter(User::manager_id.is_null()).select(row!({ id: User::id, path: $start }));
            let paths = recursive(alias!(paths), top, |paths| {
                User::query()
                    .inner_join_to(paths)
                    .on(User::manager_id.eq(paths.id))
                    .select((User::id, paths.path.concat("/").concat(User::name)))
            });
            paths.query().filter(paths.path.ends_with("Dan")).select(paths.path).fetch_one(&db).await?
        }};
    }
    assert_eq!(paths!(value("")), "/Bob/Dan");
    assert_eq!(paths!(User::name.substring(1, 1)), "A/Bob/Dan");
    assert_eq!(paths!(User::name), "Ann/Bob/Dan");
    let email = format!("{}@example.org", "a".repeat(240));
    User::update().set(User::email.set(email.clone())).filter(User::id.eq(1)).execute(&db).await?;
    assert_eq!(paths!(User::email), format!("{email}/Bob/Dan"));
    Ok(())
}

#[tokio::test]
async fn numbers_from_a_base_that_is_cut() -> Result {
    let db = filled().await?;
    let base = User::query().select(row!({ n: User::id })).order_by(User::id).limit(1);
    let numbers =
        recursive(alias!(numbers), base, |numbers| numbers.query().filter(numbers.n.lt(5)).select((numbers.n + 1,)));
    let rows = numbers.query().select(numbers.n).order_by(numbers.n);
    assert_eq!(rows.fetch_all(&db).await?, [1, 2, 3, 4, 5]);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "edges", primary_key(origin, target))]
struct Edge {
    origin: i64,
    target: i64,
}

static GRAPH: mizzle::schema::Schema = mizzle::schema! { Edge };

#[tokio::test]
async fn a_graph_with_a_circle() -> Result {
    let db = database(&GRAPH).await?;
    for (origin, target) in [(1, 2), (2, 3), (3, 1), (3, 4), (5, 6)] {
        Edge::insert().values((Edge::origin.set(origin), Edge::target.set(target))).execute(&db).await?;
    }
    let start = Edge::query().filter(Edge::origin.eq(1)).select(row!({ node: Edge::target }));
    let reached = recursive_distinct(alias!(reached), start, |reached| {
        Edge::query().inner_join_to(reached).on(Edge::origin.eq(reached.node)).select((Edge::target,))
    });
    let rows = reached.query().select(reached.node).order_by(reached.node);
    assert_eq!(rows.fetch_all(&db).await?, [1, 2, 3, 4]);
    Ok(())
}
