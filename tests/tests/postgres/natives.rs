//! Values of all types, written and read through mizzle, and what plain sqlx finds in their place.

use std::{fmt::Debug, ops::Bound};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound as _, Utc};
use ipnetwork::IpNetwork;
use mac_address::MacAddress;
use mizzle::{
    Json,
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

use crate::{Result, database::with_tables};

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
            let round_trips = runner.run(&samples(), |sample| {
                let read = handle.block_on(round_trip(db, sample.clone())).expect("the database answers");
                assert_same(&sample, &read);
                Ok(())
            });
            round_trips.map_err(|error| error.to_string())
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
