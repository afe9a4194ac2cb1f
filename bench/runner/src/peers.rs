//! The peers, and how each is run.

/// A database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Database::Sqlite => "sqlite",
            Database::Postgres => "postgres",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Database::Sqlite => "SQLite, in memory",
            Database::Postgres => "PostgreSQL",
        }
    }
}

/// A column of a table of results.
pub(crate) struct Peer {
    pub(crate) database: Database,
    /// What tables and filters call it.
    pub(crate) name: &'static str,
    pub(crate) binary: &'static str,
    /// The first argument of its process.
    pub(crate) variant: &'static str,
    /// The crates whose versions say what was measured, from the lock file of this folder.
    pub(crate) crates: &'static [&'static str],
    pub(crate) lock: &'static str,
    /// How it is used.
    pub(crate) how: &'static str,
}

impl Peer {
    /// Whether it is mizzle, on whatever.
    pub(crate) fn is_ours(&self) -> bool {
        self.crates.contains(&OURS)
    }

    /// The first of its database, with which the others are compared.
    pub(crate) fn is_floor(&self) -> bool {
        PEERS.iter().find(|peer| peer.database == self.database).is_some_and(|floor| floor.name == self.name)
    }
}

/// The one that others must not be ahead of.
pub(crate) const OURS: &str = "mizzle";

const HERE: &str = ".";
const NEWER: &str = "newer";

macro_rules! peers {
    ($($database:ident $name:literal: $binary:literal $variant:literal, $crates:expr, $lock:ident, $how:literal;)*) => {
        /// All of them; the first of each database is the floor.
        pub(crate) const PEERS: &[Peer] = &[$(Peer {
            database: Database::$database,
            name: $name,
            binary: $binary,
            variant: $variant,
            crates: &$crates,
            lock: $lock,
            how: $how,
        }),*];
    };
}

peers! {
    Sqlite "libsqlite3-sys": "bench-libsqlite3-sys" "sqlite", ["libsqlite3-sys"], HERE, "SQLite's functions, statements prepared once";
    Sqlite "mizzle": "bench-mizzle" "sqlite", ["mizzle", "libsqlite3-sys"], HERE, "async, its own pool; queries built each time";
    Sqlite "mizzle-prepared": "bench-mizzle" "sqlite-prepared", ["mizzle", "libsqlite3-sys"], HERE, "the same, queries rendered once; `nested` ones and inserts of many as without";
    Sqlite "rusqlite": "bench-rusqlite" "sqlite", ["rusqlite", "libsqlite3-sys"], HERE, "sync, `prepare_cached`";
    Sqlite "diesel": "bench-diesel" "sqlite", ["diesel", "libsqlite3-sys"], HERE, "sync";
    Sqlite "drizzle": "bench-drizzle" "sqlite", ["drizzle", "rusqlite", "libsqlite3-sys"], NEWER, "sync, on rusqlite; 0.2 and later need Rust 1.98";
    Sqlite "rust-query": "bench-rust-query" "sqlite", ["rust-query", "libsqlite3-sys"], NEWER, "sync, a transaction an operation, each on a new thread; users are found by a unique column that the program counts, since it hides primary keys";
    Sqlite "toasty": "bench-toasty" "sqlite", ["toasty", "libsqlite3-sys"], NEWER, "async, its pool of one connection; inserts and upserts return the rows";
    Sqlite "sqlx": "bench-sqlx" "sqlite", ["sqlx", "libsqlite3-sys"], HERE, "async, one connection, `query_as`";
    Sqlite "sqlx-pool": "bench-sqlx" "sqlite-pool", ["sqlx"], HERE, "async, its pool of one connection, otherwise by default";
    Sqlite "mizzle-on-sqlx": "bench-mizzle" "sqlite-sqlx", ["mizzle", "sqlx"], HERE, "async, sqlx's pool of one connection, otherwise by default";
    Sqlite "sea-orm": "bench-sea-orm" "sqlite", ["sea-orm", "sqlx"], HERE, "async, its pool of one connection, otherwise by default";
    Postgres "tokio-postgres": "bench-tokio-postgres" "postgres", ["tokio-postgres"], HERE, "async, one connection, statements prepared once";
    Postgres "mizzle": "bench-mizzle" "postgres", ["mizzle", "sqlx"], HERE, "async, a connection of sqlx; queries built each time";
    Postgres "mizzle-prepared": "bench-mizzle" "postgres-prepared", ["mizzle", "sqlx"], HERE, "the same, queries rendered once; `nested` ones and inserts of many as without";
    Postgres "mizzle-pool": "bench-mizzle" "postgres-pool", ["mizzle", "sqlx"], HERE, "async, sqlx's pool with `mizzle::run::pool_options`";
    Postgres "diesel": "bench-diesel" "postgres", ["diesel", "pq-src"], HERE, "sync, one connection, libpq";
    Postgres "diesel-async": "bench-diesel-async" "postgres", ["diesel-async", "diesel", "tokio-postgres"], HERE, "async, one connection";
    Postgres "sqlx": "bench-sqlx" "postgres", ["sqlx"], HERE, "async, one connection, `query_as`; lists by `unnest` and `= ANY`";
    Postgres "sqlx-pool": "bench-sqlx" "postgres-pool", ["sqlx"], HERE, "async, its pool by default";
    Postgres "sea-orm": "bench-sea-orm" "postgres", ["sea-orm", "sqlx"], HERE, "async, its pool by default";
    Postgres "toasty": "bench-toasty" "postgres", ["toasty", "tokio-postgres"], NEWER, "async, its pool by default; inserts and upserts return the rows";
}
