//! Relations between tables, as the accessors of a table name them: `Post::author()`, `User::posts()`.

mod check;
mod condition;
mod kinds;

pub use check::{KeyType, column_name, foreign_key, relation};
pub use condition::OtherTable;
pub use kinds::{BelongsTo, HasMany, HasOne};
