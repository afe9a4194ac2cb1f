//! Running queries: executors, transactions, rows.

mod batch;
mod driver;
mod executor;
mod executors;
#[cfg(feature = "sqlite")]
mod manager;
mod query;
mod retry;
mod row;
mod scope;
#[cfg(feature = "sqlite")]
mod sqlite;
mod transaction;

pub use driver::Driver;
pub use executor::Executor;
pub use query::{Decode, Done, Query};
pub use retry::{Retries, Retry};
pub use row::RowReader;
#[cfg(feature = "sqlite")]
pub use sqlite::Begin;
pub use transaction::{Transactions, Tx};

/// A future in a box: what a query's ends return. Its type does not repeat their bounds, so that a mistake is one error.
pub type BoxFuture<'e, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'e>>;
