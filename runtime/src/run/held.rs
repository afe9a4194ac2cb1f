//! Connections, held while a query runs on them.

use sqlx::{Database, pool::PoolConnection};

/// What holds a connection.
pub(super) trait Held {
    /// Something is on its way again.
    fn is_busy(&mut self) {}

    /// The query is done: nothing is on its way any more.
    fn is_free(&mut self) {}
}

impl<T> Held for &mut T {}

impl<DB: Database> Held for PoolConnection<DB> {}
