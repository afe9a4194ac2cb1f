//! What MySQL and MariaDB store for each type, in their own words.

use mizzle::prelude::*;
use mizzle_tests::{Result, TestDatabase as _};

use crate::{
    D, Db,
    suite::{
        round_trips::{Color, Sample},
        strategies::Document,
    },
};

/// A float as a double, which is written with all its digits; bytes in hexadecimal.
const COLUMNS: &str = "i8_, i16_, i32_, i64_, u8_, u16_, u32_, i64_maybe, f32_ + 0e0, f64_, bool_, text, text_maybe,
    hex(bytes), hex(bytes_maybe), date, time, datetime, moment, moment_maybe, json, name, color";

/// Compares what stands in the row with what it should be.
pub(crate) async fn check(db: &Db, sample: &Sample) -> Result {
    let uuid = if D::SYNTAX.name == "MariaDB" { "uuid" } else { "bin_to_uuid(uuid)" };
    let rows = db.text(&format!("SELECT {COLUMNS}, {uuid} FROM sample WHERE id = {}", sample.id)).await?;
    let [row] = rows.as_slice() else { return Err("there is no such row".into()) };
    let [i8_, i16_, i32_, i64_, u8_, u16_, u32_, i64_maybe, f32_, f64_, bool_, rest @ ..] = row.as_slice() else {
        return Err("columns are missing".into());
    };
    assert_eq!((i8_.parse(), i16_.parse(), i32_.parse()), (Ok(sample.i8_), Ok(sample.i16_), Ok(sample.i32_)));
    assert_eq!((u8_.parse(), u16_.parse(), u32_.parse()), (Ok(sample.u8_), Ok(sample.u16_), Ok(sample.u32_)));
    assert_eq!((i64_, i64_maybe), (&sample.i64_.to_string(), &or_null(sample.i64_maybe)));
    assert_eq!((f32_.parse(), f64_.parse()), (Ok(f64::from(sample.f32_)), Ok(sample.f64_)));
    // Zero keeps its sign.
    assert_eq!(f64_.parse::<f64>()?.to_bits(), sample.f64_.to_bits());
    assert_eq!(bool_, if sample.bool_ { "1" } else { "0" });
    let [text, text_maybe, bytes, bytes_maybe, date, time, datetime, moment, moment_maybe, json, name, color, uuid] =
        rest
    else {
        return Err("columns are missing".into());
    };
    assert_eq!((text, text_maybe), (&sample.text, &or_null(sample.text_maybe.as_ref())));
    assert_eq!((bytes, bytes_maybe), (&hex(&sample.bytes), &or_null(sample.bytes_maybe.as_deref().map(hex))));
    assert_eq!((date, time), (&sample.date.to_string(), &sample.time.format("%H:%M:%S%.6f").to_string()));
    assert_eq!(
        (datetime, moment),
        (&sample.datetime.format(MOMENT).to_string(), &sample.moment.format(MOMENT).to_string())
    );
    assert_eq!(moment_maybe, &or_null(sample.moment_maybe.map(|moment| moment.format(MOMENT))));
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

const MOMENT: &str = "%Y-%m-%d %H:%M:%S%.6f";

fn or_null(value: Option<impl ToString>) -> String {
    value.map_or("NULL".to_owned(), |value| value.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
