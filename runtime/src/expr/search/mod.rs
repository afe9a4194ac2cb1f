//! Full-text search: `tsvector` of PostgreSQL, `MATCH .. AGAINST` of MySQL and MariaDB.

mod against;
#[cfg(feature = "postgres")]
mod vector;

pub(super) use against::SEARCH as AGAINST;
pub use against::*;
#[cfg(feature = "postgres")]
pub(super) use vector::SEARCH as VECTORS;
#[cfg(feature = "postgres")]
pub use vector::*;
