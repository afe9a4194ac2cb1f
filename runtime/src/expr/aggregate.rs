//! Aggregate functions.

use std::marker::PhantomData;

use super::{Args, CheckedOperation, Expr, IntoExpr, Level, Logical, Node, Operation, Spelling, Types, Words};
use crate::{
    dialect::Dialect,
    query::{OfThisQuery, OverPlaces, Places},
    table::{No, Yes},
    value::{DataType, NotNull, Nullable, Nullness, SqlValue},
};

/// An aggregate function, over all values or over the distinct ones.
///
/// `F` is the function, `T` the type of its result.
pub struct Aggregate<F, T> {
    distinct: bool,
    marker: PhantomData<fn() -> (F, T)>,
}

impl<F, T> Aggregate<F, T> {
    const fn new(distinct: bool) -> Self {
        Aggregate { distinct, marker: PhantomData }
    }
}

impl<F, T> Clone for Aggregate<F, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, T> Copy for Aggregate<F, T> {}

impl<F: AggregateFunction, T> std::fmt::Debug for Aggregate<F, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(F::OPEN[usize::from(self.distinct)])
    }
}

/// The name of an aggregate function, with what stands around its argument: over all values, and over the distinct ones.
pub trait AggregateFunction: 'static {
    /// Before the argument.
    const OPEN: [&'static str; 2];
    /// The same, inside of a cast.
    const CAST: [&'static str; 2];
    /// Around the condition and the argument, for dialects without `FILTER`.
    const CASE: [&'static [&'static str; 3]; 2];
    /// The same as `OPEN` and `CASE` over the argument as a float, for averages.
    const FLOAT: [&'static str; 2];
    /// See `FLOAT`.
    const FLOAT_CASE: [&'static [&'static str; 3]; 2];
    /// Before the argument as a `double precision`, for sums of floats that would stay narrow.
    const WIDE: [&'static str; 2];
    /// The function that does the same with bools, where another one does.
    const OF_BOOLS: Option<&'static str>;
    /// Whether databases give a wider type than that of the values.
    const WIDENS: bool;
    /// Whether it is an average.
    const IS_AVERAGE: bool;
    /// Of no value at all it is NULL (`count` is 0).
    type Null: Nullness;
}

macro_rules! functions {
    ($($(#[$meta:meta])* $name:ident $sql:literal $null:ty, widens: $widens:literal, average: $average:literal, bools: $bools:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl AggregateFunction for $name {
            const OPEN: [&'static str; 2] = [concat!($sql, "("), concat!($sql, "(DISTINCT ")];
            const CAST: [&'static str; 2] = [concat!("CAST(", $sql, "("), concat!("CAST(", $sql, "(DISTINCT ")];
            const CASE: [&'static [&'static str; 3]; 2] = [
                &[concat!($sql, "(CASE WHEN "), " THEN ", " END)"],
                &[concat!($sql, "(DISTINCT CASE WHEN "), " THEN ", " END)"],
            ];
            const FLOAT: [&'static str; 2] = [concat!($sql, "(("), concat!($sql, "(DISTINCT (")];
            const FLOAT_CASE: [&'static [&'static str; 3]; 2] = [
                &[concat!($sql, "(CASE WHEN "), " THEN (", ") + 0e0 END)"],
                &[concat!($sql, "(DISTINCT CASE WHEN "), " THEN (", ") + 0e0 END)"],
            ];
            const WIDE: [&'static str; 2] = [concat!($sql, "(CAST("), concat!($sql, "(DISTINCT CAST(")];
            const OF_BOOLS: Option<&'static str> = $bools;
            const WIDENS: bool = $widens;
            const IS_AVERAGE: bool = $average;
            type Null = $null;
        }
    )*};
}

functions! {
    /// `count(..)`
    Count "count" NotNull, widens: false, average: false, bools: None;
    /// `sum(..)`
    Sum "sum" Nullable, widens: true, average: false, bools: None;
    /// `avg(..)`
    Avg "avg" Nullable, widens: true, average: true, bools: None;
    /// `min(..)`
    Min "min" Nullable, widens: false, average: false, bools: Some("bool_and(");
    /// `max(..)`
    Max "max" Nullable, widens: false, average: false, bools: Some("bool_or(");
}

/// A type of values that can be added up.
#[diagnostic::on_unimplemented(message = "`SUM` needs numbers, this is `{Self}`", label = "not a number: `{Self}`")]
pub trait Summable {
    /// The type of the sum.
    type Sum: SqlValue;
}

/// A type of values that has an average.
#[diagnostic::on_unimplemented(message = "`AVG` needs numbers, this is `{Self}`", label = "not a number: `{Self}`")]
pub trait Averageable {
    /// The type of the average.
    type Average: SqlValue;
}

macro_rules! sums {
    ($($(#[$meta:meta])* $from:ty => $sum:ty, $average:ty;)*) => {$(
        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl Summable for $from {
            type Sum = $sum;
        }

        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl Averageable for $from {
            type Average = $average;
        }
    )*};
}

sums! {
    i8 => i64, f64;
    i16 => i64, f64;
    i32 => i64, f64;
    i64 => i64, f64;
    u8 => i64, f64;
    u16 => i64, f64;
    u32 => i64, f64;
    u64 => u64, f64;
    f32 => f64, f64;
    f64 => f64, f64;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal => rust_decimal::Decimal, rust_decimal::Decimal;
}

/// An expression without an aggregate function in it.
#[diagnostic::on_unimplemented(message = "aggregates cannot be nested", label = "already an aggregate")]
pub trait NotNested {}
#[diagnostic::do_not_recommend]
impl NotNested for No {}

impl<F: AggregateFunction, T: SqlValue, E: IntoExpr> Operation<(E,)> for Aggregate<F, T> {
    type Base = T;
    type Aggregates = Yes;
    type Null<Any: Nullness, All: Nullness> = F::Null;
    const LEVEL: Level = Level::Atom;
}

impl<F: AggregateFunction, T: SqlValue, E: IntoExpr> CheckedOperation<(E,)> for Aggregate<F, T> {}
impl<I: Places<Reach: OfThisQuery>, F, T> OverPlaces<I> for Aggregate<F, T> {}

impl<D: Dialect, F: AggregateFunction, T> Spelling<D> for Aggregate<F, T> {
    fn words(&self, types: Types) -> Words {
        let (open, close) = around::<D, F>(types, self.distinct);
        Words::Around { open, between: "", close }
    }
}

/// What stands around the argument.
fn around<D: Dialect, F: AggregateFunction>(types: Types, distinct: bool) -> (&'static str, &'static str) {
    let (spelling, distinct) = (&D::SYNTAX.spelling, usize::from(distinct));
    if let Some(bools) = F::OF_BOOLS.filter(|_| spelling.bool_functions && types.result == DataType::Bool) {
        return (bools, ")");
    }
    if is_coarse::<D, F>(types) {
        return (F::FLOAT[distinct], ") + 0e0)");
    }
    if is_narrow::<D, F>(types) {
        return (F::WIDE[distinct], " AS double precision))");
    }
    // `sum` of integers is a decimal on PostgreSQL.
    match (spelling.aggregate_cast)(types.result).filter(|_| F::WIDENS) {
        Some(cast) => (F::CAST[distinct], cast),
        None => (F::OPEN[distinct], ")"),
    }
}

/// Whether the database would round an average of integers to a few decimals.
fn is_coarse<D: Dialect, F: AggregateFunction>(types: Types) -> bool {
    D::SYNTAX.spelling.coarse_averages && F::IS_AVERAGE && types.result == DataType::F64
}

/// Whether the database would add up single floats as single floats.
fn is_narrow<D: Dialect, F: AggregateFunction>(types: Types) -> bool {
    let is_sum = F::WIDENS && !F::IS_AVERAGE;
    D::SYNTAX.spelling.narrow_sums && is_sum && types.first == Some(DataType::F32)
}

/// `count(*)`
#[derive(Debug, Clone, Copy)]
pub struct CountStar;

impl Operation<()> for CountStar {
    type Base = i64;
    type Aggregates = Yes;
    type Null<Any: Nullness, All: Nullness> = NotNull;
    const LEVEL: Level = Level::Atom;
}

impl CheckedOperation<()> for CountStar {}

impl<D: Dialect> Spelling<D> for CountStar {
    fn words(&self, _: Types) -> Words {
        Words::prefix("count(*)")
    }
}

/// `count(*)`: the number of rows.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String }
/// let query = User::query::<Sqlite>().group_by(User::city).select((User::city, count_star()));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."city", count(*) FROM "users" GROUP BY "users"."city""#
/// );
/// ```
pub const fn count_star() -> Node<CountStar, ()> {
    Node::new(CountStar, ())
}

/// An aggregate over the rows that a condition selects.
pub struct Filtered<F, T>(Aggregate<F, T>);

impl<F, T> Clone for Filtered<F, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, T> Copy for Filtered<F, T> {}

impl<F: AggregateFunction, T> std::fmt::Debug for Filtered<F, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Filtered").field(&self.0).finish()
    }
}

impl<F: AggregateFunction, T: SqlValue, A: Args> Operation<A> for Filtered<F, T> {
    type Base = T;
    type Aggregates = Yes;
    type Null<Any: Nullness, All: Nullness> = F::Null;
    const LEVEL: Level = Level::Atom;
}

impl<F: AggregateFunction, T: SqlValue, A: Args> CheckedOperation<A> for Filtered<F, T> {}
impl<I: Places<Reach: OfThisQuery>, F, T> OverPlaces<I> for Filtered<F, T> {}

impl<D: Dialect, F: AggregateFunction, T> Spelling<D> for Filtered<F, T> {
    fn words(&self, types: Types) -> Words {
        if !D::SYNTAX.spelling.filter_clause {
            let case = if is_coarse::<D, F>(types) { F::FLOAT_CASE } else { F::CASE };
            return Words::Swapped(case[usize::from(self.0.distinct)]);
        }
        let (open, close) = around::<D, F>(types, self.0.distinct);
        let narrow = is_narrow::<D, F>(types);
        let (between, close) =
            if narrow { (" AS double precision)) FILTER (WHERE ", ")") } else { (") FILTER (WHERE ", close) };
        Words::Around { open, between, close }
    }
}

/// `count(*)` of the rows that a condition selects.
#[derive(Debug, Clone, Copy)]
pub struct CountFiltered;

impl<A: Args> Operation<A> for CountFiltered {
    type Base = i64;
    type Aggregates = Yes;
    type Null<Any: Nullness, All: Nullness> = NotNull;
    const LEVEL: Level = Level::Atom;
}

impl<A: Args> CheckedOperation<A> for CountFiltered {}
impl<I: Places<Reach: OfThisQuery>> OverPlaces<I> for CountFiltered {}

impl<D: Dialect> Spelling<D> for CountFiltered {
    fn words(&self, _: Types) -> Words {
        let (open, close) = match D::SYNTAX.spelling.filter_clause {
            true => ("count(*) FILTER (WHERE ", ")"),
            false => ("count(CASE WHEN ", " THEN 1 END)"),
        };
        Words::Around { open, between: "", close }
    }
}

impl<F, T, A> Node<Aggregate<F, T>, A> {
    /// Over the distinct values only.
    pub fn distinct(self) -> Self {
        Node::new(Aggregate::new(true), self.args)
    }
}

impl<F, T, E> Node<Aggregate<F, T>, (E,)> {
    /// Over the rows for which `condition` holds.
    pub fn filter<C: Expr<Aggregates: NotNested, Base: Logical>>(self, condition: C) -> Node<Filtered<F, T>, (E, C)> {
        Node::new(Filtered(self.operation), (self.args.0, condition))
    }
}

impl Node<CountStar, ()> {
    /// Counts the rows for which `condition` holds.
    pub fn filter<C: Expr<Aggregates: NotNested, Base: Logical>>(self, condition: C) -> Node<CountFiltered, (C,)> {
        Node::new(CountFiltered, (condition,))
    }
}

type AggregateNode<F, T, E> = Node<Aggregate<F, T>, (E,)>;

/// Aggregate functions over an expression. Apart from the counts they are `Option`: of no rows they are NULL.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: Option<i32> }
/// let query = User::query::<Sqlite>().select((User::age.max(), User::age.count().distinct(), User::age.avg().filter(User::id.gt(3))));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT max("users"."age"), count(DISTINCT "users"."age"), avg("users"."age") FILTER (WHERE "users"."id" > ?) FROM "users""#
/// );
/// ```
pub trait AggregateExpr: Expr {
    /// `count(..)`: how many are not NULL.
    fn count(self) -> AggregateNode<Count, i64, Self>
    where
        Self::Aggregates: NotNested,
    {
        Node::new(Aggregate::new(false), (self,))
    }

    /// `count(DISTINCT ..)`: how many different ones there are, NULL aside.
    fn count_distinct(self) -> AggregateNode<Count, i64, Self>
    where
        Self::Aggregates: NotNested,
    {
        Node::new(Aggregate::new(true), (self,))
    }

    /// `sum(..)`: integers add up to `i64`, floats to `f64`.
    fn sum(self) -> AggregateNode<Sum, <Self::Base as Summable>::Sum, Self>
    where
        Self::Base: Summable,
        Self::Aggregates: NotNested,
    {
        Node::new(Aggregate::new(false), (self,))
    }

    /// `avg(..)`: `f64`, or a decimal of decimals.
    fn avg(self) -> AggregateNode<Avg, <Self::Base as Averageable>::Average, Self>
    where
        Self::Base: Averageable,
        Self::Aggregates: NotNested,
    {
        Node::new(Aggregate::new(false), (self,))
    }

    /// `min(..)`
    fn min(self) -> AggregateNode<Min, Self::Base, Self>
    where
        Self::Aggregates: NotNested,
    {
        Node::new(Aggregate::new(false), (self,))
    }

    /// `max(..)`
    fn max(self) -> AggregateNode<Max, Self::Base, Self>
    where
        Self::Aggregates: NotNested,
    {
        Node::new(Aggregate::new(false), (self,))
    }
}

impl<E: Expr> AggregateExpr for E {}
