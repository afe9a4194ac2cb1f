//! What the integration tests of mizzle share: see `tests/`.

mod database;
mod gallery;
mod numbers;
mod stop;

pub use database::{TestDatabase, memory, text};
pub use gallery::Gallery;
pub use numbers::{all, insert, integers, numbers, raw};
pub use stop::poll_times;

/// What a test returns, or a part of one.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
