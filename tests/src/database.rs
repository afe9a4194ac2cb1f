//! Databases that belong to one test.

use mizzle::schema::Schema;
use sqlx::{
    AssertSqlSafe, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};
use tempfile::TempDir;

use crate::Result;

/// A database in memory with the tables of `schema`, for one connection.
///
/// # Errors
/// What the database says.
pub async fn memory(schema: &Schema) -> Result<SqlitePool> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect("sqlite::memory:")
        .await?;
    schema.create_tables(&pool).await?;
    Ok(pool)
}

/// A database in a file of its own, in WAL mode, which goes away with this.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its connections.
    pub pool: SqlitePool,
    directory: TempDir,
}

impl TestDatabase {
    /// An empty database for this many connections.
    ///
    /// # Errors
    /// What the file system or the database says.
    pub async fn empty(connections: u32) -> Result<Self> {
        Self::open(connections, tempfile::tempdir()?).await
    }

    /// A copy of a database file.
    ///
    /// # Errors
    /// What the file system or the database says.
    pub async fn copy_of(file: &[u8]) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        std::fs::write(directory.path().join(FILE), file)?;
        Self::open(1, directory).await
    }

    async fn open(connections: u32, directory: TempDir) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(directory.path().join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(connections).connect_with(options).await?;
        Ok(TestDatabase { pool, directory })
    }

    /// Where the file is, for connections with options of their own.
    pub fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(self.directory.path().join(FILE))
    }

    /// Closes all connections and returns the file.
    ///
    /// # Errors
    /// What the file system says.
    pub async fn into_file(self) -> Result<Vec<u8>> {
        self.pool.close().await;
        Ok(std::fs::read(self.directory.path().join(FILE))?)
    }
}

const FILE: &str = "test.db";

/// The rows of a statement of plain SQL, as SQLite's own `quote(..)` writes their values.
///
/// # Errors
/// What the database says.
pub async fn text(db: &SqlitePool, columns: &[&str], from: &str) -> Result<Vec<Vec<String>>> {
    let columns: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let sql = format!("SELECT {} FROM {from}", columns.join(", "));
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(db).await?;
    let row = |row| (0..columns.len()).map(|column| Ok(sqlx::Row::try_get(row, column)?)).collect();
    rows.iter().map(row).collect()
}
