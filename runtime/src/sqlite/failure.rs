//! What SQLite reports.

use std::{error::Error as StdError, fmt};

use libsqlite3_sys as ffi;

use crate::Error;

/// What SQLite reported: the driver's error of [`SqlitePool`](super::SqlitePool), which is the `source()` of an [`Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    code: i32,
    message: String,
}

impl Failure {
    pub(super) const fn new(code: i32, message: String) -> Self {
        Failure { code, message }
    }

    /// The extended result code: <https://www.sqlite.org/rescode.html>.
    pub const fn code(&self) -> i32 {
        self.code
    }

    /// SQLite's message.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether waiting may help: another connection has the lock.
    pub(super) const fn is_busy(&self) -> bool {
        // An extended code is a lock that will not come, or one that SQLite tells apart: of a snapshot that is too old,
        // of a recovery, which ends.
        matches!(self.code, ffi::SQLITE_BUSY | ffi::SQLITE_BUSY_RECOVERY | ffi::SQLITE_BUSY_TIMEOUT)
    }

    /// Whether the file could not be opened.
    pub(super) const fn is_cannot_open(&self) -> bool {
        self.code & 0xff == ffi::SQLITE_CANTOPEN
    }

    /// The same with what it is about.
    pub(super) fn about(self, what: fmt::Arguments<'_>) -> Self {
        Failure { message: format!("{}: {what}", self.message), ..self }
    }

    pub(super) const fn is_interrupt(&self) -> bool {
        self.code == ffi::SQLITE_INTERRUPT
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (code {})", self.message, self.code)
    }
}

impl StdError for Failure {}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let message = failure.message.clone();
        Error::from_sqlite(failure.code, &message, failure.into())
    }
}

/// The error of a lock that is not waited for any longer, as SQLite reports it.
pub(super) fn locked() -> Failure {
    Failure::new(ffi::SQLITE_BUSY, "database is locked".to_owned())
}

/// Whether waiting may help.
pub(super) fn is_busy(error: &Error) -> bool {
    let source = StdError::source(error).and_then(|source| source.downcast_ref::<Failure>());
    source.is_some_and(Failure::is_busy)
}
