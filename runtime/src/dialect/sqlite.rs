//! SQLite: its syntax, its storage classes and its rows.

mod literal;
mod reader;
mod storage;
mod time;

pub use reader::SqliteReader;
pub use storage::Storage;

use super::{Definitions, Dialect, DialectKind, Syntax};
use crate::{expr::cast_end, render::question_mark, value::DataType};

/// SQLite.
///
/// | Rust | SQLite |
/// |---|---|
/// | `bool`, integers | `INTEGER`; a `bool` is 0 or 1 |
/// | `f32`, `f64` | `REAL`; there is no NaN, so binding one is an error |
/// | `NaiveDate` | `TEXT`, `2024-05-01` |
/// | `NaiveTime` | `TEXT`, `12:30:00` and as many decimals as it needs |
/// | `NaiveDateTime`, `DateTime<Utc>` | `TEXT`, `2024-05-01 12:30:00.25` in UTC, as `CURRENT_TIMESTAMP` writes it |
/// | `Uuid` | `TEXT`, lower case with hyphens |
/// | `Json<T>` | `TEXT` |
///
/// The order of such texts is the order in time, for the years 0 to 9999; binding another year is an error.
/// Reading also takes `T` between date and time, `Z` or an offset after it, seconds since 1970 as an integer,
/// and 16 bytes for a `Uuid`. A leap second is kept, though SQLite's own functions do not know it.
#[derive(Debug, Clone, Copy)]
pub struct Sqlite;

impl Dialect for Sqlite {
    const KIND: DialectKind = DialectKind::Sqlite;

    const SYNTAX: &'static Syntax = &Syntax {
        name: "SQLite",
        quote: '"',
        placeholder: question_mark,
        empty_list: "()",
        unlimited: Some("-1"),
        type_name,
        cast_end,
        // As `DateTime<Utc>` is bound: the fraction without its trailing zeros.
        now: "rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')",
        max_parameters: 32_766,
        literal: literal::write,
        auto_increment: "AUTOINCREMENT",
        definitions: Definitions {
            forward_references: true,
            qualified_references: false,
            qualifies_index: true,
            named_enums: false,
            case_sensitive_names: false,
            before_drop: Some("PRAGMA defer_foreign_keys = ON"),
        },
    };

    type Row<'r> = SqliteReader<'r>;
}

fn type_name(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Bool | DataType::I16 | DataType::I32 | DataType::I64 => "INTEGER",
        DataType::F32 | DataType::F64 => "REAL",
        DataType::Bytes => "BLOB",
        DataType::Text
        | DataType::Date
        | DataType::Time
        | DataType::DateTime
        | DataType::Timestamp
        | DataType::Uuid
        | DataType::Json
        | DataType::Enum(_) => "TEXT",
    }
}
