//! How a database is opened, and how many connections it gets.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
    time::Duration,
};

use super::SqlitePool;
use crate::Error;

/// How a database is opened and how many connections it gets. The names and defaults are those of sqlx's
/// `SqliteConnectOptions` and `SqlitePoolOptions`, but that a file is put into WAL mode.
///
/// It is parsed from a URL:
///
/// | URL | |
/// |---|---|
/// | `sqlite::memory:` | a database in memory, which ends with its pool |
/// | `sqlite:data.db`, `sqlite://data.db` | the file `data.db` in the current directory |
/// | `sqlite:///data.db` | the file `/data.db` |
/// | `sqlite:data.db?mode=rwc` | makes the file if there is none; `mode=ro` only reads it |
///
/// `immutable=1`, `vfs=name`, `cache=private` and `mode=memory` are known as well.
///
/// ```
/// use mizzle::sqlite::{SqliteOptions, Synchronous};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mizzle::Error> {
/// # let folder = std::env::temp_dir().join(format!("mizzle-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let file = folder.join("app.db");
/// let db = SqliteOptions::new()
///     .filename(&file)
///     .create_if_missing(true)
///     .synchronous(Synchronous::Normal)
///     .max_connections(4)
///     .connect()
///     .await?;
/// # db.close().await;
/// # std::fs::remove_dir_all(folder).unwrap();
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// `None`: in memory.
    pub(super) file: Option<PathBuf>,
    pub(super) create_if_missing: bool,
    pub(super) read_only: bool,
    pub(super) immutable: bool,
    pub(super) vfs: Option<String>,
    pub(super) journal_mode: Option<JournalMode>,
    pub(super) synchronous: Synchronous,
    pub(super) foreign_keys: bool,
    pub(super) pragmas: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    pub(super) busy_timeout: Duration,
    pub(super) statement_cache_capacity: usize,
    pub(super) stable_plans: bool,
    pub(super) max_connections: u32,
    pub(super) acquire_timeout: Duration,
    pub(super) inline_budget: Duration,
}

/// How SQLite keeps what a transaction undoes or has done: <https://www.sqlite.org/pragma.html#pragma_journal_mode>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "SQLite's own words")]
pub enum JournalMode {
    Delete,
    Truncate,
    Persist,
    Memory,
    Wal,
    Off,
}

/// How often SQLite waits for the disk: <https://www.sqlite.org/pragma.html#pragma_synchronous>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Synchronous {
    /// Never.
    Off,
    /// Not at every commit: after a power failure the last commits may be gone, in WAL mode nothing is worse.
    Normal,
    /// At every commit: what is committed is there after a power failure.
    #[default]
    Full,
    /// Also after a journal is deleted.
    Extra,
}

impl JournalMode {
    pub(super) const fn word(self) -> &'static str {
        match self {
            JournalMode::Delete => "DELETE",
            JournalMode::Truncate => "TRUNCATE",
            JournalMode::Persist => "PERSIST",
            JournalMode::Memory => "MEMORY",
            JournalMode::Wal => "WAL",
            JournalMode::Off => "OFF",
        }
    }
}

impl Synchronous {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Synchronous::Off => "OFF",
            Synchronous::Normal => "NORMAL",
            Synchronous::Full => "FULL",
            Synchronous::Extra => "EXTRA",
        }
    }
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl SqliteOptions {
    /// A database in memory.
    pub fn new() -> Self {
        SqliteOptions {
            file: None,
            create_if_missing: false,
            read_only: false,
            immutable: false,
            vfs: None,
            journal_mode: None,
            synchronous: Synchronous::default(),
            foreign_keys: true,
            pragmas: Vec::new(),
            busy_timeout: Duration::from_secs(5),
            statement_cache_capacity: 100,
            stable_plans: true,
            max_connections: 10,
            acquire_timeout: Duration::from_secs(30),
            inline_budget: Duration::from_micros(150),
        }
    }

    /// Opens the database.
    ///
    /// # Errors
    /// [`Error::Connection`] if it cannot be opened.
    pub async fn connect(self) -> Result<SqlitePool, Error> {
        SqlitePool::connect_with(self).await
    }

    /// The file. `:memory:` is a database in memory, as it is for SQLite.
    pub fn filename(mut self, file: impl AsRef<Path>) -> Self {
        let file = file.as_ref();
        self.file = (file.as_os_str() != ":memory:").then(|| file.to_owned());
        self
    }

    /// The file, if it is one.
    pub fn get_filename(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Makes the file if there is none. Otherwise that is an error, which is the default.
    pub fn create_if_missing(mut self, create: bool) -> Self {
        self.create_if_missing = create;
        self
    }

    /// Opens the file for reading only.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Says that nobody changes the file, so that it is read without locks.
    pub fn immutable(mut self, immutable: bool) -> Self {
        self.immutable = immutable;
        self
    }

    /// How SQLite reaches the file.
    pub fn vfs(mut self, name: impl Into<String>) -> Self {
        self.vfs = Some(name.into());
        self
    }

    /// The journal. The default is WAL for a file that is written to: readers and the writer are not in each other's way.
    /// A file stays in WAL mode.
    pub fn journal_mode(mut self, mode: JournalMode) -> Self {
        self.journal_mode = Some(mode);
        self
    }

    /// How often SQLite waits for the disk. The default is FULL: a commit waits, on a thread for that.
    ///
    /// With NORMAL, commits of short transactions take a hundredth of the time and run on the calling task.
    pub fn synchronous(mut self, synchronous: Synchronous) -> Self {
        self.synchronous = synchronous;
        self
    }

    /// Whether foreign keys are checked: by default they are.
    pub fn foreign_keys(mut self, check: bool) -> Self {
        self.foreign_keys = check;
        self
    }

    /// A pragma that each connection begins with. Both are SQL text: what comes from outside does not belong here.
    pub fn pragma(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        self.pragmas.push((name.into(), value.into()));
        self
    }

    /// How long a statement waits for another process, or a connection that is not of this pool, to give up its lock: 5 s
    /// by default. No thread sleeps meanwhile.
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// How many prepared statements a connection keeps: 100 by default.
    pub fn statement_cache_capacity(mut self, statements: usize) -> Self {
        self.statement_cache_capacity = statements;
        self
    }

    /// Whether a prepared statement keeps its plan, whatever is bound to it. By default it does; without, SQLite may
    /// plan a statement anew for other values: better plans for very uneven data, after ANALYZE, at four times the time
    /// of a short query.
    pub fn stable_plans(mut self, stable: bool) -> Self {
        self.stable_plans = stable;
        self
    }

    /// How many connections there are at most: 10 by default. One of them writes, the others only read, at the same time.
    ///
    /// A database in memory has one connection.
    pub fn max_connections(mut self, connections: u32) -> Self {
        self.max_connections = connections.max(1);
        self
    }

    /// How long to wait for a free connection: 30 s by default.
    pub fn acquire_timeout(mut self, timeout: Duration) -> Self {
        self.acquire_timeout = timeout;
        self
    }

    /// How long a statement runs on the calling task before it is carried over to a thread for blocking work: 150 us by
    /// default. Other tasks of the same thread wait so long at most.
    pub fn inline_budget(mut self, budget: Duration) -> Self {
        self.inline_budget = budget;
        self
    }

    /// Whether one connection does all: a database in memory, or one connection only.
    pub(super) fn is_single(&self) -> bool {
        self.file.is_none() || self.max_connections == 1
    }

    /// The mode that the connection is put into.
    pub(super) fn journal(&self) -> Option<JournalMode> {
        let is_written = self.file.is_some() && !self.read_only && !self.immutable;
        self.journal_mode.or(is_written.then_some(JournalMode::Wal))
    }
}
