//! What an error should know of its statement.

use std::sync::Arc;

use crate::{Error, table::TableDef};

/// The SQL text, and the table that it writes to.
pub(super) struct Text {
    pub(super) sql: Arc<str>,
    pub(super) table: Option<&'static TableDef>,
}

impl Text {
    pub(super) fn explain(&self, error: impl Into<Error>) -> Error {
        error.into().with_sql(&self.sql).completed_by(self.table)
    }
}
