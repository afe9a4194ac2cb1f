//! Attached databases are schemas.

use mizzle::{prelude::*, run::Query, schema::SchemaError, value::FieldType};
use mizzle_tests::{Gallery, Result, SqliteFile, TestDatabase as _};

use crate::suite::{model::User, numbers::raw};

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
    // What is attached is so for one connection.
    let db = &SqliteFile::new()?.open(1).await?;
    db.execute(raw("ATTACH ':memory:' AS aside")).await?;
    let schema = mizzle::schema! { Aside, Near, User };
    schema.create_tables(db).await?;
    let there = Query::<Sqlite, String>::new(
        raw("SELECT name FROM aside.sqlite_schema WHERE name IN ('users', 'near', 'asides') ORDER BY 1"),
        |row| FieldType::read(row),
    );
    assert_eq!(db.fetch_all(there).await?, ["asides", "near", "users"]);
    Near::insert().values((Near::id.set(3),)).execute(db).await?;
    Aside::insert().row(NewAside { id: 1, near_id: Some(3) }).execute(db).await?;
    assert_eq!(Near::query().fetch_all(db).await?, [Near { id: 3 }]);
    schema.drop_tables(db).await?;
    let error = mizzle::schema! { Far, Near }.create_sql::<Sqlite>();
    assert!(matches!(error, Err(SchemaError::OtherSchema { .. })));
    Ok(())
}

#[tokio::test]
async fn statements_name_the_schema() -> Result {
    let db = &SqliteFile::new()?.open_with_sqlx(1).await?;
    db.run("ATTACH ':memory:' AS aside").await?;
    mizzle::schema! { Aside, Near, User }.create_tables(db).await?;
    let mut gallery = Gallery::new(db);
    gallery
        .add("only the FROM clause names the schema", Near::query::<Sqlite>().filter(Near::id.eq(3)).to_sql())
        .await?;
    gallery.add("update", Near::update::<Sqlite>().set(Near::id.set(4)).filter(Near::id.eq(3)).to_sql()).await?;
    gallery.add("delete", Near::delete::<Sqlite>().filter(Near::id.eq(3)).to_sql()).await?;
    gallery.add("insert", Near::insert::<Sqlite>().values((Near::id.set(9),)).to_sql()).await?;
    mizzle_tests::assert_snapshot!("attached", gallery.text());
    Ok(())
}
