//! Many rows in one statement, as one array per column: values of all types that have arrays, and NULL.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use ipnetwork::IpNetwork;
use mac_address::MacAddress;
use mizzle::{Json, prelude::*, query::Insert, value::JsonText};
use mizzle_tests::{Result, TestDatabase as _, prepared};
use proptest::{collection::vec, prelude::*};
use rust_decimal::Decimal;
use sqlx::postgres::types::{PgInterval, PgRange};
use uuid::Uuid;

use crate::{
    natives::{networks, ranges, wide_moments},
    suite::{
        all_types::all_types,
        database,
        round_trips::{Color, Name},
        strategies::*,
    },
};

all_types! {
    #[table(dialect = Postgres)]
    i8_ i8_maybe: i8 = any::<i8>();
    i16_ i16_maybe: i16 = any::<i16>();
    i32_ i32_maybe: i32 = any::<i32>();
    i64_ i64_maybe: i64 = any::<i64>();
    u8_ u8_maybe: u8 = any::<u8>();
    u16_ u16_maybe: u16 = any::<u16>();
    u32_ u32_maybe: u32 = any::<u32>();
    f32_ f32_maybe: f32 = floats().prop_map(|x| x as f32);
    f64_ f64_maybe: f64 = floats();
    decimal decimal_maybe: Decimal = decimals();
    bool_ bool_maybe: bool = any::<bool>();
    text text_maybe: String = texts();
    bytes bytes_maybe: Vec<u8> = vec(any::<u8>(), 0..40);
    date date_maybe: NaiveDate = wide_moments().prop_map(|moment| moment.date_naive());
    time time_maybe: NaiveTime = moments().prop_map(|moment| moment.time());
    datetime datetime_maybe: NaiveDateTime = wide_moments().prop_map(|moment| moment.naive_utc());
    moment moment_maybe: DateTime<Utc> = wide_moments();
    uuid uuid_maybe: Uuid = uuids();
    json json_maybe: Json<Document> = documents().prop_map(Json);
    as_written as_written_maybe: JsonText<Document> = documents().prop_map(JsonText);
    name name_maybe: Name = texts().prop_map(Name);
    color color_maybe: Color = prop_oneof![Just(Color::Red), Just(Color::Green), Just(Color::Blue)];
    interval interval_maybe: PgInterval =
        any::<(i32, i32, i64)>().prop_map(|(months, days, microseconds)| PgInterval { months, days, microseconds });
    inet inet_maybe: IpNetwork = networks();
    mac mac_maybe: MacAddress = any::<[u8; 6]>().prop_map(MacAddress::new);
    int8range int8range_maybe: PgRange<i64> = ranges(any::<i32>().prop_map(i64::from), |n| n + 1);
    numrange numrange_maybe: PgRange<Decimal> = ranges(decimals(), |n| n);
    tstzrange tstzrange_maybe: PgRange<DateTime<Utc>> = ranges(wide_moments(), |moment| moment);
}

#[test]
fn rows_of_all_types_come_back_in_order() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let db = &runtime.block_on(database(&mizzle::schema! { Sample, Branch, Leaf }))?;
    holds(&runtime, 60, &vec(samples(), 2..6), |rows| async move {
        let insert = Sample::insert::<Postgres>().rows(&rows);
        let statement = prepared(db, insert.to_sql()).await?;
        assert!(statement.sql.contains("SELECT * FROM unnest($1::"), "{statement}");
        let returned = insert.returning(Sample::all()).fetch_all(db).await?;
        assert_eq!(returned.len(), rows.len());
        for (written, read) in rows.iter().zip(&returned) {
            assert_same(written, read);
            assert_same_when_loaded(db, read).await?;
        }
        assert!(returned.is_sorted_by_key(|row| row.id));
        Ok(())
    })
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewBird, dialect = Postgres)]
struct Bird {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique)]
    ring: String,
    color: Option<Color>,
    #[column(default = 1)]
    seen: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewFlock, dialect = Postgres)]
struct Flock {
    #[column(primary_key)]
    id: i64,
    rings: Vec<String>,
}

fn birds(rings: impl IntoIterator<Item = i32>) -> Vec<NewBird> {
    let bird =
        |ring: i32| NewBird { color: (ring % 2 == 0).then_some(Color::Green), ..NewBird::new(format!("r{ring}")) };
    rings.into_iter().map(bird).collect()
}

#[tokio::test]
async fn one_text_for_any_number_of_rows() -> Result {
    let db = &database(&mizzle::schema! { Bird, Flock }).await?;
    let sql = async |insert: Insert<Postgres, Bird>| -> Result<_> { Ok(prepared(db, insert.to_sql()).await?.sql) };
    let some = |rows| Bird::insert::<Postgres>().rows(birds(0..rows));
    let two = sql(some(2)).await?;
    assert_eq!(two, r#"INSERT INTO "bird" ("ring", "color") SELECT * FROM unnest($1::text[], $2::text[]::"color"[])"#);
    assert_eq!(two, sql(some(30_000)).await?);
    let one = sql(some(1)).await?;
    assert_eq!(one, r#"INSERT INTO "bird" ("ring", "color") VALUES ($1, $2::"color")"#);
    let mixed = [NewBird { seen: Some(3), ..NewBird::new("a") }, NewBird::new("b")];
    let mixed = sql(Bird::insert::<Postgres>().rows(mixed)).await?;
    assert!(mixed.ends_with("VALUES ($1, $2::\"color\", $3), ($4, $5::\"color\", DEFAULT)"), "{mixed}");
    let flocks = Flock::insert::<Postgres>().rows((0..2).map(|id| NewFlock::new(id, vec!["r1".to_owned()])));
    let flocks = prepared(db, flocks.to_sql()).await?.sql;
    assert_eq!(flocks, r#"INSERT INTO "flock" ("id", "rings") VALUES ($1, $2), ($3, $4)"#);
    Ok(())
}

#[tokio::test]
async fn ids_and_defaults_are_in_the_order_of_the_rows() -> Result {
    let db = database(&mizzle::schema! { Bird }).await?;
    let rows =
        Bird::insert().rows(birds((0..100_000).rev())).returning((Bird::id, Bird::ring, Bird::color, Bird::seen));
    let rows = rows.fetch_all(&db).await?;
    assert_eq!(rows.len(), 100_000);
    for ((id, ring, color, seen), expected) in rows.into_iter().zip((0..100_000).rev()) {
        assert_eq!((id, ring, seen), (100_000 - i64::from(expected), format!("r{expected}"), 1));
        assert_eq!(color, (expected % 2 == 0).then_some(Color::Green));
    }
    Ok(())
}

#[test]
fn a_statement_has_no_more_values_than_parameters_could_be() -> Result {
    let rows = 100_000;
    let insert = Bird::insert::<Postgres>().rows(birds(0..rows));
    let statements = format!("{insert:?}").matches("INSERT INTO").count();
    assert_eq!(statements, usize::try_from(rows)?.div_ceil(65_535 / 2));
    Ok(())
}

#[tokio::test]
async fn ids_can_be_given() -> Result {
    let db = database(&mizzle::schema! { Bird }).await?;
    let rows = birds(0..3).into_iter().zip([30, 10, 20]).map(|(bird, id)| NewBird { id: Some(id), ..bird });
    assert_eq!(Bird::insert().rows(rows).returning(Bird::id).fetch_all(&db).await?, [30, 10, 20]);
    Ok(())
}

#[tokio::test]
async fn conflicts_are_settled_for_each_row() -> Result {
    let db = database(&mizzle::schema! { Bird }).await?;
    Bird::insert().rows(birds([1, 3, 5])).execute(&db).await?;
    let again = || Bird::insert().rows(birds(1..=5)).on_conflict(Bird::ring);
    assert_eq!(again().do_nothing().execute(&db).await?, 2);
    let seen = again().do_update((Bird::seen.set(Bird::seen + 1), Bird::color.set(excluded(Bird::color))));
    let seen = seen.filter(Bird::ring.ne("r5")).returning((Bird::ring, Bird::seen)).fetch_all(&db).await?;
    assert_eq!(seen, [1, 2, 3, 4].map(|ring| (format!("r{ring}"), 2)));
    let twice = Bird::insert().rows(birds([7, 7])).execute(&db).await;
    assert!(twice.is_err_and(|error| error.is_unique_violation()));
    Ok(())
}

#[tokio::test]
async fn a_value_that_cannot_be_sent_is_an_error() -> Result {
    let db = database(&mizzle::schema! { Bird }).await?;
    let refused = Bird::insert().rows([NewBird::new("a"), NewBird::new("b\0")]).execute(&db).await;
    let refused = refused.err().ok_or("NUL was sent")?;
    assert_eq!(refused.to_string(), "parameter 1: PostgreSQL text cannot hold NUL");
    assert_eq!(db.text("SELECT count(*) FROM bird").await?, [["0"]]);
    Ok(())
}
