//! Values as literals, for schema definitions.

use std::fmt::Write as _;

use super::Storage;
use crate::{render::text_literal, value::Value};

/// Writes a value as a literal; nothing if SQLite cannot hold it, which it then refuses as a syntax error.
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
        Storage::Real(value) => write!(sql, "{value:?}"),
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
        assert_eq!(literal(Value::F64(1e300)), "1e300");
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
