//! Names of types, casts, placeholders.

use super::Postgres;
use crate::{
    dialect::Dialect,
    render::{push_number, quote},
    value::{DataType, EnumDef, NativeType, Value},
};

/// Writes `$1`. An enum is sent as text, and says here which type it is.
pub(super) fn placeholder(sql: &mut String, n: usize, value: &Value) {
    sql.push('$');
    push_number(sql, n as u64);
    match value {
        Value::Enum(def, _) | Value::Null(DataType::Enum(def)) => as_enum(sql, def),
        Value::Array(DataType::Enum(def), _) | Value::Null(DataType::Array(DataType::Enum(def))) => {
            sql.push_str("::text[]");
            as_enum(sql, def);
            sql.push_str("[]");
        }
        _ => {}
    }
}

fn as_enum(sql: &mut String, def: &EnumDef) {
    sql.push_str("::");
    quote(sql, def.name, Postgres::SYNTAX);
}

pub(super) fn type_name(sql: &mut String, data_type: DataType) {
    match data_type {
        DataType::Enum(def) => quote(sql, def.name, Postgres::SYNTAX),
        DataType::Array(element) => {
            type_name(sql, *element);
            sql.push_str("[]");
        }
        other => sql.push_str(plain_name(other)),
    }
}

/// The name of a type that needs no other to say it.
const fn plain_name(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Bool => "boolean",
        DataType::I8 | DataType::I16 | DataType::U8 => "smallint",
        DataType::I32 | DataType::U16 => "integer",
        DataType::I64 | DataType::U32 => "bigint",
        DataType::U64 => "numeric(20)",
        DataType::F32 => "real",
        DataType::F64 => "double precision",
        DataType::Decimal => "numeric",
        DataType::Bytes => "bytea",
        DataType::Date => "date",
        DataType::Time => "time",
        DataType::DateTime => "timestamp",
        DataType::Timestamp => "timestamptz",
        DataType::Uuid => "uuid",
        DataType::Json => "jsonb",
        DataType::JsonText => "json",
        DataType::Native(native) => native_name(native),
        DataType::Text | DataType::Enum(_) | DataType::Array(_) => "text",
    }
}

pub(super) const fn native_name(native: NativeType) -> &'static str {
    match native {
        NativeType::Interval => "interval",
        NativeType::Inet => "inet",
        NativeType::Cidr => "cidr",
        NativeType::MacAddr => "macaddr",
        NativeType::TextWords => "tsvector",
        NativeType::TextSearch => "tsquery",
        NativeType::Range(DataType::I64) => "int8range",
        NativeType::Range(DataType::Decimal) => "numrange",
        NativeType::Range(DataType::Date) => "daterange",
        NativeType::Range(DataType::DateTime) => "tsrange",
        NativeType::Range(DataType::Timestamp) => "tstzrange",
        NativeType::Range(_) => "int4range",
    }
}

/// An empty list of the type: `IN ()` is no SQL, and an untyped NULL does not compare with everything.
pub(super) fn empty_list(sql: &mut String, data_type: DataType) {
    sql.push_str("(SELECT NULL::");
    type_name(sql, data_type);
    sql.push_str(" WHERE false)");
}

pub(super) fn cast(from: DataType, to: DataType) -> (&'static str, &'static str) {
    match (from, to) {
        // A boolean converts to `integer` and to no other number.
        (DataType::Bool, DataType::I8 | DataType::I16 | DataType::U8) => ("CAST(CAST(", " AS integer) AS smallint)"),
        (DataType::Bool, DataType::I64 | DataType::U32) => ("CAST(CAST(", " AS integer) AS bigint)"),
        _ => ("CAST(", end_of_cast(to)),
    }
}

const fn end_of_cast(to: DataType) -> &'static str {
    match to {
        DataType::Bool => " AS boolean)",
        DataType::I8 | DataType::I16 | DataType::U8 => " AS smallint)",
        DataType::I32 | DataType::U16 => " AS integer)",
        DataType::I64 | DataType::U32 => " AS bigint)",
        DataType::F32 => " AS real)",
        DataType::F64 => " AS double precision)",
        DataType::Decimal | DataType::U64 => " AS numeric)",
        DataType::Bytes => " AS bytea)",
        DataType::Date => " AS date)",
        DataType::Time => " AS time)",
        DataType::DateTime => " AS timestamp)",
        DataType::Timestamp => " AS timestamptz)",
        DataType::Uuid => " AS uuid)",
        DataType::Json => " AS jsonb)",
        DataType::JsonText => " AS json)",
        DataType::Text | DataType::Enum(_) | DataType::Array(_) | DataType::Native(_) => " AS text)",
    }
}

/// Sums and averages of integers are `numeric`, unless they are cast.
pub(super) fn aggregate_cast(result: DataType) -> Option<&'static str> {
    match result {
        DataType::I64 => Some(") AS bigint)"),
        DataType::F64 => Some(") AS double precision)"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLOR: EnumDef = EnumDef { name: "odd \"color", variants: &["red"] };
    static COLORS: DataType = DataType::Enum(&COLOR);

    fn written(write: impl FnOnce(&mut String)) -> String {
        let mut sql = String::new();
        write(&mut sql);
        sql
    }

    #[test]
    fn an_enum_says_its_type() {
        let placeholder = |value: Value| written(|sql| placeholder(sql, 3, &value));
        assert_eq!(placeholder(Value::I64(1)), "$3");
        assert_eq!(placeholder(Value::Enum(&COLOR, "red")), r#"$3::"odd ""color""#);
        assert_eq!(placeholder(Value::Null(DataType::Enum(&COLOR))), r#"$3::"odd ""color""#);
        assert_eq!(placeholder(Value::Array(&COLORS, vec![])), r#"$3::text[]::"odd ""color"[]"#);
    }

    #[test]
    fn types_have_names() {
        let name = |data_type| written(|sql| type_name(sql, data_type));
        assert_eq!(name(DataType::Array(&COLORS)), r#""odd ""color"[]"#);
        assert_eq!(name(DataType::Native(NativeType::Range(&DataType::Timestamp))), "tstzrange");
        assert_eq!(written(|sql| empty_list(sql, DataType::I64)), "(SELECT NULL::bigint WHERE false)");
    }
}
