//! A rendered query and the function that reads its rows.

use std::fmt;

use crate::{Error, dialect::Dialect, render::Statement};

/// Reads one row.
pub type Decode<D, R> = for<'a, 'r> fn(&'a mut <D as Dialect>::Row<'r>) -> Result<R, Error>;

/// A query that is ready to run: SQL text, values, and what its rows become.
pub struct Query<D: Dialect, R> {
    /// The SQL text and the values.
    pub statement: Statement,
    /// Reads one row.
    pub decode: Decode<D, R>,
}

impl<D: Dialect, R> Clone for Query<D, R> {
    fn clone(&self) -> Self {
        Query { statement: self.statement.clone(), decode: self.decode }
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
