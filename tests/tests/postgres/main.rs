//! PostgreSQL: the suite, and what is only about PostgreSQL.

mizzle_tests::capabilities!(Postgres);

mod bulk;
#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model_snake_case.rs"]
mod chinook_model;
mod errors;
mod faults;
mod natives;
mod reading;
mod relations;
mod schema;
mod stored;
#[path = "../suite/mod.rs"]
mod suite;
mod transactions;
mod trips;

type D = mizzle::dialect::Postgres;
type Db = sqlx::PgPool;

/// What runs mizzle's queries on a connection of sqlx.
fn on<C>(connection: C) -> C {
    connection
}

fn pool(db: &Db) -> &sqlx::PgPool {
    db
}

fn db(pool: sqlx::PgPool) -> Db {
    pool
}

fn through(
    proxy: &mizzle_tests::Proxy,
    options: &sqlx::postgres::PgConnectOptions,
) -> sqlx::postgres::PgConnectOptions {
    options.clone().host("127.0.0.1").port(proxy.port())
}
