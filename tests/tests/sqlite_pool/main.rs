//! mizzle's own SQLite pool: that it keeps nobody waiting, and leaves nothing open.

mod connecting;
mod locks;
mod stopping;
mod streams;
