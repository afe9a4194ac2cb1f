//! Attached databases are schemas.

use mizzle::{prelude::*, schema::SchemaError};
use mizzle_tests::{Gallery, Result, TestDatabase as _};

use crate::{Db, suite::model::User};

#[derive(Table, Debug, PartialEq)]
#[table(schema = "aside", name = "users", insert = NewAside, index(name = "asides", on = Aside::near_id))]
struct Aside {
    #[column(primary_key)]
    id: i64,
    #[column(references = Near::id)]
    near_id: Option<i64>,
}

#[derive(Table, Debug, PartialEq)]
#[table(schema = "aside")]
struct Near {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
struct Far {
    #[column(references = Near::id)]
    near_id: i64,
}

#[tokio::test]
async fn attached_databases_are_schemas() -> Result {
    let db = &Db::empty(1).await?;
    db.run("ATTACH ':memory:' AS aside").await?;
    let schema = mizzle::schema! { Aside, Near, User };
    schema.create_tables(db).await?;
    let there = "SELECT name FROM aside.sqlite_schema WHERE name IN ('users', 'near', 'asides') ORDER BY 1";
    assert_eq!(db.text(there).await?.concat(), ["asides", "near", "users"]);
    Near::insert().values((Near::id.set(3),)).execute(db).await?;
    Aside::insert().row(NewAside { id: 1, near_id: Some(3) }).execute(db).await?;
    assert_eq!(Near::query().fetch_all(db).await?, [Near { id: 3 }]);
    let mut gallery = Gallery::new(db);
    gallery
        .add("only the FROM clause names the schema", Near::query::<Sqlite>().filter(Near::id.eq(3)).to_sql())
        .await?;
    gallery.add("update", Near::update::<Sqlite>().set(Near::id.set(4)).filter(Near::id.eq(3)).to_sql()).await?;
    gallery.add("delete", Near::delete::<Sqlite>().filter(Near::id.eq(3)).to_sql()).await?;
    gallery.add("insert", Near::insert::<Sqlite>().values((Near::id.set(9),)).to_sql()).await?;
    insta::assert_snapshot!("attached", gallery.text());
    schema.drop_tables(db).await?;
    let error = mizzle::schema! { Far, Near }.create_sql::<Sqlite>();
    assert!(matches!(error, Err(SchemaError::OtherSchema { .. })));
    Ok(())
}
