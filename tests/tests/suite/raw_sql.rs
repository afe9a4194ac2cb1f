//! `sql!` and `sql_function!`.

use mizzle::{Error, prelude::*};
use mizzle_tests::{Gallery, Result, needs};

use super::model::*;
use crate::D;

sql_function! {
    /// Whether the text is shorter than `n` characters.
    fn length_less_than(column: String, n: i32) -> bool = "length({column}) < {n}"
}

sql_function! {
    fn twice(x: i64) -> i64 = "{x} + {x}";
    fn answer() -> i64 = "40 + 2";
    fn maybe(x: i64) -> Option<i64> = "nullif({x}, 1)";
}

#[needs(Sqlite)]
sql_function! {
    fn largest(a: i64, b: i64) -> i64 = "max({a}, {b})";
    fn hexadecimal(bytes: Vec<u8>) -> String = "hex({bytes})";
}

#[needs(Postgres)]
sql_function! {
    fn largest(a: i64, b: i64) -> i64 = "greatest({a}, {b})";
    fn hexadecimal(bytes: Vec<u8>) -> String = "upper(encode({bytes}, 'hex'))";
}

#[needs(!Sqlite, !Postgres)]
sql_function! {
    fn largest(a: i64, b: i64) -> i64 = "greatest({a}, {b})";
    fn hexadecimal(bytes: Vec<u8>) -> String = "hex({bytes})";
}

#[tokio::test]
async fn functions_in_every_clause() -> Result {
    let db = filled().await?;
    let short =
        Post::query().filter(length_less_than(Post::title, 8)).select(Post::title).order_by(largest(Post::id, 3));
    assert_eq!(short.order_by(Post::id).fetch_all(&db).await?, ["Bread", "Cheese", "50% off"]);
    let rows =
        Post::query().select((twice(Post::id + 1), largest(Post::id, Post::views), hexadecimal(vec![1_u8, 171])));
    assert_eq!(rows.order_by(Post::id).fetch_one(&db).await?, (4, 300, "01AB".to_owned()));
    let groups = Post::query()
        .group_by(length_class(Post::title.length()))
        .having(twice(Post::views.sum().coalesce(0)).gt(1000))
        .select((length_class(Post::title.length()), twice(Post::views.sum().coalesce(0))))
        .order_by(length_class(Post::title.length()));
    assert_eq!(groups.fetch_all(&db).await?, [("long".to_owned(), 2010)]);
    let changed = Post::update().set(Post::views.set(twice(Post::views))).filter(length_less_than(Post::title, 6));
    assert_eq!(changed.execute(&db).await?, 1);
    assert_eq!(Post::query().filter(Post::title.eq("Bread")).select(Post::views).fetch_one(&db).await?, 40);
    Ok(())
}

sql_function! { fn length_class(length: i64) -> String = "CASE WHEN {length} < 8 THEN 'short' ELSE 'long' END" }

#[tokio::test]
async fn what_can_be_null_stays_so() -> Result {
    let db = filled().await?;
    let rows: Vec<(Option<i64>, Option<i64>, i64)> = User::query()
        .select((maybe(User::id), twice(User::manager_id), twice(User::id)))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[..2], [(None, None, 2), (Some(2), Some(2), 4)]);
    let rows = User::query().left_join::<Post>().on(User::posts()).filter(User::id.eq(3)).select(twice(Post::id));
    assert_eq!(rows.fetch_all(&db).await?, [None]);
    Ok(())
}

#[tokio::test]
async fn expressions_written_in_place() -> Result {
    let db = filled().await?;
    let max = 8;
    let pattern = String::from("%e%");
    let query = Post::query()
        .filter(sql!(bool, "length({Post::title}) < {max}"))
        .filter(sql!(bool, "{Post::title} LIKE {\"%e%\"} OR {Post::title} LIKE {pattern.as_str()} AND 1 = 0"))
        .select((Post::id, sql!(String, "replace({Post::title}, 'e', '{{}}')")))
        .order_by(sql!(i64, "-{Post::id}"));
    assert_eq!(query.fetch_all(&db).await?, [(3, "Ch{}{}s{}".to_owned()), (2, "Br{}ad".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn text_without_arguments() -> Result {
    let db = filled().await?;
    let json = sql!(String, "'{{\"a\":1}}'");
    let row =
        Post::query().select((json, sql!(Option<i64>, "NULL"), Post::id)).order_by(Post::id).fetch_one(&db).await?;
    assert_eq!(row, ("{\"a\":1}".to_owned(), None, 1));
    assert_eq!(Post::query().select((answer(), answer() * 2)).fetch_one(&db).await?, (42, 84));
    Ok(())
}

#[tokio::test]
async fn raw_text_keeps_to_itself() -> Result {
    let db = filled().await?;
    let loose = || sql!(bool, "{Post::id} = 1 OR {Post::id} = 2");
    let food = Post::category.eq("food");
    assert_eq!(Post::query().filter(loose()).filter(food).count(&db).await?, 1);
    assert_eq!(Post::query().filter(loose().and(food)).count(&db).await?, 1);
    assert_eq!(Post::query().filter(!loose()).count(&db).await?, 4);
    let sum = || sql!(i64, "{Post::id} + 1");
    let products = Post::query().select((sum() * 2, 2_i64 * sum(), -sum(), sum().eq(2))).order_by(Post::id);
    assert_eq!(products.fetch_one(&db).await?, (4, 4, -2, true));
    let nested = Post::query().select(sql!(i64, "{Post::views - 1} - {Post::id - 1}")).order_by(Post::id);
    assert_eq!(nested.fetch_all(&db).await?[1], 18);
    Ok(())
}

#[tokio::test]
async fn question_marks_and_quotes_in_raw_text() -> Result {
    let db = filled().await?;
    let mut gallery = Gallery::new(&db);
    let query = Post::query().filter(sql!(bool, "{Post::title} <> 'what?' AND {Post::id} > {1}")).select(Post::id);
    gallery.add("a question mark in quotes", query.to_sql()).await?;
    assert_eq!(query.count(&db).await?, 5);
    mizzle_tests::assert_snapshot!("raw_sql", gallery.text());
    Ok(())
}

#[tokio::test]
async fn tables_lists_and_many_arguments_in_raw_text() -> Result {
    let db = filled().await?;
    let (ids, none) = (vec![1_i64, 3], Vec::<i64>::new());
    let query = |condition| Post::query().filter(condition).select(Post::id).order_by(Post::id);
    assert_eq!(query(sql!(bool, "{Post::id} IN ({ids})")).fetch_all(&db).await?, [1, 3]);
    assert_eq!(Post::query().filter(sql!(bool, "{Post::id} IN ({&none})")).count(&db).await?, 0);
    assert_eq!(Post::query().filter(sql!(bool, "{Post::id} NOT IN ( {none} )")).count(&db).await?, 6);
    assert_eq!(Post::query().filter(sql!(bool, "{Post::category} IN ({[\"ads\", \"wood\"]})")).count(&db).await?, 2);
    let comments = sql!(i64, "(SELECT count(*) FROM {Comment} WHERE post_id = {Post::id})");
    let counted = Post::query().select((Post::id, comments)).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(counted[..3], [(1, 2), (2, 0), (3, 1)]);
    let sum = sql!(
        i64,
        "{Post::id} + {1_i64} + {2_i64} + {3_i64} + {4_i64} + {5_i64} + {6_i64} + {7_i64} + {8_i64} + {9_i64 + Post::id}"
    );
    assert_eq!(Post::query().select(sum).order_by(Post::id).fetch_one(&db).await?, 47);
    Ok(())
}

#[tokio::test]
async fn queries_in_raw_text() -> Result {
    let db = filled().await?;
    macro_rules! ids {
        ($condition:expr) => {
            User::query().filter($condition).select(User::id).order_by(User::id).fetch_all(&db).await?
        };
    }
    let authors = || Post::query().filter(Post::category.eq("food")).select(Post::author_id);
    assert_eq!(ids!(sql!(bool, "{User::id} IN ({authors()}) AND 1 = 1")), [1, 2]);
    assert_eq!(ids!(sql!(bool, "{User::id} NOT IN ( {authors()} )")), [3, 4]);
    // Cut, of a set operation, correlated.
    let seen = Post::query().select(Post::author_id).order_by(Post::views.desc()).limit(1);
    assert_eq!(ids!(sql!(bool, "{User::id} IN ({seen})")), [2]);
    let either = authors().union(User::query().filter(User::name.eq("Dan")).select(User::id));
    assert_eq!(ids!(sql!(bool, "{User::id} IN ({either})")), [1, 2, 4]);
    let own = Post::query().outer::<User>().filter(Post::author_id.eq(User::id).and(Post::views.gt(100)));
    let found = [
        ids!(sql!(bool, "exists ( {own.clone()} ) AND {User::id} < {9}")),
        ids!(sql!(bool, "NOT EXISTS ({own.clone()})")),
        ids!(sql!(bool, "EXISTS ({own.clone().offset(1).limit(1)})")),
        ids!(sql!(bool, "{User::id} IN ({own.clone().select(Post::author_id)})")),
        ids!(sql!(bool, "{own.clone().select(count_star())} + {1_i64} > 1")),
        ids!(sql!(bool, "{own.select(Post::id).order_by(Post::id).one_value()} > {User::id}")),
    ];
    assert_eq!(found, [vec![1, 2], vec![3, 4], vec![2], vec![1, 2], vec![1, 2], vec![2]]);
    // Beside group keys, and in a whole statement.
    let sizes = User::query()
        .group_by(User::key())
        .having(sql!(bool, "EXISTS ({Post::query().outer::<User>().filter(Post::author_id.eq(User::id))})"))
        .select((User::name, sql!(bool, "{User::id} IN ({authors()})")))
        .order_by(User::name);
    let expected = [("Ann", true), ("Bob", true), ("Dan", false)].map(|(name, is)| (name.to_owned(), is));
    assert_eq!(sizes.fetch_all(&db).await?, expected);
    let names = sql_query!(String, "SELECT {User::name} FROM {User} WHERE {User::id} IN ({authors()}) ORDER BY 1");
    assert_eq!(names.fetch_all(&db).await?, ["Ann", "Bob"]);
    let food = Post::query().filter(Post::category.eq("food")).cte(alias!(food));
    let from_cte = User::query().filter(sql!(bool, "{User::id} IN ({food.query().select(food.author_id)})"));
    assert_eq!(from_cte.count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn queries_in_raw_text_as_sql() -> Result {
    let db = filled().await?;
    let own = Post::query().outer::<User>().filter(Post::author_id.eq(User::id).and(Post::views.gt(3)));
    let query = User::query::<D>()
        .filter(sql!(bool, "{User::id} IN ({own.clone().select(Post::author_id)}) OR {User::id} = {7}"))
        .filter(sql!(bool, "EXISTS ({own})"))
        .filter(sql!(bool, "{User::id} IN ({Post::query().select(Post::author_id).limit(2)})"))
        .select(User::id);
    let mut gallery = Gallery::new(&db);
    gallery.add("queries in the text", query.to_sql()).await?;
    mizzle_tests::assert_snapshot!("raw_queries", gallery.text());
    Ok(())
}

#[derive(SqlRow, Debug, PartialEq)]
struct Total {
    category: String,
    views: i64,
}

#[tokio::test]
async fn whole_queries_written_by_hand() -> Result {
    let db = filled().await?;
    let (min, categories) = (10_i64, ["food", "tech"]);
    let totals = sql_query!(
        Total,
        "SELECT {Post::category}, max({Post::views}) AS views FROM {Post}
        WHERE {Post::views} > {min} AND {Post::category} IN ({categories}) GROUP BY {Post::category} ORDER BY 1"
    );
    let expected =
        [Total { category: "food".to_owned(), views: 150 }, Total { category: "tech".to_owned(), views: 700 }];
    assert_eq!(totals.clone().fetch_all(&db).await?, expected);
    assert_eq!(totals.clone().fetch_one(&db).await?, expected[0]);
    assert_eq!(futures_util::TryStreamExt::try_collect::<Vec<_>>(totals.fetch(&db)).await?, expected);
    let posts = sql_query!(Post, "SELECT * FROM {Post} WHERE {Post::id} = {1_i64}").fetch_all(&db).await?;
    assert_eq!(posts, Post::query().filter(Post::id.eq(1)).fetch_all(&db).await?);
    let pairs = sql_query!(
        (String, Option<String>),
        "SELECT {User::name}, {Manager.name} FROM {User} LEFT JOIN {Manager} ON {Manager.id.eq(User::manager_id)} ORDER BY 1"
    );
    assert_eq!(pairs.fetch_all(&db).await?[..2], [("Ann".into(), None), ("Bob".into(), Some("Ann".to_owned()))]);
    let none = sql_query!(i64, "SELECT {User::id} FROM {User} WHERE {User::id} = {99_i64}");
    assert_eq!(none.clone().fetch_optional(&db).await?, None);
    assert!(matches!(none.fetch_one(&db).await, Err(Error::RowNotFound)));
    assert_eq!(sql_query!("UPDATE {Post} SET views = views + {1_i64}").execute(&db).await?, 6);
    Ok(())
}

#[tokio::test]
async fn rows_of_another_width_are_refused() -> Result {
    let db = filled().await?;
    let id = sql_query!(i64, "SELECT {User::id}, {User::name} FROM {User}").fetch_all(&db).await;
    let error = id.expect_err("two columns").to_string();
    assert!(error.contains("found 2 columns in the result, not 1"), "{error}");
    let user = sql_query!(User, "SELECT {User::id} FROM {User}").fetch_all(&db).await;
    assert!(matches!(user, Err(Error::Decode(_))), "{user:?}");
    let nothing = sql_query!((), "SELECT 1").fetch_all(&db).await;
    assert!(matches!(nothing, Err(Error::Decode(_))), "{nothing:?}");
    let null = sql_query!(i64, "SELECT {User::manager_id} FROM {User} WHERE {User::id} = {1_i64}").fetch_all(&db).await;
    assert!(matches!(null, Err(Error::Decode(_))), "{null:?}");
    Ok(())
}

sql_function! {
    fn increment<T: mizzle::value::Number>(column: T, by: T) -> T = "{column} + {by}"
}

/// A function that is made of others, with the documented bounds.
fn initial<E: mizzle::expr::Expr<Base: mizzle::expr::Textual> + mizzle::expr::IntoExpr<Expr = E>>(
    text: E,
) -> mizzle::expr::Node<mizzle::expr::Upper, (mizzle::expr::Node<mizzle::expr::Left, (E, i64)>,)> {
    text.left(1).upper()
}

#[tokio::test]
async fn functions_of_ones_own() -> Result {
    let db = filled().await?;
    let row = Post::query().select((increment(Post::views, 1), increment(Post::discount, 0.25), initial(Post::title)));
    assert_eq!(row.order_by(Post::id).fetch_one(&db).await?, (301, Some(0.75), "A".to_owned()));
    let names = User::query().filter(initial(User::name.concat("x")).eq("B")).select(initial(User::name));
    assert_eq!(names.fetch_all(&db).await?, ["B"]);
    let ages = User::query().select(increment(User::age, User::age)).order_by(User::id);
    assert_eq!(ages.fetch_one(&db).await?, Some(82));
    Ok(())
}

#[tokio::test]
async fn aggregates_written_by_hand() -> Result {
    let db = filled().await?;
    let rows = Post::query()
        .group_by(Post::category)
        .select((Post::category, sql!(f64, "sum({Post::views.sum()})")))
        .order_by(Post::category);
    let refused = rows.fetch_all(&db).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    Ok(())
}
