//! What a peer of the benchmark is: a program that does each workload when it is told to, and says how long it took.
//!
//! A peer implements [`Peer`] and calls [`serve`]; everything else is here and the same for all of them: the data, the
//! expected results, the loops that are timed, the commands.

pub mod fixture;
mod peer;
mod rows;
mod serve;
mod state;
mod workload;

pub use peer::{Error, Peer, Result, Unsupported};
pub use rows::{Comment, NewUser, Post, Tree, User, nest, nest_one};
pub use serve::{Database, database, serve};
pub use workload::{WORKLOADS, Workload};
