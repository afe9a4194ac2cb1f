//! What is equal to what: texts, lists, documents.

use mizzle::{Json, prelude::*};
use mizzle_tests::Result;

use super::database;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "rings", insert = NewRing)]
struct Ring {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique)]
    text: String,
    list: Option<Vec<i64>>,
    document: Option<Json<Vec<String>>>,
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Size {
    Large,
    Small,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "shirts", insert = NewShirt)]
struct Shirt {
    #[column(primary_key, auto_increment)]
    id: i64,
    size: Option<Size>,
}

#[tokio::test]
async fn enums_are_values() -> Result {
    let db = &database(&mizzle::schema! { Shirt }).await?;
    let sizes = [Some(Size::Small), None, Some(Size::Large)];
    Shirt::insert().rows(sizes.map(|size| NewShirt { size, ..NewShirt::new() })).execute(db).await?;
    let ids = || Shirt::query().select(Shirt::id).order_by((Shirt::size.desc().nulls_last(), Shirt::id));
    assert_eq!(ids().fetch_all(db).await?, [1, 3, 2]);
    assert_eq!(ids().filter(Shirt::size.is_same_as(Size::Small)).fetch_all(db).await?, [1]);
    assert_eq!(ids().filter(Shirt::size.is_different_from(Size::Small)).fetch_all(db).await?, [3, 2]);
    assert_eq!(ids().filter(Shirt::size.in_([Size::Small, Size::Large])).fetch_all(db).await?, [1, 3]);
    assert_eq!(ids().filter(Shirt::size.in_(Vec::<Size>::new())).fetch_all(db).await?, [0; 0]);
    Shirt::update().set(Shirt::size.set(None)).all_rows().execute(db).await?;
    assert_eq!(ids().filter(Shirt::size.is_null()).fetch_all(db).await?, [1, 2, 3]);
    Ok(())
}

#[tokio::test]
async fn text_is_compared_character_by_character() -> Result {
    let db = &database(&mizzle::schema! { Ring }).await?;
    let texts: Vec<_> = ["a", "A", "á", "a ", "a\0", "", " ", "ß", "ss"]
        .into_iter()
        .filter(|text| has!(NulInText) || !text.contains('\0'))
        .collect();
    Ring::insert().rows(texts.iter().map(|text| NewRing::new(*text))).execute(db).await?;
    for text in &texts {
        assert_eq!(Ring::query().filter(Ring::text.eq(*text)).select(Ring::text).fetch_all(db).await?, [*text]);
        let again = Ring::insert().row(NewRing::new(*text)).execute(db).await;
        assert!(again.is_err_and(|error| error.is_unique_violation()), "{text:?}");
    }
    Ok(())
}

#[tokio::test]
async fn lists_and_documents_are_values() -> Result {
    let db = &database(&mizzle::schema! { Ring }).await?;
    let document = || Json(vec!["a\\\"'".to_owned()]);
    let ring = NewRing { list: Some(vec![1, i64::MIN]), document: Some(document()), ..NewRing::new("x") };
    Ring::insert().rows([ring, NewRing::new("y")]).execute(db).await?;
    assert_eq!(Ring::query().filter(Ring::list.eq(vec![1, i64::MIN])).count(db).await?, 1);
    assert_eq!(Ring::query().filter(Ring::list.eq(vec![1])).count(db).await?, 0);
    assert_eq!(Ring::query().filter(Ring::document.eq(document())).count(db).await?, 1);
    assert_eq!(Ring::query().filter(Ring::document.is_null()).select(Ring::text).fetch_all(db).await?, ["y"]);
    Ok(())
}
