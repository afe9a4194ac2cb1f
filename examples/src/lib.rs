//! What the examples share: an executor that prints the SQL it sends, and tables of rows.
//!
//! The examples themselves are in `src/bin/`.

mod echo;
mod print;

pub use echo::Echo;
pub use print::{Cells, Show, heading, rows};
