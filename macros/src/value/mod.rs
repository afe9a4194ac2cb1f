//! Rust types as SQL values: `#[derive(SqlValue)]` and `#[derive(SqlEnum)]`.

mod enumeration;
mod newtype;

pub(crate) use enumeration::derive_enum;
pub(crate) use newtype::derive_newtype;
