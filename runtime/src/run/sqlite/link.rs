//! The two ways to SQLite: through sqlx, and mizzle's own.

use sqlx::{SqliteConnection, pool::PoolConnection};

use crate::{dialect::Sqlite, run::held::Held, sqlite::Session};

/// A connection to SQLite.
pub trait SqliteLink: Send {
    /// Which one.
    fn link(&mut self) -> Link<'_>;
}

/// Which connection it is.
#[expect(missing_debug_implementations, reason = "not reachable from outside")]
pub enum Link<'c> {
    Sqlx(&'c mut SqliteConnection),
    Own(&'c mut Session),
}

impl SqliteLink for SqliteConnection {
    fn link(&mut self) -> Link<'_> {
        Link::Sqlx(self)
    }
}

impl SqliteLink for Session {
    fn link(&mut self) -> Link<'_> {
        Link::Own(self)
    }
}

/// A connection of sqlx's pool.
pub(super) struct Pooled(pub(super) PoolConnection<sqlx::Sqlite>);

impl Held<Sqlite> for Pooled {
    fn connection(&mut self) -> &mut (dyn SqliteLink + 'static) {
        &mut *self.0
    }
}

impl Held<Sqlite> for Session {
    fn connection(&mut self) -> &mut (dyn SqliteLink + 'static) {
        self
    }
}
