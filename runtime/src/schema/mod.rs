//! Schemas.
/// Placeholder.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {}
/// .
pub struct Schema;
