//! Numbers that are part of the query's text.

use std::marker::PhantomData;

use super::{AssignOf, Combinable, Expr, ExprIn, IntoExpr, Number, OperandOf, Render};
use crate::{
    dialect::Dialect,
    query::{GroupedBy, WithoutValues},
    render::Fragment,
    table::No,
    value::{NotNull, SqlValue},
};

/// The integer `N` in the text of the SQL, as a value of the type `T`.
pub struct Constant<T, const N: i64>(PhantomData<fn() -> T>);

impl<T, const N: i64> Clone for Constant<T, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const N: i64> Copy for Constant<T, N> {}

impl<T, const N: i64> std::fmt::Debug for Constant<T, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Constant({N})")
    }
}

/// A type of numbers that a [`constant`] can be of.
#[diagnostic::on_unimplemented(message = "a constant is a number, this is `{Self}`", label = "not a number: `{Self}`")]
pub trait ConstantType: SqlValue {}

macro_rules! constant_types {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl ConstantType for $ty {}
    )*};
}

constant_types!(i16, i32, i64, f64);

/// An integer in the text of the SQL, where a plain value would be bound: two expressions that are the same but for
/// bound values are different to the database, so that neither can be grouped by the other.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "items")] struct Item { #[column(primary_key)] id: i64, cents: i64 }
/// let euros = Item::cents / constant::<i64, 100>();
/// let query = Item::query::<Sqlite>().group_by(euros).select((euros, count_star())).order_by(euros);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "items"."cents" / 100, count(*) FROM "items" GROUP BY "items"."cents" / 100 ORDER BY "items"."cents" / 100"#
/// );
/// ```
pub const fn constant<T: ConstantType, const N: i64>() -> Constant<T, N> {
    Constant(PhantomData)
}

impl<T: ConstantType, const N: i64> Expr for Constant<T, N> {
    type Base = T;
    type Aggregates = No;
    /// It is not zero unless you say so.
    type Quotient = NotNull;
    const LEVEL: super::Level = if N < 0 { super::Level::Sign } else { super::Level::Atom };
}

impl<S, T: ConstantType, const N: i64> ExprIn<S, ()> for Constant<T, N> {
    type Null = NotNull;
}

impl<D: Dialect, T, const N: i64> Render<D> for Constant<T, N> {
    fn render(self, out: &mut Fragment) {
        if N < 0 {
            out.sql("-");
        }
        out.number(N.unsigned_abs());
    }
}

#[diagnostic::do_not_recommend]
impl<T: ConstantType, const N: i64> IntoExpr for Constant<T, N> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: ConstantType, U, const N: i64> OperandOf<U> for Constant<T, N> {
    type Base = T;
}

#[diagnostic::do_not_recommend]
impl<T: ConstantType, U, const N: i64> AssignOf<U> for Constant<T, N> {
    type Base = T;
}

impl<T: ConstantType + Combinable<U>, U, const N: i64> Number<U> for Constant<T, N> {}

impl<K, T, const N: i64> GroupedBy<K, ()> for Constant<T, N> {}
#[diagnostic::do_not_recommend]
impl<T, const N: i64> WithoutValues for Constant<T, N> {}
