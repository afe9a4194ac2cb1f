//! Values as literals, for schema definitions.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::{Postgres, encode, spelling, time};
use crate::{
    dialect::Dialect,
    render::{quote, text_literal},
    value::Value,
};

/// Writes a value as a literal; nothing if PostgreSQL cannot hold it.
pub(super) fn write(sql: &mut String, value: &Value) {
    if encode(value, &mut Vec::new()).is_err() {
        return;
    }
    match value {
        Value::Null(_) | Value::Invalid(_) | Value::Argument(..) | Value::Computed(..) => sql.push_str("NULL"),
        Value::Bool(value) => sql.push_str(if *value { "TRUE" } else { "FALSE" }),
        Value::I16(value) => put(sql, format_args!("{value}")),
        Value::I32(value) => put(sql, format_args!("{value}")),
        Value::I64(value) => put(sql, format_args!("{value}")),
        Value::U64(value) => put(sql, format_args!("{value}")),
        Value::F32(value) => float(sql, (*value).into(), *value, "::real"),
        Value::F64(value) => float(sql, *value, *value, "::double precision"),
        Value::Text(text) => text_literal(sql, text),
        Value::Bytes(bytes) => {
            sql.push_str("'\\x");
            bytes.iter().for_each(|byte| put(sql, format_args!("{byte:02x}")));
            sql.push_str("'::bytea");
        }
        Value::Date(value) => typed(sql, "date", |sql| date(sql, *value, None)),
        Value::Time(value) => typed(sql, "time", |sql| clock(sql, *value)),
        Value::DateTime(value) => typed(sql, "timestamp", |sql| date(sql, value.date(), Some((value.time(), "")))),
        Value::Timestamp(value) => {
            typed(sql, "timestamptz", |sql| date(sql, value.date_naive(), Some((value.time(), "+00"))));
        }
        Value::Uuid(uuid) => typed(sql, "uuid", |sql| put(sql, format_args!("{}", uuid.hyphenated()))),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(value) => put(sql, format_args!("{value}")),
        Value::Json(text) => {
            text_literal(sql, text);
            sql.push_str("::jsonb");
        }
        Value::JsonText(text) => {
            text_literal(sql, text);
            sql.push_str("::json");
        }
        Value::Enum(def, word) => {
            text_literal(sql, word);
            sql.push_str("::");
            quote(sql, def.name, Postgres::SYNTAX);
        }
        Value::Array(element, values) => {
            sql.push_str("ARRAY[");
            for (position, value) in values.iter().enumerate() {
                sql.push_str(if position > 0 { ", " } else { "" });
                write(sql, value);
            }
            sql.push_str("]::");
            spelling::type_name(sql, **element);
            sql.push_str("[]");
        }
        Value::Native(..) => {}
    }
}

fn put(sql: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = sql.write_fmt(text);
}

/// As a text that the server reads as exactly this float; digits alone would be a `numeric`.
fn float(sql: &mut String, value: f64, shown: impl std::fmt::Display, cast: &str) {
    let word = match value {
        value if value.is_nan() => "NaN",
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        _ => "",
    };
    match word {
        "" => put(sql, format_args!("'{shown}'{cast}")),
        word => put(sql, format_args!("'{word}'{cast}")),
    }
}

fn typed(sql: &mut String, name: &str, text: impl FnOnce(&mut String)) {
    sql.push('\'');
    text(sql);
    put(sql, format_args!("'::{name}"));
}

/// A date, perhaps with a time and an offset; the years before the first one count backwards.
fn date(sql: &mut String, date: NaiveDate, moment: Option<(NaiveTime, &str)>) {
    let (year, era) = if date.year() > 0 { (date.year(), "") } else { (1 - date.year(), " BC") };
    put(sql, format_args!("{year:04}-{:02}-{:02}", date.month(), date.day()));
    if let Some((time, offset)) = moment {
        sql.push(' ');
        clock(sql, time);
        sql.push_str(offset);
    }
    sql.push_str(era);
}

fn clock(sql: &mut String, value: NaiveTime) {
    put(sql, format_args!("{:02}:{:02}:{:02}", value.hour(), value.minute(), value.second()));
    let micros = time::time(value).unwrap_or_default() % 1_000_000;
    if micros > 0 {
        put(sql, format_args!(".{micros:06}"));
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::value::{DataType, EnumDef};

    static COLOR: EnumDef = EnumDef { name: "color", variants: &["it's red"] };
    static COLORS: DataType = DataType::Enum(&COLOR);

    fn literal(value: Value) -> String {
        let mut sql = String::new();
        write(&mut sql, &value);
        sql
    }

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(literal(Value::Text(r"it's; \'--".into())), r"'it''s; \''--'");
        assert_eq!(literal(Value::Enum(&COLOR, "it's red")), r#"'it''s red'::"color""#);
        let list = Value::Array(&COLORS, vec![Value::Enum(&COLOR, "it's red")]);
        assert_eq!(literal(list), r#"ARRAY['it''s red'::"color"]::"color"[]"#);
    }

    #[test]
    fn what_there_is_not_is_not_written() {
        assert_eq!(literal(Value::Text("a\0b".into())), "");
        assert_eq!(literal(Value::Array(&DataType::Text, vec![Value::Text("\0".into())])), "");
        assert_eq!(literal(Value::Invalid("x".into())), "");
    }

    #[test]
    fn numbers_stay_what_they_are() {
        assert_eq!(literal(Value::I64(i64::MIN)), "-9223372036854775808");
        assert_eq!(literal(Value::F64(0.1)), "'0.1'::double precision");
        assert_eq!(literal(Value::F32(0.1)), "'0.1'::real");
        assert_eq!(literal(Value::F64(f64::NAN)), "'NaN'::double precision");
        assert_eq!(literal(Value::F32(f32::NEG_INFINITY)), "'-Infinity'::real");
    }

    #[test]
    fn dates_say_their_type() {
        let day = NaiveDate::from_ymd_opt(-43, 3, 15).expect("a date");
        let moment = day.and_hms_nano_opt(1, 2, 3, 40_999).expect("a time");
        assert_eq!(literal(Value::Date(day)), "'0044-03-15 BC'::date");
        assert_eq!(literal(Value::Timestamp(moment.and_utc())), "'0044-03-15 01:02:03.000040+00 BC'::timestamptz");
        assert_eq!(literal(Value::Time(moment.time())), "'01:02:03.000040'::time");
        assert_eq!(literal(Value::Bytes(vec![0, 255])), r"'\x00ff'::bytea");
    }
}
