//! Connections that are not used again after an accident.

use sqlx::{Database, Pool, pool::PoolConnection};

use super::{Driver, held::Held};
use crate::Error;

/// A connection of a pool that is closed if what runs on it is dropped half-way: for drivers that then cannot tell
/// where the next answer begins.
pub(super) struct Fragile<DB: Database> {
    connection: PoolConnection<DB>,
    is_free: bool,
}

impl<DB: Database> Fragile<DB> {
    pub(super) async fn acquire(pool: &Pool<DB>) -> Result<Self, Error> {
        Ok(Fragile { connection: pool.acquire().await?, is_free: false })
    }
}

impl<D: Driver<Connection = DB::Connection>, DB: Database> Held<D> for Fragile<DB> {
    fn connection(&mut self) -> &mut DB::Connection {
        &mut self.connection
    }

    fn is_busy(&mut self) {
        self.is_free = false;
    }

    fn is_free(&mut self) {
        self.is_free = true;
    }
}

impl<DB: Database> Drop for Fragile<DB> {
    fn drop(&mut self) {
        if !self.is_free {
            self.connection.close_on_drop();
        }
    }
}
