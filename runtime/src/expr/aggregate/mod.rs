//! Aggregate functions.

mod collect;
mod statistics;

use std::marker::PhantomData;

pub use collect::*;
pub use statistics::*;

use super::{
    Args, BeforeOver, CheckedOperation, Expr, IntoExpr, Level, Logical, Node, NotNested, Operation, Spelling, Types,
    Words, cast_of,
};
use crate::{
    dialect::{Dialect, Statistics},
    query::{OfThisQuery, OverPlaces, Places},
    table::Yes,
    value::{DataType, NotNull, Nullable, Nullness, SqlValue},
};

/// An aggregate function over an expression.
///
/// `F` is the function, [`OfDistinct`] or not, and `T` the type of its result.
pub struct Aggregate<F, T>(PhantomData<fn() -> (F, T)>);

impl<F, T> Aggregate<F, T> {
    pub(super) const fn new() -> Self {
        Aggregate(PhantomData)
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
        f.write_str(F::TEXTS.open)
    }
}

/// An aggregate function.
///
/// See [`AggregateIn`] for the databases that have it.
pub trait AggregateFunction: 'static {
    /// What stands around its argument.
    const TEXTS: &'static AggregateTexts;
    /// The same over the distinct values.
    const DISTINCT: &'static AggregateTexts;
    /// The function that does the same with bools, where another one does.
    const OF_BOOLS: Option<&'static str>;
    /// Whether databases give a wider type than that of the values.
    const WIDENS: bool;
    /// Whether it is an average.
    const IS_AVERAGE: bool;
    /// Of no value at all it is NULL (`count` is 0).
    type Null: Nullness;
}

/// An aggregate function that the dialect `D` has.
#[diagnostic::on_unimplemented(message = "this aggregate is not supported by {D}", label = "not supported by {D}")]
pub trait AggregateIn<D> {}

/// The name of an aggregate function, with what stands around its argument.
#[derive(Debug)]
pub struct AggregateTexts {
    /// Before the argument.
    pub open: &'static str,
    /// The same, inside of a cast.
    pub cast: &'static str,
    /// Around the condition and the argument, for dialects without `FILTER`.
    pub case: &'static [&'static str; 3],
    /// The same as `open` and `case` over the argument as a float, for averages.
    pub float: &'static str,
    /// See `float`.
    pub float_case: &'static [&'static str; 3],
    /// Before the argument as a `double precision`, for sums of floats that would stay narrow.
    pub wide: &'static str,
}

impl<D, F: AggregateIn<D>> AggregateIn<D> for OfDistinct<F> {}

/// The function `F` over the distinct values only.
#[derive(Debug, Clone, Copy)]
pub struct OfDistinct<F>(PhantomData<fn() -> F>);

impl<F: AggregateFunction> AggregateFunction for OfDistinct<F> {
    const TEXTS: &'static AggregateTexts = F::DISTINCT;
    const DISTINCT: &'static AggregateTexts = F::DISTINCT;
    const OF_BOOLS: Option<&'static str> = F::OF_BOOLS;
    const WIDENS: bool = F::WIDENS;
    const IS_AVERAGE: bool = F::IS_AVERAGE;
    type Null = F::Null;
}

macro_rules! texts {
    ($sql:literal) => {
        &AggregateTexts {
            open: concat!($sql),
            cast: concat!("CAST(", $sql),
            case: &[concat!($sql, "CASE WHEN "), " THEN ", " END)"],
            float: concat!($sql, "("),
            float_case: &[concat!($sql, "CASE WHEN "), " THEN (", ") + 0e0 END)"],
            wide: concat!($sql, "CAST("),
        }
    };
    ($sql:literal distinct) => {
        &AggregateTexts {
            open: concat!($sql, "DISTINCT "),
            cast: concat!("CAST(", $sql, "DISTINCT "),
            case: &[concat!($sql, "DISTINCT CASE WHEN "), " THEN ", " END)"],
            float: concat!($sql, "DISTINCT ("),
            float_case: &[concat!($sql, "DISTINCT CASE WHEN "), " THEN (", ") + 0e0 END)"],
            wide: concat!($sql, "DISTINCT CAST("),
        }
    };
}

macro_rules! functions {
    ($($(#[$meta:meta])* $name:ident $sql:literal $null:ty $(, needs $feature:ident)?, widens: $widens:literal, average: $average:literal, bools: $bools:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl AggregateFunction for $name {
            const TEXTS: &'static AggregateTexts = texts!($sql);
            const DISTINCT: &'static AggregateTexts = texts!($sql distinct);
            const OF_BOOLS: Option<&'static str> = $bools;
            const WIDENS: bool = $widens;
            const IS_AVERAGE: bool = $average;
            type Null = $null;
        }

        impl<D: Dialect $(<Name: $feature>)?> AggregateIn<D> for $name {}
    )*};
}

functions! {
    /// `count(..)`
    Count "count(" NotNull, widens: false, average: false, bools: None;
    /// `sum(..)`
    Sum "sum(" Nullable, widens: true, average: false, bools: None;
    /// `avg(..)`
    Avg "avg(" Nullable, widens: true, average: true, bools: None;
    /// `min(..)`
    Min "min(" Nullable, widens: false, average: false, bools: Some("bool_and(");
    /// `max(..)`
    Max "max(" Nullable, widens: false, average: false, bools: Some("bool_or(");
    /// `var_pop(..)`
    VarPop "var_pop(" Nullable, needs Statistics, widens: true, average: false, bools: None;
    /// `var_samp(..)`
    VarSamp "var_samp(" Nullable, needs Statistics, widens: true, average: false, bools: None;
    /// `stddev_pop(..)`
    StddevPop "stddev_pop(" Nullable, needs Statistics, widens: true, average: false, bools: None;
    /// `stddev_samp(..)`
    StddevSamp "stddev_samp(" Nullable, needs Statistics, widens: true, average: false, bools: None;
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

impl<F: AggregateFunction, T: SqlValue, E: IntoExpr> Operation<(E,)> for Aggregate<F, T> {
    type Base = T;
    type Aggregates = Yes;
    type Null<Any: Nullness, All: Nullness> = F::Null;
    const LEVEL: Level = Level::Atom;
}

impl<F, T: SqlValue, E: IntoExpr> CheckedOperation<(E,)> for Aggregate<F, T>
where
    F: AggregateFunction,
    <E::Expr as Expr>::Aggregates: NotNested,
{
}

impl<I: Places<Reach: OfThisQuery>, F, T> OverPlaces<I> for Aggregate<F, T> {}

impl<D: Dialect, F: AggregateFunction + AggregateIn<D>, T> Spelling<D> for Aggregate<F, T> {
    fn words(&self, types: Types) -> Words {
        let (open, close) = around::<D, F>(types, cast::<D, F>(types.result));
        Words::Around { open, between: "", close }
    }
}

impl<D: Dialect, F: AggregateFunction + AggregateIn<D>, T> BeforeOver<D> for Aggregate<F, T> {
    fn call(&self, types: Types) -> Words {
        let (open, close) = around::<D, F>(types, None);
        Words::Around { open, between: "", close }
    }

    fn cast(result: DataType) -> (&'static str, &'static str) {
        if F::WIDENS { cast_of::<D>(result) } else { ("", "") }
    }
}

/// What ends a cast to the type of the result: `sum` of integers is a decimal on PostgreSQL.
fn cast<D: Dialect, F: AggregateFunction>(result: DataType) -> Option<&'static str> {
    (D::SYNTAX.spelling.aggregate_cast)(result).filter(|_| F::WIDENS)
}

/// What stands around the argument.
fn around<D: Dialect, F: AggregateFunction>(types: Types, cast: Option<&'static str>) -> (&'static str, &'static str) {
    let bools = D::SYNTAX.spelling.bool_functions && types.result == DataType::Bool;
    if let Some(bools) = F::OF_BOOLS.filter(|_| bools) {
        return (bools, ")");
    }
    if is_coarse::<D, F>(types) {
        return (F::TEXTS.float, ") + 0e0)");
    }
    if is_narrow::<D, F>(types) {
        return (F::TEXTS.wide, " AS double precision))");
    }
    match cast {
        Some(cast) => (F::TEXTS.cast, cast),
        None => (F::TEXTS.open, ")"),
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

impl<F, T: SqlValue, E: IntoExpr, C: IntoExpr> CheckedOperation<(E, C)> for Filtered<F, T>
where
    F: AggregateFunction,
    <E::Expr as Expr>::Aggregates: NotNested,
{
}

impl<I: Places<Reach: OfThisQuery>, F, T> OverPlaces<I> for Filtered<F, T> {}

impl<D: Dialect, F: AggregateFunction + AggregateIn<D>, T> Spelling<D> for Filtered<F, T> {
    fn words(&self, types: Types) -> Words {
        filtered::<D, F>(types, cast::<D, F>(types.result))
    }
}

impl<D: Dialect, F: AggregateFunction + AggregateIn<D>, T> BeforeOver<D> for Filtered<F, T> {
    fn call(&self, types: Types) -> Words {
        filtered::<D, F>(types, None)
    }

    fn cast(result: DataType) -> (&'static str, &'static str) {
        if F::WIDENS { cast_of::<D>(result) } else { ("", "") }
    }
}

fn filtered<D: Dialect, F: AggregateFunction>(types: Types, cast: Option<&'static str>) -> Words {
    if !D::SYNTAX.spelling.filter_clause {
        return Words::Swapped(if is_coarse::<D, F>(types) { F::TEXTS.float_case } else { F::TEXTS.case });
    }
    let (open, close) = around::<D, F>(types, cast);
    let narrow = is_narrow::<D, F>(types);
    let (between, close) =
        if narrow { (" AS double precision)) FILTER (WHERE ", ")") } else { (") FILTER (WHERE ", close) };
    Words::Around { open, between, close }
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
    pub fn distinct(self) -> Node<Aggregate<OfDistinct<F>, T>, A> {
        Node::new(Aggregate::new(), self.args)
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
    fn count(self) -> AggregateNode<Count, i64, Self> {
        Node::new(Aggregate::new(), (self,))
    }

    /// `count(DISTINCT ..)`: how many different ones there are, NULL aside.
    fn count_distinct(self) -> AggregateNode<OfDistinct<Count>, i64, Self> {
        Node::new(Aggregate::new(), (self,))
    }

    /// `sum(..)`: integers add up to `i64`, floats to `f64`.
    fn sum(self) -> AggregateNode<Sum, <Self::Base as Summable>::Sum, Self>
    where
        Self::Base: Summable,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `avg(..)`: `f64`, or a decimal of decimals.
    fn avg(self) -> AggregateNode<Avg, <Self::Base as Averageable>::Average, Self>
    where
        Self::Base: Averageable,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `min(..)`
    fn min(self) -> AggregateNode<Min, Self::Base, Self> {
        Node::new(Aggregate::new(), (self,))
    }

    /// `max(..)`
    fn max(self) -> AggregateNode<Max, Self::Base, Self> {
        Node::new(Aggregate::new(), (self,))
    }
}

impl<E: Expr> AggregateExpr for E {}
