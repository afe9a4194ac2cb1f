//! What is refused on the way to the server, and what is read of all that it sends.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use mizzle::{
    Error, Json,
    dialect::Postgres,
    prelude::*,
    run::Query,
    value::{Cidr, FieldType},
};
use mizzle_tests::{Result, TestDatabase as _};
use rust_decimal::Decimal;

use crate::{
    Db,
    suite::{database, numbers::raw},
};

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
    let db = &database(&mizzle::schema! { Text }).await?;
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
}

/// Reads the one value that a plain query selects.
async fn read<T: FieldType>(db: &Db, sql: &'static str) -> std::result::Result<T, Error> {
    let query = Query::<Postgres, T>::new(raw(sql), |row| T::read(row));
    db.fetch_optional(query).await?.ok_or(Error::RowNotFound)
}

#[tokio::test]
async fn the_type_that_the_server_sends_counts() -> Result {
    let db = &Db::empty(1).await?;
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
}

#[tokio::test]
async fn what_does_not_fit_is_an_error() -> Result {
    let db = &Db::empty(1).await?;
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
}
