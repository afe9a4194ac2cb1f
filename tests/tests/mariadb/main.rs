//! MariaDB: the suite, and what is only about MariaDB.

mizzle_tests::capabilities!(MariaDb);

#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model.rs"]
mod chinook_model;
mod connections;
#[path = "../mysql/errors.rs"]
mod errors;
#[path = "../mysql/reading.rs"]
mod reading;
#[path = "../mysql/stored.rs"]
mod stored;
#[path = "../suite/mod.rs"]
mod suite;
#[path = "../mysql/transactions.rs"]
mod transactions;

type D = mizzle::dialect::MariaDb;
type Db = mizzle::dialect::MariaDb;

/// What runs mizzle's queries on a connection of sqlx.
fn on<C>(connection: C) -> mizzle::dialect::MariaDb<C> {
    mizzle::dialect::MariaDb::new(connection)
}

fn pool(db: &Db) -> &sqlx::MySqlPool {
    db.inner()
}
