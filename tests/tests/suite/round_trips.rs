//! Values of all types, written and read through mizzle, and what plain sqlx finds in their place (`crate::stored`).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use mizzle::{Json, prelude::*, value::JsonText};
use mizzle_tests::{Result, needs};
use proptest::prelude::*;
use uuid::Uuid;

use super::{all_types::all_types, database, strategies::*};
use crate::Db;

#[derive(SqlValue, Debug, Clone, PartialEq)]
pub(crate) struct Name(pub(crate) String);

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
pub(crate) enum Color {
    Red,
    #[sql_enum(rename = "grün")]
    Green,
    #[sql_enum(rename = "it's \"blue\" \\")]
    Blue,
}

all_types! {
    i8_ i8_maybe i8_list: i8 = any::<i8>();
    i16_ i16_maybe i16_list: i16 = any::<i16>();
    i32_ i32_maybe i32_list: i32 = any::<i32>();
    i64_ i64_maybe i64_list: i64 = prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    u8_ u8_maybe: u8 = any::<u8>();
    u16_ u16_maybe u16_list: u16 = any::<u16>();
    u32_ u32_maybe u32_list: u32 = any::<u32>();
    f32_ f32_maybe: f32 = floats().prop_map(|x| x as f32);
    f64_ f64_maybe: f64 = floats();
    f32s f32s_maybe: Vec<f32> = proptest::collection::vec(floats_of_lists().prop_map(|x| x as f32), 0..4);
    f64s f64s_maybe: Vec<f64> = proptest::collection::vec(floats_of_lists(), 0..4);
    bool_ bool_maybe bool_list: bool = any::<bool>();
    text text_maybe text_list: String = texts();
    bytes bytes_maybe bytes_list: Vec<u8> = proptest::collection::vec(any::<u8>(), 0..40);
    date date_maybe date_list: NaiveDate = moments().prop_map(|moment| moment.date_naive());
    time time_maybe time_list: NaiveTime = moments().prop_map(|moment| moment.time());
    datetime datetime_maybe datetime_list: NaiveDateTime = moments().prop_map(|moment| moment.naive_utc());
    moment moment_maybe moment_list: DateTime<Utc> = moments();
    uuid uuid_maybe uuid_list: Uuid = uuids();
    json json_maybe json_list: Json<Document> = documents().prop_map(Json);
    as_written as_written_maybe as_written_list: JsonText<Document> = documents().prop_map(JsonText);
    name name_maybe name_list: Name = texts().prop_map(Name);
    color color_maybe color_list: Color = prop_oneof![Just(Color::Red), Just(Color::Green), Just(Color::Blue)];
}

async fn round_trip(db: &Db, new: NewSample) -> Result {
    Sample::insert().row(&new).execute(db).await?;
    let read = Sample::query().order_by(Sample::id.desc()).fetch_one(db).await?;
    assert_same(&new, &read);
    crate::stored::check(db, &read).await?;
    assert_same_when_loaded(db, &read).await?;
    let id = read.id;
    let found = Sample::query()
        .filter((Sample::text.eq(&read.text), Sample::f64_.eq(read.f64_), Sample::moment.eq(read.moment)))
        .filter((Sample::bytes.eq(&read.bytes), Sample::uuid.in_([read.uuid]), Sample::color.eq(read.color)))
        .filter((Sample::name.eq(&read.name), Sample::time.between(read.time, read.time), Sample::date.ge(read.date)))
        .filter((Sample::f32_.eq(read.f32_), Sample::i64_.eq(read.i64_)))
        .select((Sample::id, Sample::json, Sample::i64_maybe.is_same_as(Sample::i64_maybe)));
    let found = found.fetch_all(db).await?;
    assert!(found.iter().any(|(found, json, same)| *found == id && *json == read.json && *same), "{read:?}");
    Ok(())
}

#[test]
fn what_is_written_is_what_is_read() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let db = runtime.block_on(database(&mizzle::schema! { Sample, Branch, Leaf }))?;
    holds(&runtime, 300, &samples(), |sample| round_trip(&db, sample))
}

#[tokio::test]
async fn moments_are_in_order() -> Result {
    #[derive(Table, Debug, PartialEq)]
    #[table(insert = NewMoment)]
    struct Moment {
        #[column(primary_key, auto_increment)]
        id: i64,
        at: DateTime<Utc>,
    }
    let db = database(&mizzle::schema! { Moment }).await?;
    let moment = |micros: i64| DateTime::from_timestamp_micros(micros).ok_or("no such moment");
    let mut moments = Vec::new();
    for micros in [0, 1, 10, 100_000, 99_999, 1_000_000, 999_999, -1, -1_000_000, 60_000_000_000, 1_714_566_600_250_000]
    {
        moments.push(moment(micros)?);
    }
    Moment::insert().rows(moments.iter().map(|at| NewMoment::new(*at))).execute(&db).await?;
    moments.sort();
    assert_eq!(Moment::query().select(Moment::at).order_by(Moment::at).fetch_all(&db).await?, moments);
    let later = Moment::query().filter(Moment::at.gt(moment(99_999)?)).count(&db).await?;
    assert_eq!(later, 5);
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
struct Word {
    #[column(primary_key)]
    id: i64,
    text: String,
}

#[needs(NulInText)]
#[tokio::test]
async fn text_goes_on_after_nul() -> Result {
    let db = database(&mizzle::schema! { Word }).await?;
    Word::insert().values((Word::id.set(1), Word::text.set("a\0b"))).execute(&db).await?;
    assert_eq!(Word::query().filter(Word::text.eq("a\0b")).select(Word::text).fetch_all(&db).await?, ["a\0b"]);
    Ok(())
}

#[needs(!NulInText)]
#[tokio::test]
async fn text_with_nul_is_refused() -> Result {
    let db = database(&mizzle::schema! { Word }).await?;
    let refused = Word::insert().values((Word::id.set(1), Word::text.set("a\0b"))).execute(&db).await;
    assert!(
        matches!(&refused, Err(mizzle::Error::Encode(error)) if error.parameter == Some(2) && error.sql.is_some()),
        "{refused:?}"
    );
    assert_eq!(Word::query().count(&db).await?, 0);
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
struct Point {
    #[column(primary_key)]
    id: i64,
    x: f64,
    y: Option<f32>,
}

#[needs(Nan)]
#[tokio::test]
async fn nan_is_equal_to_itself_and_larger_than_all_others() -> Result {
    let db = database(&mizzle::schema! { Point }).await?;
    for (id, x) in [(1, f64::NAN), (2, f64::INFINITY), (3, -1.0)] {
        Point::insert().values((Point::id.set(id), Point::x.set(x), Point::y.set(x as f32))).execute(&db).await?;
    }
    let ids = Point::query().select(Point::id);
    assert_eq!(ids.clone().filter(Point::x.eq(f64::NAN)).fetch_all(&db).await?, [1]);
    assert_eq!(ids.clone().filter(Point::y.eq(f32::NAN)).fetch_all(&db).await?, [1]);
    assert_eq!(ids.order_by(Point::x.desc()).fetch_all(&db).await?, [1, 2, 3]);
    let most = Point::query().select((Point::x.max(), Point::y.max())).fetch_one(&db).await?;
    assert!(most.0.is_some_and(f64::is_nan) && most.1.is_some_and(f32::is_nan), "{most:?}");
    Ok(())
}

#[needs(!Nan)]
#[tokio::test]
async fn nan_is_refused() -> Result {
    let db = database(&mizzle::schema! { Point }).await?;
    let double = Point::insert().values((Point::id.set(1), Point::x.set(f64::NAN))).execute(&db).await;
    let single = (Point::id.set(1), Point::x.set(0.0), Point::y.set(f32::NAN));
    for refused in [double, Point::insert().values(single).execute(&db).await] {
        assert!(
            matches!(&refused, Err(mizzle::Error::Encode(error)) if error.to_string().contains("NaN")),
            "{refused:?}"
        );
    }
    assert_eq!(Point::query().count(&db).await?, 0);
    Ok(())
}

#[needs(!AnyUuid)]
#[derive(Table, Debug, PartialEq)]
struct Thing {
    #[column(primary_key)]
    id: Uuid,
}

#[needs(!AnyUuid)]
#[tokio::test]
async fn a_uuid_must_be_one_by_the_standard() -> Result {
    let db = database(&mizzle::schema! { Thing }).await?;
    let insert = |id: Uuid| Thing::insert().values((Thing::id.set(id),)).execute(&db);
    let stored = [Uuid::nil(), Uuid::new_v4(), Uuid::from_u128(7)];
    for id in stored {
        insert(id).await?;
        assert_eq!(Thing::query().filter(Thing::id.eq(id)).count(&db).await?, 1);
    }
    let refused = insert(Uuid::from_u128(0xe076_17b0_dc3b_adf0_5d12_087d_67a2_19d8)).await;
    assert!(matches!(refused, Err(mizzle::Error::Database(_))), "{refused:?}");
    Ok(())
}
