//! The final pass: SQL text and its parameters.

use std::fmt::{self, Write as _};

use super::{Fragment, Piece};
use crate::{
    dialect::{DialectKind, Syntax},
    table::TableDef,
    value::Value,
};

/// A rendered query: the SQL text and the values of its parameters, in order.
///
/// It displays as the SQL text, with a placeholder for each value.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Statement {
    /// The SQL text.
    pub sql: String,
    /// The values of its parameters.
    pub values: Vec<Value>,
    /// The table that it writes to, by which errors know the columns of its constraints.
    pub table: Option<&'static TableDef>,
}

/// By text and values.
impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.sql == other.sql && self.values == other.values
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}

impl Statement {
    /// A statement that is written by hand; `values` are its parameters, in order.
    ///
    /// ```
    /// use mizzle::{render::Statement, value::Value};
    /// let statement = Statement::raw("SELECT ?", vec![Value::I64(1)]);
    /// assert_eq!(statement.to_string(), "SELECT ?");
    /// ```
    pub fn raw(sql: &'static str, values: Vec<Value>) -> Self {
        Statement { sql: sql.to_owned(), values, table: None }
    }

    /// A statement without parameters.
    pub(crate) fn unbound(sql: String) -> Self {
        Statement { sql, values: Vec::new(), table: None }
    }

    /// The same statement, which writes to this table.
    pub(crate) fn writing(mut self, table: &'static TableDef) -> Self {
        self.table = Some(table);
        self
    }

    /// Joins the pieces: quotes the names, numbers the parameters.
    pub(crate) fn new(fragment: Fragment, dialect: DialectKind) -> Self {
        let syntax = dialect.syntax();
        let mut sql = String::with_capacity(fragment.0.len() * 12);
        let mut values = Vec::new();
        for piece in fragment.0 {
            match piece {
                Piece::Sql(text) => sql.push_str(&text),
                Piece::NextColumn => sql.push_str(", "),
                Piece::WholeRow(_) => {}
                Piece::Name(name) => quote(&mut sql, name, syntax),
                Piece::Column { source, column } => {
                    quote(&mut sql, source, syntax);
                    sql.push('.');
                    quote(&mut sql, column, syntax);
                }
                Piece::Value(value) => {
                    (syntax.placeholder)(&mut sql, values.len() + 1, &value);
                    values.push(value);
                }
                Piece::Padding(value, count) => {
                    for _ in 0..count {
                        sql.push_str(", ");
                        (syntax.placeholder)(&mut sql, values.len() + 1, &value);
                        values.push(value.clone());
                    }
                }
            }
        }
        Statement { sql, values, table: None }
    }
}

impl Fragment {
    /// Joins the pieces for a schema definition: values become literals, columns stand unqualified. `None` if the dialect
    /// has no literal for one of the values.
    pub fn definition(self, dialect: DialectKind) -> Option<String> {
        let syntax = dialect.syntax();
        let mut sql = String::new();
        for piece in self.0 {
            match piece {
                Piece::Sql(text) => sql.push_str(&text),
                Piece::NextColumn => sql.push_str(", "),
                Piece::WholeRow(_) | Piece::Padding(..) => {}
                Piece::Name(name) | Piece::Column { column: name, .. } => quote(&mut sql, name, syntax),
                Piece::Value(value) => {
                    let before = sql.len();
                    (syntax.literal)(&mut sql, &value);
                    if sql.len() == before {
                        return None;
                    }
                }
            }
        }
        Some(sql)
    }
}

/// Quotes an identifier, doubling the quotes that it holds.
pub(crate) fn quote(sql: &mut String, name: &str, syntax: &Syntax) {
    sql.push(syntax.quote);
    if name.contains(syntax.quote) {
        for c in name.chars() {
            if c == syntax.quote {
                sql.push(c);
            }
            sql.push(c);
        }
    } else {
        sql.push_str(name);
    }
    sql.push(syntax.quote);
}

/// Writes `?`: for dialects whose parameters have no number.
pub(crate) fn question_mark(sql: &mut String, _: usize, _: &Value) {
    sql.push('?');
}

/// Writes a text as a literal, doubling its quotes.
pub(crate) fn text_literal(sql: &mut String, text: &str) {
    let _ = write!(sql, "'{}'", text.replace('\'', "''"));
}
