//! What SQLite stores for each type, as plain sqlx reads it.

use std::fmt::Debug;

use mizzle_tests::Result;
use sqlx::sqlite::SqliteRow;

use crate::{
    Db,
    suite::{
        round_trips::{Color, Sample},
        strategies::Document,
    },
};

/// What plain sqlx reads of a column.
fn plain<'r, T>(row: &'r SqliteRow, column: &str) -> Result<T>
where
    T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    Ok(sqlx::Row::try_get(row, column)?)
}

/// A moment as SQLite's own functions write it, with as many decimals as it has.
fn written(moment: impl Debug) -> String {
    format!("{moment:?}").replace('T', " ").trim_end_matches('Z').to_owned()
}

fn without_zeros(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').to_owned() } else { text }
}

/// Compares what sqlx finds in the row with what it should be.
pub(crate) async fn check(db: &Db, sample: &Sample) -> Result {
    let db = crate::plain(db).await?;
    let row = &sqlx::query("SELECT * FROM sample WHERE id = ?").bind(sample.id).fetch_one(&db).await?;
    assert_eq!(plain::<i64>(row, "i8_")?, i64::from(sample.i8_));
    assert_eq!(plain::<Option<i64>>(row, "i8_maybe")?, sample.i8_maybe.map(i64::from));
    assert_eq!(plain::<i64>(row, "i16_")?, i64::from(sample.i16_));
    assert_eq!(plain::<i32>(row, "i32_")?, sample.i32_);
    assert_eq!(plain::<i64>(row, "i64_")?, sample.i64_);
    assert_eq!(plain::<Option<i64>>(row, "i64_maybe")?, sample.i64_maybe);
    assert_eq!(plain::<u8>(row, "u8_")?, sample.u8_);
    assert_eq!(plain::<u16>(row, "u16_")?, sample.u16_);
    assert_eq!(plain::<u32>(row, "u32_")?, sample.u32_);
    assert_eq!(plain::<f64>(row, "f32_")?, f64::from(sample.f32_));
    assert_eq!(plain::<f64>(row, "f64_")?, sample.f64_);
    assert_eq!(plain::<Option<f64>>(row, "f64_maybe")?, sample.f64_maybe);
    assert_eq!(plain::<bool>(row, "bool_")?, sample.bool_);
    assert_eq!(plain::<Option<bool>>(row, "bool_maybe")?, sample.bool_maybe);
    assert_eq!(plain::<String>(row, "text")?, sample.text);
    assert_eq!(plain::<Option<String>>(row, "text_maybe")?, sample.text_maybe);
    assert_eq!(plain::<Vec<u8>>(row, "bytes")?, sample.bytes);
    assert_eq!(plain::<Option<Vec<u8>>>(row, "bytes_maybe")?, sample.bytes_maybe);
    assert_eq!(plain::<String>(row, "date")?, sample.date.to_string());
    assert_eq!(plain::<String>(row, "time")?, without_zeros(written(sample.time)));
    assert_eq!(plain::<String>(row, "datetime")?, without_zeros(written(sample.datetime)));
    assert_eq!(plain::<String>(row, "moment")?, without_zeros(written(sample.moment)));
    assert_eq!(plain::<Option<String>>(row, "moment_maybe")?, sample.moment_maybe.map(|at| without_zeros(written(at))));
    assert_eq!(plain::<String>(row, "uuid")?, sample.uuid.hyphenated().to_string());
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
