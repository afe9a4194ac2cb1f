//! Relations in one call, on four databases: `cargo run --bin relations`.
//!
//! SQLite is always there; PostgreSQL, MySQL and MariaDB are where `POSTGRES_URL`, `MYSQL_URL` and `MARIADB_URL` say:
//! `env $(scripts/databases urls) cargo run --bin relations`. Every statement is printed before it runs: one for each
//! relation, never one for each row.

mod guide;
mod shapes;
mod tables;

use std::error::Error;

use mizzle::prelude::*;
use mizzle_examples::heading;
use sqlx::{MySqlPool, PgPool};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    heading("SQLite");
    guide::run(&SqlitePool::connect("sqlite::memory:").await?).await?;
    if let Ok(url) = std::env::var("POSTGRES_URL") {
        heading("PostgreSQL");
        guide::run(&PgPool::connect(&url).await?).await?;
    }
    if let Ok(url) = std::env::var("MYSQL_URL") {
        heading("MySQL");
        guide::run(&MySqlPool::connect(&url).await?).await?;
    }
    if let Ok(url) = std::env::var("MARIADB_URL") {
        heading("MariaDB");
        guide::run(&MariaDb::new(MySqlPool::connect(&url).await?)).await?;
    }
    Ok(())
}
