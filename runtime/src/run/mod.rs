//! Running queries: executors, transactions, rows.

mod batch;
mod driver;
mod executor;
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod executors;
#[cfg(feature = "mysql")]
mod fragile;
mod held;
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod manager;
#[cfg(any(feature = "mysql", feature = "postgres"))]
mod mode;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(any(feature = "mysql", feature = "postgres"))]
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
mod query;
mod retry;
mod row;
mod scope;
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod sent;
mod snapshot;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub(crate) mod tag;
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod text;
mod transaction;

pub use driver::{BeginOf, Driver};
pub use executor::Executor;
#[cfg(feature = "postgres")]
pub use mode::Deferrable;
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub use mode::{Isolation, Mode};
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub use pool::pool_options;
#[cfg(feature = "postgres")]
pub use postgres::PostgresBegin;
pub use query::{Decode, Decoder, Done, Query};
pub use retry::{Retries, Retry};
pub use row::RowReader;
pub use snapshot::InSnapshot;
#[cfg(feature = "sqlite")]
pub use sqlite::Begin;
pub use transaction::{Transactions, Tx};

/// A future in a box: what a query's ends return. Its type does not repeat their bounds, so that a mistake is one error.
pub type BoxFuture<'e, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'e>>;

/// A stream in a box: the rows of a query, one by one. It needs no pinning.
pub type BoxStream<'e, T> = std::pin::Pin<Box<dyn futures_core::Stream<Item = T> + Send + 'e>>;
