//! Transactions and savepoints that end by themselves.

use super::Driver;
use crate::Error;

/// An open transaction or savepoint; one that is dropped is rolled back.
pub(super) struct Scope<'c, D: Driver> {
    pub(super) connection: &'c mut D::Connection,
    open: bool,
}

impl<'c, D: Driver> Scope<'c, D> {
    pub(super) async fn begin(connection: &'c mut D::Connection, begin: D::Begin) -> Result<Self, Error> {
        D::begin(connection, begin).await?;
        Ok(Scope { connection, open: true })
    }

    pub(super) async fn commit(mut self) -> Result<(), Error> {
        D::commit(self.connection).await?;
        self.open = false;
        Ok(())
    }

    pub(super) async fn rollback(mut self) -> Result<(), Error> {
        D::rollback(self.connection).await?;
        self.open = false;
        Ok(())
    }

    /// Commits if all went well, rolls back if not. The first error is the one that counts.
    pub(super) async fn end<T, E: From<Error>>(self, result: Result<T, E>) -> Result<T, E> {
        match result {
            Ok(value) => {
                self.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // What could not be rolled back now is rolled back when the scope is dropped.
                let _ = self.rollback().await;
                Err(error)
            }
        }
    }
}

impl<D: Driver> Drop for Scope<'_, D> {
    fn drop(&mut self) {
        if self.open {
            D::start_rollback(self.connection);
        }
    }
}
