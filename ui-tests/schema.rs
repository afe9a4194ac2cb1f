// The tables of most cases, on SQLite.

include!("tables.rs");

use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};

/// Runs a program on a new database with these tables.
fn execute(program: impl AsyncFnOnce(&SqlitePool) -> Result<(), Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let result = runtime.block_on(async {
        let db = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
        schema! { User, Post }.create_tables(&db).await?;
        program(&db).await
    });
    result.expect("a program that compiles also runs");
}
