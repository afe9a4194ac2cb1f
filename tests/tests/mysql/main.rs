//! MySQL: the suite, and what is only about MySQL.

mizzle_tests::capabilities!(MySql);

#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model.rs"]
mod chinook_model;
mod errors;
mod reading;
mod stored;
#[path = "../suite/mod.rs"]
mod suite;
mod transactions;
#[path = "../postgres/trips.rs"]
mod trips;

type D = mizzle::dialect::MySql;
type Db = sqlx::MySqlPool;

/// What runs mizzle's queries on a connection of sqlx.
fn on<C>(connection: C) -> C {
    connection
}

fn pool(db: &Db) -> &sqlx::MySqlPool {
    db
}

fn db(pool: sqlx::MySqlPool) -> Db {
    pool
}

fn through(
    proxy: &mizzle_tests::Proxy,
    options: &sqlx::mysql::MySqlConnectOptions,
) -> sqlx::mysql::MySqlConnectOptions {
    options.clone().host("127.0.0.1").port(proxy.port())
}
