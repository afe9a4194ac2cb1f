//! The same structs and the same queries on four databases: `cargo run --bin databases`.
//!
//! SQLite is always there; PostgreSQL, MySQL and MariaDB are where `POSTGRES_URL`, `MYSQL_URL` and `MARIADB_URL` say:
//! `env $(scripts/databases urls) cargo run --bin databases`. What is the same everywhere is in `shop.rs`, generic over
//! the dialect; what each database says in its own way is here.

mod shop;

use std::{error::Error, fmt::Debug};

use mizzle::prelude::*;
use mizzle_examples::{Echo, heading};
use sqlx::{MySqlPool, PgPool};

use crate::shop::{Item, NewItem};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sqlite = SqlitePool::connect("sqlite::memory:").await?;
    on_sqlite(Echo(&sqlite)).await?;
    if let Ok(url) = std::env::var("POSTGRES_URL") {
        on_postgres(Echo(&PgPool::connect(&url).await?)).await?;
    }
    if let Ok(url) = std::env::var("MYSQL_URL") {
        on_mysql(Echo(&MySqlPool::connect(&url).await?)).await?;
    }
    if let Ok(url) = std::env::var("MARIADB_URL") {
        // The driver is the same, the SQL is not.
        on_mariadb(Echo(&MariaDb::new(MySqlPool::connect(&url).await?))).await?;
    }
    Ok(())
}

/// The item that is delivered: some are there already.
fn delivery() -> NewItem {
    NewItem { stock: Some(5), ..NewItem::new("anvil") }
}

async fn on_sqlite<E: Executor<Sqlite> + Copy + Debug>(db: E) -> Result<(), mizzle::Error> {
    heading("SQLite");
    shop::open(db).await?;
    let upsert = Item::insert().row(delivery()).on_conflict(Item::name);
    let stock = upsert.do_update(Item::stock.set(Item::stock + excluded(Item::stock))).returning(Item::stock);
    println!("-- {} anvils", stock.fetch_one(db).await?);
    shop::close(db).await
}

async fn on_postgres<E: Executor<Postgres> + Copy + Debug>(db: E) -> Result<(), mizzle::Error> {
    heading("PostgreSQL");
    shop::open(db).await?;
    let upsert = Item::insert().row(delivery()).on_conflict(Item::name);
    let stock = upsert.do_update(Item::stock.set(Item::stock + excluded(Item::stock))).returning(Item::stock);
    println!("-- {} anvils", stock.fetch_one(db).await?);
    let scarce = Item::query().filter(Item::name.ilike("%A%")).order_by(Item::stock).limit(1);
    scarce.for_update().skip_locked().fetch_all(db).await?;
    shop::close(db).await
}

async fn on_mysql<E: Executor<MySql> + Copy + Debug>(db: E) -> Result<(), mizzle::Error> {
    heading("MySQL");
    shop::open(db).await?;
    let upsert = Item::insert().row(delivery());
    upsert.on_duplicate_key_update(Item::stock.set(Item::stock + inserted(Item::stock))).execute(db).await?;
    let bolt = Item::insert().row(NewItem::new("bolt")).insert_id(db).await?;
    println!("-- the bolt is number {bolt}");
    Item::query().filter(Item::stock.lt(5)).for_update().skip_locked().fetch_all(db).await?;
    shop::close(db).await
}

async fn on_mariadb<E: Executor<MariaDb> + Copy + Debug>(db: E) -> Result<(), mizzle::Error> {
    heading("MariaDB");
    shop::open(db).await?;
    let upsert = Item::insert().row(delivery());
    upsert.on_duplicate_key_update(Item::stock.set(Item::stock + inserted(Item::stock))).execute(db).await?;
    let bolt = Item::insert().row(NewItem::new("bolt")).returning(Item::id).fetch_one(db).await?;
    println!("-- the bolt is number {bolt}");
    shop::close(db).await
}
