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
mod schema;
mod stored;
#[path = "../suite/mod.rs"]
mod suite;
mod transactions;

type D = mizzle::dialect::Postgres;
type Db = sqlx::PgPool;
