//! `sql!` and `sql_function!`.

use mizzle::{Error, prelude::*};
use mizzle_tests::{Gallery, Result, needs};

use super::model::*;

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
