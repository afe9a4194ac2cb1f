//! SQLite: a file for each test.

use std::{path::PathBuf, sync::Arc};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tempfile::TempDir;

use crate::{Result, TestDatabase, database::plain_sql};

const FILE: &str = "test.db";

impl TestDatabase for SqlitePool {
    async fn empty(connections: u32) -> Result<Self> {
        SqliteFile::new()?.open(connections).await
    }

    /// What is in the file: each test gets a copy.
    type Stored = Vec<u8>;

    async fn store(self) -> Result<Vec<u8>> {
        let options = self.connect_options();
        self.close().await;
        Ok(std::fs::read(options.get_filename())?)
    }

    async fn open(stored: &Vec<u8>) -> Result<Self> {
        let file = SqliteFile::new()?;
        std::fs::write(file.path(), stored)?;
        file.open(1).await
    }

    plain_sql! { |pool| pool }
}

/// The file of a database, which goes away with this and the pools on it.
#[derive(Debug, Clone)]
pub struct SqliteFile {
    directory: Arc<TempDir>,
}

impl SqliteFile {
    /// A file that is not there yet.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new() -> Result<Self> {
        Ok(SqliteFile { directory: Arc::new(tempfile::tempdir()?) })
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join(FILE)
    }

    /// A pool of so many connections, in WAL mode.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(&self, connections: u32) -> Result<SqlitePool> {
        let options = SqliteConnectOptions::new()
            .filename(self.path())
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(true);
        let directory = Arc::clone(&self.directory);
        // The closure lives as long as the pool, and with it the file.
        let pool = SqlitePoolOptions::new().max_connections(connections).after_connect(move |_, _| {
            let _held = &directory;
            Box::pin(async { Ok(()) })
        });
        Ok(pool.connect_with(options).await?)
    }
}
