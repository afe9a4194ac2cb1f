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
#[path = "../postgres/trips.rs"]
mod trips;

type D = mizzle::dialect::MariaDb;
type Db = mizzle::dialect::MariaDb;

/// What runs mizzle's queries on a connection of sqlx.
fn on<C>(connection: C) -> mizzle::dialect::MariaDb<C> {
    mizzle::dialect::MariaDb::new(connection)
}

fn pool(db: &Db) -> &sqlx::MySqlPool {
    db.inner()
}

fn db(pool: sqlx::MySqlPool) -> Db {
    mizzle::dialect::MariaDb::new(pool)
}

fn through(
    proxy: &mizzle_tests::Proxy,
    options: &sqlx::mysql::MySqlConnectOptions,
) -> sqlx::mysql::MySqlConnectOptions {
    options.clone().host("127.0.0.1").port(proxy.port())
}
