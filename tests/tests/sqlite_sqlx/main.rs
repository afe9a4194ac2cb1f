//! SQLite on sqlx's pool: the suite, and what the pool has a part in.

mizzle_tests::capabilities!(SqliteOnSqlx);

#[path = "../sqlite/giving_up.rs"]
mod giving_up;
#[path = "../sqlite/literals.rs"]
mod literals;
mod pools;
#[path = "../sqlite/secrets.rs"]
mod secrets;
#[path = "../sqlite/stored.rs"]
mod stored;
#[path = "../suite/mod.rs"]
mod suite;
#[path = "../sqlite/transports.rs"]
mod transports;
#[path = "../sqlite/values.rs"]
mod values;

type D = mizzle::dialect::Sqlite;
type Db = sqlx::SqlitePool;

/// Plain sqlx on the database of a pool.
async fn plain(db: &Db) -> sqlx::Result<sqlx::SqlitePool> {
    Ok(db.clone())
}
