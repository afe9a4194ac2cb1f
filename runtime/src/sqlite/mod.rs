//! SQLite without a detour: a pool whose short statements run on the calling task.
//!
//! [`SqlitePool`] is what programs use; [`SqliteOptions`] says how it is opened.

mod cache;
mod connection;
mod failure;
mod home;
mod lane;
mod options;
mod patience;
mod pool;
mod program;
mod queries;
mod raw;
mod rows;
mod session;
mod url;
mod watch;

pub use failure::Failure;
pub use options::{JournalMode, SqliteOptions, Synchronous};
pub use pool::{SqliteConnection, SqlitePool};
pub(crate) use raw::Row;
pub(crate) use session::Session;
