//! Connections, held while a query runs on them.

use sqlx::{Database, pool::PoolConnection};

use super::Driver;

/// What holds a connection.
pub(super) trait Held<D: Driver> {
    /// The connection.
    fn connection(&mut self) -> &mut D::Connection;

    /// Something is on its way again.
    fn is_busy(&mut self) {}

    /// The query is done: nothing is on its way any more.
    fn is_free(&mut self) {}
}

impl<D: Driver<Connection = C>, C: ?Sized> Held<D> for &mut C {
    fn connection(&mut self) -> &mut C {
        self
    }
}

impl<D: Driver<Connection = DB::Connection>, DB: Database> Held<D> for PoolConnection<DB> {
    fn connection(&mut self) -> &mut DB::Connection {
        self
    }
}
