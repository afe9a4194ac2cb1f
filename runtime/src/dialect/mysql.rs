//! MySQL: its syntax and its rows, which are those of MariaDB for the most part.

mod columns;
pub(crate) mod encode;
pub(super) mod literal;
mod reader;

pub(crate) use columns::ColumnKinds;
pub use reader::MySqlReader;

use uuid::Uuid;

use super::{Definitions, Dialect, DialectKind, NewRow, OtherTables, Spellings, Syntax, Writes};
use crate::{
    expr::{Words, dollar_path},
    value::{DataType, Value},
};

/// MySQL, from 8.0 on.
///
/// | Rust | MySQL |
/// |---|---|
/// | `bool` | `boolean`, which is `tinyint(1)` |
/// | `i8` to `u64` | `tinyint` to `bigint unsigned` |
/// | `f32`, `f64` | `float`, `double`; there is no NaN and no infinity, so binding one is an error |
/// | `Decimal` | `decimal(65,28)` |
/// | `String` | `longtext`, or `varchar(255)` in keys and indexes |
/// | `Vec<u8>` | `longblob`, or `varbinary(255)` in keys and indexes |
/// | `NaiveDate`, `NaiveTime` | `date`, `time(6)` |
/// | `NaiveDateTime`, `DateTime<Utc>` | `datetime(6)`, in UTC whatever the session's zone is |
/// | `Uuid` | `binary(16)` |
/// | `Json<T>`, `Vec<T>` | `json` |
/// | enums | `enum('a', 'b')` |
///
/// Text is compared character by character, as other databases do it (`utf8mb4_0900_bin`). What is finer than a
/// microsecond is cut off. Years are 0 to 9999, and there are no leap seconds.
///
/// A query that is dropped half-way leaves answers behind that sqlx cannot always tell apart from those of the next
/// one. A pool's connection is closed then, and a transaction that goes on is refused further queries. On a
/// connection of your own, close it.
#[derive(Debug, Clone, Copy)]
pub struct MySql;

/// MySQL or MariaDB: what they have in common, and what differs in the values they are sent.
pub(crate) trait Family: for<'r> Dialect<Row<'r> = MySqlReader<'r>> {
    /// A UUID as its columns hold it.
    fn uuid(uuid: Uuid) -> Value;

    /// Whether a prepared statement converts its parameters to the types that it was first given, as in `SELECT ?`.
    const KEEPS_TYPES: bool;
}

impl Dialect for MySql {
    const KIND: DialectKind = DialectKind::MySql;
    const SYNTAX: &'static Syntax = &SYNTAX;
    type Name = super::names::MySQL;
    type Row<'r> = MySqlReader<'r>;
}

impl Family for MySql {
    fn uuid(uuid: Uuid) -> Value {
        Value::Bytes(uuid.into_bytes().to_vec())
    }

    const KEEPS_TYPES: bool = true;
}

pub(super) const SYNTAX: Syntax = Syntax {
    name: "MySQL",
    quote: '`',
    placeholder,
    numbers_parameters: false,
    unlimited: Some("18446744073709551615"),
    max_parameters: 65_535,
    literal: literal::mysql,
    spelling: Spellings {
        lists_are_arrays: false,
        empty_list: |sql, _| sql.push_str("(SELECT NULL FROM dual WHERE false)"),
        row_list: "(",
        cast: |_, to| cast(to),
        typed_value: |value| says_type(value).then(|| cast(value)),
        aggregate_cast: |_| None,
        narrow_sums: false,
        coarse_averages: true,
        coarse_ranks: false,
        bool_functions: false,
        concat: Words::call("concat("),
        json_path: dollar_path,
        same: Words::infix(" <=> "),
        different: Words::Each(&["NOT (", " <=> ", ")"]),
        integer_quotient: " DIV ",
        filter_clause: false,
        string_agg: "group_concat(",
        separator_clause: Some(|sql, separator| {
            sql.push_str(" SEPARATOR ");
            literal::word(sql, separator);
        }),
        json_agg: "json_arrayagg(",
        any_value: Words::call("any_value("),
        signed_bits: ") AS SIGNED)",
        rollup: ("", " WITH ROLLUP"),
        null_in_totals: (" IS NULL", " IS NOT NULL"),
        sorts_totals: true,
        having_knows_rows: false,
        growing_text: Some(("CAST(", " AS CHAR(16777215) CHARACTER SET utf8mb4) COLLATE utf8mb4_0900_bin")),
        sides_in_parentheses: true,
        limit_in_subqueries: false,
        row_comparison: false,
        enums_compare_as_sorted: false,
        nulls_order: false,
        for_share: " FOR SHARE",
    },
    writes: Writes {
        insert_returning: false,
        default_row: " () VALUES ()",
        unnest: false,
        default_value: true,
        in_rows: ") IN (",
        new_row: NewRow::Alias,
        other_tables: OtherTables::List,
        reads_its_table: false,
        using_reads_its_table: false,
        row_lock: Some(" FOR UPDATE"),
        with_insert: false,
        with_update: true,
    },
    definitions: Definitions {
        type_name,
        auto_increment: "AUTO_INCREMENT",
        set_default: false,
        forward_references: false,
        qualified_references: true,
        qualifies_index: false,
        named_enums: false,
        unchecked_enums: false,
        case_sensitive_names: true,
        shared_names: false,
        virtual_columns: true,
        required_generated_columns: true,
        default_in_parentheses: true,
        expression_indexes: true,
        gin: None,
        full_text: Some("FULLTEXT INDEX "),
        partial_indexes: false,
        drops_together: true,
        drops_keys: false,
        table_options: " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin",
        before_drop: None,
    },
};

/// Writes `?`, which is text until it is told to be JSON.
fn placeholder(sql: &mut String, _: usize, value: &Value) {
    use DataType as Type;
    let is_json = matches!(
        value,
        Value::Json(_)
            | Value::JsonText(_)
            | Value::Array(..)
            | Value::Null(Type::Json | Type::JsonText | Type::Array(_))
    );
    sql.push_str(if is_json { "CAST(? AS JSON)" } else { "?" });
}

/// Whether a parameter of this type has to say so. JSON does it everywhere.
pub(super) const fn says_type(of: DataType) -> bool {
    !matches!(of, DataType::Json | DataType::JsonText | DataType::Array(_))
}

pub(super) fn cast(to: DataType) -> (&'static str, &'static str) {
    use DataType as Type;
    let end = match to {
        Type::Bool | Type::I8 | Type::I16 | Type::I32 | Type::I64 => " AS SIGNED)",
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => " AS UNSIGNED)",
        Type::F32 => " AS FLOAT)",
        Type::F64 => " AS DOUBLE)",
        Type::Decimal => " AS DECIMAL(65,30))",
        Type::Bytes | Type::Uuid => " AS BINARY)",
        Type::Date => " AS DATE)",
        Type::Time => " AS TIME(6))",
        Type::DateTime | Type::Timestamp => " AS DATETIME(6))",
        Type::Json | Type::JsonText | Type::Array(_) => " AS JSON)",
        // It would compare by the collation of the connection.
        Type::Text | Type::Enum(_) | Type::Native(_) => " AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_0900_bin",
    };
    ("CAST(", end)
}

pub(super) fn type_name(sql: &mut String, data_type: DataType, keyed: bool) {
    use DataType as Type;
    sql.push_str(match data_type {
        Type::Bool => "boolean",
        Type::I8 => "tinyint",
        Type::I16 => "smallint",
        Type::I32 => "int",
        Type::I64 => "bigint",
        Type::U8 => "tinyint unsigned",
        Type::U16 => "smallint unsigned",
        Type::U32 => "int unsigned",
        Type::U64 => "bigint unsigned",
        Type::F32 => "float",
        Type::F64 => "double",
        // Every `Decimal` has at most 29 digits before the point and 28 after it.
        Type::Decimal => "decimal(65,28)",
        Type::Text if keyed => "varchar(255)",
        Type::Text | Type::Native(_) => "longtext",
        Type::Bytes if keyed => "varbinary(255)",
        Type::Bytes => "longblob",
        Type::Date => "date",
        Type::Time => "time(6)",
        Type::DateTime | Type::Timestamp => "datetime(6)",
        Type::Uuid => "binary(16)",
        Type::Json | Type::JsonText | Type::Array(_) => "json",
        Type::Enum(def) => return literal::enumeration(sql, def.variants),
    });
}
