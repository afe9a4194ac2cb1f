//! Relations between tables, as the accessors of a table name them: `Post::author()`, `User::posts()`.

mod belonging;
mod check;
mod condition;
mod foreign_key;
mod insert;
mod kinds;
mod link;
mod load;
mod many;
mod rows;

pub use belonging::{Belonging, KeysOf};
pub use check::{KeyType, OneRowEach, column_name, foreign_key, relation, relation_of_one};
pub use condition::OtherTable;
pub use foreign_key::{
    AllSetBut, ByKey, ByRow, CanBeNull, ForeignKey, HasKey, KeysSet, NoneOf, NotByRelation, Number, OneColumnKey,
    OneKey, RowOrKey, SetOrKey, SetsKeys, Truth,
};
#[doc(hidden)]
pub use foreign_key::{AsDigit, AsFlag, high, low, nullable};
pub use insert::{
    InsertBeside, InsertOnce, InsertWith, InsertedOnce, NewRelated, NewRelation, NewRelations, Nothing, OwnsRows,
    PlainInsert, Planned, PlannedRows, RelatedValues, RelationOfTable, RowList,
};
pub use kinds::{BelongsTo, HasMany, HasOne};
pub use link::{Key, KeyColumn, Link};
pub use load::{
    All, CanLoad, First, HasRelations, KeyPlace, Level, Load, LoadOnce, Loaded, Loads, Related, SameRelation,
};
pub use many::{AtMostOne, Cardinality, CardinalityOf, ExactlyOne, Many, OfKey};
pub use rows::{RelatedRows, RelatedValue};

use crate::table::{ColumnId, Digit, Table};

/// A relation of one table to another.
pub trait Relation: Copy + Send + Sync + 'static {
    /// The table that it is a relation of.
    type From: Table;
    /// The table that it leads to.
    type To: Table;
    /// Which kind it is, as a type that can be compared.
    type Kind: Digit;
    /// Its place among the relations of its kind.
    type Place: ColumnId;
    /// How many rows it leads to.
    type Cardinality: Cardinality;

    /// The columns that are equal.
    fn link(self) -> Link;
}
