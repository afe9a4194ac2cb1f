//! Functions of general use.

use super::{
    Args, CheckedOperation, Expr, IntoExpr, Level, Node, Operand, Operation, Spelling, Summable, Types, Words,
};
use crate::{
    dialect::Dialect,
    table::No,
    value::{NotNull, Nullness},
};

/// The current moment.
#[derive(Debug, Clone, Copy)]
pub struct Now;

impl Operation<()> for Now {
    type Base = chrono::DateTime<chrono::Utc>;
    type Aggregates = No;
    type Null<Any: Nullness, All: Nullness> = NotNull;
    const LEVEL: Level = Level::Atom;
}

impl CheckedOperation<()> for Now {}

impl crate::query::PlainOperation for Now {}

impl<D: Dialect> Spelling<D> for Now {
    fn words(&self, _: Types) -> Words {
        Words::prefix(D::SYNTAX.spelling.now)
    }
}

/// The current moment, by the database's clock: with milliseconds on SQLite.
///
/// ```
/// use mizzle::prelude::*;
/// # use chrono::{DateTime, Utc};
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, #[column(default = now())] created_at: DateTime<Utc> }
/// let query = User::query::<Sqlite>().filter(User::created_at.lt(now()));
/// ```
pub const fn now() -> Node<Now, ()> {
    Node::new(Now, ())
}

/// A random number.
#[derive(Debug, Clone, Copy)]
pub struct Random;

impl Operation<()> for Random {
    type Base = f64;
    type Aggregates = No;
    type Null<Any: Nullness, All: Nullness> = NotNull;
    const LEVEL: Level = Level::Atom;
}

impl CheckedOperation<()> for Random {}

impl crate::query::PlainOperation for Random {}

impl<D: Dialect> Spelling<D> for Random {
    fn words(&self, _: Types) -> Words {
        Words::prefix(D::SYNTAX.spelling.random)
    }
}

/// A random float from 0 to 1, without 1: another one for each row.
///
/// ```
/// use mizzle::{expr::random, prelude::*};
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// let any_three = User::query::<Sqlite>().order_by(random()).limit(3);
/// ```
pub const fn random() -> Node<Random, ()> {
    Node::new(Random, ())
}

macro_rules! numeric {
    ($($(#[$meta:meta])* $name:ident $words:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl<E: IntoExpr> Operation<(E,)> for $name {
            type Base = <E::Expr as Expr>::Base;
            type Aggregates = <(E,) as Args>::Aggregates;
            type Null<Any: Nullness, All: Nullness> = Any;
            const LEVEL: Level = Level::Atom;
        }

        impl<E: IntoExpr> CheckedOperation<(E,)> for $name {}

        impl crate::query::PlainOperation for $name {}

        impl<D: Dialect> Spelling<D> for $name {
            fn words(&self, _: Types) -> Words {
                Words::call($words)
            }
        }
    )*};
}

numeric! {
    /// `abs(..)`
    Abs "abs(";
}

/// `round(x, digits)`
#[derive(Debug, Clone, Copy)]
pub struct Round;

impl<A: Args> Operation<A> for Round {
    type Base = f64;
    type Aggregates = A::Aggregates;
    type Null<Any: Nullness, All: Nullness> = Any;
    const LEVEL: Level = Level::Atom;
}

impl<A: Args> CheckedOperation<A> for Round {}

impl crate::query::PlainOperation for Round {}

impl<D: Dialect> Spelling<D> for Round {
    fn words(&self, _: Types) -> Words {
        D::SYNTAX.spelling.round
    }
}

/// Functions on numbers.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "items")] struct Item { #[column(primary_key)] id: i64, price: f64 }
/// let query = Item::query::<Sqlite>().select((Item::price.round(2), (Item::id - 10).abs()));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT round("items"."price", ?), abs("items"."id" - ?) FROM "items""#
/// );
/// ```
pub trait NumberExpr: Expr {
    /// Without its sign.
    fn abs(self) -> Node<Abs, (Self,)>
    where
        Self::Base: Summable,
    {
        Node::new(Abs, (self,))
    }

    /// Rounded to `digits` after the point.
    fn round<N: Operand<i32>>(self, digits: N) -> Node<Round, (Self, N)>
    where
        Self::Base: Summable,
    {
        Node::new(Round, (self, digits))
    }
}

impl<E: Expr> NumberExpr for E {}
