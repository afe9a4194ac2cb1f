//! A rendered query: SQL text and its parameters.

use std::fmt::{self, Write as _};

use super::Sql;
use crate::{dialect::Syntax, table::TableDef, value::Value};

/// A rendered query: the SQL text and the values of its parameters, in order.
///
/// It displays as the SQL text, with a placeholder for each value.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Statement {
    /// The SQL text.
    pub sql: Sql,
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
        Statement { sql: sql.to_owned().into(), values, table: None }
    }

    /// What is sent where there is nothing to say.
    pub(crate) fn nothing() -> Self {
        Statement::unbound(String::new())
    }

    /// A statement without parameters.
    pub(crate) fn unbound(sql: String) -> Self {
        Statement { sql: sql.into(), values: Vec::new(), table: None }
    }

    /// The same statement, with what is computed when it is sent.
    pub(crate) fn now(mut self) -> Self {
        self.values.iter_mut().for_each(Value::compute);
        self
    }

    /// The same statement, which writes to this table.
    pub(crate) fn writing(mut self, table: &'static TableDef) -> Self {
        self.table = Some(table);
        self
    }
}

/// Quotes an identifier, doubling the quotes that it holds.
#[inline]
pub(crate) fn quote(sql: &mut String, name: &str, syntax: &Syntax) {
    let mut bytes = [0; 4];
    let quote: &str = syntax.quote.encode_utf8(&mut bytes);
    sql.reserve(name.len() + 2);
    sql.push_str(quote);
    // An ASCII character is no part of another one.
    if name.bytes().any(|byte| u32::from(byte) == u32::from(syntax.quote)) {
        sql.push_str(&name.replace(quote, &quote.repeat(2)));
    } else {
        sql.push_str(name);
    }
    sql.push_str(quote);
}

/// Writes a number, without the detour over a formatter.
#[inline]
pub(crate) fn push_number(sql: &mut String, number: u64) {
    if number < 10 {
        let digit = usize::try_from(number).unwrap_or_default();
        return sql.push_str(&"0123456789"[digit..=digit]);
    }
    push_number(sql, number / 10);
    push_number(sql, number % 10);
}

/// Writes `?`: for dialects whose parameters have no number.
#[inline]
pub(crate) fn question_mark(sql: &mut String, _: usize, _: &Value) {
    sql.push('?');
}

/// Writes a text as a literal, doubling its quotes.
pub(crate) fn text_literal(sql: &mut String, text: &str) {
    let _ = write!(sql, "'{}'", text.replace('\'', "''"));
}
