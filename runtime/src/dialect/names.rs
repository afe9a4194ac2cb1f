//! The names of the databases, as types that error messages show: those of the dialects are also names of sqlx's types,
//! which rustc would tell apart by their paths.

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident $place:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $name {
            /// Its place in lists of facts about all of them.
            pub(crate) const PLACE: usize = $place;
        }
    )*};
}

names! {
    /// SQLite.
    SQLite 0;
    /// PostgreSQL.
    PostgreSQL 1;
    /// MySQL.
    MySQL 2;
    /// MariaDB.
    MariaDB 3;
}
