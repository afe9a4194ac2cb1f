//! Queries of several columns as lists of row values.

use std::marker::PhantomData;

use super::{
    scope::{Correlates, Never},
    select::Select,
    subquery::{GroupedSubquery, write_list},
};
use crate::{
    dialect::Dialect,
    expr::{Comparable, Expr, ExprIn, IntoExpr, NeverNull, Render, Unreachable},
    query::group::GroupedBy,
    render::Fragment,
    table::No,
    value::{FieldType, NotNull, Nullable, Nullness},
};

/// The rows of a query of several columns as a list; `R` is the tuple of the columns.
#[derive(Debug, Clone)]
pub struct RowQuery<Q, R> {
    query: Q,
    marker: PhantomData<fn() -> R>,
}

impl<Q, R> RowQuery<Q, R> {
    pub(crate) const fn of(query: Q) -> Self {
        RowQuery { query, marker: PhantomData }
    }
}

/// A query whose rows compare with the row values `T`; `C` is the tuple of its columns.
#[diagnostic::on_unimplemented(
    message = "this query returns `{Self}`, not rows of type `{T}`",
    label = "expected a query that selects `{T}`"
)]
pub trait RowsOf<T, C> {}

#[diagnostic::do_not_recommend]
impl<R: Never, T> RowsOf<T, Unreachable> for R {}

/// Columns that are never NULL.
pub trait NeverNullRow {}

/// Whether one of the columns can be NULL.
pub trait NullOfRow {
    /// Whether one can.
    type Null: Nullness;
}

/// So that a query of other columns is one error.
impl NullOfRow for Unreachable {
    type Null = NotNull;
}

impl<Q, R: NullOfRow> Expr for RowQuery<Q, R> {
    type Base = bool;
    type Aggregates = No;
    type Quotient = Nullable;
}

impl<S: Correlates<Around, I>, Around, I, D: Dialect, Row, R: NullOfRow, X> ExprIn<Around, I>
    for RowQuery<Select<D, S, Row, X>, R>
{
    type Null = R::Null;
}

impl<D: Dialect, S, Row, R, X> Render<D> for RowQuery<Select<D, S, Row, X>, R> {
    fn render(self, out: &mut Fragment) {
        write_list(self.query.parts, out);
    }
}

#[diagnostic::do_not_recommend]
impl<Q, R: NullOfRow> IntoExpr for RowQuery<Q, R> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<D: Dialect, S: GroupedSubquery<K, I>, Row, R, X, K, I> GroupedBy<K, I> for RowQuery<Select<D, S, Row, X>, R> {}

macro_rules! tuples {
    ($($column:ident $base:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($column: FieldType<Base: Comparable<$base>>, $base),+> RowsOf<($($base,)+), Self> for ($($column,)+) {}

        impl<$($column: FieldType<Null: NeverNull>),+> NeverNullRow for ($($column,)+) {}

        impl<$($column: FieldType),+> NullOfRow for ($($column,)+) {
            type Null = tuples!(@null $($column),+);
        }
    };
    (@null $first:ident) => { <$first::Null as Nullness>::Or<NotNull> };
    (@null $first:ident, $($rest:ident),+) => { <$first::Null as Nullness>::Or<tuples!(@null $($rest),+)> };
}

tuples!(A TA, B TB);
tuples!(A TA, B TB, C TC);
tuples!(A TA, B TB, C TC, D TD);
