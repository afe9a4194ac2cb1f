//! What PostgreSQL stores for each type, in its own words.

use std::fmt::Display;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use mizzle_tests::{Result, TestDatabase as _};

use crate::{
    Db,
    suite::{
        round_trips::{Color, Sample},
        strategies::{Document, same},
    },
};

const COLUMNS: &str = "i8_, i16_, i32_, i64_, u8_, u16_, u32_, i64_maybe, f32_, f64_, bool_, text, text_maybe,
    encode(bytes, 'hex'), encode(bytes_maybe, 'hex'), date, time, datetime, moment AT TIME ZONE 'UTC',
    moment_maybe AT TIME ZONE 'UTC', json, name, color, uuid";

/// Compares what stands in the row with what it should be.
pub(crate) async fn check(db: &Db, sample: &Sample) -> Result {
    let rows = db.text(&format!("SELECT {COLUMNS} FROM sample WHERE id = {}", sample.id)).await?;
    let [row] = rows.as_slice() else { return Err("there is no such row".into()) };
    let [i8_, i16_, i32_, i64_, u8_, u16_, u32_, i64_maybe, f32_, f64_, bool_, rest @ ..] = row.as_slice() else {
        return Err("columns are missing".into());
    };
    assert_eq!((i8_.parse(), i16_.parse(), i32_.parse()), (Ok(sample.i8_), Ok(sample.i16_), Ok(sample.i32_)));
    assert_eq!((u8_.parse(), u16_.parse(), u32_.parse()), (Ok(sample.u8_), Ok(sample.u16_), Ok(sample.u32_)));
    assert_eq!((i64_, i64_maybe), (&sample.i64_.to_string(), &or_null(sample.i64_maybe)));
    assert!(same(&f32_.parse(), &Ok(sample.f32_)) && same(&f64_.parse(), &Ok(sample.f64_)), "{f32_} {f64_}");
    assert_eq!(bool_, if sample.bool_ { "t" } else { "f" });
    let [text, text_maybe, bytes, bytes_maybe, date, time, datetime, moment, moment_maybe, json, name, color, uuid] =
        rest
    else {
        return Err("columns are missing".into());
    };
    assert_eq!((text, text_maybe), (&sample.text, &or_null(sample.text_maybe.as_ref())));
    assert_eq!((bytes, bytes_maybe), (&hex(&sample.bytes), &or_null(sample.bytes_maybe.as_deref().map(hex))));
    assert_eq!(
        (date, time),
        (&year_first(sample.date, sample.date.format("-%m-%d")), &shortened(sample.time.format("%H:%M:%S%.6f")))
    );
    assert_eq!((datetime, moment), (&written(sample.datetime), &written(sample.moment.naive_utc())));
    assert_eq!(moment_maybe, &or_null(sample.moment_maybe.map(|moment| written(moment.naive_utc()))));
    assert_eq!(serde_json::from_str::<Document>(json)?, sample.json.0);
    assert_eq!(name, &sample.name.0);
    let word = match sample.color {
        Color::Red => "red",
        Color::Green => "grün",
        Color::Blue => "it's \"blue\" \\",
    };
    assert_eq!((color.as_str(), uuid), (word, &sample.uuid.to_string()));
    Ok(())
}

fn written(moment: NaiveDateTime) -> String {
    year_first(moment.date(), shortened(moment.format("-%m-%d %H:%M:%S%.6f")))
}

/// The year 0 is 1 BC.
fn year_first(date: NaiveDate, rest: impl Display) -> String {
    match date.year() {
        year @ 1.. => format!("{year:04}{rest}"),
        year => format!("{:04}{rest} BC", 1 - year),
    }
}

fn or_null(value: Option<impl ToString>) -> String {
    value.map_or("NULL".to_owned(), |value| value.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A time with six decimals, without those at the end that are 0.
fn shortened(time: impl ToString) -> String {
    era(time.to_string().trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// The year 0 is the first one before Christ.
fn era(date: String) -> String {
    date.strip_prefix("0000-").map(|rest| format!("0001-{rest} BC")).unwrap_or(date)
}

#[test]
fn the_year_0() {
    assert_eq!(era("0000-02-29".to_owned()), "0001-02-29 BC");
    assert_eq!(shortened("0000-02-29 12:00:00.500000"), "0001-02-29 12:00:00.5 BC");
    assert_eq!(shortened("2000-02-29 12:00:00.000000"), "2000-02-29 12:00:00");
}
