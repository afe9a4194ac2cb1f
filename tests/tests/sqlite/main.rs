//! SQLite on mizzle's own pool: the suite, and what is only about SQLite.

mizzle_tests::capabilities!(Sqlite);

mod attached;
#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model.rs"]
mod chinook_model;
mod connections;
mod giving_up;
mod literals;
mod pools;
mod secrets;
mod stored;
#[path = "../suite/mod.rs"]
mod suite;
mod transports;
mod values;

type D = mizzle::dialect::Sqlite;
type Db = mizzle::SqlitePool;

/// Plain sqlx on the database of a pool.
async fn plain(db: &Db) -> sqlx::Result<sqlx::SqlitePool> {
    mizzle_tests::plain_sqlite(db).await
}
