//! PostgreSQL: the suite, and what is only about PostgreSQL.

mizzle_tests::capabilities!(Postgres);

#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model_snake_case.rs"]
mod chinook_model;
mod stored;
#[path = "../suite/mod.rs"]
mod suite;

type D = mizzle::dialect::Postgres;
type Db = sqlx::PgPool;
