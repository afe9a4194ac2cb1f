//! Values as literals, for schema definitions.

use std::fmt::{Display, Write as _};

use crate::{
    dialect::time,
    render::text_literal,
    value::{Value, list_as_json},
};

/// Writes a value as a literal of MySQL; nothing if it cannot hold it.
pub(in crate::dialect) fn mysql(sql: &mut String, value: &Value) {
    match value {
        Value::Uuid(uuid) => hexadecimal(sql, uuid.as_bytes()),
        Value::Json(_) | Value::JsonText(_) | Value::Array(..) => {
            sql.push_str("CAST(");
            common(sql, value);
            sql.push_str(" AS JSON)");
        }
        _ => common(sql, value),
    }
}

/// The same for MariaDB.
pub(in crate::dialect) fn mariadb(sql: &mut String, value: &Value) {
    match value {
        Value::Uuid(uuid) => quoted(sql, uuid.hyphenated()),
        _ => common(sql, value),
    }
}

/// `enum('a', 'b')`
pub(super) fn enumeration(sql: &mut String, words: &[&str]) {
    sql.push_str("enum(");
    for (position, word) in words.iter().enumerate() {
        if position > 0 {
            sql.push_str(", ");
        }
        self::word(sql, word);
    }
    sql.push(')');
}

/// Writes a text where no function can stand.
pub(super) fn word(sql: &mut String, word: &str) {
    if is_plain(word) { text_literal(sql, word) } else { hexadecimal(sql, word.as_bytes()) }
}

fn common(sql: &mut String, value: &Value) {
    match value {
        Value::Null(_) => sql.push_str("NULL"),
        Value::Bool(value) => plain(sql, value),
        Value::I16(value) => plain(sql, value),
        Value::I32(value) => plain(sql, value),
        Value::I64(value) => plain(sql, value),
        Value::U64(value) => plain(sql, value),
        // Without an exponent it would be a decimal. A `float` column rounds to the nearest, which is this one.
        Value::F32(value) if value.is_finite() => plain(sql, format_args!("{value:e}")),
        Value::F64(value) if value.is_finite() => plain(sql, format_args!("{value:e}")),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(value) => plain(sql, value),
        Value::Text(text) | Value::Json(text) | Value::JsonText(text) => self::text(sql, text),
        Value::Enum(_, word) => text(sql, word),
        Value::Array(_, values) => list_as_json(values.clone()).map_or((), |list| text(sql, &list)),
        Value::Bytes(bytes) => hexadecimal(sql, bytes),
        Value::Date(date) => time::date(*date).map_or((), |text| quoted(sql, text)),
        Value::Time(time) => quoted(sql, time::time(*time)),
        Value::DateTime(moment) => time::datetime(*moment).map_or((), |text| quoted(sql, text)),
        Value::Timestamp(moment) => time::datetime(moment.naive_utc()).map_or((), |text| quoted(sql, text)),
        Value::F32(_) | Value::F64(_) | Value::Uuid(_) | Value::Native(..) | Value::Invalid(_) => {}
        Value::Argument(..) | Value::Computed(..) => {}
    }
}

fn plain(sql: &mut String, value: impl Display) {
    // Writing to a String cannot fail.
    let _ = write!(sql, "{value}");
}

fn quoted(sql: &mut String, value: impl Display) {
    plain(sql, format_args!("'{value}'"));
}

/// Whether a backslash is one depends on `sql_mode`, and MariaDB forgets it in a default.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c == '\\' || c.is_control())
}

fn text(sql: &mut String, text: &str) {
    if is_plain(text) {
        text_literal(sql, text);
    } else {
        sql.push_str("convert(");
        hexadecimal(sql, text.as_bytes());
        sql.push_str(" USING utf8mb4)");
    }
}

fn hexadecimal(sql: &mut String, bytes: &[u8]) {
    sql.push_str("x'");
    for byte in bytes {
        plain(sql, format_args!("{byte:02x}"));
    }
    sql.push('\'');
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::value::DataType;

    fn both(value: Value) -> [String; 2] {
        [mysql, mariadb].map(|write| {
            let mut sql = String::new();
            write(&mut sql, &value);
            sql
        })
    }

    fn same(value: Value) -> String {
        let [on_mysql, on_mariadb] = both(value);
        assert_eq!(on_mysql, on_mariadb);
        on_mysql
    }

    #[test]
    fn text_is_safe_in_every_mode() {
        assert_eq!(same(Value::Text("it's; --".into())), "'it''s; --'");
        assert_eq!(same(Value::Text(r"a\".into())), "convert(x'615c' USING utf8mb4)");
        assert_eq!(same(Value::Text("a\0".into())), "convert(x'6100' USING utf8mb4)");
        let mut sql = String::new();
        enumeration(&mut sql, &["it's", r"\"]);
        assert_eq!(sql, "enum('it''s', x'5c')");
    }

    #[test]
    fn numbers_stay_what_they_are() {
        assert_eq!(same(Value::Bool(true)), "true");
        assert_eq!(same(Value::I64(i64::MIN)), "-9223372036854775808");
        assert_eq!(same(Value::F64(0.25)), "2.5e-1");
        assert_eq!(same(Value::F32(0.1)), "1e-1");
        assert_eq!(same(Value::F64(f64::NAN)), "");
        assert_eq!(same(Value::Null(DataType::Text)), "NULL");
    }

    #[test]
    fn some_differ() {
        let uuid = Uuid::from_u128(1);
        assert_eq!(
            both(Value::Uuid(uuid)),
            ["x'00000000000000000000000000000001'", "'00000000-0000-0000-0000-000000000001'"]
        );
        assert_eq!(both(Value::Json("[1]".into())), ["CAST('[1]' AS JSON)", "'[1]'"]);
        assert_eq!(both(Value::Array(&DataType::I64, vec![Value::I64(1)])), ["CAST('[1]' AS JSON)", "'[1]'"]);
        assert_eq!(same(Value::Date(NaiveDate::from_ymd_opt(2024, 5, 1).expect("a date"))), "'2024-05-01'");
    }
}
