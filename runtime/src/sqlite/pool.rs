//! The pool.

use std::{fmt, sync::Arc};

use super::{SqliteOptions, connection::Role, home::Home, session::Session};
use crate::Error;

/// A pool of connections to an SQLite database, made for async programs.
///
/// - A short statement runs on the calling task: there is no other thread to wait for. One that takes longer than
///   [`inline_budget`](SqliteOptions::inline_budget) is carried over to a thread for blocking work, and so is all that
///   waits for the disk; other tasks go on meanwhile.
/// - One connection writes, the others read at the same time (WAL mode). Writers wait for their turn in a queue, without a
///   thread, and so does who waits for the lock of another process.
/// - Each connection keeps its prepared statements. Taking a connection asks nothing of the database.
///
/// What a statement changes on its connection alone (`PRAGMA`, `ATTACH`, temporary tables) changes it on the one that
/// writes, and stays there; queries that only read may run on another. Pragmas for all of them belong into
/// [`SqliteOptions::pragma`]; for the others there is [`acquire`](Self::acquire), or
/// [`max_connections(1)`](SqliteOptions::max_connections).
///
/// It is cheap to clone: clones share the connections. Queries and transactions run on `&pool`, as on sqlx's pools,
/// which work as well; both use the same SQLite library. It runs in tokio.
///
/// ```
/// use mizzle::prelude::*;
///
/// #[derive(Table)]
/// #[table(name = "users", insert = NewUser)]
/// struct User {
///     #[column(primary_key, auto_increment)]
///     id: i64,
///     name: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mizzle::Error> {
/// let db = SqlitePool::connect("sqlite::memory:").await?;
/// schema! { User }.create_tables(&db).await?;
/// User::insert().row(NewUser::new("Ann")).execute(&db).await?;
/// let ann = User::query().filter(User::name.eq("Ann")).fetch_one(&db).await?;
/// assert_eq!(ann.id, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SqlitePool {
    pub(super) home: Arc<Home>,
}

/// A connection of an [`SqlitePool`], for one task alone: the one that writes. It goes back when it is dropped, and a
/// transaction that is open on it is rolled back.
///
/// ```
/// use mizzle::{prelude::*, render::Statement};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mizzle::Error> {
/// let db = SqlitePool::connect("sqlite::memory:").await?;
/// let mut connection = db.acquire().await?;
/// (&mut connection).execute(Statement::raw("CREATE TEMP TABLE seen (id INTEGER)", vec![])).await?;
/// # Ok(())
/// # }
/// ```
pub struct SqliteConnection {
    pub(crate) session: Session,
}

impl SqlitePool {
    /// Opens the database that a URL names; see [`SqliteOptions`].
    ///
    /// # Errors
    /// [`Error::Connection`] if it cannot be opened.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Self::connect_with(url.parse()?).await
    }

    /// Opens a database.
    ///
    /// # Errors
    /// [`Error::Connection`] if it cannot be opened.
    pub async fn connect_with(options: SqliteOptions) -> Result<Self, Error> {
        Ok(SqlitePool { home: Home::open(options).await? })
    }

    /// The connection that writes, for this task alone until it is dropped. Queries on the pool choose their connection
    /// themselves.
    ///
    /// # Errors
    /// [`Error::Connection`] if it was not free in time, or the pool is closed.
    pub async fn acquire(&self) -> Result<SqliteConnection, Error> {
        Ok(SqliteConnection { session: self.session(Role::Writer).await? })
    }

    /// Waits until all connections are back and closes them. The log is copied into the database file. Afterwards all
    /// queries fail.
    pub async fn close(&self) {
        self.home.close().await;
    }

    /// Whether [`close`](Self::close) was called.
    pub fn is_closed(&self) -> bool {
        self.home.is_closed()
    }

    /// How many open connections are not in use.
    pub fn num_idle(&self) -> usize {
        self.home.idle()
    }

    /// How it was opened.
    pub fn options(&self) -> &SqliteOptions {
        &self.home.options
    }

    pub(super) async fn session(&self, role: Role) -> Result<Session, Error> {
        Ok(Session::new(self.home.checkout(role).await?))
    }

    /// For transactions that only read.
    pub(crate) async fn reader(&self) -> Result<Session, Error> {
        self.session(Role::Reader).await
    }

    /// For transactions.
    pub(crate) async fn writer(&self) -> Result<Session, Error> {
        self.session(Role::Writer).await
    }
}

impl fmt::Debug for SqlitePool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlitePool").field("file", &self.options().get_filename()).finish_non_exhaustive()
    }
}

impl fmt::Debug for SqliteConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteConnection").finish_non_exhaustive()
    }
}
