//! What can stand beside an expression: another expression, or a plain Rust value.

use super::{Bind, Expr};
use crate::value::{Nullable, SqlValue};

/// An expression, or a plain Rust value that becomes a bound parameter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL expression or value",
    label = "neither a column, an expression nor a value that can be bound"
)]
pub trait IntoExpr: Sized {
    /// The expression.
    type Expr: Expr;

    /// The expression.
    fn into_expr(self) -> Self::Expr;
}

/// Something that can be compared with an SQL value whose Rust type is `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait Operand<T>: IntoExpr {}

/// Something that can be written into a column whose Rust type is `T`, `Option` included.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait Assign<T>: IntoExpr {}

/// Two types of values that compare: each with itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `{T}`",
    label = "this is `{Self}`, expected `{T}`",
    note = "`.cast::<{T}>()` converts, if that is what you mean"
)]
pub trait Comparable<T> {}

impl<T: SqlValue> Comparable<T> for T {}

/// A type of values that fits into columns of the type `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column of type `{T}`",
    label = "this is `{Self}`, the column is `{T}`",
    note = "`.cast::<{T}>()` converts, if that is what you mean"
)]
pub trait Storable<T> {}

impl<T: SqlValue> Storable<T> for T {}
impl<T: SqlValue> Storable<Option<T>> for T {}

/// `NULL` where there can be none.
#[derive(Debug, Clone, Copy)]
pub struct NullLiteral<T>(std::marker::PhantomData<T>);

/// Never satisfied by a [`NullLiteral`]: it carries the words for `eq(None)`.
#[diagnostic::on_unimplemented(
    message = "`= NULL` is never true: use `.is_null()`",
    label = "may be NULL",
    note = "`.filter(option.map(|value| column.eq(value)))` adds a condition only where there is a value"
)]
pub trait NeverTrue {}

/// Never satisfied by a [`NullLiteral`]: it carries the words for `set(None)`.
#[diagnostic::on_unimplemented(
    message = "this column is NOT NULL: it cannot be set to `None`",
    label = "may be NULL",
    note = "give a value, or make the field an `Option`"
)]
pub trait NeverStored {}

/// A second implementor keeps rustc from naming the first in the error.
#[derive(Debug)]
pub struct Unreachable;
impl NeverTrue for Unreachable {}
impl NeverStored for Unreachable {}

impl<T: SqlValue> IntoExpr for Option<T> {
    type Expr = Bind<T, Nullable>;

    fn into_expr(self) -> Bind<T, Nullable> {
        Bind::nullable(self)
    }
}

impl<T, U: SqlValue> Operand<T> for Option<U> where NullLiteral<U>: NeverTrue {}

impl<T: SqlValue> Assign<Option<T>> for Option<T> {}
impl<T: SqlValue, U: SqlValue> Assign<T> for Option<U> where NullLiteral<U>: NeverStored {}

/// Lets a type of values stand beside expressions, by value and by reference.
#[doc(hidden)]
#[macro_export]
macro_rules! __operand {
    ($($ty:ty),* $(,)?) => {$(
        $crate::__operand!(@one $ty, $ty, |value| value);
        $crate::__operand!(@one &$ty, $ty, |value| ::core::clone::Clone::clone(value));
    )*};
    (@one $from:ty, $ty:ty, |$value:ident| $owned:expr) => {
        impl $crate::expr::IntoExpr for $from {
            type Expr = $crate::expr::Bind<$ty>;

            fn into_expr(self) -> Self::Expr {
                let $value = self;
                $crate::expr::Bind::new($owned)
            }
        }

        impl $crate::expr::Operand<$ty> for $from {}
        impl $crate::expr::Assign<$ty> for $from {}
        impl $crate::expr::Assign<::core::option::Option<$ty>> for $from {}
        impl $crate::expr::Literal for $from {}
    };
}

__operand! {
    bool, i8, i16, i32, i64, u8, u16, u32, f32, f64, String, Vec<u8>,
    chrono::NaiveDate, chrono::NaiveTime, chrono::NaiveDateTime, chrono::DateTime<chrono::Utc>, uuid::Uuid,
}
__operand!(@one &str, String, |value| value.to_owned());
__operand!(@one &[u8], Vec<u8>, |value| value.to_vec());
