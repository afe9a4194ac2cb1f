//! Aggregates of statistics, and those that pick one value.

use super::{Aggregate, AggregateNode, Averageable, Max, Min, NotNested};
use crate::{
    dialect::{BitAggregates, Dialect, OrderedSetAggregates},
    expr::{Args, CheckedOperation, Expr, Level, Logical, Node, Operation, Spelling, Types, Words},
    table::Yes,
    value::{Nullable, Nullness, SqlValue},
};

/// Declares aggregates that are NULL of no rows, each with a result of the type `T`.
macro_rules! aggregates {
    ($($(#[$meta:meta])* $name:ident $(needs $feature:ident)?, |$dialect:ident| $words:expr;)*) => {$(
        $(#[$meta])*
        pub struct $name<T>(std::marker::PhantomData<fn() -> T>);

        impl<T> $name<T> {
            const fn new() -> Self {
                $name(std::marker::PhantomData)
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<T: SqlValue, A: Args> Operation<A> for $name<T> {
            type Base = T;
            type Aggregates = Yes;
            type Null<Any: Nullness, All: Nullness> = Nullable;
            const LEVEL: Level = Level::Atom;
        }

        impl<T: SqlValue, A: Args<Aggregates: NotNested>> CheckedOperation<A> for $name<T> {}
        impl<I: $crate::query::Places<Reach: $crate::query::OfThisQuery>, T> $crate::query::OverPlaces<I> for $name<T> {}

        impl<$dialect: Dialect $(<Name: $feature>)?, T> Spelling<$dialect> for $name<T> {
            fn words(&self, _: Types) -> Words {
                $words
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T, A, K> crate::query::GroupedOperation<K, A, Yes> for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T> crate::query::SteadyOperation for $name<T> {}
    )*};
}
pub(super) use aggregates;

aggregates! {
    /// One of the values.
    AnyValue, |D| D::SYNTAX.spelling.any_value;
    /// `bit_and(..)`
    BitAnd needs BitAggregates, |D| Words::Around { open: "CAST(bit_and(", between: "", close: D::SYNTAX.spelling.signed_bits };
    /// `bit_or(..)`
    BitOr needs BitAggregates, |D| Words::Around { open: "CAST(bit_or(", between: "", close: D::SYNTAX.spelling.signed_bits };
    /// `percentile_cont(..) WITHIN GROUP (ORDER BY ..)`
    PercentileCont needs OrderedSetAggregates, |D| Words::Each(&["percentile_cont(", ") WITHIN GROUP (ORDER BY ", ")"]);
    /// `percentile_disc(..) WITHIN GROUP (ORDER BY ..)`
    PercentileDisc needs OrderedSetAggregates, |D| Words::Each(&["percentile_disc(", ") WITHIN GROUP (ORDER BY ", ")"]);
    /// `mode() WITHIN GROUP (ORDER BY ..)`
    Mode needs OrderedSetAggregates, |D| Words::call("mode() WITHIN GROUP (ORDER BY ");
}

/// A type of integers, whose bits can be combined.
#[diagnostic::on_unimplemented(
    message = "bits are those of integers, this is `{Self}`",
    label = "not an integer: `{Self}`"
)]
pub trait Bits {}

macro_rules! bits {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Bits for $ty {}
    )*};
}

bits!(i16, i32, i64);

/// More aggregate functions. They are `Option`: of no rows they are NULL.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String, is_active: bool }
/// let query = User::query::<Sqlite>().group_by(User::city).select((User::city, User::is_active.bool_or(), User::id.any_value()));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."city", max("users"."is_active"), min("users"."id") FROM "users" GROUP BY "users"."city""#
/// );
/// ```
pub trait StatisticsExpr: Expr {
    /// `bool_and(..)`: whether all are true.
    fn bool_and(self) -> AggregateNode<Min, Self::Base, Self>
    where
        Self::Base: Logical,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `bool_or(..)`: whether one is true.
    fn bool_or(self) -> AggregateNode<Max, Self::Base, Self>
    where
        Self::Base: Logical,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `any_value(..)`: one of the values, whichever the database takes.
    fn any_value(self) -> Node<AnyValue<Self::Base>, (Self,)> {
        Node::new(AnyValue::new(), (self,))
    }

    /// `bit_and(..)`: the bits that all have. PostgreSQL, MySQL and MariaDB have it; of no rows the latter two give `-1`.
    fn bit_and(self) -> Node<BitAnd<i64>, (Self,)>
    where
        Self::Base: Bits,
    {
        Node::new(BitAnd::new(), (self,))
    }

    /// `bit_or(..)`: the bits that one has. PostgreSQL, MySQL and MariaDB have it; of no rows the latter two give 0.
    fn bit_or(self) -> Node<BitOr<i64>, (Self,)>
    where
        Self::Base: Bits,
    {
        Node::new(BitOr::new(), (self,))
    }

    /// `var_pop(..)`: the variance of these very numbers. PostgreSQL, MySQL and MariaDB have it.
    fn var_pop(self) -> AggregateNode<super::VarPop, f64, Self>
    where
        Self::Base: Averageable,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `var_samp(..)`: the variance of what these numbers are a sample of. PostgreSQL, MySQL and MariaDB have it.
    fn var_samp(self) -> AggregateNode<super::VarSamp, f64, Self>
    where
        Self::Base: Averageable,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `stddev_pop(..)`: the standard deviation of these very numbers. PostgreSQL, MySQL and MariaDB have it.
    fn stddev_pop(self) -> AggregateNode<super::StddevPop, f64, Self>
    where
        Self::Base: Averageable,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `stddev_samp(..)`: the standard deviation of what these numbers are a sample of. PostgreSQL, MySQL and MariaDB
    /// have it.
    ///
    /// ```
    /// # #[cfg(feature = "mysql")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "items")] struct Item { #[column(primary_key)] id: i64, price: f64 }
    /// let query = Item::query::<MySql>().select((Item::price.stddev_samp(), Item::price.var_pop()));
    /// assert_eq!(query.to_sql().sql, "SELECT stddev_samp(`items`.`price`), var_pop(`items`.`price`) FROM `items`");
    /// # }
    /// ```
    fn stddev_samp(self) -> AggregateNode<super::StddevSamp, f64, Self>
    where
        Self::Base: Averageable,
    {
        Node::new(Aggregate::new(), (self,))
    }

    /// `percentile_cont(fraction) WITHIN GROUP (ORDER BY ..)`: the number below which this fraction of all numbers lies,
    /// between two of them if need be; 0.5 is the median. PostgreSQL has it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "items")] struct Item { #[column(primary_key)] id: i64, price: f64, kind: String }
    /// let query = Item::query::<Postgres>().select((Item::price.percentile_cont(0.5), Item::kind.mode()));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT percentile_cont($1) WITHIN GROUP (ORDER BY "items"."price"), mode() WITHIN GROUP (ORDER BY "items"."kind") FROM "items""#
    /// );
    /// # }
    /// ```
    fn percentile_cont(self, fraction: f64) -> Node<PercentileCont<f64>, (f64, Self)>
    where
        Self::Base: Averageable,
    {
        Node::new(PercentileCont::new(), (fraction, self))
    }

    /// `percentile_disc(fraction) WITHIN GROUP (ORDER BY ..)`: the first value that this fraction of all values does not
    /// go beyond. PostgreSQL has it.
    fn percentile_disc(self, fraction: f64) -> Node<PercentileDisc<Self::Base>, (f64, Self)> {
        Node::new(PercentileDisc::new(), (fraction, self))
    }

    /// `mode() WITHIN GROUP (ORDER BY ..)`: the value that there is most often. PostgreSQL has it.
    fn mode(self) -> Node<Mode<Self::Base>, (Self,)> {
        Node::new(Mode::new(), (self,))
    }
}

impl<E: Expr> StatisticsExpr for E {}
