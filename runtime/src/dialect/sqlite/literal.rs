//! Values as literals, for schema definitions.

use std::fmt::Write as _;

use super::Storage;
use crate::{render::text_literal, value::Value};

/// Writes a value as a literal; nothing if SQLite cannot hold it.
pub(super) fn write(sql: &mut String, value: &Value) {
    let Ok(storage) = Storage::try_from(value.clone()) else {
        return;
    };
    // Writing to a String cannot fail.
    let _ = match &storage {
        Storage::Null => sql.write_str("NULL"),
        // Its digits alone would be read as a float.
        Storage::Integer(i64::MIN) => sql.write_str("(-9223372036854775807 - 1)"),
        Storage::Integer(value) => write!(sql, "{value}"),
        Storage::Real(value) if value.is_infinite() => sql.write_str(if *value > 0.0 { "9e999" } else { "-9e999" }),
        Storage::Real(value) => {
            real(sql, *value);
            Ok(())
        }
        // A NUL would end the statement.
        Storage::Text(text) if text.contains('\0') => {
            sql.push_str("CAST(");
            blob(sql, text.as_bytes());
            sql.write_str(" AS TEXT)")
        }
        Storage::Text(text) => {
            text_literal(sql, text);
            Ok(())
        }
        Storage::Blob(bytes) => {
            blob(sql, bytes);
            Ok(())
        }
    };
}

/// A float that SQLite reads back as exactly this one.
///
/// It reads decimals through a pair of floats, which is exact near 1 and off by one digit far from it. There, an
/// integer times powers of two says the same without rounding.
fn real(sql: &mut String, value: f64) {
    const EXACT: i32 = 22;
    if last_decimal(value).is_some_and(|place| place.abs() <= EXACT) {
        let _ = write!(sql, "{value:?}");
        return;
    }
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match (bits >> 52) & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | (1 << 52), biased as i32 - 1075),
    };
    let sign = if value < 0.0 { "-" } else { "" };
    let operator = if exponent < 0 { '/' } else { '*' };
    let _ = write!(sql, "({sign}{mantissa}");
    let mut left = exponent.unsigned_abs();
    while left > 0 {
        let step = left.min(52);
        let _ = write!(sql, " {operator} {:?}", (1_u64 << step) as f64);
        left -= step;
    }
    sql.push(')');
}

/// The place of the last decimal of the shortest text that means this float: -2 for 0.25.
fn last_decimal(value: f64) -> Option<i32> {
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e')?;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some(exponent.parse::<i32>().ok()? - i32::try_from(decimals).ok()?)
}

fn blob(sql: &mut String, bytes: &[u8]) {
    sql.push_str("x'");
    for byte in bytes {
        let _ = write!(sql, "{byte:02x}");
    }
    sql.push('\'');
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;

    fn literal(value: Value) -> String {
        let mut sql = String::new();
        write(&mut sql, &value);
        sql
    }

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(literal(Value::Text("it's; --".into())), "'it''s; --'");
        assert_eq!(literal(Value::Text(r"a\'b".into())), r"'a\''b'");
    }

    #[test]
    fn nothing_ends_the_statement() {
        assert_eq!(literal(Value::Text("a\0b".into())), "CAST(x'610062' AS TEXT)");
    }

    #[test]
    fn numbers_stay_what_they_are() {
        assert_eq!(literal(Value::Bool(true)), "1");
        assert_eq!(literal(Value::I64(i64::MIN)), "(-9223372036854775807 - 1)");
        assert_eq!(literal(Value::F64(1.0)), "1.0");
        assert_eq!(literal(Value::F64(-2.5e-7)), "-2.5e-7");
        assert_eq!(literal(Value::F64(0.0)), "0.0");
        assert_eq!(
            literal(Value::F64(-(2.0_f64.powi(150)))),
            "(-4503599627370496 * 4503599627370496.0 * 70368744177664.0)"
        );
        assert_eq!(literal(Value::F32(0.1)), "0.10000000149011612");
        assert_eq!(literal(Value::F64(f64::NEG_INFINITY)), "-9e999");
    }

    #[test]
    fn the_rest() {
        assert_eq!(literal(Value::Bytes(vec![0, 255])), "x'00ff'");
        assert_eq!(literal(Value::Null(crate::value::DataType::Text)), "NULL");
        assert_eq!(literal(Value::Date(NaiveDate::from_ymd_opt(2024, 5, 1).expect("a date"))), "'2024-05-01'");
        assert_eq!(literal(Value::Time(NaiveTime::from_hms_milli_opt(1, 2, 3, 40).expect("a time"))), "'01:02:03.04'");
        assert_eq!(literal(Value::F64(f64::NAN)), "");
    }
}
