//! The database, and how answers are compared.

use std::{fmt::Debug, path::PathBuf};

use mizzle_tests::{Result, TestDatabase};
use sqlx::{AssertSqlSafe, FromRow, SqlitePool, sqlite::SqliteRow};
use tokio::sync::OnceCell;

/// The file of the loaded database, of which each test gets a copy.
static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();

fn script() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/data/chinook/sqlite.sql");
    std::env::var_os("CHINOOK_SQLITE").map_or_else(|| default.into(), PathBuf::from)
}

async fn load() -> Result<Vec<u8>> {
    let path = script();
    let script = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let db = TestDatabase::empty(1).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("BEGIN; {script}; COMMIT"))).execute(&db.pool).await?;
    db.into_file().await
}

/// A Chinook database of one's own.
pub(crate) async fn chinook() -> Result<TestDatabase> {
    TestDatabase::copy_of(FILE.get_or_try_init(load).await?).await
}

/// Compares all rows with those of plain SQL, of which there must be some.
pub(crate) async fn same<R>(db: &SqlitePool, rows: Vec<R>, plain: &'static str) -> Result
where
    R: for<'r> FromRow<'r, SqliteRow> + Debug + PartialEq + Send + Unpin,
{
    let expected: Vec<R> = sqlx::query_as(plain).fetch_all(db).await?;
    assert!(!expected.is_empty(), "the question has no answer");
    assert_eq!(rows, expected);
    Ok(())
}
