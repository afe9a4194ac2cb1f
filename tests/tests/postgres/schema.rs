//! Tables as mizzle creates and drops them, and what PostgreSQL makes of them.

use mizzle::{Error, prelude::*, schema::Schema};
use mizzle_tests::{Result, TestDatabase as _};
use sqlx::Connection as _;

use crate::Db;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
    #[sql_enum(rename = "it's fine")]
    Fine,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "hens", unique_index(name = "hens_ci", on = Hen::name.lower(), where = Hen::mood.is_not_null()))]
#[table(index(name = "moody_hens", on = (Hen::mood.desc(), Hen::name), where = Hen::mood.eq(Mood::Fine)))]
struct Hen {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique)]
    name: String,
    mood: Option<Mood>,
    moods: Vec<Mood>,
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

static SCHEMA: Schema = mizzle::schema! { Hen, Egg };

async fn names(db: &Db) -> Result<Vec<String>> {
    const OURS: &str = "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        UNION ALL SELECT typname::text FROM pg_type WHERE typtype = 'e' AND typnamespace = current_schema()::regnamespace
        ORDER BY 1";
    Ok(db.text(OURS).await?.concat())
}

#[tokio::test]
async fn created_used_and_dropped() -> Result {
    let db = &Db::empty(1).await?;
    for _ in 0..2 {
        SCHEMA.create_tables(db).await?;
        assert!(matches!(SCHEMA.create_tables(db).await, Err(Error::Database(_))));
        let hen = |name: &'static str| {
            let moods = vec![Mood::Happy, Mood::Fine];
            Hen::insert().values((Hen::name.set(name), Hen::mood.set(Mood::Fine), Hen::moods.set(moods)))
        };
        let id = hen("Ann").returning(Hen::id).fetch_one(db).await?;
        assert_eq!(id, 1);
        Egg::insert().values((Egg::id.set(1), Egg::hen_id.set(id))).execute(db).await?;
        Hen::update().set(Hen::egg_id.set(1)).all_rows().execute(db).await?;
        let error = hen("ANN").execute(db).await.err().ok_or("the index is not there")?;
        assert_eq!(error.violation().and_then(|violation| violation.constraint.as_deref()), Some("hens_ci"));
        let error = Hen::delete().filter(Hen::id.eq(id)).execute(db).await;
        assert!(error.is_err_and(|error| error.is_foreign_key_violation()));
        Egg::update().set(Egg::id.set(7)).all_rows().execute(db).await?;
        let hens = Hen::query().filter(Hen::mood.in_([Mood::Fine])).fetch_all(db).await?;
        let moods = vec![Mood::Happy, Mood::Fine];
        assert_eq!(hens, [Hen { id, name: "Ann".into(), mood: Some(Mood::Fine), moods, egg_id: Some(7) }]);

        SCHEMA.drop_tables(db).await?;
        assert!(names(db).await?.is_empty());
        SCHEMA.drop_tables(db).await?;
        // A statement that was prepared for a type that is gone.
        db.acquire().await?.clear_cached_statements().await?;
    }
    db.transaction(async |tx| SCHEMA.create_tables(tx).await).await?;
    assert_eq!(
        names(db).await?,
        ["eggs", "eggs_pkey", "hens", "hens_ci", "hens_id_seq", "hens_name_key", "hens_pkey", "mood", "moody_hens"]
    );
    Ok(())
}
