//! The databases: each is a small set of facts and hooks.

#[cfg(feature = "mysql")]
pub mod mariadb;
#[cfg(feature = "mysql")]
pub mod mysql;
pub mod names;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod sqlite;
mod support;
pub(crate) mod time;

#[cfg(feature = "mysql")]
pub use mariadb::MariaDb;
#[cfg(feature = "mysql")]
pub use mysql::MySql;
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use sqlite::Sqlite;
pub use support::*;

use crate::{
    Error,
    expr::{PathStep, Words},
    run::RowReader,
    value::{DataType, Value},
};

/// A database system, as a type: what its SQL looks like, and what reads its rows.
pub trait Dialect: Sized + Send + Sync + 'static {
    /// Which one, as a value.
    const KIND: DialectKind;

    /// What its SQL looks like.
    const SYNTAX: &'static Syntax;

    /// Its name as a type, for error messages; what only some databases have is a trait of these.
    type Name;

    /// Reads its rows.
    type Row<'r>: RowReader;

    /// Reads the next columns, which are arrays of one length, as rows: only PostgreSQL has arrays. `each` is also told how
    /// many there still are, with this one.
    ///
    /// # Errors
    /// [`Error::Decode`] if they are not, or what `each` returns.
    fn read_arrays(
        row: &mut Self::Row<'_>,
        columns: usize,
        each: &mut dyn FnMut(&mut Self::Row<'_>, usize) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let _ = (columns, each);
        Err(row.mismatch("an array", "another value".to_owned()))
    }
}

/// The database systems, as a value; see [`Dialect`] for the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DialectKind {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres,
    /// MySQL.
    #[cfg(feature = "mysql")]
    MySql,
    /// MariaDB.
    #[cfg(feature = "mysql")]
    MariaDb,
}

impl DialectKind {
    /// All that are compiled in.
    pub const ALL: &'static [DialectKind] = &[
        DialectKind::Sqlite,
        #[cfg(feature = "postgres")]
        DialectKind::Postgres,
        #[cfg(feature = "mysql")]
        DialectKind::MySql,
        #[cfg(feature = "mysql")]
        DialectKind::MariaDb,
    ];

    /// What its SQL looks like.
    pub const fn syntax(self) -> &'static Syntax {
        match self {
            DialectKind::Sqlite => Sqlite::SYNTAX,
            #[cfg(feature = "postgres")]
            DialectKind::Postgres => Postgres::SYNTAX,
            #[cfg(feature = "mysql")]
            DialectKind::MySql => MySql::SYNTAX,
            #[cfg(feature = "mysql")]
            DialectKind::MariaDb => MariaDb::SYNTAX,
        }
    }
}

/// What a dialect's SQL looks like: facts as data.
#[derive(Debug)]
pub struct Syntax {
    /// The dialect's name, as people write it.
    pub name: &'static str,
    /// Opens and closes an identifier.
    pub quote: char,
    /// Writes the placeholder of parameter `n`, counted from 1, for a value.
    pub placeholder: fn(sql: &mut String, n: usize, value: &Value),
    /// Whether a placeholder holds the parameter's number.
    pub numbers_parameters: bool,
    /// `LIMIT` that means all rows, where `OFFSET` cannot stand alone.
    pub unlimited: Option<&'static str>,
    /// How many parameters one statement can have.
    pub max_parameters: usize,
    /// Writes a value as a literal, escaped, for schema definitions; nothing if it has none for it.
    pub literal: fn(sql: &mut String, value: &Value),
    /// Operators and functions that are spelled in several ways.
    pub spelling: Spellings,
    /// How rows are written.
    pub writes: Writes,
    /// How tables are defined.
    pub definitions: Definitions,
}

/// One meaning, several spellings.
#[derive(Debug)]
pub struct Spellings {
    /// Whether a list of values is bound as one array: `= ANY($1)`.
    pub lists_are_arrays: bool,
    /// Writes a list of values of the type that holds nothing, to stand after `IN`.
    pub empty_list: fn(sql: &mut String, DataType),
    /// What opens a list of row values, after `IN`.
    pub row_list: &'static str,
    /// What stands around an expression of the first type to make it the second.
    pub cast: fn(from: DataType, to: DataType) -> (&'static str, &'static str),
    /// What stands around a parameter of this type to say what it is, where the database would go by what is around it.
    pub typed_value: fn(DataType) -> Option<(&'static str, &'static str)>,
    /// What ends an aggregate that is cast to the type of its result, where the database would give another.
    pub aggregate_cast: fn(DataType) -> Option<&'static str>,
    /// Whether an average of integers is rounded to a few decimals.
    pub coarse_averages: bool,
    /// Whether `percent_rank` and `cume_dist` are rounded to a few decimals.
    pub coarse_ranks: bool,
    /// Whether a sum of single floats is a single float.
    pub narrow_sums: bool,
    /// Whether `bool_and` and `bool_or` are what `min` and `max` are elsewhere.
    pub bool_functions: bool,
    /// One text after the other.
    pub concat: Words,
    /// A path into a JSON document, as a value.
    pub json_path: fn(&[PathStep]) -> Value,
    /// Equality in which NULL equals NULL.
    pub same: Words,
    /// Inequality in which NULL equals NULL.
    pub different: Words,
    /// The quotient of integers, as an integer.
    pub integer_quotient: &'static str,
    /// Whether there is `FILTER (WHERE ..)` for aggregates.
    pub filter_clause: bool,
    /// A list of texts as one, up to its first argument.
    pub string_agg: &'static str,
    /// Writes the separator of such a list where it stands last, in a clause of its own.
    pub separator_clause: Option<fn(sql: &mut String, separator: &str)>,
    /// A list of values as JSON, up to its first argument.
    pub json_agg: &'static str,
    /// One of the values of a group.
    pub any_value: Words,
    /// What ends an aggregate of bits that is cast to an integer with a sign.
    pub signed_bits: &'static str,
    /// What stands around keys with totals.
    pub rollup: (&'static str, &'static str),
    /// `IS NULL` and `IS NOT NULL` in groups with totals, where a key is NULL whatever its column says.
    pub null_in_totals: (&'static str, &'static str),
    /// Whether ORDER BY can follow keys with totals.
    pub sorts_totals: bool,
    /// Whether HAVING can use columns that the group keys determine, and not only the keys.
    pub having_knows_rows: bool,
    /// What stands around a text that a recursive query begins with, where no later one can be longer than the first.
    pub growing_text: Option<(&'static str, &'static str)>,
    /// Whether a side of a UNION can stand in parentheses.
    pub sides_in_parentheses: bool,
    /// Whether the query after `IN` can have a LIMIT.
    pub limit_in_subqueries: bool,
    /// Whether an index is searched by `(a, b) > (1, 2)`.
    pub row_comparison: bool,
    /// Whether a value of an enum compares with a word as it sorts, and not as text.
    pub enums_compare_as_sorted: bool,
    /// Whether there is `NULLS FIRST`.
    pub nulls_order: bool,
    /// The lock of `.for_share()`.
    pub for_share: &'static str,
}

/// How rows are written.
#[derive(Debug)]
pub struct Writes {
    /// Whether an insert can return rows.
    pub insert_returning: bool,
    /// A row of nothing but defaults.
    pub default_row: &'static str,
    /// Whether several rows are sent as one array per column: `SELECT * FROM unnest($1::bigint[], $2::text[])`.
    pub unnest: bool,
    /// Whether `DEFAULT` can stand for a value.
    pub default_value: bool,
    /// What begins a list of rows that a row is compared with.
    pub in_rows: &'static str,
    /// The row that could not be inserted, in an upsert.
    pub new_row: NewRow,
    /// How an update names other tables.
    pub other_tables: OtherTables,
    /// Whether a subquery of a write can read the table that is written; if not, a derived table must read it.
    pub reads_its_table: bool,
    /// The same of a DELETE that uses other tables.
    pub using_reads_its_table: bool,
    /// Whether WITH can stand before an INSERT.
    pub with_insert: bool,
    /// Whether WITH can stand before an UPDATE and a DELETE.
    pub with_update: bool,
}

/// How an upsert names the row that could not be inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewRow {
    /// `excluded.name`, which is there by itself.
    Excluded,
    /// `excluded.name`, which is an alias of the new rows.
    Alias,
    /// `VALUES(name)`
    Values,
}

/// How an update names other tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherTables {
    /// `UPDATE a SET .. FROM b`
    From,
    /// `UPDATE a, b SET ..`
    List,
}

/// What a dialect's table definitions look like: facts as data.
#[derive(Debug)]
pub struct Definitions {
    /// Writes the name of a column's type; `keyed` if the column is part of a key or an index.
    pub type_name: fn(sql: &mut String, DataType, keyed: bool),
    /// What makes an integer primary key count up by itself.
    pub auto_increment: &'static str,
    /// Whether `SET DEFAULT` of a foreign key does anything.
    pub set_default: bool,
    /// Whether a foreign key may name a table that is created later.
    pub forward_references: bool,
    /// Whether a foreign key may lead into another schema.
    pub qualified_references: bool,
    /// Whether the schema stands before an index's own name, and not before its table's.
    pub qualifies_index: bool,
    /// Whether an enum is a type with a name.
    pub named_enums: bool,
    /// Whether a column of an enum takes other words too, if no CHECK forbids it.
    pub unchecked_enums: bool,
    /// Whether `Users` and `users` are two tables, when quoted.
    pub case_sensitive_names: bool,
    /// Whether tables and indexes cannot share a name.
    pub shared_names: bool,
    /// Whether a generated column can be computed when it is read.
    pub virtual_columns: bool,
    /// Whether a generated column can be NOT NULL.
    pub required_generated_columns: bool,
    /// Whether the default of a large type stands in parentheses, even if it is a literal.
    pub default_in_parentheses: bool,
    /// Whether an index can be over expressions; otherwise it is over hidden columns that compute them.
    pub expression_indexes: bool,
    /// What stands before the keys of an index over the parts of values.
    pub gin: Option<&'static str>,
    /// What begins an index over the words of texts, after CREATE.
    pub full_text: Option<&'static str>,
    /// Whether an index can have a condition.
    pub partial_indexes: bool,
    /// Whether one statement drops all tables, so that their order does not matter.
    pub drops_together: bool,
    /// Whether foreign keys that close a circle are dropped before the tables.
    pub drops_keys: bool,
    /// What stands after a table's definition.
    pub table_options: &'static str,
    /// What allows tables that refer to each other to be dropped, for the open transaction.
    pub before_drop: Option<&'static str>,
}
