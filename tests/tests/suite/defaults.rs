//! Defaults of columns and conditions of tables: literals in their definition.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use mizzle::{Json, prelude::*};
use mizzle_tests::Result;
use uuid::Uuid;

use super::database;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
    #[sql_enum(rename = "it's fine")]
    Fine,
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 5, 1).unwrap_or_default()
}

/// A default of each kind, each a literal.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "defaults", insert = NewDefault)]
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
    #[column(default = 5e-324)]
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
}

#[tokio::test]
async fn literals_are_what_they_say() -> Result {
    let db = &database(&mizzle::schema! { Default }).await?;
    let read = {
        Default::insert().row(NewDefault::new()).execute(db).await?;
        Default::query().fetch_one(db).await?
    };
    let expected = Default {
        id: 1,
        bool: true,
        small: -5,
        int: -9_007_199_254_740_993,
        real: 0.1,
        float: 5e-324,
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
    };
    assert_eq!(read, expected);
    assert!((Utc::now() - read.at).num_seconds().abs() < 60);
    Ok(())
}
