//! The databases: each is a small set of facts and hooks.

pub mod sqlite;

pub use sqlite::Sqlite;

use crate::{
    run::RowReader,
    value::{DataType, Value},
};

/// A database system, as a type: what its SQL looks like, and what reads its rows.
pub trait Dialect: Sized + Send + Sync + 'static {
    /// Which one, as a value.
    const KIND: DialectKind;

    /// What its SQL looks like.
    const SYNTAX: &'static Syntax;

    /// Reads its rows.
    type Row<'r>: RowReader;
}

/// The database systems, as a value; see [`Dialect`] for the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DialectKind {
    /// SQLite.
    Sqlite,
}

impl DialectKind {
    /// What its SQL looks like.
    pub const fn syntax(self) -> &'static Syntax {
        match self {
            DialectKind::Sqlite => Sqlite::SYNTAX,
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
    /// Writes the placeholder of parameter `n`, counted from 1.
    pub placeholder: fn(sql: &mut String, n: usize),
    /// The list of an `IN` that holds nothing.
    pub empty_list: &'static str,
    /// `LIMIT` that means all rows, where `OFFSET` cannot stand alone.
    pub unlimited: Option<&'static str>,
    /// The name of a column's type.
    pub type_name: fn(DataType) -> &'static str,
    /// The end of a `CAST(x AS type)`.
    pub cast_end: fn(DataType) -> &'static str,
    /// The current moment.
    pub now: &'static str,
    /// How many parameters one statement can have.
    pub max_parameters: usize,
    /// Writes a value as a literal, escaped, for schema definitions.
    pub literal: fn(sql: &mut String, value: &Value),
    /// What makes an integer primary key count up by itself.
    pub auto_increment: &'static str,
    /// How tables are defined.
    pub definitions: Definitions,
}

/// What a dialect's table definitions look like: facts as data.
#[derive(Debug)]
pub struct Definitions {
    /// Whether a foreign key may name a table that is created later.
    pub forward_references: bool,
    /// Whether a foreign key may lead into another schema.
    pub qualified_references: bool,
    /// Whether the schema stands before an index's own name, and not before its table's.
    pub qualifies_index: bool,
    /// Whether an enum is a type with a name; where it is not, a CHECK lists its words.
    pub named_enums: bool,
    /// Whether `Users` and `users` are two tables, when quoted.
    pub case_sensitive_names: bool,
    /// What allows tables that refer to each other to be dropped, for the open transaction.
    pub before_drop: Option<&'static str>,
}
