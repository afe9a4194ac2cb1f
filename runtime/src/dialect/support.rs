//! What some dialects have and others have not, for the compiler and for the documentation.

use super::names::*;

/// A feature and the dialects that have it.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    /// The name of its trait.
    pub capability: &'static str,
    /// As SQL calls it.
    pub name: &'static str,
    /// The dialects that have it, as people write them.
    pub dialects: &'static [&'static str],
}

macro_rules! features {
    ($(#[doc = $doc:literal] $name:ident $words:literal: $($dialect:ident),+;)*) => {
        $(
            #[doc = $doc]
            #[diagnostic::on_unimplemented(
                message = $words,
                label = "{Self} has no such thing"
            )]
            pub trait $name {}

            /// Keeps rustc from taking the only database that has it for the one that is meant.
            #[diagnostic::do_not_recommend]
            impl $name for crate::query::Nowhere {}
            $(
                #[diagnostic::do_not_recommend]
                impl $name for $dialect {}
            )+
        )*

        /// All features that not every dialect has.
        pub const FEATURES: &[Feature] = &[$(Feature {
            capability: stringify!($name),
            name: $doc.trim_ascii(),
            dialects: &[$(stringify!($dialect)),+],
        }),*];
    };
}

features! {
    /// `INSERT .. RETURNING`
    InsertReturning "`RETURNING` of an INSERT is not supported by {Self}: use `.insert_id(..)`": SQLite, PostgreSQL, MariaDB;
    /// `UPDATE .. RETURNING`
    UpdateReturning "`RETURNING` of an UPDATE is not supported by {Self}": SQLite, PostgreSQL;
    /// `DELETE .. RETURNING`
    DeleteReturning "`RETURNING` of a DELETE is not supported by {Self}": SQLite, PostgreSQL, MariaDB;
    /// The key that an insert counted up.
    InsertId "the id of an INSERT is not supported by {Self}: use `.returning(..)`": SQLite, MySQL, MariaDB;
    /// `INSERT .. ON CONFLICT`
    OnConflict "`ON CONFLICT` is not supported by {Self}: use `.on_duplicate_key_update(..)`": SQLite, PostgreSQL;
    /// `INSERT .. ON CONFLICT ON CONSTRAINT`
    OnConstraint "`ON CONFLICT ON CONSTRAINT` is not supported by {Self}": PostgreSQL;
    /// `INSERT .. ON DUPLICATE KEY UPDATE`
    OnDuplicateKey "`ON DUPLICATE KEY UPDATE` is not supported by {Self}: use `.on_conflict(..)`": MySQL, MariaDB;
    /// `INSERT IGNORE`
    InsertIgnore "`INSERT IGNORE` is not supported by {Self}: use `.on_conflict_do_nothing()`": MySQL, MariaDB;
    /// `REPLACE`
    Replace "`REPLACE` is not supported by {Self}: use `.on_conflict(..).do_update_all()`": SQLite, MySQL, MariaDB;
    /// `FULL JOIN`
    FullJoin "`FULL JOIN` is not supported by {Self}": SQLite, PostgreSQL;
    /// `LATERAL`
    Lateral "`LATERAL` is not supported by {Self}": PostgreSQL, MySQL;
    /// `WITH .. AS MATERIALIZED`
    MaterializedCtes "`MATERIALIZED` is not supported by {Self}": SQLite, PostgreSQL;
    /// `WITH .. AS (DELETE .. RETURNING ..)`
    WritingCtes "data-modifying CTEs are not supported by {Self}": PostgreSQL;
    /// `ILIKE`
    Ilike "`ILIKE` is not supported by {Self}: use `.lower()` and `.like(..)`": PostgreSQL;
    /// `SIMILAR TO`
    SimilarTo "`SIMILAR TO` is not supported by {Self}": PostgreSQL;
    /// `GLOB`
    Glob "`GLOB` is not supported by {Self}: use `.like(..)`": SQLite;
    /// `SELECT DISTINCT ON (..)`
    DistinctOn "`DISTINCT ON` is not supported by {Self}": PostgreSQL;
    /// `SELECT .. FOR UPDATE`
    RowLocks "locks of rows (`FOR UPDATE`) are not supported by {Self}": PostgreSQL, MySQL, MariaDB;
    /// `SELECT .. FOR UPDATE OF table`
    LocksOfTables "locks of the rows of one table (`FOR UPDATE OF`) are not supported by {Self}": PostgreSQL, MySQL;
    /// `UPDATE` and `DELETE` with `ORDER BY` and `LIMIT`
    LimitedWrites "`ORDER BY` and `LIMIT` of a write are not supported by {Self}": MySQL, MariaDB;
    /// `DELETE .. USING`
    DeleteUsing "`DELETE .. USING` is not supported by {Self}: use `.filter(exists(..))`": PostgreSQL, MySQL, MariaDB;
    /// `USE INDEX`, `FORCE INDEX`, `IGNORE INDEX`
    IndexHints "index hints are not supported by {Self}": MySQL, MariaDB;
    /// `= ANY (SELECT ..)`, `> ALL (SELECT ..)`
    QuantifiedComparisons "`ANY` and `ALL` are not supported by {Self}: compare with `min` or `max` of the query": PostgreSQL, MySQL, MariaDB;
    /// `INTERSECT ALL`, `EXCEPT ALL`
    SetsWithRepeats "`INTERSECT ALL` and `EXCEPT ALL` are not supported by {Self}": PostgreSQL, MySQL, MariaDB;
    /// `CREATE INDEX .. WHERE`
    PartialIndexes "an index of some rows (`where = ..`) is not supported by {Self}": SQLite, PostgreSQL;
    /// `lag(x, n, default)`, `lead(x, n, default)`
    LagDefault "a default of `lag` and `lead` is not supported by {Self}: use `.lag(..)` and `.coalesce(..)`": SQLite, PostgreSQL, MySQL;
    /// Frames of groups of rows: `GROUPS BETWEEN .. AND ..`
    GroupsFrames "`GROUPS` frames are not supported by {Self}": SQLite, PostgreSQL;
    /// `EXCLUDE CURRENT ROW`, `EXCLUDE GROUP`, `EXCLUDE TIES`
    FrameExclusion "`EXCLUDE` in a frame is not supported by {Self}": SQLite, PostgreSQL;
    /// `GROUP BY ROLLUP (..)`, `GROUP BY .. WITH ROLLUP`
    Rollup "`ROLLUP` is not supported by {Self}": PostgreSQL, MySQL, MariaDB;
    /// `GROUP BY CUBE (..)`
    Cube "`CUBE` is not supported by {Self}": PostgreSQL;
    /// `GROUP BY GROUPING SETS (..)`
    GroupingSets "`GROUPING SETS` are not supported by {Self}": PostgreSQL;
    /// A key that is an expression, in HAVING.
    HavingKeyExpressions "HAVING takes no key that is an expression on {Self}: use `.filter(..)`, or select it in a derived table": SQLite, PostgreSQL;
    /// A key that is an expression, as a part of another one.
    KeyExpressionParts "computing with a key that is an expression is not supported by {Self}: select it in a derived table, and compute with it there": SQLite, PostgreSQL, MariaDB;
    /// A key of `ROLLUP` that is an expression, as a part of another one.
    TotalKeyParts "computing with a key of ROLLUP that is an expression is not supported by {Self}: select it in a derived table, and compute with it there": PostgreSQL;
    /// A key of `ROLLUP` in a window function.
    TotalsInWindows "a key of ROLLUP in a window function is not supported by {Self}: select it in a derived table, and use that": PostgreSQL, MySQL;
    /// `grouping(key)`
    GroupingFunction "`GROUPING` is not supported by {Self}": PostgreSQL, MySQL;
    /// `ORDER BY` of groups with totals
    SortedTotals "`ORDER BY` after `ROLLUP` is not supported by {Self}: use `.order_by_output(..)` after `.select(..)`": PostgreSQL, MySQL;
    /// `var_pop`, `var_samp`, `stddev_pop`, `stddev_samp`
    Statistics "variance and standard deviation are not supported by {Self}": PostgreSQL, MySQL, MariaDB;
    /// `bit_and`, `bit_or`
    BitAggregates "`bit_and` and `bit_or` are not supported by {Self}": PostgreSQL, MySQL, MariaDB;
    /// `percentile_cont`, `percentile_disc`, `mode`
    OrderedSetAggregates "percentiles and `mode` are not supported by {Self}": PostgreSQL;
    /// `array_agg`
    ArrayAggregates "`array_agg` is not supported by {Self}: use `.json_agg()`": PostgreSQL;
    /// `json_agg` with `ORDER BY`
    OrderedJsonAggregates "an order inside of `json_agg` is not supported by {Self}": SQLite, PostgreSQL, MariaDB;
    /// Operators on arrays.
    ArrayOperators "operators on arrays are not supported by {Self}": PostgreSQL;
}
