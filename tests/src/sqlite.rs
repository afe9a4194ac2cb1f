//! SQLite: a file for each test.

use std::{
    future::pending,
    path::{Path, PathBuf},
    sync::Arc,
};

use mizzle::sqlite::{SqliteOptions, Synchronous};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tempfile::TempDir;

use crate::{
    Result, TestDatabase,
    database::{self, plain_sql},
};

const FILE: &str = "test.db";

impl TestDatabase for mizzle::SqlitePool {
    async fn empty(connections: u32) -> Result<Self> {
        SqliteFile::new()?.open(connections).await
    }

    /// What is in the file: each test gets a copy.
    type Stored = Vec<u8>;

    async fn store(self) -> Result<Vec<u8>> {
        self.close().await;
        Ok(std::fs::read(path(&self))?)
    }

    async fn open(stored: &Vec<u8>) -> Result<Self> {
        SqliteFile::of(stored)?.open(1).await
    }

    async fn run(&self, sql: &str) -> sqlx::Result<()> {
        let plain = plain_sqlite(self).await?;
        let result = database::run(&plain, sql).await;
        plain.close().await;
        result
    }

    async fn text(&self, sql: &str) -> sqlx::Result<Vec<Vec<String>>> {
        let plain = plain_sqlite(self).await?;
        let result = database::text(&plain, sql).await;
        plain.close().await;
        result
    }

    async fn prepare(&self, sql: &str) -> sqlx::Result<usize> {
        let plain = plain_sqlite(self).await?;
        let result = database::prepare(&plain, sql).await;
        plain.close().await;
        result
    }
}

impl TestDatabase for sqlx::SqlitePool {
    async fn empty(connections: u32) -> Result<Self> {
        SqliteFile::new()?.open_with_sqlx(connections).await
    }

    type Stored = Vec<u8>;

    async fn store(self) -> Result<Vec<u8>> {
        let options = self.connect_options();
        self.close().await;
        Ok(std::fs::read(options.get_filename())?)
    }

    async fn open(stored: &Vec<u8>) -> Result<Self> {
        SqliteFile::of(stored)?.open_with_sqlx(1).await
    }

    plain_sql! { |pool| pool }
}

/// The file of a database, which goes away with this and the runtimes of the pools on it: those of the tests.
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

    fn of(content: &[u8]) -> Result<Self> {
        let file = SqliteFile::new()?;
        std::fs::write(file.path(), content)?;
        Ok(file)
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join(FILE)
    }

    /// mizzle's own pool of so many connections.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(&self, connections: u32) -> Result<mizzle::SqlitePool> {
        self.keep();
        let options = SqliteOptions::new()
            .filename(self.path())
            .create_if_missing(true)
            .synchronous(Synchronous::Off)
            .max_connections(connections);
        Ok(options.connect().await?)
    }

    /// sqlx's pool of so many connections, in WAL mode.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_with_sqlx(&self, connections: u32) -> Result<sqlx::SqlitePool> {
        self.keep();
        Ok(SqlitePoolOptions::new().max_connections(connections).connect_with(options(&self.path())).await?)
    }

    /// Until the runtime ends.
    fn keep(&self) {
        let directory = Arc::clone(&self.directory);
        tokio::spawn(async move {
            let _held = directory;
            pending::<()>().await;
        });
    }
}

/// A connection of plain sqlx to the file of a pool. It is closed before the pool is stored.
///
/// # Errors
/// What the database says.
pub async fn plain_sqlite(pool: &mizzle::SqlitePool) -> sqlx::Result<sqlx::SqlitePool> {
    SqlitePoolOptions::new().max_connections(1).connect_with(options(path(pool))).await
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(true)
}

fn path(pool: &mizzle::SqlitePool) -> &Path {
    pool.options().get_filename().unwrap_or_else(|| Path::new(":memory:"))
}
