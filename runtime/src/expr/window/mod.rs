//! Window functions: functions over the rows around a row.

mod frame;
mod functions;
mod keys;
mod number;
mod over;
mod spec;

pub use frame::*;
pub use functions::*;
pub use keys::*;
pub use number::WrittenNumber;
pub use over::*;
pub use spec::*;
