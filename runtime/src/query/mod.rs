//! Queries: SELECT, INSERT, UPDATE, DELETE, and what they are made of.

mod assign;
mod change;
mod clause;
mod conflict;
mod cte;
mod deferred;
mod delete;
mod derived;
mod each;
mod each_row;
mod exactly;
mod excluded;
mod fetch;
mod filter;
mod filters;
mod group;
mod grouping_sets;
mod insert;
mod join;
mod join_to;
mod keyed_writes;
mod keyset;
mod lateral;
mod limit;
mod limited;
mod lists;
mod lock;
mod narrow;
mod new_rows;
mod order;
mod output;
mod output_order;
mod parts;
mod places;
mod prepared;
mod projection;
mod raw_query;
mod reach;
mod required;
mod returning;
mod row;
mod row_query;
mod rows;
mod scalar;
mod scope;
mod select;
mod sets;
mod sides;
mod sortable;
mod sql_query;
mod stands_in;
pub mod state;
mod subquery;
mod tail;
mod totals;
mod unfinished;
mod unnest;
mod update;
mod upsert;
mod write;
mod write_cte;
mod zero_sized;

pub(crate) use assign::{Assigned, Written};
pub use assign::{AssignmentList, Assignments, ByPatch, FitsColumn, SameTable, Set, TableOf, Writable};
pub use change::{DefaultOf, HasDefault, OrNull};
pub use clause::{
    AllowedIn, GroupBy, HAVING, InHaving, NoAggregateIn, NoWindowIn, NotAggregated, ON, ORDER_BY, RETURNING, SELECT,
    SET, SHAPE, SortsRows, WHERE,
};
pub use conflict::{ConflictTarget, Target, TargetOf, UniqueColumn};
pub use cte::{
    ContinuesColumn, ContinuesRow, Cte, Itself, Missing, NamesNoOuter, PlainStep, Recursion, Standalone, StepEntry,
    StepScope, recursive, recursive_distinct,
};
pub use deferred::{CanDefer, Deferrable, IsKeyed, OneKeyedTable};
pub use delete::Delete;
pub use derived::{Derived, DerivedTable, Independent, Inside, Joined, Name, QuerySource};
pub use each::UpdateEach;
pub use each_row::{
    AssignEach, EachColumns, EachKey, EachKeyValue, EachRow, EachRows, EachValue, NamesOneRow, PlainExpr, RowKey,
    RowKeys,
};
pub(crate) use exactly::{Exactly, KeyedWrite, Others};
pub use excluded::{Excluded, HasExcluded, excluded, inserted};
pub use filter::{
    AllOf, AnyOf, CertainCondition, Condition, ConditionOf, Conditions, Filter, FilterOf, MaybeEmpty, OfTables, and, or,
};
pub use filters::{Collected, Filters};
pub use group::{
    GroupKeys, GroupedArgs, GroupedBy, GroupedColumn, GroupedOperation, GroupedRow, HasKey, Key, KeysOf,
    PlainOperation, WithoutValues,
};
pub use grouping_sets::{AllInSets, EachSetKey, InSets, InSomeSet, KeySet, SetKey, SetKeys, Sets, grouping_sets};
pub use insert::{
    Ignored, Insert, InsertInto, InsertValues, One, OneRow, Queried, RowOfTable, Settled, Several, Unsettled,
    WrittenRows,
};
pub use join::{HasCondition, Joining};
pub(crate) use keyed_writes::{FoundRows, Listed, key_values};
pub(crate) use keyset::PagePlan;
pub use keyset::{
    ByKeys, Cursor, CursorKey, CursorKeys, CursorValues, EachKeyed, HoldsKeyOf, KeyedRows, Keyset, KeysetPage,
    NeverNullKey, OfRows, Page, Pageable, Position, SelectsOnce, Single, StartOf, StartsAt, SteadyArgs, SteadyKey,
    SteadyOperation, Written as WrittenKey,
};
pub use lateral::LateralTable;
pub use limit::{Count, RowCount};
pub use limited::LimitedWrite;
pub(crate) use lists::in_lists;
pub use lock::{LockedTables, Locks, NeverMissing};
pub use narrow::{Extends, Narrows, NoneMoreThan};
pub(crate) use new_rows::{Brought, NewRows, insert as insert_rows, insert_missing};
pub use order::{Direction, DistinctKeys, Nulls, Order, OrderExpr, RowOrder, SortKey, SortKeys, SortList};
pub use output::{
    FromItem, HasColumns, NamedRow, NoTable, OutputColumn, OutputColumns, OutputName, OutputRow, Place, PlaceColumn,
    ReadOnly, ResultRow, Returned, SingleValue, output_column,
};
pub use output_order::{OutputKeys, OutputList, Outputs};
pub(crate) use parts::{Numbered, Parts, table_reference, write_number};
pub use places::{HavingPlaces, InTotals, PartPlaces, SelectPlaces, WindowPlaces};
pub use prepared::{
    Params, Preparable, PreparableOf, Prepared, PreparedInsert, PreparedPage, PreparedWrite, WithId, prepare,
};
pub use projection::{All, HoldsTogether, Projection, RowOf};
pub use raw_query::{ItemColumn, QueryItems, raw_exists};
pub use reach::{NoColumn, OfThisQuery, OverPlaces, Places, QueryAround, Reach, ThisQuery};
pub use required::{AllSetIn, NoneRepeats, NotAmong, RequiredColumn, SetIn, SetOnce};
pub use returning::{ColumnList, ColumnListOf, FitsColumnType, Returnable, Returning, ReturningScope};
pub use row::{FitsField, Mapped, Undecided, fit, map_row};
pub use row_query::{NeverNullRow, NullOfRow, RowQuery, RowsOf};
pub use scalar::{
    AsItIs, AsValue, CertainlyOneRow, OfOneColumn, OfOneRow, OneValue, Rowed, Scalar, SelectedRow, SeveralColumns,
    SeveralRows,
};
pub use scope::{
    AddsTable, AllMaybe, At, Conflicting, Correlates, Entry, FirstIsTable, FirstTime, InScope, Lacks, LocksEntry,
    LocksRows, Maybe, Never, Nowhere, Outer, Own, ProvidedBy, Push, ScopeRow, TableEntry, TopLevel,
};
pub(crate) use select::read_scope;
pub use select::{HasGroups, Having, Select};
pub use sets::{
    Names, NamesList, SameBase, SameColumn, SameColumns, Side, SideOf, SideScope, Sides, TableRow, WithTypes,
};
pub use sortable::{SortOf, Sortable, Sorting, UnknownSortKey, sort_by};
pub use sql_query::{SqlQuery, SqlRow, WrittenRow, sql_query};
pub use stands_in::{
    ConditionPart, ExpressionPart, Fits, GroupPart, MaybePart, QueryPart, RelationPart, RowPart, SetPart, SortPart,
    StandsIn, Takes, Unfit,
};
pub use subquery::{Exists, GroupedEntry, GroupedSubquery, OneColumn, QueryList, exists, not_exists};
pub use totals::{Cubed, Grouping, NullInTotals, RolledUp, TotalKeys, Totals, cube, grouping, rollup};
pub use unfinished::{BeforeReturning, HasRows, ReturnsNothing, SettlesConflicts};
pub use update::{Changes, Guarded, SaysWhichRows, SetsSomething, Unguarded, Unset, Update, UpdateSet};
pub use upsert::{AllColumns, ChangesAll, ColumnsOfTable, DoUpdate, SomeColumns, Upsert};
