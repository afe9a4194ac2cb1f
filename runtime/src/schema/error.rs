//! What can be wrong with a schema.

/// Tables that cannot be created as they are described.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// The dialect cannot say a part of a table.
    #[error("{dialect} cannot say {what} of the table `{table}`")]
    Unsupported {
        /// The dialect's name.
        dialect: &'static str,
        /// The table's name in SQL.
        table: String,
        /// The part: a default, a check, a generated column, an index.
        what: String,
    },
    /// Two tables or indexes have one name in SQL.
    #[error("two things are named `{name}` in SQL: {first} and {second}")]
    NameTwice {
        /// The name.
        name: String,
        /// What has it first.
        first: String,
        /// What has it again.
        second: String,
    },
    /// A column counts up by itself but is not the primary key.
    #[error("the column `{column}` of the table `{table}` counts up by itself, so it must be the primary key, alone")]
    AutoIncrement {
        /// The table's name in SQL.
        table: String,
        /// The column's name in SQL.
        column: &'static str,
    },
    /// A foreign key leads into another schema, and the dialect has none that do.
    #[error("{dialect} has no foreign keys from one schema into another: the table `{table}` refers to `{references}`")]
    OtherSchema {
        /// The dialect's name.
        dialect: &'static str,
        /// The table's name in SQL.
        table: String,
        /// The table that it refers to.
        references: String,
    },
}
