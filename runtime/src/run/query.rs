//! A rendered query and the function that reads its rows.

use std::{fmt, sync::Arc};

use crate::{Error, dialect::Dialect, render::Statement};

/// Reads one row.
pub type Decode<D, R> = for<'a, 'r> fn(&'a mut <D as Dialect>::Row<'r>) -> Result<R, Error>;

/// Reads one row, by what it was given.
type DecodeWith<D, R> = dyn for<'a, 'r> Fn(&'a mut <D as Dialect>::Row<'r>) -> Result<R, Error> + Send + Sync;

/// Reads the rows of a query.
pub struct Decoder<D: Dialect, R>(Kind<D, R>);

enum Kind<D: Dialect, R> {
    Plain(Decode<D, R>),
    With(Arc<DecodeWith<D, R>>),
}

impl<D: Dialect, R> Decoder<D, R> {
    /// A function. (No `From`: rustc 1.95 crashes over an implementation for this type.)
    pub const fn new(decode: Decode<D, R>) -> Self {
        Decoder(Kind::Plain(decode))
    }

    /// One that knows more than the row.
    pub(crate) fn with<F>(decode: F) -> Self
    where
        F: for<'a, 'r> Fn(&'a mut D::Row<'r>) -> Result<R, Error> + Send + Sync + 'static,
    {
        Decoder(Kind::With(Arc::new(decode)))
    }

    /// Reads one row.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than its field.
    #[inline]
    pub fn decode(&self, row: &mut D::Row<'_>) -> Result<R, Error> {
        match &self.0 {
            Kind::Plain(decode) => decode(row),
            Kind::With(decode) => decode(row),
        }
    }
}

impl<D: Dialect, R> Clone for Decoder<D, R> {
    fn clone(&self) -> Self {
        Decoder(match &self.0 {
            Kind::Plain(decode) => Kind::Plain(*decode),
            Kind::With(decode) => Kind::With(Arc::clone(decode)),
        })
    }
}

impl<D: Dialect, R> fmt::Debug for Decoder<D, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").finish_non_exhaustive()
    }
}

/// A query that is ready to run: SQL text, values, and what its rows become.
pub struct Query<D: Dialect, R> {
    /// The SQL text and the values.
    pub statement: Statement,
    /// Reads a row.
    pub decoder: Decoder<D, R>,
}

impl<D: Dialect, R> Query<D, R> {
    /// A statement whose rows are read by a function.
    pub fn new(statement: Statement, decode: Decode<D, R>) -> Self {
        Query { statement, decoder: Decoder::new(decode) }
    }
}

impl<D: Dialect, R> Clone for Query<D, R> {
    fn clone(&self) -> Self {
        Query { statement: self.statement.clone(), decoder: self.decoder.clone() }
    }
}

impl<D: Dialect, R> fmt::Debug for Query<D, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query").field("statement", &self.statement).finish_non_exhaustive()
    }
}

/// What a statement changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// How many rows it inserted, updated or deleted.
    pub rows: u64,
    /// The key that an insert counted up, where the database tells: of its first row on MySQL and MariaDB, of its
    /// last one on SQLite. Otherwise what it happens to be.
    pub id: Option<i64>,
}

impl Done {
    /// This statement and another one after it.
    pub(super) fn and(self, next: Done) -> Done {
        Done { rows: self.rows + next.rows, id: next.id.or(self.id) }
    }
}
