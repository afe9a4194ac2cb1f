//! Tables as mizzle creates and drops them, and what the database makes of them.

use mizzle::{
    Error,
    dialect::DialectKind,
    prelude::*,
    schema::{Schema, SchemaError},
    value::DataType,
};
use mizzle_tests::{Proven, Result, TestDatabase as _, needs};

use super::{
    database,
    model::{Comment, Post, User},
};
use crate::{D, Db};

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
    #[sql_enum(rename = "it's fine")]
    Fine,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "hens", unique_index(name = "hen_names", on = (Hen::name, Hen::mood)))]
#[table(index(name = "moody_hens", on = (Hen::mood.desc(), Hen::name)))]
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

static SCHEMA: Schema = mizzle::schema! { Comment, Post, User, Hen, Egg };

/// The names of all tables.
async fn tables(db: &Db) -> Result<Vec<String>> {
    let sql = match D::SYNTAX.name {
        "SQLite" => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1",
        "PostgreSQL" => "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
        _ => "SELECT table_name FROM information_schema.tables WHERE table_schema = database() ORDER BY 1",
    };
    Ok(db.text(sql).await?.concat())
}

#[tokio::test]
async fn created_used_and_dropped() -> Result {
    let db = &Db::empty(1).await?;
    SCHEMA.create_tables(db).await?;
    assert!(matches!(SCHEMA.create_tables(db).await, Err(Error::Database(_))));
    let hen = |name: &'static str| Hen::insert().values((Hen::name.set(name), Hen::mood.set(Mood::Fine)));
    hen("Ann").execute(db).await?;
    Egg::insert().values((Egg::id.set(1), Egg::hen_id.set(1))).execute(db).await?;
    Hen::update().set(Hen::egg_id.set(1)).all_rows().execute(db).await?;
    assert!(hen("Ann").execute(db).await.is_err_and(|error| error.is_unique_violation()));
    let referred = Hen::delete().filter(Hen::id.eq(1)).execute(db).await;
    assert!(referred.is_err_and(|error| error.is_foreign_key_violation()));
    Egg::update().set(Egg::id.set(7)).all_rows().execute(db).await?;
    assert_eq!(Hen::query().select(Hen::egg_id).fetch_one(db).await?, Some(7));
    SCHEMA.drop_tables(db).await?;
    assert_eq!(tables(db).await?, [""; 0]);
    SCHEMA.drop_tables(db).await?;
    SCHEMA.create_tables(db).await?;
    assert_eq!(tables(db).await?, ["comments", "eggs", "hens", "posts", "users"]);
    Ok(())
}

#[tokio::test]
async fn dropped_with_rows_that_refer_to_each_other() -> Result {
    let db = &database(&SCHEMA).await?;
    Hen::insert().values((Hen::name.set("Ann"), Hen::mood.set(Mood::Happy))).execute(db).await?;
    Egg::insert().values((Egg::id.set(1), Egg::hen_id.set(1))).execute(db).await?;
    Hen::update().set(Hen::egg_id.set(1)).all_rows().execute(db).await?;
    SCHEMA.drop_tables(db).await?;
    assert_eq!(tables(db).await?, [""; 0]);
    Ok(())
}

#[needs(TransactionalDdl)]
#[tokio::test]
async fn created_in_a_transaction() -> Result {
    let db = &Db::empty(1).await?;
    let refused: std::result::Result<(), Error> = db
        .transaction(async |tx| {
            SCHEMA.create_tables(tx).await?;
            Err(Error::RowNotFound)
        })
        .await;
    assert!(matches!(refused, Err(Error::RowNotFound)));
    assert_eq!(tables(db).await?, [""; 0]);
    db.transaction(async |tx| SCHEMA.create_tables(tx).await).await?;
    assert_eq!(tables(db).await?.len(), 5);
    Ok(())
}

#[needs(TransactionalDdl)]
#[tokio::test]
async fn dropping_is_all_or_nothing() -> Result {
    let db = &database(&SCHEMA).await?;
    db.run("CREATE TABLE elsewhere (hen BIGINT REFERENCES hens (id))").await?;
    Hen::insert().values((Hen::name.set("Ann"),)).execute(db).await?;
    db.run("INSERT INTO elsewhere SELECT id FROM hens").await?;
    assert!(SCHEMA.drop_tables(db).await.is_err());
    assert_eq!(Hen::query().count(db).await?, 1);
    assert_eq!(tables(db).await?.len(), 6);
    Ok(())
}

#[tokio::test]
async fn a_table_that_others_refer_to_is_not_dropped() -> Result {
    let db = &database(&SCHEMA).await?;
    db.run("CREATE TABLE nests (hen BIGINT, FOREIGN KEY (hen) REFERENCES hens (id))").await?;
    Hen::insert().values((Hen::name.set("Ann"),)).execute(db).await?;
    db.run("INSERT INTO nests SELECT id FROM hens").await?;
    assert!(SCHEMA.drop_tables(db).await.is_err());
    db.run("DROP TABLE nests").await?;
    SCHEMA.drop_tables(db).await?;
    assert_eq!(tables(db).await?, [""; 0]);
    Ok(())
}

#[needs(TransactionalDdl)]
#[tokio::test]
async fn creating_is_all_or_nothing() -> Result {
    let db = &Db::empty(1).await?;
    db.run("CREATE TABLE comments (x INTEGER)").await?;
    assert!(SCHEMA.create_tables(db).await.is_err());
    assert_eq!(tables(db).await?, ["comments"]);
    Ok(())
}

#[test]
fn one_name_for_two_things_is_refused() -> Result {
    let again = mizzle::schema! { Post, User, Again }.create_sql::<D>();
    when! { Sqlite;
        let expected = "two things are named `POSTS` in SQL: the table of `Post` and an index of the table `again`";
        assert_eq!(again.err().ok_or("nothing was refused")?.to_string(), expected);
    }
    when! { !Sqlite; assert!(again.is_ok()); }
    assert!(matches!(mizzle::schema! { Post, Post }.create_sql::<D>(), Err(SchemaError::NameTwice { .. })));
    assert!(mizzle::schema! { Aside, Near, User }.create_sql::<D>().is_ok());
    Ok(())
}

#[derive(Table)]
#[expect(dead_code, reason = "only its table is asked for")]
struct Chick {
    #[column(primary_key)]
    id: i64,
    #[column(references = Hen::id, on_delete = set_default, default = 1)]
    hen_id: i64,
}

/// MySQL and MariaDB take the words and do nothing.
#[test]
fn a_default_for_lost_parents_is_refused_where_there_is_none() -> Result {
    let sql = mizzle::schema! { Hen, Egg, Chick }.create_sql::<D>();
    if matches!(D::KIND, DialectKind::Sqlite | DialectKind::Postgres) {
        assert!(sql?.iter().any(|sql| sql.contains("ON DELETE SET DEFAULT")));
    } else {
        let what = "the ON DELETE SET DEFAULT of a foreign key";
        assert!(matches!(&sql, Err(SchemaError::Unsupported { what: w, .. }) if w == what), "{sql:?}");
    }
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
    let db = database(&mizzle::schema! {}).await?;
    mizzle_tests::assert_snapshot!("create", Proven::run(&db, &SCHEMA.create_sql::<D>()?).await?);
    mizzle_tests::assert_snapshot!("drop", Proven::run(&db, &SCHEMA.drop_sql::<D>()?).await?);
    assert_eq!(tables(&db).await?, [""; 0]);
    Ok(())
}
