//! What mizzle asks of a connection.

use futures_core::Stream;

use super::{Done, Query};
use crate::{Error, dialect::Dialect, render::Statement};

/// A dialect whose connections mizzle drives itself: what pools, connections and transactions have in common.
///
/// A transport that is no connection implements [`Executor`](super::Executor) instead.
pub trait Driver: Dialect {
    /// A connection.
    type Connection: Send + ?Sized;

    /// How a transaction begins.
    type Begin: BeginOf<Self> + Clone + Default + Send + Sync;

    /// Whether a connection can be used after a statement on it was dropped half-way. If not, the transaction around it
    /// is given up.
    const SURVIVES_DROPS: bool = true;

    /// The rows, as they arrive.
    fn fetch<'c, R: Send + 'static>(
        connection: &'c mut Self::Connection,
        query: Query<Self, R>,
    ) -> impl Stream<Item = Result<R, Error>> + Send + 'c;

    /// All rows.
    fn fetch_all<R: Send + 'static>(
        connection: &mut Self::Connection,
        query: Query<Self, R>,
    ) -> impl Future<Output = Result<Vec<R>, Error>> + Send;

    /// The first row.
    fn fetch_optional<R: Send + 'static>(
        connection: &mut Self::Connection,
        query: Query<Self, R>,
    ) -> impl Future<Output = Result<Option<R>, Error>> + Send;

    /// Reads to its end what a dropped stream of rows has left on the connection.
    fn read_rest(connection: &mut Self::Connection) -> impl Future<Output = Result<(), Error>> + Send {
        let _ = connection;
        async { Ok(()) }
    }

    /// Runs a statement: what it changed.
    fn execute(
        connection: &mut Self::Connection,
        statement: Statement,
    ) -> impl Future<Output = Result<Done, Error>> + Send;

    /// Begins a transaction, or a savepoint if one is open. If it is dropped before it is done, nothing was begun.
    fn begin(connection: &mut Self::Connection, begin: Self::Begin) -> impl Future<Output = Result<(), Error>> + Send;

    /// How a transaction begins whose queries all see the same state of the database.
    fn snapshot() -> Self::Begin {
        Self::Begin::default()
    }

    /// Commits the innermost transaction or savepoint.
    fn commit(connection: &mut Self::Connection) -> impl Future<Output = Result<(), Error>> + Send;

    /// Rolls the innermost transaction or savepoint back.
    fn rollback(connection: &mut Self::Connection) -> impl Future<Output = Result<(), Error>> + Send;

    /// Sees to it that the innermost transaction or savepoint is rolled back before the next statement.
    fn start_rollback(connection: &mut Self::Connection);

    /// Whether the database gave up the open transaction over this error, as SQLite does when the disk is full.
    ///
    /// If it did, another transaction is open now, which must be rolled back in its stead.
    fn gave_up(connection: &mut Self::Connection, error: &Error) -> impl Future<Output = bool> + Send;

    /// Whether the open transaction takes nothing but its rollback after this error, as PostgreSQL's do. A commit would
    /// roll it back without a word.
    fn aborts(error: &Error) -> bool {
        let _ = error;
        false
    }
}

/// A way in which a transaction of the dialect `D` can begin.
#[diagnostic::on_unimplemented(
    message = "a transaction of this database cannot begin like this",
    label = "`{Self}` is not a way that it has",
    note = "SQLite takes `Begin`, the others `Isolation` and `Mode`, PostgreSQL also `Deferrable`"
)]
pub trait BeginOf<D: Driver> {
    /// The driver's own words for it.
    fn begin(self) -> D::Begin;
}

/// Says what a transaction can begin with, each of which converts into the driver's type.
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
macro_rules! begins {
    ($generics:tt $dialect:ty: $($begin:ty),+) => {
        $($crate::run::driver::begins!(@one $generics $dialect, $begin);)+
    };
    (@one [$($generics:tt)*] $dialect:ty, $begin:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> $crate::run::BeginOf<$dialect> for $begin {
            fn begin(self) -> <$dialect as $crate::run::Driver>::Begin {
                self.into()
            }
        }
    };
}
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
pub(super) use begins;
