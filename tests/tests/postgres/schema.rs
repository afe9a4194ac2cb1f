//! Tables as mizzle creates and drops them, and what PostgreSQL makes of them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use mizzle::{Error, Json, prelude::*, schema::Schema};
use rust_decimal::Decimal;
use sqlx::{Connection as _, PgPool};
use uuid::Uuid;

use crate::{
    Result,
    database::{with_schema, with_tables},
};

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

async fn names(db: &PgPool) -> Result<Vec<String>> {
    const OURS: &str = "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        UNION ALL SELECT typname::text FROM pg_type WHERE typtype = 'e' AND typnamespace = current_schema()::regnamespace
        ORDER BY 1";
    Ok(sqlx::query_scalar(OURS).fetch_all(db).await?)
}

#[tokio::test]
async fn created_used_and_dropped() -> Result {
    with_schema(1, async |db| {
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
    })
    .await
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 5, 1).unwrap_or_default()
}

/// A default of each kind, each a literal.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "defaults", insert = NewDefault, dialect = Postgres)]
#[table(check(Default::int.gt(i64::MIN)), check(Default::text.ne("it's")), check(Default::mood.ne(Mood::Happy)))]
struct Default {
    #[column(primary_key, auto_increment)]
    id: i32,
    #[column(default = true)]
    bool: bool,
    #[column(default = -5i8)]
    small: i8,
    #[column(default = -9_007_199_254_740_993)]
    int: i64,
    #[column(default = 0.1)]
    real: f32,
    #[column(default = f64::INFINITY)]
    float: f64,
    #[column(default = "it's \\ \"new\"")]
    text: String,
    #[column(default = vec![0u8, 255])]
    bytes: Vec<u8>,
    #[column(default = day())]
    date: NaiveDate,
    #[column(default = NaiveTime::MIN)]
    time: NaiveTime,
    #[column(default = DateTime::UNIX_EPOCH)]
    moment: DateTime<Utc>,
    #[column(default = Uuid::nil())]
    uuid: Uuid,
    #[column(default = Json("it's".to_owned()))]
    json: Json<String>,
    #[column(default = Mood::Fine)]
    mood: Mood,
    #[column(default = vec![1, -2])]
    list: Vec<i32>,
    #[column(default = vec![Mood::Fine])]
    moods: Vec<Mood>,
    #[column(default = Vec::<String>::new())]
    none: Vec<String>,
    #[column(generated = Default::int * 2)]
    twice: i64,
    #[column(generated_virtual = Default::text.upper())]
    upper: String,
    #[column(default = now())]
    at: DateTime<Utc>,
    price: Option<Decimal>,
}

#[tokio::test]
async fn literals_are_what_they_say() -> Result {
    with_tables(1, &mizzle::schema! { Default }, async |db| {
        let read = Default::insert().row(NewDefault::new()).returning(Default::all()).fetch_one(db).await?;
        let expected = Default {
            id: 1,
            bool: true,
            small: -5,
            int: -9_007_199_254_740_993,
            real: 0.1,
            float: f64::INFINITY,
            text: "it's \\ \"new\"".to_owned(),
            bytes: vec![0, 255],
            date: day(),
            time: NaiveTime::MIN,
            moment: DateTime::UNIX_EPOCH,
            uuid: Uuid::nil(),
            json: Json("it's".to_owned()),
            mood: Mood::Fine,
            list: vec![1, -2],
            moods: vec![Mood::Fine],
            none: vec![],
            twice: -18_014_398_509_481_986,
            upper: "IT'S \\ \"NEW\"".to_owned(),
            at: read.at,
            price: None,
        };
        assert_eq!(read, expected);
        assert!((Utc::now() - read.at).num_seconds().abs() < 60);
        Ok(())
    })
    .await
}
