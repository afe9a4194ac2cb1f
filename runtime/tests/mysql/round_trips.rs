//! Values of all types, written and read through mizzle, and what plain sqlx finds in their place.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use mizzle::{
    Json,
    prelude::*,
    value::{JsonText, Value},
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::mysql::MySqlRow;
use uuid::Uuid;

use crate::database::{Result, numbers};

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Name(String);

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Color {
    Red,
    #[sql_enum(rename = "grün")]
    Green,
    #[sql_enum(rename = "it's \"blue\" \\")]
    Blue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Document {
    text: String,
    numbers: Vec<i64>,
    float: f64,
    inner: Option<Box<Document>>,
}

/// A table with a column of each type and one that can also be NULL.
macro_rules! all_types {
    ($($name:ident $maybe:ident: $ty:ty = $strategy:expr;)+) => {
        #[derive(Table, Debug, Clone, PartialEq)]
        #[table(insert = NewSample, dialect(MySql, MariaDb))]
        struct Sample {
            #[column(primary_key)]
            id: i64,
            $($name: $ty, $maybe: Option<$ty>,)+
        }

        /// A row, column by column, since a tuple of strategies ends too early.
        fn samples() -> impl Strategy<Value = NewSample> {
            any::<[u8; 32]>().prop_filter_map("no such value", |seed| {
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
                let mut runner = TestRunner::new_with_rng(Config::default(), rng);
                Some(NewSample {
                    id: i64::from_le_bytes(seed[..8].try_into().ok()?),
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
    u64_ u64_maybe: u64 = prop_oneof![Just(u64::MAX), any::<u64>()];
    f32_ f32_maybe: f32 = proptest::num::f32::ANY.prop_filter("MySQL has none", |x| x.is_finite());
    f64_ f64_maybe: f64 = floats();
    decimal decimal_maybe: Decimal = decimals();
    bool_ bool_maybe: bool = any::<bool>();
    text text_maybe: String = texts();
    bytes bytes_maybe: Vec<u8> = proptest::collection::vec(any::<u8>(), 0..40);
    date date_maybe: NaiveDate = moments().prop_map(|moment| moment.date_naive());
    time time_maybe: NaiveTime = moments().prop_map(|moment| moment.time());
    datetime datetime_maybe: NaiveDateTime = moments().prop_map(|moment| moment.naive_utc());
    moment moment_maybe: DateTime<Utc> = moments();
    uuid uuid_maybe: Uuid = any::<u128>().prop_map(|bits| Uuid::from_u128(bits & !VERSION_8));
    json json_maybe: Json<Document> = documents().prop_map(Json);
    json_text json_text_maybe: JsonText<Document> = documents().prop_map(JsonText);
    list list_maybe: Vec<String> = proptest::collection::vec(texts(), 0..4);
    name name_maybe: Name = texts().prop_map(Name);
    color color_maybe: Color = prop_oneof![Just(Color::Red), Just(Color::Green), Just(Color::Blue)];
}

/// MariaDB refuses some UUIDs of a version beyond 7.
const VERSION_8: u128 = 1 << 79;

fn floats() -> impl Strategy<Value = f64> {
    let any = any::<u64>().prop_map(f64::from_bits).prop_filter("MySQL has none", |x| x.is_finite());
    let special = [0.0, -0.0, 0.1, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e15, -3.0];
    prop_oneof![3 => any, 1 => proptest::sample::select(special.to_vec())]
}

fn decimals() -> impl Strategy<Value = Decimal> {
    let any = (any::<[u32; 3]>(), any::<bool>(), 0..=28_u32)
        .prop_map(|([lo, mid, hi], negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale));
    prop_oneof![any, proptest::sample::select(vec![Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::new(125, 2)])]
}

/// Characters of all 17 planes, and those that SQL is careful with.
fn texts() -> impl Strategy<Value = String> {
    let plane = (0..17_u32, 0..0x1_0000_u32)
        .prop_filter_map("a surrogate", |(plane, offset)| char::from_u32(plane << 16 | offset));
    let special = proptest::sample::select("\0'\"`\\%_?$:;-[]{} \n\r\t\u{feff}\u{202e}é".chars().collect::<Vec<_>>());
    proptest::collection::vec(prop_oneof![plane, special], 0..30).prop_map(String::from_iter)
}

/// Moments in microseconds.
fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let micros = prop_oneof![Just(0), Just(500_000), 0..1_000_000_u32];
    let seconds = prop_oneof![8 => -62_167_219_200_i64..253_402_300_800, 1 => (0..86_400_i64 * 366).prop_map(|s| s - 62_167_219_200)];
    (seconds, micros)
        .prop_filter_map("no such moment", |(second, micros)| DateTime::from_timestamp(second, micros * 1000))
        .prop_filter("MariaDB's year 0 has no such day", |moment| !moment.to_rfc3339().starts_with("0000-02-29"))
}

fn documents() -> impl Strategy<Value = Document> {
    let numbers = proptest::collection::vec(any::<i64>(), 0..4);
    let leaf =
        (texts(), numbers, floats()).prop_map(|(text, numbers, float)| Document { text, numbers, float, inner: None });
    leaf.prop_recursive(3, 8, 1, |inner| {
        (texts(), inner).prop_map(|(text, inner)| Document {
            text,
            numbers: vec![],
            float: 0.5,
            inner: Some(Box::new(inner)),
        })
    })
}

/// What plain sqlx reads of a column.
fn plain<'r, T: sqlx::Decode<'r, sqlx::MySql>>(row: &'r MySqlRow, column: &str) -> Result<T> {
    Ok(sqlx::Row::try_get_unchecked(row, column)?)
}

/// Compares what sqlx finds in the row with what it should be.
fn stored_as_expected(row: &MySqlRow, sample: &Sample) -> Result {
    assert_eq!(plain::<i8>(row, "i8_")?, sample.i8_);
    assert_eq!(plain::<i64>(row, "i64_")?, sample.i64_);
    assert_eq!(plain::<Option<i64>>(row, "i64_maybe")?, sample.i64_maybe);
    assert_eq!(plain::<u8>(row, "u8_")?, sample.u8_);
    assert_eq!(plain::<u32>(row, "u32_")?, sample.u32_);
    assert_eq!(plain::<u64>(row, "u64_")?, sample.u64_);
    assert_eq!(plain::<f32>(row, "f32_")?, sample.f32_);
    assert_eq!(plain::<f64>(row, "f64_")?.to_bits(), sample.f64_.to_bits());
    assert_eq!(plain::<Option<f64>>(row, "f64_maybe")?, sample.f64_maybe);
    assert_eq!(plain::<bool>(row, "bool_")?, sample.bool_);
    assert_eq!(plain::<String>(row, "text")?, sample.text);
    assert_eq!(plain::<Option<String>>(row, "text_maybe")?, sample.text_maybe);
    assert_eq!(plain::<Vec<u8>>(row, "bytes")?, sample.bytes);
    assert_eq!(plain::<NaiveDate>(row, "date")?, sample.date);
    assert_eq!(plain::<NaiveTime>(row, "time")?, sample.time);
    assert_eq!(plain::<NaiveDateTime>(row, "datetime")?, sample.datetime);
    assert_eq!(plain::<Option<DateTime<Utc>>>(row, "moment_maybe")?, sample.moment_maybe);
    let json: Document = serde_json::from_str(plain(row, "json")?)?;
    assert_eq!(json, sample.json.0);
    assert_eq!(plain::<String>(row, "name")?, sample.name.0);
    let color = match sample.color {
        Color::Red => "red",
        Color::Green => "grün",
        Color::Blue => "it's \"blue\" \\",
    };
    assert_eq!(plain::<String>(row, "color")?, color);
    Ok(())
}

both! {
    async fn what_is_written_is_what_is_read(db, pool) {
        mizzle::schema! { Sample }.create_tables(db).await?;
        let config = Config { cases: 200, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
        let mut runner = TestRunner::new(config);
        let runtime = tokio::runtime::Handle::current();
        let round_trip = async |new: NewSample| -> Result {
            let id = new.id;
            Sample::insert().row(&new).execute(db).await?;
            let read = Sample::query().filter(Sample::id.eq(id)).fetch_one(db).await?;
            assert_same(&new, &read);
            let row = sqlx::query("SELECT * FROM sample WHERE id = ?").bind(id).fetch_one(pool).await?;
            stored_as_expected(&row, &read)?;
            let found = Sample::query()
                .filter((Sample::text.eq(&read.text), Sample::f64_.eq(read.f64_), Sample::moment.eq(read.moment)))
                .filter((Sample::bytes.eq(&read.bytes), Sample::uuid.in_([read.uuid]), Sample::color.eq(read.color)))
                .filter((Sample::name.eq(&read.name), Sample::time.between(read.time, read.time), Sample::date.ge(read.date)))
                .filter(Sample::f32_.eq(read.f32_))
                .select((Sample::id, Sample::json, Sample::i64_maybe.is_same_as(Sample::i64_maybe)));
            let found = found.fetch_all(db).await?;
            assert!(found.iter().any(|(found, json, same)| *found == id && *json == read.json && *same));
            let values = vec![Value::U64(read.u64_), Value::Decimal(read.decimal)];
            let equal = numbers("SELECT count(*) FROM sample WHERE u64_ = ? AND `decimal` = ?", values);
            assert_ne!(db.fetch_all(equal).await?, [0]);
            Ok(())
        };
        tokio::task::block_in_place(|| {
            let done = runner.run(&samples(), |sample| {
                runtime.block_on(round_trip(sample)).map_err(|error| TestCaseError::fail(error.to_string()))
            });
            done.map_err(|error| error.to_string())
        })?;
    }
}
