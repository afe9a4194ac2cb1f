//! Values of all types, written and read through mizzle, and what plain sqlx finds in their place.

use std::{fmt::Debug, ops::Bound};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound as _, Utc};
use ipnetwork::IpNetwork;
use mac_address::MacAddress;
use mizzle::{
    Json,
    dialect::Postgres,
    prelude::*,
    value::{Cidr, JsonText},
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::{
    PgPool,
    postgres::types::{PgInterval, PgRange},
};
use uuid::Uuid;

use crate::{
    Result,
    database::{with_schema, with_tables},
};

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Color {
    Red,
    #[sql_enum(rename = "grün")]
    Green,
    #[sql_enum(rename = "it's \"blue\"")]
    Blue,
}

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Name(String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Document {
    text: String,
    numbers: Vec<i64>,
}

/// A table with a column of each type, one that can also be NULL, and a list where there are lists.
macro_rules! all_types {
    ($($name:ident $maybe:ident $($list:ident)?: $ty:ty = $strategy:expr;)+) => {
        #[derive(Table, Debug, Clone, PartialEq)]
        #[table(name = "samples", insert = NewSample, dialect = Postgres)]
        struct Sample {
            #[column(primary_key, auto_increment)]
            id: i64,
            $($name: $ty, $maybe: Option<$ty>, $($list: Vec<$ty>,)?)+
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
                        $($list: proptest::collection::vec($strategy, 0..4).new_tree(&mut runner).ok()?.current(),)?
                    )+
                })
            })
        }

        /// Compares each field of what was written with what was read.
        fn assert_same(written: &NewSample, read: &Sample) {
            $(
                assert_eq!(written.$name, read.$name);
                assert_eq!(written.$maybe, read.$maybe);
                $(assert_eq!(written.$list, read.$list);)?
            )+
        }
    };
}

all_types! {
    bool_ bool_maybe bool_list: bool = any::<bool>();
    i8_ i8_maybe i8_list: i8 = any::<i8>();
    i16_ i16_maybe i16_list: i16 = any::<i16>();
    i32_ i32_maybe i32_list: i32 = any::<i32>();
    i64_ i64_maybe i64_list: i64 = prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    u8_ u8_maybe: u8 = any::<u8>();
    u16_ u16_maybe u16_list: u16 = any::<u16>();
    u32_ u32_maybe u32_list: u32 = any::<u32>();
    f32_ f32_maybe f32_list: f32 = floats().prop_map(|x| x as f32);
    f64_ f64_maybe f64_list: f64 = floats();
    decimal decimal_maybe decimal_list: Decimal = decimals();
    text text_maybe text_list: String = texts();
    name name_maybe name_list: Name = texts().prop_map(Name);
    bytes bytes_maybe bytes_list: Vec<u8> = any::<Vec<u8>>();
    date date_maybe date_list: NaiveDate = moments().prop_map(|moment| moment.date_naive());
    time time_maybe time_list: NaiveTime = moments().prop_map(|moment| moment.time());
    datetime datetime_maybe datetime_list: NaiveDateTime = moments().prop_map(|moment| moment.naive_utc());
    timestamp timestamp_maybe timestamp_list: DateTime<Utc> = moments();
    uuid uuid_maybe uuid_list: Uuid = any::<u128>().prop_map(Uuid::from_u128);
    json json_maybe json_list: Json<Document> = documents().prop_map(Json);
    written written_maybe written_list: JsonText<Document> = documents().prop_map(JsonText);
    color color_maybe color_list: Color = prop_oneof![Just(Color::Red), Just(Color::Green), Just(Color::Blue)];
    interval interval_maybe interval_list: PgInterval =
        any::<(i32, i32, i64)>().prop_map(|(months, days, microseconds)| PgInterval { months, days, microseconds });
    inet inet_maybe inet_list: IpNetwork = networks();
    cidr cidr_maybe cidr_list: Cidr =
        networks().prop_map(|n| Cidr(IpNetwork::new(n.network(), n.prefix()).expect("a network")));
    mac mac_maybe mac_list: MacAddress = any::<[u8; 6]>().prop_map(MacAddress::new);
    int8range int8range_maybe int8range_list: PgRange<i64> = ranges(any::<i32>().prop_map(i64::from), |n| n + 1);
    int4range int4range_maybe int4range_list: PgRange<i32> = ranges(any::<i16>().prop_map(i32::from), |n| n + 1);
    numrange numrange_maybe numrange_list: PgRange<Decimal> = ranges(decimals(), |n| n);
    daterange daterange_maybe daterange_list: PgRange<NaiveDate> =
        ranges(moments().prop_map(|moment| moment.date_naive()), |day| day.succ_opt().expect("a day"));
    tsrange tsrange_maybe tsrange_list: PgRange<NaiveDateTime> =
        ranges(moments().prop_map(|moment| moment.naive_utc()), |moment| moment);
    tstzrange tstzrange_maybe tstzrange_list: PgRange<DateTime<Utc>> = ranges(moments(), |moment| moment);
}

fn floats() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        Just(0.0),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(f64::MIN_POSITIVE),
        Just(f64::MAX),
        any::<f32>().prop_map(f64::from),
        any::<f64>()
    ]
}

fn decimals() -> impl Strategy<Value = Decimal> {
    let parts = (0_i128..1 << 96, prop_oneof![Just(0), Just(28), 0_u32..=28], any::<bool>());
    parts.prop_map(|(n, scale, negative)| Decimal::from_i128_with_scale(if negative { -n } else { n }, scale))
}

fn texts() -> impl Strategy<Value = String> + Clone {
    any::<String>().prop_map(|text| text.replace('\0', ""))
}

fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = prop_oneof![Just(0), -62_167_219_200_i64..253_402_300_800, -210_866_803_200_i64..8_200_000_000_000];
    (seconds, 0_u32..1_000_000)
        .prop_map(|(seconds, micros)| DateTime::from_timestamp(seconds, micros * 1000).expect("in range"))
}

fn documents() -> impl Strategy<Value = Document> {
    (texts(), any::<Vec<i64>>()).prop_map(|(text, numbers)| Document { text, numbers })
}

fn networks() -> impl Strategy<Value = IpNetwork> {
    prop_oneof![
        (any::<[u8; 4]>(), 0_u8..=32).prop_map(|(ip, prefix)| IpNetwork::new(ip.into(), prefix).expect("a network")),
        (any::<[u8; 16]>(), 0_u8..=128).prop_map(|(ip, prefix)| IpNetwork::new(ip.into(), prefix).expect("a network")),
    ]
}

/// As PostgreSQL writes them: with the first, without the last.
fn ranges<T: PartialOrd + Clone + Debug + 'static>(
    values: impl Strategy<Value = T> + 'static,
    next: fn(T) -> T,
) -> impl Strategy<Value = PgRange<T>> {
    let values = values.boxed();
    (values.clone(), values, any::<(bool, bool)>()).prop_map(move |(a, b, (start, end))| {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let high = if low == high { next(high) } else { high };
        // One value alone is included on both sides, if there is no next one.
        let last = if low == high { Bound::Included(high) } else { Bound::Excluded(high) };
        PgRange {
            start: if start { Bound::Included(low) } else { Bound::Unbounded },
            end: if end { last } else { Bound::Unbounded },
        }
    })
}

static SCHEMA: mizzle::schema::Schema = mizzle::schema! { Sample };

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_written_is_read() -> Result {
    with_tables(1, &SCHEMA, async |db| {
        let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
        let handle = tokio::runtime::Handle::current();
        tokio::task::block_in_place(|| {
            runner.run(&samples(), |sample| {
                let read = handle.block_on(round_trip(db, sample.clone())).expect("the database answers");
                assert_same(&sample, &read);
                Ok(())
            })
        })?;
        Ok(())
    })
    .await
}

async fn round_trip(db: &PgPool, sample: NewSample) -> Result<Sample> {
    let returned = Sample::insert().row(sample).returning(Sample::all()).fetch_one(db).await?;
    let read = Sample::query().filter(Sample::id.eq(returned.id)).fetch_one(db).await?;
    assert_eq!(returned, read);
    Ok(read)
}

/// What plain sqlx reads of the last row.
async fn shown(db: &PgPool, expression: &'static str) -> Result<String> {
    let sql = format!("SELECT ({expression})::text FROM samples ORDER BY id DESC LIMIT 1");
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(db).await?)
}

#[tokio::test]
async fn the_server_sees_the_same() -> Result {
    with_tables(1, &SCHEMA, async |db| {
        let moment: DateTime<Utc> = "2024-05-01T12:30:00.123456789Z".parse()?;
        let mut runner = TestRunner::deterministic();
        let mut sample = samples().new_tree(&mut runner).map_err(|reason| reason.message().to_owned())?.current();
        sample.i64_ = i64::MIN;
        sample.f64_ = 0.1;
        sample.decimal = "-12345.6700".parse()?;
        sample.text = "it's \"é\"".to_owned();
        sample.bytes = vec![0, 255];
        sample.timestamp = moment;
        sample.date = NaiveDate::from_ymd_opt(-43, 3, 15).expect("a date");
        sample.time = moment.time();
        sample.uuid = Uuid::from_u128(7);
        sample.json = Json(Document { text: "a\"b".to_owned(), numbers: vec![1] });
        sample.color = Color::Blue;
        sample.color_list = vec![Color::Red, Color::Blue];
        sample.text_list = vec!["a,b".to_owned(), String::new()];
        sample.interval = PgInterval { months: 14, days: -3, microseconds: 1_500_000 };
        sample.inet = "192.168.0.1/24".parse()?;
        sample.cidr = Cidr("10.0.0.0/8".parse()?);
        sample.mac = MacAddress::new([1, 2, 3, 4, 5, 255]);
        sample.int4range = PgRange { start: Bound::Excluded(1), end: Bound::Included(5) };
        let read = round_trip(db, sample).await?;
        assert_eq!(read.timestamp, moment.trunc_subsecs(6));
        assert_eq!(read.int4range, PgRange { start: Bound::Included(2), end: Bound::Excluded(6) });

        for (column, text) in [
            ("i64_", "-9223372036854775808"),
            ("f64_", "0.1"),
            ("decimal", "-12345.6700"),
            ("text", "it's \"é\""),
            ("bytes", "\\x00ff"),
            ("timestamp AT TIME ZONE 'UTC'", "2024-05-01 12:30:00.123456"),
            ("date", "0044-03-15 BC"),
            ("time", "12:30:00.123456"),
            ("uuid", "00000000-0000-0000-0000-000000000007"),
            ("json", r#"{"text": "a\"b", "numbers": [1]}"#),
            ("color", "it's \"blue\""),
            ("color_list", r#"{red,"it's \"blue\""}"#),
            ("text_list", r#"{"a,b",""}"#),
            ("interval", "1 year 2 mons -3 days +00:00:01.5"),
            ("inet", "192.168.0.1/24"),
            ("cidr", "10.0.0.0/8"),
            ("mac", "01:02:03:04:05:ff"),
            ("int4range", "[2,6)"),
        ] {
            assert_eq!(shown(db, column).await?, text, "{column}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_held_is_refused() -> Result {
    #[derive(Table, Debug)]
    #[table(name = "texts", dialect = Postgres)]
    #[expect(dead_code, reason = "nothing can be stored in it")]
    struct Text {
        #[column(primary_key)]
        id: i64,
        text: String,
        json: Json<String>,
        time: NaiveTime,
        cidr: Cidr,
    }
    with_tables(1, &mizzle::schema! { Text }, async |db| {
        let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).expect("a time");
        let errors = [
            Text::update().set(Text::text.set("\0")).filter(Text::id.eq(1)).execute(db).await,
            Text::update().set(Text::json.set(Json("\0".to_owned()))).filter(Text::id.eq(1)).execute(db).await,
            Text::update().set(Text::time.set(leap)).filter(Text::id.eq(1)).execute(db).await,
            Text::update().set(Text::cidr.set(Cidr("10.0.0.1/8".parse()?))).filter(Text::id.eq(1)).execute(db).await,
        ];
        let words: Vec<_> = errors.into_iter().map(|error| error.expect_err("refused").to_string()).collect();
        assert_eq!(
            words,
            [
                "parameter 1: PostgreSQL text cannot hold NUL",
                "parameter 1: PostgreSQL text cannot hold NUL",
                "parameter 1: PostgreSQL has no leap seconds",
                "parameter 1: a cidr has no bits beyond its prefix",
            ]
        );
        Ok(())
    })
    .await
}

/// Reads the one value that a plain query selects.
async fn read<T: mizzle::value::FieldType>(db: &PgPool, sql: &'static str) -> std::result::Result<T, mizzle::Error> {
    let statement = mizzle::render::Statement::raw(sql, vec![]);
    let query = mizzle::run::Query::<Postgres, T> { statement, decode: |row| T::read(row) };
    let row = db.fetch_optional(query).await?;
    row.ok_or(mizzle::Error::RowNotFound)
}

#[tokio::test]
async fn the_type_that_the_server_sends_counts() -> Result {
    with_schema(1, async |db| {
        assert_eq!(read::<i64>(db, "SELECT 7::smallint").await?, 7);
        assert_eq!(read::<i64>(db, "SELECT 7.000").await?, 7);
        assert_eq!(read::<f64>(db, "SELECT 0.1").await?, 0.1);
        assert_eq!(read::<f64>(db, "SELECT 12").await?, 12.0);
        assert!(read::<f64>(db, "SELECT 'NaN'::numeric").await?.is_nan());
        assert_eq!(read::<String>(db, "SELECT 'x'::char(3)").await?, "x  ");
        assert_eq!(read::<String>(db, "SELECT current_schema()").await?.split('_').next(), Some("mizzle"));
        assert_eq!(read::<Option<i64>>(db, "SELECT NULL::bigint").await?, None);
        assert_eq!(read::<Vec<i64>>(db, "SELECT ARRAY[1, 2.0]").await?, [1, 2]);
        assert_eq!(read::<Decimal>(db, "SELECT 1.0000000000000000000000000000000000").await?, Decimal::ONE);

        sqlx::query("CREATE DOMAIN email AS text").execute(db).await?;
        sqlx::query("CREATE DOMAIN emails AS email[]").execute(db).await?;
        assert_eq!(read::<String>(db, "SELECT 'a@b'::email").await?, "a@b");
        assert_eq!(read::<Vec<String>>(db, "SELECT ARRAY['a@b']::emails").await?, ["a@b"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_does_not_fit_is_an_error() -> Result {
    with_schema(1, async |db| {
        let words = [
            read::<i64>(db, "SELECT '1'::text AS x").await.map(drop),
            read::<i32>(db, "SELECT 3000000000 AS x").await.map(drop),
            read::<i64>(db, "SELECT 1.5 AS x").await.map(drop),
            read::<i64>(db, "SELECT NULL::bigint AS x").await.map(drop),
            read::<NaiveDate>(db, "SELECT 'infinity'::date AS x").await.map(drop),
            read::<DateTime<Utc>>(db, "SELECT now()::timestamp AS x").await.map(drop),
            read::<Decimal>(db, "SELECT 0.00000000000000000000000000001 AS x").await.map(drop),
            read::<Vec<i64>>(db, "SELECT ARRAY[1, NULL] AS x").await.map(drop),
            read::<Vec<i64>>(db, "SELECT ARRAY[ARRAY[1]] AS x").await.map(drop),
            read::<Vec<i64>>(db, "SELECT ARRAY['a'] AS x").await.map(drop),
            read::<Vec<i64>>(db, "SELECT 1 AS x").await.map(drop),
        ];
        let words: Vec<_> = words.into_iter().map(|error| error.expect_err("it does not fit").to_string()).collect();
        assert_eq!(
            words,
            [
                "column 0 (`x`): expected an integer, found TEXT",
                "column 0 (`x`): expected i32, found an integer out of its range",
                "column 0 (`x`): expected an integer, found a numeric that is no integer",
                "column 0 (`x`): expected i64, found NULL",
                "column 0 (`x`): expected a date, found a date that is infinite or beyond the years that chrono has",
                "column 0 (`x`): expected a date and time, found TIMESTAMP",
                "column 0 (`x`): expected a decimal, found a numeric that is not finite, or beyond 28 digits",
                "column 0 (`x`): expected alloc::vec::Vec<i64>, found an element that is NULL",
                "column 0 (`x`): expected alloc::vec::Vec<i64>, found an array of several dimensions",
                "column 0 (`x`): expected alloc::vec::Vec<i64>, found an element that is TEXT",
                "column 0 (`x`): expected alloc::vec::Vec<i64>, found INT4",
            ]
        );
        Ok(())
    })
    .await
}

/// sqlx keeps prepared statements by their text alone.
#[tokio::test]
async fn one_text_with_two_types_is_two_statements() -> Result {
    with_schema(1, async |db| {
        let one = |value| mizzle::render::Statement::raw("SELECT $1", vec![value]);
        let integer = mizzle::run::Query::<Postgres, f64> {
            statement: one(mizzle::value::Value::I64(1)),
            decode: |row| mizzle::value::FieldType::read(row),
        };
        let float = mizzle::run::Query { statement: one(mizzle::value::Value::F64(0.5)), ..integer.clone() };
        assert_eq!(db.fetch_all(integer).await?, [1.0]);
        assert_eq!(db.fetch_all(float).await?, [0.5]);
        Ok(())
    })
    .await
}
