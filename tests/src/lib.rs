//! What the integration tests of mizzle share: see `tests/`.

mod capabilities;
mod database;
mod gallery;
mod mysql;
mod plain;
mod postgres;
mod proxy;
mod server;
mod snapshot;
mod sqlite;
pub mod sqlite_world;
mod stop;

pub use database::TestDatabase;
pub use gallery::{Gallery, prepared};
pub use mizzle_tests_needs::needs;
pub use plain::plain;
pub use proxy::Proxy;
pub use snapshot::{Proven, snapshot_name};
pub use sqlite::{SqliteFile, plain_sqlite};
pub use stop::poll_times;

/// What a test returns, or a part of one.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
