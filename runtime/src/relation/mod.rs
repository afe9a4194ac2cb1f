//! Relations between tables, as the accessors of a table name them: `Post::author()`, `User::posts()`.

mod belonging;
mod check;
mod condition;
mod filter;
mod foreign_key;
mod insert;
mod kinds;
mod link;
mod links;
mod load;
mod many;
mod misplaced;
mod rel;
mod rows;

pub use belonging::{Belonging, RelatedKey, RelatedKeys};
pub use check::{
    BetweenOthers, Junction, KeyType, OneRowEach, OneRowEachKey, PrimaryKeyOf, ReferableKey, SingleKey, ThroughOrder,
    column_name, foreign_key, foreign_key_of, foreign_key_part, one_row_each, relation, relation_of_one,
};
pub use condition::{JoinCondition, LeadsInto, OtherTable};
pub use filter::{RelationFilter, RelationScope};
pub use foreign_key::{
    AllSetBut, ByKey, ByLink, ByRow, CanBeNull, HasPrimaryKey, KeyPart, KeyValues, KeysSet, NeedsOnly, NeedsOnlyOf,
    NoneOf, NotByRelation, Number, RowOrKey, SetOrKey, SetsKeys, Truth,
};
#[doc(hidden)]
pub use foreign_key::{AsDigit, AsFlag, high, low, nullable};
pub use insert::{
    Belongs, BesideRow, BringsMore, ForEachRow, HasPlaceForRows, InsertOnce, InsertOnceOf, InsertWith, InsertedOnce,
    Linked, Links, LinksRows, ListOfRows, NewRelated, NewRelation, NewRelations, Nothing, OneStatement, Owned,
    PlainInsert, PlannedInsert, PlannedRows, PlannedThrough, RelatedValues, RowList,
};
pub use kinds::{BelongsTo, CompositeKey, ForeignKey, HasMany, HasManyThrough, HasOne};
pub use link::{Between, Key, KeyColumn, Link, LinkColumns};
pub use links::{Among, Linking, LinksOnce, Unique};
pub(crate) use load::side_by_side;
pub use load::{
    Above, All, AsksItself, BeforeWith, First, FromScope, HasPlace, HasRelations, IsRelation, KeyOf, KeyPlace,
    KeysAbove, Level, Levels, Load, LoadOf, LoadOnce, Loaded, LoadedFrom, LoadedKeyset, LoadedPage, Loads,
    LoadsRelationsOf, Plan, Planned, Related, SameRelation, TakesRelations, Together, Way,
};
pub use many::{AtMostOne, Cardinality, CardinalityOf, ExactlyOne, Many, OfKey, Several};
pub use misplaced::{LinkedThrough, Refers};
pub use rel::Rel;
pub use rows::{RelatedRows, RelatedValue};

use crate::table::{ColumnId, Digit, Table, TableIn};

/// What a relation of one table leads to, as a type: [`BelongsTo`], [`HasOne`], [`HasMany`] or [`HasManyThrough`].
pub trait Relation: 'static {
    /// The table that it is a relation of.
    type From: Table;
    /// The table that it leads to.
    type To: Table;
    /// What its conditions, order and selection can name: `(To,)`, or `(To, Junction)`.
    type Scope;
    /// Which kind it is, as a type that can be compared.
    type Kind: Digit;
    /// Its place among the relations of its kind.
    type Place: ColumnId;
    /// How many rows it leads to.
    type Cardinality: Cardinality;
}

/// Tables that are for the database `D`.
#[diagnostic::on_unimplemented(
    message = "this relation leads to a table that is not for {D}",
    label = "`#[table(dialect = ..)]` says which databases a table is for"
)]
pub trait TablesIn<D> {}
#[diagnostic::do_not_recommend]
impl<D, A: TableIn<D>> TablesIn<D> for (A,) {}
#[diagnostic::do_not_recommend]
impl<D, A: TableIn<D>, B: TableIn<D>> TablesIn<D> for (A, B) {}
