//! The names of the databases, as types that error messages show: those of the dialects are also names of sqlx's types,
//! which rustc would tell apart by their paths.

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
    )*};
}

names! {
    /// SQLite.
    SQLite;
    /// PostgreSQL.
    PostgreSQL;
    /// MySQL.
    MySQL;
    /// MariaDB.
    MariaDB;
}
