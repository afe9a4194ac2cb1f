//! What the database says of itself and of values.

use super::function::functions;
use crate::value::SqlValue;

functions! {
    /// What is known of the functions about the database.
    SYSTEM;

    /// What the database says of a value.
    pub trait SystemExpr {
        /// The name that the database has for its type: on SQLite that of the value itself.
        fn type_name(self) where [Self::Base: SqlValue] -> String never,
            TypeName only { SQLite: "typeof", PostgreSQL: ["CAST(pg_typeof(", ") AS text)"] };
    }

    /// The version of the database, in its own words.
    fn version() -> String never, Version each {
        SQLite: ["sqlite_version()"],
        PostgreSQL | MySQL | MariaDB: ["version()"],
    };
    /// The user of the session.
    fn current_user() -> String never, CurrentUser only {
        PostgreSQL: ["CAST(current_user AS text)"],
        MySQL | MariaDB: ["current_user()"],
    };
    /// The database of the session; MySQL and MariaDB can have none.
    fn current_database() -> String always, CurrentDatabase only {
        PostgreSQL: ["CAST(current_database() AS text)"],
        MySQL | MariaDB: ["database()"],
    };
    /// The schema of the session, if there is one.
    fn current_schema() -> String always, CurrentSchema only { PostgreSQL: ["CAST(current_schema() AS text)"] };
    /// A random UUID (version 4).
    fn gen_random_uuid() -> [uuid::Uuid] fresh, GenRandomUuid only { PostgreSQL: ["gen_random_uuid()"] };
    /// A UUID of the current moment and the machine (version 1).
    fn uuid_v1() -> [uuid::Uuid] fresh, UuidV1 only { MySQL: ["uuid_to_bin(uuid())"], MariaDB: ["uuid()"] };
}
