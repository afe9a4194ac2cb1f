//! Rust types as SQL values: `#[derive(SqlValue)]`, `#[derive(SqlEnum)]`; rows of raw SQL: `#[derive(SqlRow)]`.

mod enumeration;
mod newtype;
mod sql_row;

pub(crate) use enumeration::derive_enum;
pub(crate) use newtype::derive_newtype;
pub(crate) use sql_row::derive_sql_row;
