//! MySQL: the suite, and what is only about MySQL.

mizzle_tests::capabilities!(MySql);

#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model.rs"]
mod chinook_model;
mod stored;
#[path = "../suite/mod.rs"]
mod suite;

type D = mizzle::dialect::MySql;
type Db = sqlx::MySqlPool;
