//! Aggregate functions.

use std::marker::PhantomData;

use super::{Args, CheckedOperation, Expr, IntoExpr, Level, Logical, Node, Operation, Spelling, Words};
use crate::{
    dialect::Dialect,
    table::{No, Yes},
    value::{NotNull, Nullable, Nullness, SqlValue},
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
        f.write_str(if self.distinct { F::DISTINCT } else { F::ALL })
    }
}

/// The name of an aggregate function, with its parenthesis.
pub trait AggregateFunction: 'static {
    /// Over all values.
    const ALL: &'static str;
    /// Over the distinct values.
    const DISTINCT: &'static str;
    /// Of no value at all it is NULL (`count` is 0).
    type Null: Nullness;
}

macro_rules! functions {
    ($($(#[$meta:meta])* $name:ident $sql:literal $null:ty;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl AggregateFunction for $name {
            const ALL: &'static str = concat!($sql, "(");
            const DISTINCT: &'static str = concat!($sql, "(DISTINCT ");
            type Null = $null;
        }
    )*};
}

functions! {
    /// `count(..)`
    Count "count" NotNull;
    /// `sum(..)`
    Sum "sum" Nullable;
    /// `avg(..)`
    Avg "avg" Nullable;
    /// `min(..)`
    Min "min" Nullable;
    /// `max(..)`
    Max "max" Nullable;
}

/// A type of values that can be added up.
#[diagnostic::on_unimplemented(message = "`SUM` needs numbers, this is `{Self}`", label = "not a number: `{Self}`")]
pub trait Summable {
    /// The type of the sum.
    type Sum: SqlValue;
}

/// A type of values that has an average.
#[diagnostic::on_unimplemented(message = "`AVG` needs numbers, this is `{Self}`", label = "not a number: `{Self}`")]
pub trait Averageable {}

macro_rules! sums {
    ($($from:ty => $to:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Summable for $from {
            type Sum = $to;
        }

        #[diagnostic::do_not_recommend]
        impl Averageable for $from {}
    )*};
}

sums!(i8 => i64, i16 => i64, i32 => i64, i64 => i64, u8 => i64, u16 => i64, u32 => i64, f32 => f64, f64 => f64);

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

impl<D: Dialect, F: AggregateFunction, T> Spelling<D> for Aggregate<F, T> {
    fn words(&self) -> Words {
        Words::call(if self.distinct { F::DISTINCT } else { F::ALL })
    }
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
    fn words(&self) -> Words {
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
#[derive(Debug, Clone, Copy)]
pub struct Filtered;

impl<E: IntoExpr, C: IntoExpr> Operation<(E, C)> for Filtered {
    type Base = <E::Expr as Expr>::Base;
    type Aggregates = <(E, C) as Args>::Aggregates;
    type Null<Any: Nullness, All: Nullness> = Any;
    const LEVEL: Level = Level::Atom;
}

impl<E: IntoExpr, C: IntoExpr> CheckedOperation<(E, C)> for Filtered {}

impl<D: Dialect> Spelling<D> for Filtered {
    fn words(&self) -> Words {
        Words::Each(&["", " FILTER (WHERE ", ")"])
    }
}

/// Keeps the nullness of a filter's condition out of the result.
type Condition<C> = Node<super::case::When, (C,)>;

impl<F, T, A> Node<Aggregate<F, T>, A> {
    /// Over the distinct values only.
    pub fn distinct(self) -> Self {
        Node::new(Aggregate::new(true), self.args)
    }

    /// Over the rows for which `condition` holds.
    pub fn filter<C: Expr<Aggregates: NotNested, Base: Logical>>(
        self,
        condition: C,
    ) -> Node<Filtered, (Self, Condition<C>)> {
        filtered(self, condition)
    }
}

impl Node<CountStar, ()> {
    /// Counts the rows for which `condition` holds.
    pub fn filter<C: Expr<Aggregates: NotNested, Base: Logical>>(
        self,
        condition: C,
    ) -> Node<Filtered, (Self, Condition<C>)> {
        filtered(self, condition)
    }
}

fn filtered<E, C>(aggregate: E, condition: C) -> Node<Filtered, (E, Condition<C>)> {
    Node::new(Filtered, (aggregate, Node::new(super::case::When, (condition,))))
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

    /// `avg(..)`: always `f64`.
    fn avg(self) -> AggregateNode<Avg, f64, Self>
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
