//! MariaDB: the suite, and what is only about MariaDB.

mizzle_tests::capabilities!(MariaDb);

mod connections;
#[path = "../mysql/stored.rs"]
mod stored;
#[path = "../suite/mod.rs"]
mod suite;

type D = mizzle::dialect::MariaDb;
type Db = mizzle::dialect::MariaDb;
