//! A small blog in SQLite, from nothing to its last query: `cargo run --bin quickstart [-- new-file.db]`.
//!
//! The tables are in `tables.rs`, inserts, updates and deletes in `write.rs`, queries in `read.rs`.
//! Each step prints the SQL that it sends and the rows that come back.

mod read;
mod tables;
mod write;

use std::{error::Error, path::PathBuf};

use mizzle::{prelude::*, sqlite::SqliteOptions};
use mizzle_examples::{Echo, heading};

use crate::tables::{Comment, Post, User};

/// A pool that prints what it sends. A plain `&SqlitePool` does as well everywhere.
type Db<'p> = Echo<&'p SqlitePool>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let path = std::env::args_os().nth(1).map_or_else(|| scratch.path().join("blog.db"), PathBuf::from);
    if path.exists() {
        return Err(format!("{} is there already: give me the name of a new file", path.display()).into());
    }
    let pool = SqliteOptions::new().filename(&path).create_if_missing(true).connect().await?;

    blog(Echo(&pool)).await?;

    pool.close().await;
    Ok(())
}

async fn blog(db: Db<'_>) -> Result<(), mizzle::Error> {
    heading("Create the tables");
    schema! { User, Post, Comment }.create_tables(db).await?;

    write::insert_users(db).await?;
    write::insert_posts(db).await?;
    write::upsert(db).await?;
    write::update(db).await?;

    read::inner_join(db).await?;
    read::left_join(db).await?;
    read::self_join(db).await?;
    read::groups(db).await?;
    read::named_rows(db).await?;
    read::search(db, Some("%rust%"), None).await?;
    read::search(db, None, Some(100)).await?;
    read::pages(db).await?;

    write::roll_back(db).await?;
    write::delete(db).await
}
