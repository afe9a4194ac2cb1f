//! PostgreSQL: the suite, and what is only about PostgreSQL.

mizzle_tests::capabilities!(Postgres);

mod stored;
#[path = "../suite/mod.rs"]
mod suite;

type D = mizzle::dialect::Postgres;
type Db = sqlx::PgPool;
