//! SQLite: its syntax, its storage classes and its rows.

mod literal;
mod reader;
mod storage;

pub use reader::SqliteReader;
#[cfg(feature = "sqlite")]
pub(crate) use reader::{Cell, Found};
pub use storage::Storage;

use super::{Definitions, Dialect, DialectKind, NewRow, OtherTables, Spellings, Syntax, Writes};
use crate::{
    expr::{Words, dollar_path},
    render::question_mark,
    value::DataType,
};

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
        numbers_parameters: false,
        unlimited: Some("-1"),
        max_parameters: 32_766,
        literal: literal::write,
        spelling: Spellings {
            lists_are_arrays: false,
            empty_list: |sql, _| sql.push_str("()"),
            row_list: "(VALUES ",
            cast,
            typed_value: |_| None,
            aggregate_cast: |_| None,
            narrow_sums: false,
            coarse_averages: false,
            coarse_ranks: false,
            bool_functions: false,
            concat: Words::infix(" || "),
            json_path: dollar_path,
            same: Words::infix(" IS "),
            different: Words::infix(" IS NOT "),
            integer_quotient: " / ",
            filter_clause: true,
            string_agg: "string_agg(",
            separator_clause: None,
            json_agg: "json_group_array(",
            any_value: Words::call("min("),
            signed_bits: ") AS bigint)",
            rollup: ("ROLLUP (", ")"),
            null_in_totals: (" IS NULL", " IS NOT NULL"),
            sorts_totals: true,
            having_knows_rows: true,
            growing_text: None,
            sides_in_parentheses: false,
            limit_in_subqueries: true,
            row_comparison: true,
            enums_compare_as_sorted: true,
            nulls_order: true,
            for_share: "",
        },
        writes: Writes {
            insert_returning: true,
            default_row: " DEFAULT VALUES",
            unnest: false,
            default_value: false,
            in_rows: ") IN (VALUES ",
            new_row: NewRow::Excluded,
            other_tables: OtherTables::From,
            reads_its_table: true,
            using_reads_its_table: true,
            row_lock: None,
            with_insert: true,
            with_update: true,
        },
        definitions: Definitions {
            type_name,
            auto_increment: "AUTOINCREMENT",
            set_default: true,
            forward_references: true,
            qualified_references: false,
            qualifies_index: true,
            named_enums: false,
            unchecked_enums: true,
            case_sensitive_names: false,
            shared_names: true,
            virtual_columns: true,
            required_generated_columns: true,
            default_in_parentheses: false,
            expression_indexes: true,
            gin: None,
            full_text: None,
            partial_indexes: true,
            drops_together: false,
            drops_keys: false,
            table_options: "",
            before_drop: Some("PRAGMA defer_foreign_keys = ON"),
        },
    };

    type Name = super::names::SQLite;
    type Row<'r> = SqliteReader<'r>;
}

fn type_name(sql: &mut String, data_type: DataType, _keyed: bool) {
    sql.push_str(affinity(data_type));
}

fn cast(_from: DataType, to: DataType) -> (&'static str, &'static str) {
    let end = match affinity(to) {
        "INTEGER" => " AS INTEGER)",
        "REAL" => " AS REAL)",
        "BLOB" => " AS BLOB)",
        _ => " AS TEXT)",
    };
    ("CAST(", end)
}

fn affinity(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Bool
        | DataType::I8
        | DataType::I16
        | DataType::I32
        | DataType::I64
        | DataType::U8
        | DataType::U16
        | DataType::U32
        | DataType::U64 => "INTEGER",
        DataType::F32 | DataType::F64 => "REAL",
        DataType::Bytes => "BLOB",
        DataType::Text
        | DataType::Decimal
        | DataType::Date
        | DataType::Time
        | DataType::DateTime
        | DataType::Timestamp
        | DataType::Uuid
        | DataType::Json
        | DataType::JsonText
        | DataType::Enum(_)
        | DataType::Array(_)
        | DataType::Native(_) => "TEXT",
    }
}
