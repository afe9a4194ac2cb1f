//! What can stand beside an expression: another expression, or a plain Rust value.

use super::{Bind, Expr};
use crate::{
    query::{OfOneColumn, OfOneRow},
    value::{FieldType, NotNull, Nullable, SqlValue},
};

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
impl<E: OperandOf<T, Base: OfOneRow + OfOneColumn + NotNullLiteral + Comparable<T>>, T> Operand<T> for E {}

/// What makes an [`Operand`]: implemented for each type of expression, and for each type of values with itself.
///
/// That [`Operand`] itself is implemented for all of these at once keeps rustc from listing them in errors.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait OperandOf<T>: IntoExpr {
    /// The type of its value, NULL aside.
    type Base;
}

/// Something that can be compared with an SQL value whose Rust type is `T` where NULL equals NULL: an `Option`, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait NullableOperand<T>: IntoExpr {}
impl<E: OperandOf<T, Base: SameOrNull<T>>, T> NullableOperand<T> for E {}

/// A type of values that compares with itself, NULL included.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `{T}`",
    label = "this is `{Self}`, expected `{T}`",
    note = "`.cast::<{T}>()` converts, if that is what you mean"
)]
pub trait SameOrNull<T> {}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> SameOrNull<T> for T {}
#[diagnostic::do_not_recommend]
impl<T, U: Comparable<T>> SameOrNull<T> for NullLiteral<U> {}

/// Something that can be written into a column whose Rust type is `T`, `Option` included.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait Assign<T>: IntoExpr {}
impl<E: AssignOf<T, Base: OfOneRow + OfOneColumn + NotNullStored + Storable<T>>, T> Assign<T> for E {}

/// What makes an [`Assign`]: implemented for each type of expression, and for each type of values with itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait AssignOf<T>: IntoExpr {
    /// The type of its value, NULL aside.
    type Base;
}

/// Two types of values that compare: each with itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `{T}`",
    label = "this is `{Self}`, expected `{T}`",
    note = "`.cast::<{T}>()` converts, if that is what you mean"
)]
pub trait Comparable<T> {}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> Comparable<T> for T {}

/// A type of values that fits into columns of the type `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column of type `{T}`",
    label = "this is `{Self}`, the column is `{T}`",
    note = "`.cast::<{T}>()` converts, if that is what you mean"
)]
pub trait Storable<T> {}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> Storable<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> Storable<Option<T>> for T {}

/// `NULL` where there can be none.
#[derive(Debug, Clone, Copy)]
pub struct NullLiteral<T>(std::marker::PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<T, U> Comparable<T> for NullLiteral<U> {}
#[diagnostic::do_not_recommend]
impl<T, U> Storable<T> for NullLiteral<U> {}

/// Anything but a [`NullLiteral`]: it carries the words for `eq(None)`.
#[diagnostic::on_unimplemented(
    message = "`= NULL` is never true: use `.is_null()`",
    label = "may be NULL: `option.map(|value| column.eq(value))` is a filter, too"
)]
pub trait NotNullLiteral {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> NotNullLiteral for T {}

/// Anything but a [`NullLiteral`]: it carries the words for `set(None)`.
#[diagnostic::on_unimplemented(message = "this column is NOT NULL: it cannot be set to `None`", label = "may be NULL")]
pub trait NotNullStored {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> NotNullStored for T {}

/// The type of no value: a second implementor keeps rustc from naming the only other one in an error.
#[derive(Debug)]
pub struct Unreachable;

#[diagnostic::do_not_recommend]
impl<T: SqlValue> IntoExpr for Option<T> {
    type Expr = Bind<T>;

    fn into_expr(self) -> Bind<T> {
        Bind::nullable(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T, U: SqlValue> OperandOf<T> for Option<U> {
    type Base = NullLiteral<U>;
}

#[diagnostic::do_not_recommend]
impl<T: FieldType<Null: TakesOption<T, U>>, U> AssignOf<T> for Option<U>
where
    Self: IntoExpr,
{
    type Base = <T::Null as TakesOption<T, U>>::Base;
}

#[diagnostic::do_not_recommend]
impl<T: FieldType<Null: TakesOption<T, U>>, U: SqlValue + Clone> AssignOf<T> for &Option<U> {
    type Base = <T::Null as TakesOption<T, U>>::Base;
}

impl<T: SqlValue + Clone> IntoExpr for &Option<T> {
    type Expr = Bind<T>;

    fn into_expr(self) -> Bind<T> {
        Bind::nullable(self.clone())
    }
}

/// The nullness of a column of the type `T`, into which an `Option<U>` is written.
///
/// An `Option<String>` takes no `Option<&str>`: did it, nobody could tell which kind of nothing `.set(None)` means.
#[diagnostic::on_unimplemented(
    message = "`Option<{U}>` cannot be stored in a column of type `{T}`",
    label = "expected `{T}`"
)]
pub trait TakesOption<T, U> {
    /// The type of its value, NULL aside.
    type Base;
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> TakesOption<Option<T>, T> for Nullable {
    type Base = T;
}

/// A second implementor keeps rustc from naming the only other one in an error.
#[diagnostic::do_not_recommend]
impl TakesOption<Unreachable, Unreachable> for Nullable {
    type Base = Unreachable;
}

#[diagnostic::do_not_recommend]
impl<T, U> TakesOption<T, U> for NotNull {
    type Base = NullLiteral<U>;
}

/// It is no [`Assign`]: see [`TakesOption`].
#[diagnostic::do_not_recommend]
impl IntoExpr for Option<&str> {
    type Expr = Bind<String>;

    fn into_expr(self) -> Bind<String> {
        Bind::nullable(self.map(str::to_owned))
    }
}

/// Lets a type of values stand beside expressions, by value and by reference.
#[doc(hidden)]
#[macro_export]
macro_rules! __operand {
    ($($ty:ty),* $(,)?) => {$(
        $crate::__operand!(@one $ty, $ty, |value| value);
        $crate::__operand!(@one &$ty, $ty, |value| ::core::clone::Clone::clone(value));
    )*};
    (@one $from:ty, $ty:ty, |$value:ident| $owned:expr) => {
        #[diagnostic::do_not_recommend]
        impl $crate::expr::IntoExpr for $from {
            type Expr = $crate::expr::Bind<$ty>;

            fn into_expr(self) -> Self::Expr {
                let $value = self;
                $crate::expr::Bind::new($owned)
            }
        }

        #[diagnostic::do_not_recommend]
        impl $crate::expr::OperandOf<$ty> for $from {
            type Base = $ty;
        }

        #[diagnostic::do_not_recommend]
        impl $crate::expr::OperandOf<$crate::expr::Unreachable> for $from {
            type Base = $ty;
        }

        #[diagnostic::do_not_recommend]
        impl $crate::expr::AssignOf<$ty> for $from {
            type Base = $ty;
        }

        #[diagnostic::do_not_recommend]
        impl $crate::expr::AssignOf<::core::option::Option<$ty>> for $from {
            type Base = $ty;
        }

        #[diagnostic::do_not_recommend]
        impl $crate::expr::Literal for $from {}
    };
}

__operand! {
    bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, String, Vec<u8>,
    chrono::NaiveDate, chrono::NaiveTime, chrono::NaiveDateTime, chrono::DateTime<chrono::Utc>, uuid::Uuid,
}
#[cfg(feature = "rust_decimal")]
__operand!(rust_decimal::Decimal);
__operand!(@one &str, String, |value| value.to_owned());
__operand!(@one &[u8], Vec<u8>, |value| value.to_vec());
