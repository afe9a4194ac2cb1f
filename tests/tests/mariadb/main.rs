//! MariaDB: the suite, and what is only about MariaDB.

mizzle_tests::capabilities!(MariaDb);

#[path = "../chinook/mod.rs"]
mod chinook;
#[path = "../chinook/model.rs"]
mod chinook_model;
mod connections;
#[path = "../mysql/stored.rs"]
mod stored;
#[path = "../suite/mod.rs"]
mod suite;

type D = mizzle::dialect::MariaDb;
type Db = mizzle::dialect::MariaDb;
