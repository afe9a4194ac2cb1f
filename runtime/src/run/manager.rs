//! What sqlx's drivers have in common: the depth of transactions, by which each counts its savepoints.
//!
//! These go past `sqlx::Transaction`: one that is dropped while its savepoint begins rolls back what is around it.

use sqlx::{Database, SqlStr};
use sqlx_core::transaction::TransactionManager;

use crate::Error;

pub(super) fn depth<DB: Database>(connection: &DB::Connection) -> usize {
    DB::TransactionManager::get_transaction_depth(connection)
}

pub(super) async fn begin<DB: Database>(
    connection: &mut DB::Connection,
    statement: Option<SqlStr>,
) -> Result<(), Error> {
    Ok(DB::TransactionManager::begin(connection, statement).await?)
}

pub(super) async fn commit<DB: Database>(connection: &mut DB::Connection) -> Result<(), Error> {
    Ok(DB::TransactionManager::commit(connection).await?)
}

pub(super) async fn rollback<DB: Database>(connection: &mut DB::Connection) -> Result<(), Error> {
    Ok(DB::TransactionManager::rollback(connection).await?)
}

pub(super) fn start_rollback<DB: Database>(connection: &mut DB::Connection) {
    DB::TransactionManager::start_rollback(connection);
}
