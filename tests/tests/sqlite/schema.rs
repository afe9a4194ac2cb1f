//! Tables as mizzle creates and drops them, and what SQLite makes of them.

use mizzle::{
    Error,
    prelude::*,
    schema::{Schema, SchemaError},
    value::DataType,
};
use mizzle_tests::{Gallery, Result, TestDatabase, memory, text};
use sqlx::AssertSqlSafe;

use crate::model::{Comment, Post, User};

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
    #[sql_enum(rename = "it's fine")]
    Fine,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "hens", unique_index(name = "hens_ci", on = Hen::name.lower(), where = Hen::mood.is_not_null()))]
#[table(index(name = "moody_hens", on = (Hen::mood.desc(), Hen::name), where = Hen::mood.is_not_null()))]
struct Hen {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique)]
    name: String,
    mood: Option<Mood>,
    #[column(references = Egg::id, on_delete = set_null, on_update = cascade)]
    egg_id: Option<i64>,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "eggs")]
struct Egg {
    #[column(primary_key)]
    id: i64,
    #[column(references = Hen::id, on_delete = restrict)]
    hen_id: Option<i64>,
}

#[derive(Table, Debug, PartialEq)]
#[table(index(name = "POSTS", on = Again::a))]
struct Again {
    a: i64,
}

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

static SCHEMA: Schema = mizzle::schema! { Comment, Post, User, Hen, Egg };

const OURS: &str = "sqlite_schema WHERE name NOT LIKE 'sqlite%'";

#[tokio::test]
async fn created_used_and_dropped() -> Result {
    let db = &TestDatabase::empty(1).await?.pool;
    SCHEMA.create_tables(db).await?;
    assert!(matches!(SCHEMA.create_tables(db).await, Err(Error::Database(_))));
    let hen = |name: &'static str| Hen::insert().values((Hen::name.set(name), Hen::mood.set(Mood::Fine)));
    let id = hen("Ann").returning(Hen::id).fetch_one(db).await?;
    Egg::insert().values((Egg::id.set(1), Egg::hen_id.set(id))).execute(db).await?;
    Hen::update().set(Hen::egg_id.set(1)).all_rows().execute(db).await?;
    let error = hen("ANN").execute(db).await.err().ok_or("the index is not there")?;
    assert_eq!(error.violation().and_then(|violation| violation.constraint.as_deref()), Some("hens_ci"));
    assert!(
        Hen::delete().filter(Hen::id.eq(id)).execute(db).await.is_err_and(|error| error.is_foreign_key_violation())
    );
    Egg::update().set(Egg::id.set(7)).all_rows().execute(db).await?;
    assert_eq!(Hen::query().filter(Hen::id.eq(id)).select(Hen::egg_id).fetch_one(db).await?, Some(7));
    SCHEMA.drop_tables(db).await?;
    assert!(text(db, &["name"], OURS).await?.is_empty());
    SCHEMA.drop_tables(db).await?;
    db.transaction(async |tx| SCHEMA.create_tables(tx).await).await?;
    assert_eq!(text(db, &["name"], OURS).await?.len(), 8);
    Ok(())
}

#[tokio::test]
async fn dropping_is_all_or_nothing() -> Result {
    let db = &memory(&SCHEMA).await?;
    sqlx::raw_sql("CREATE TABLE elsewhere (hen INTEGER REFERENCES hens (id))").execute(db).await?;
    Hen::insert().values((Hen::name.set("Ann"),)).execute(db).await?;
    sqlx::raw_sql("INSERT INTO elsewhere SELECT id FROM hens").execute(db).await?;
    let dropped = SCHEMA.drop_tables(db).await;
    assert!(dropped.is_err_and(|error| error.is_foreign_key_violation()));
    assert_eq!(Hen::query().count(db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn creating_is_all_or_nothing() -> Result {
    let db = &TestDatabase::empty(1).await?.pool;
    sqlx::raw_sql("CREATE TABLE comments (x)").execute(db).await?;
    assert!(SCHEMA.create_tables(db).await.is_err());
    assert_eq!(text(db, &["name"], OURS).await?, [["'comments'"]]);
    Ok(())
}

#[tokio::test]
async fn attached_databases_are_schemas() -> Result {
    let db = &TestDatabase::empty(1).await?.pool;
    sqlx::raw_sql("ATTACH ':memory:' AS aside").execute(db).await?;
    let schema = mizzle::schema! { Aside, Near, User };
    schema.create_tables(db).await?;
    let there = text(db, &["name"], "aside.sqlite_schema WHERE name IN ('users', 'near', 'asides') ORDER BY 1").await?;
    assert_eq!(there, [["'asides'"], ["'near'"], ["'users'"]]);
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

#[test]
fn one_name_for_two_things_is_refused() -> Result {
    let error = mizzle::schema! { Post, User, Again }.create_sql::<Sqlite>().err().ok_or("nothing was refused")?;
    let expected = "two things are named `POSTS` in SQL: the table of `Post` and an index of the table `again`";
    assert_eq!(error.to_string(), expected);
    assert!(mizzle::schema! { Post, Post }.create_sql::<Sqlite>().is_err());
    assert!(mizzle::schema! { Aside, Near, User }.create_sql::<Sqlite>().is_ok());
    Ok(())
}

#[test]
fn what_is_known_of_a_table() {
    let def = Hen::def();
    assert_eq!((def.rust_name, def.name, def.primary_key), ("Hen", "hens", &["id"][..]));
    let columns: Vec<_> = def.columns.iter().map(|column| (column.name, column.nullable)).collect();
    assert_eq!(columns, [("id", false), ("name", false), ("mood", true), ("egg_id", true)]);
    assert!(matches!(def.columns[2].data_type, DataType::Enum(words) if words.variants == ["happy", "it's fine"]));
    assert_eq!(Aside::def().schema, Some("aside"));
}

#[tokio::test]
async fn as_sql() -> Result {
    let sql = SCHEMA.create_sql::<Sqlite>()?.join(";\n");
    let db = memory(&mizzle::schema! {}).await?;
    sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&db).await?;
    insta::assert_snapshot!("create", sql);
    let sql = SCHEMA.drop_sql::<Sqlite>()?.join(";\n");
    sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&db).await?;
    insta::assert_snapshot!("drop", sql);
    Ok(())
}
