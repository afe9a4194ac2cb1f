//! Types that only PostgreSQL has, moments that only it can store, and arrays as it writes them.

use std::{fmt::Debug, ops::Bound};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound as _, Utc};
use ipnetwork::IpNetwork;
use mac_address::MacAddress;
use mizzle::{prelude::*, value::Cidr};
use mizzle_tests::{Result, TestDatabase as _};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use rust_decimal::Decimal;
use sqlx::postgres::types::{PgInterval, PgRange};

use crate::{
    Db,
    suite::{all_types::all_types, database, round_trips::Color, strategies::*},
};

all_types! {
    #[table(dialect = Postgres)]
    decimal decimal_maybe decimal_list: Decimal = decimals();
    text text_maybe text_list: String = texts();
    date date_maybe date_list: NaiveDate = wide_moments().prop_map(|moment| moment.date_naive());
    time time_maybe time_list: NaiveTime = moments().prop_map(|moment| moment.time());
    datetime datetime_maybe datetime_list: NaiveDateTime = wide_moments().prop_map(|moment| moment.naive_utc());
    timestamp timestamp_maybe timestamp_list: DateTime<Utc> = wide_moments();
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
        ranges(wide_moments().prop_map(|moment| moment.date_naive()), |day| day.succ_opt().expect("a day"));
    tsrange tsrange_maybe tsrange_list: PgRange<NaiveDateTime> =
        ranges(wide_moments().prop_map(|moment| moment.naive_utc()), |moment| moment);
    tstzrange tstzrange_maybe tstzrange_list: PgRange<DateTime<Utc>> = ranges(wide_moments(), |moment| moment);
}

/// From 4714 BC to the last year that chrono has.
pub(crate) fn wide_moments() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = prop_oneof![Just(0), -210_866_803_200_i64..8_200_000_000_000];
    (seconds, 0_u32..1_000_000)
        .prop_map(|(seconds, micros)| DateTime::from_timestamp(seconds, micros * 1000).expect("in range"))
}

pub(crate) fn networks() -> impl Strategy<Value = IpNetwork> {
    prop_oneof![
        (any::<[u8; 4]>(), 0_u8..=32).prop_map(|(ip, prefix)| IpNetwork::new(ip.into(), prefix).expect("a network")),
        (any::<[u8; 16]>(), 0_u8..=128).prop_map(|(ip, prefix)| IpNetwork::new(ip.into(), prefix).expect("a network")),
    ]
}

/// As PostgreSQL writes them: with the first, without the last.
pub(crate) fn ranges<T: PartialOrd + Clone + Debug + 'static>(
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

#[test]
fn what_is_written_is_read() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let db = &runtime.block_on(database(&mizzle::schema! { Sample, Branch, Leaf }))?;
    holds(&runtime, 200, &samples(), |sample| async move {
        assert_same(&sample, &round_trip(db, &sample).await?);
        Ok(())
    })
}

async fn round_trip(db: &Db, sample: &NewSample) -> Result<Sample> {
    let returned = Sample::insert().row(sample).returning(Sample::all()).fetch_one(db).await?;
    let read = Sample::query().filter(Sample::id.eq(returned.id)).fetch_one(db).await?;
    assert_eq!(returned, read);
    assert_same_when_loaded(db, &read).await?;
    Ok(read)
}

#[tokio::test]
async fn the_server_sees_the_same() -> Result {
    let db = &database(&mizzle::schema! { Sample, Branch, Leaf }).await?;
    let moment: DateTime<Utc> = "2024-05-01T12:30:00.123456789Z".parse()?;
    let mut runner = TestRunner::deterministic();
    let mut sample = samples().new_tree(&mut runner).map_err(|reason| reason.message().to_owned())?.current();
    sample.decimal = "-12345.6700".parse()?;
    sample.timestamp = moment;
    sample.date = NaiveDate::from_ymd_opt(-43, 3, 15).ok_or("no such date")?;
    sample.time = moment.time();
    sample.color_list = vec![Color::Red, Color::Blue];
    sample.text_list = vec!["a,b".to_owned(), String::new()];
    sample.interval = PgInterval { months: 14, days: -3, microseconds: 1_500_000 };
    sample.inet = "192.168.0.1/24".parse()?;
    sample.cidr = Cidr("10.0.0.0/8".parse()?);
    sample.mac = MacAddress::new([1, 2, 3, 4, 5, 255]);
    sample.int4range = PgRange { start: Bound::Excluded(1), end: Bound::Included(5) };
    let read = round_trip(db, &sample).await?;
    assert_eq!(read.timestamp, moment.trunc_subsecs(6));
    assert_eq!(read.int4range, PgRange { start: Bound::Included(2), end: Bound::Excluded(6) });
    for (column, text) in [
        ("decimal", "-12345.6700"),
        ("timestamp AT TIME ZONE 'UTC'", "2024-05-01 12:30:00.123456"),
        ("date", "0044-03-15 BC"),
        ("time", "12:30:00.123456"),
        ("color_list", r#"{red,"it's \"blue\" \\"}"#),
        ("text_list", r#"{"a,b",""}"#),
        ("interval", "1 year 2 mons -3 days +00:00:01.5"),
        ("inet", "192.168.0.1/24"),
        ("cidr", "10.0.0.0/8"),
        ("mac", "01:02:03:04:05:ff"),
        ("int4range", "[2,6)"),
    ] {
        assert_eq!(db.text(&format!("SELECT {column} FROM sample")).await?, [[text]], "{column}");
    }
    Ok(())
}
