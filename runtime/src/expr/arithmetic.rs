//! `+`, `-`, `*`, `/`, `%` on numbers.
//!
//! By zero, a division and its remainder are NULL: they are `Option` unless the divisor is a plain value.

use std::ops::{Add, Div, Mul, Rem, Sub};

use super::{Args, CheckedOperation, Expr, IntoExpr, Level, Node, Operation, Spelling, Types, Words};
use crate::{
    dialect::Dialect,
    table::Col,
    value::{Nullness, SqlValue},
};

/// A type that can be calculated with.
#[diagnostic::on_unimplemented(
    message = "arithmetic needs numbers, this is `{Self}`",
    label = "`{Self}` is not a number"
)]
pub trait Numeric {
    /// Itself.
    type Number;
}

/// A type that can be calculated with, and what can stand on the other side.
pub trait Arithmetic<R> {}
impl<T: Numeric, R: Number<T::Number>> Arithmetic<R> for T {}

/// A type whose division leaves a remainder, which for floats is another thing in each database.
#[diagnostic::on_unimplemented(message = "`%` needs integers, this is `{Self}`", label = "`{Self}` is no integer")]
pub trait Whole {}

/// A type whose division leaves a remainder, and what can stand on the other side.
pub trait Remainder<R> {}
impl<T: Whole + Numeric, R: Number<T::Number>> Remainder<R> for T {}

macro_rules! whole {
    ($($(#[$meta:meta])* $number:ty),*) => { $($(#[$meta])* #[diagnostic::do_not_recommend] impl Whole for $number {})* };
}

whole!(
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal
);

/// What can stand beside a number in a calculation.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be combined with a number of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait Number<T>: IntoExpr {}

/// Two types of numbers that can be combined: each with itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be combined with `{T}` in a calculation",
    label = "this is `{Self}`: a number on the left says its type, as in `2{Self}`"
)]
pub trait Combinable<T> {}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> Combinable<T> for T {}

type Base<E> = <<E as IntoExpr>::Expr as Expr>::Base;

macro_rules! numbers {
    ($($(#[$meta:meta])* $number:ty),*) => {$(
        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl Numeric for $number {
            type Number = $number;
        }

        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl Number<$number> for $number {}
        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl Number<$number> for &$number {}
        $(#[$meta])*
        numbers!(@operators $number: Add add Plus, Sub sub Minus, Mul mul Times, Div div DividedBy, Rem rem Modulo);
    )*};
    (@operators $number:ty: $($trait:ident $method:ident $op:ident),*) => {$(
        impl<C, A> $trait<Col<C, A>> for $number {
            type Output = Node<$op, ($number, Col<C, A>)>;

            fn $method(self, other: Col<C, A>) -> Self::Output {
                Node::new($op, (self, other))
            }
        }

        impl<O, A> $trait<Node<O, A>> for $number {
            type Output = Node<$op, ($number, Node<O, A>)>;

            fn $method(self, other: Node<O, A>) -> Self::Output {
                Node::new($op, (self, other))
            }
        }
    )*};
}

macro_rules! operators {
    ($($op:ident $words:literal $level:ident $null:ident $check:ident;)*) => {$(
        #[doc = concat!("`", $words, "`")]
        #[derive(Debug, Clone, Copy)]
        pub struct $op;

        impl<L: IntoExpr, R: IntoExpr> Operation<(L, R)> for $op {
            type Base = Base<L>;
            type Aggregates = <(L, R) as Args>::Aggregates;
            type Null<Any: Nullness, All: Nullness> = operators!(@null $null Any R);
            const LEVEL: Level = Level::$level;
        }

        impl<L: IntoExpr, R: IntoExpr> CheckedOperation<(L, R)> for $op where Base<L>: $check<R> {}

        impl crate::query::PlainOperation for $op {}

        impl<D: Dialect> Spelling<D> for $op {
            fn words(&self, types: Types) -> Words {
                operators!(@words $op $words D types)
            }
        }
    )*};
    (@words DividedBy $words:literal $dialect:ident $types:ident) => {
        Words::infix(if $types.result.is_integer() { $dialect::SYNTAX.spelling.integer_quotient } else { " / " })
    };
    (@words $op:ident $words:literal $dialect:ident $types:ident) => {{
        let _ = $types;
        Words::infix(concat!(" ", $words, " "))
    }};
    (@null any $any:ident $right:ident) => { $any };
    (@null quotient $any:ident $right:ident) => { <<$right::Expr as Expr>::Quotient as Nullness>::Or<$any> };
}

operators! {
    Plus "+" Sum any Arithmetic;
    Minus "-" Sum any Arithmetic;
    Times "*" Product any Arithmetic;
    DividedBy "/" Product quotient Arithmetic;
    Modulo "%" Product quotient Remainder;
}

numbers!(
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal
);

impl<C: crate::table::Column, A, T> Number<T> for Col<C, A> where <Self as Expr>::Base: Combinable<T> {}
impl<O: Operation<B>, B, T> Number<T> for Node<O, B> where O::Base: Combinable<T> {}
impl<C: crate::table::Column, T> Number<T> for crate::query::Excluded<C> where <Self as Expr>::Base: Combinable<T> {}
#[diagnostic::do_not_recommend]
impl<P: crate::value::FieldType, T> Number<T> for super::Param<P> where P::Base: Combinable<T> {}

/// `-x`
#[derive(Debug, Clone, Copy)]
pub struct Negative;

impl<E: IntoExpr> Operation<(E,)> for Negative {
    type Base = Base<E>;
    type Aggregates = <(E,) as Args>::Aggregates;
    type Null<Any: Nullness, All: Nullness> = Any;
    const LEVEL: Level = Level::Sign;
}

impl<E: Expr + IntoExpr> CheckedOperation<(E,)> for Negative where Base<E>: Arithmetic<E> {}

impl crate::query::PlainOperation for Negative {}

impl<D: Dialect> Spelling<D> for Negative {
    fn words(&self, _: Types) -> Words {
        Words::prefix("-")
    }
}
