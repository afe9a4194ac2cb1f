//! What is read of all that MySQL and MariaDB send.

use chrono::{DateTime, NaiveDate, Utc};
use mizzle::{
    Error,
    prelude::*,
    render::Statement,
    run::Query,
    value::{SqlValue, Value},
};

use mizzle_tests::{Result, TestDatabase as _};

use crate::{D, Db, suite::numbers::raw};

/// A query of one value.
fn one<D, T>(sql: &'static str, values: Vec<Value>) -> Query<D, T>
where
    D: mizzle::dialect::Dialect,
    T: SqlValue,
{
    Query::new(Statement::raw(sql, values), |row| T::read(row)?.ok_or(Error::RowNotFound))
}

#[tokio::test]
async fn other_types_are_read_too() -> Result {
    let db = &Db::empty(1).await?;
    db.run(
        "CREATE TABLE odd (y YEAR, b BIT(3), m MEDIUMINT UNSIGNED, one TINYINT(1) UNSIGNED, d DECIMAL(10, 2), \
             span TIME, ts TIMESTAMP(6) NULL, c CHAR(3), v VARBINARY(3))",
    )
    .await?;
    let row = "INSERT INTO odd VALUES (2024, b'101', 16777215, 200, 12.00, '-01:00:00', '2024-05-01 12:30:00.25', 'abc', x'00ff')";
    db.execute(raw(row)).await?;
    assert_eq!(db.fetch_all(one::<D, i64>("SELECT y FROM odd", vec![])).await?, [2024]);
    assert_eq!(db.fetch_all(one::<D, i64>("SELECT b FROM odd", vec![])).await?, [5]);
    assert_eq!(db.fetch_all(one::<D, u32>("SELECT m FROM odd", vec![])).await?, [16_777_215]);
    assert_eq!(db.fetch_all(one::<D, u8>("SELECT one FROM odd", vec![])).await?, [200]);
    assert_eq!(db.fetch_all(one::<D, i16>("SELECT d FROM odd", vec![])).await?, [12]);
    assert_eq!(db.fetch_all(one::<D, f64>("SELECT d / 8 FROM odd", vec![])).await?, [1.5]);
    assert_eq!(db.fetch_all(one::<D, String>("SELECT c FROM odd", vec![])).await?, ["abc"]);
    assert_eq!(db.fetch_all(one::<D, Vec<u8>>("SELECT v FROM odd", vec![])).await?, [[0, 255]]);
    assert_eq!(db.fetch_all(one::<D, bool>("SELECT EXISTS (SELECT * FROM odd)", vec![])).await?, [true]);
    let at = db.fetch_all(one::<D, DateTime<Utc>>("SELECT ts FROM odd", vec![])).await?;
    assert_eq!(at[0].to_rfc3339(), "2024-05-01T12:30:00.250+00:00");
    for (sql, found) in
        [("SELECT c FROM odd", "text"), ("SELECT v FROM odd", "VARBINARY"), ("SELECT 1.5", "DECIMAL with a fraction")]
    {
        let error = db.fetch_all(one::<D, i64>(sql, vec![])).await.unwrap_err().to_string();
        assert!(error.ends_with(&format!("expected an integer, found {found}")), "{error}");
    }
    let span = db.fetch_all(one::<D, chrono::NaiveTime>("SELECT span FROM odd", vec![])).await.unwrap_err();
    assert!(span.to_string().ends_with("found TIME outside of a day"), "{span}");
    Ok(())
}

/// sqlx keeps the columns of the second result where those of the first were.
#[tokio::test]
async fn a_second_result_has_types_of_its_own() -> Result {
    let db = &Db::empty(1).await?;
    db.run("CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 'a'; END").await?;
    let error = db.fetch_all(one::<D, i64>("CALL two()", vec![])).await.unwrap_err().to_string();
    assert!(error.ends_with("expected an integer, found text"), "{error}");
    db.run("CREATE PROCEDURE alike() BEGIN SELECT 1; SELECT 2.0; END").await?;
    assert_eq!(db.fetch_all(one::<D, i64>("CALL alike()", vec![])).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn every_bound_value_keeps_its_type() -> Result {
    let db = &Db::empty(1).await?;
    let bound = |value: Value| vec![value];
    assert_eq!(db.fetch_all(one::<D, u64>("SELECT ?", bound(Value::U64(u64::MAX)))).await?, [u64::MAX]);
    assert_eq!(db.fetch_all(one::<D, bool>("SELECT ?", bound(Value::Bool(true)))).await?, [true]);
    assert_eq!(db.fetch_all(one::<D, f32>("SELECT ?", bound(Value::F32(0.1)))).await?, [0.1]);
    assert_eq!(
        db.fetch_all(one::<D, Vec<u8>>("SELECT CAST(? AS BINARY)", bound(Value::Bytes(vec![0, 255])))).await?,
        [[0, 255]]
    );
    assert_eq!(db.fetch_all(one::<D, String>("SELECT ?", bound(Value::Text("abc".into())))).await?, ["abc"]);
    assert_eq!(db.fetch_all(one::<D, i64>("SELECT ?", bound(Value::I64(-1)))).await?, [-1]);
    let moment = DateTime::from_timestamp_micros(1_714_566_600_250_001).ok_or("no such moment")?;
    let read = db.fetch_all(one::<D, DateTime<Utc>>("SELECT ?", bound(moment.into_value()))).await?;
    assert_eq!(read, [moment]);
    let day = moment.date_naive();
    let values = vec![Value::Null(NaiveDate::TYPE), day.into_value()];
    assert_eq!(db.fetch_all(one::<D, NaiveDate>("SELECT coalesce(?, ?)", values)).await?, [day]);
    let time = moment.time();
    assert_eq!(db.fetch_all(one::<D, chrono::NaiveTime>("SELECT ?", bound(time.into_value()))).await?, [time]);
    Ok(())
}
