//! Values of all types, written and read through mizzle, and what plain sqlx finds in their place (`crate::stored`).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use mizzle::{Json, prelude::*};
use mizzle_tests::{Result, needs};

use super::database;
use crate::Db;
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(SqlValue, Debug, Clone, PartialEq)]
pub(crate) struct Name(pub(crate) String);

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
pub(crate) enum Color {
    Red,
    #[sql_enum(rename = "grün")]
    Green,
    #[sql_enum(rename = "it's \"blue\"")]
    Blue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Document {
    text: String,
    numbers: Vec<i64>,
    inner: Option<Box<Document>>,
}

/// A table with a column of each type and one that can also be NULL.
macro_rules! all_types {
    ($($name:ident $maybe:ident: $ty:ty = $strategy:expr;)+) => {
        #[derive(Table, Debug, Clone, PartialEq)]
        #[table(insert = NewSample)]
        pub(crate) struct Sample {
            #[column(primary_key, auto_increment)]
            pub(crate) id: i64,
            $(pub(crate) $name: $ty, pub(crate) $maybe: Option<$ty>,)+
        }

        /// A row, column by column, since a tuple of strategies ends too early.
        fn samples() -> impl Strategy<Value = NewSample> {
            any::<[u8; 32]>().prop_filter_map("no such value", |seed| {
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
                let mut runner = TestRunner::new_with_rng(Config::default(), rng);
                Some(NewSample {
                    id: None,
                    $(
                        $name: $strategy.new_tree(&mut runner).ok()?.current(),
                        $maybe: proptest::option::of($strategy).new_tree(&mut runner).ok()?.current(),
                    )+
                })
            })
        }

        /// Compares each field of what was written with what was read.
        fn assert_same(written: &NewSample, read: &Sample) {
            $(
                assert_eq!(written.$name, read.$name);
                assert_eq!(written.$maybe, read.$maybe);
            )+
        }
    };
}

all_types! {
    i8_ i8_maybe: i8 = any::<i8>();
    i16_ i16_maybe: i16 = any::<i16>();
    i32_ i32_maybe: i32 = any::<i32>();
    i64_ i64_maybe: i64 = prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    u8_ u8_maybe: u8 = any::<u8>();
    u16_ u16_maybe: u16 = any::<u16>();
    u32_ u32_maybe: u32 = any::<u32>();
    f32_ f32_maybe: f32 = floats().prop_map(|x| x as f32);
    f64_ f64_maybe: f64 = floats();
    bool_ bool_maybe: bool = any::<bool>();
    text text_maybe: String = texts();
    bytes bytes_maybe: Vec<u8> = proptest::collection::vec(any::<u8>(), 0..40);
    date date_maybe: NaiveDate = moments().prop_map(|moment| moment.date_naive());
    time time_maybe: NaiveTime = moments().prop_map(|moment| moment.time());
    datetime datetime_maybe: NaiveDateTime = moments().prop_map(|moment| moment.naive_utc());
    moment moment_maybe: DateTime<Utc> = moments();
    uuid uuid_maybe: Uuid = uuids();
    json json_maybe: Json<Document> = documents().prop_map(Json);
    name name_maybe: Name = texts().prop_map(Name);
    color color_maybe: Color = prop_oneof![Just(Color::Red), Just(Color::Green), Just(Color::Blue)];
}

pub(super) fn uuids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(|bits| match has!(AnyUuid) {
        true => Uuid::from_u128(bits),
        false => uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid(),
    })
}

/// All floats but NaN, which SQLite has not.
pub(super) fn floats() -> impl Strategy<Value = f64> {
    let any = any::<u64>().prop_map(f64::from_bits).prop_filter("NaN", |x| !x.is_nan());
    let special = [f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 0.1, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e15, -3.0];
    let special = proptest::sample::select(special.to_vec());
    let storable = |x: &f64| x.is_finite() && (*x as f32).is_finite();
    prop_oneof![3 => any, 1 => special].prop_filter("infinite", move |x| has!(Infinities) || storable(x))
}

/// Characters of all 17 planes, and those that SQL is careful with.
pub(super) fn texts() -> impl Strategy<Value = String> {
    let plane = (0..17_u32, 0..0x1_0000_u32)
        .prop_filter_map("a surrogate", |(plane, offset)| char::from_u32(plane << 16 | offset));
    let special = proptest::sample::select("\0'\"`\\%_?$:;-[]{} \n\r\t\u{feff}\u{202e}é".chars().collect::<Vec<_>>());
    let char = prop_oneof![plane, special].prop_filter("NUL", |char| has!(NulInText) || *char != '\0');
    proptest::collection::vec(char, 0..30).prop_map(String::from_iter)
}

/// Moments in microseconds, one of ten in the year 0.
pub(super) fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let micros = prop_oneof![Just(0), Just(500_000), 0..1_000_000_u32];
    let seconds = prop_oneof![9 => -62_167_219_200_i64..253_402_300_800, 1 => -62_167_219_200_i64..-62_135_596_800];
    (seconds, micros)
        .prop_filter_map("no such moment", |(second, micros)| DateTime::from_timestamp(second, micros * 1000))
}

fn documents() -> impl Strategy<Value = Document> {
    let leaf = (texts(), proptest::collection::vec(any::<i64>(), 0..4)).prop_map(|(text, numbers)| Document {
        text,
        numbers,
        inner: None,
    });
    leaf.prop_recursive(3, 8, 1, |inner| {
        (texts(), inner).prop_map(|(text, inner)| Document { text, numbers: vec![], inner: Some(Box::new(inner)) })
    })
}

async fn round_trip(db: &Db, new: NewSample) -> Result {
    Sample::insert().row(&new).execute(db).await?;
    let read = Sample::query().order_by(Sample::id.desc()).fetch_one(db).await?;
    assert_same(&new, &read);
    crate::stored::check(db, &read).await?;
    let id = read.id;
    let found = Sample::query()
        .filter((Sample::text.eq(&read.text), Sample::f64_.eq(read.f64_), Sample::moment.eq(read.moment)))
        .filter((Sample::bytes.eq(&read.bytes), Sample::uuid.in_([read.uuid]), Sample::color.eq(read.color)))
        .filter((Sample::name.eq(&read.name), Sample::time.between(read.time, read.time), Sample::date.ge(read.date)))
        .select((Sample::id, Sample::json, Sample::i64_maybe.is_same_as(Sample::i64_maybe)));
    let found = found.fetch_all(db).await?;
    assert!(found.iter().any(|(found, json, same)| *found == id && *json == read.json && *same));
    Ok(())
}

#[test]
fn what_is_written_is_what_is_read() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let db = runtime.block_on(database(&mizzle::schema! { Sample }))?;
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&samples(), |sample| {
        runtime.block_on(round_trip(&db, sample)).map_err(|error| TestCaseError::fail(error.to_string()))
    });
    result.map_err(|error| error.to_string())?;
    Ok(())
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
    assert!(matches!(&refused, Err(mizzle::Error::Encode(error)) if error.parameter == Some(2)), "{refused:?}");
    assert_eq!(Word::query().count(&db).await?, 0);
    Ok(())
}
