//! What the examples share: an executor that prints the SQL it sends, and tables of rows.
//!
//! The examples themselves are in `src/bin/`.

mod echo;
mod print;

pub use echo::Echo;
pub use print::{Cells, Show, heading, rows};

/// The code of the README, compiled and run by `cargo test --doc`.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
