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

type D = mizzle::dialect::MySql;
type Db = sqlx::MySqlPool;

/// What runs mizzle's queries on a connection of sqlx.
fn on<C>(connection: C) -> C {
    connection
}

fn pool(db: &Db) -> &sqlx::MySqlPool {
    db
}
