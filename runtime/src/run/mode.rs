//! How a transaction begins on PostgreSQL, MySQL and MariaDB.

/// How much of other transactions a transaction sees.
///
/// The database gives at least what was asked for: PostgreSQL has no dirty reads, so that `ReadUncommitted` is
/// `ReadCommitted` there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// Also what others have not committed yet.
    ReadUncommitted,
    /// What others have committed before each statement begins.
    ReadCommitted,
    /// What others had committed before the first statement, all along. On PostgreSQL, a write to a row that another
    /// transaction has changed since fails with [`Error::Serialization`](crate::Error::Serialization).
    RepeatableRead,
    /// As if all ran one after the other. One that comes too late fails with
    /// [`Error::Serialization`](crate::Error::Serialization) or [`Error::Deadlock`](crate::Error::Deadlock).
    Serializable,
}

impl Isolation {
    /// This isolation, and no writes.
    pub const fn read_only(self) -> Mode {
        Mode::new().isolation(self).read_only()
    }

    /// As SQL says it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Isolation::ReadUncommitted => "READ UNCOMMITTED",
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        }
    }
}

/// How a transaction begins: its isolation, and whether it writes. What is not said is as the database is set up.
///
/// ```
/// use mizzle::run::{Isolation, Mode};
///
/// let report = Isolation::RepeatableRead.read_only();
/// assert_eq!(report, Mode::new().isolation(Isolation::RepeatableRead).read_only());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Mode {
    pub(super) isolation: Option<Isolation>,
    pub(super) read_only: bool,
}

impl Mode {
    /// As the database is set up.
    pub const fn new() -> Self {
        Mode { isolation: None, read_only: false }
    }

    /// With this isolation.
    pub const fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = Some(isolation);
        self
    }

    /// Without writes.
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Waits for a moment from which it can read undisturbed, neither failing nor in anybody's way: for long reports
    /// that are `Serializable` and read only. PostgreSQL has it.
    #[cfg(feature = "postgres")]
    pub const fn deferrable(self) -> Deferrable {
        Deferrable(self)
    }
}

impl From<Isolation> for Mode {
    fn from(isolation: Isolation) -> Self {
        Mode::new().isolation(isolation)
    }
}

/// A [`Mode`] that waits for its moment: see [`Mode::deferrable`].
#[cfg(feature = "postgres")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deferrable(pub(super) Mode);
