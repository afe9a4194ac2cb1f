//! SQLite: the suite, and what is only about SQLite.

mizzle_tests::capabilities!(Sqlite);

mod attached;
#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model.rs"]
mod chinook_model;
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
type Db = sqlx::SqlitePool;
