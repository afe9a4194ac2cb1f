//! Queries in the text of `sql!` and `sql_query!`: `IN ({query})`, `EXISTS ({query})`.

use std::marker::PhantomData;

use super::{
    scope::{Correlates, Never},
    select::Select,
    state::{Complete, State},
    subquery::{Exists, GroupedSubquery, write_rows},
};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, IntoExpr, RawList, Render, Unreachable},
    query::group::GroupedBy,
    render::Fragment,
    table::No,
    value::{FieldType, Nullable},
};

/// The rows of a query of one column, between the parentheses of `IN ({query})`; `C` is the type of the column.
#[derive(Debug, Clone)]
pub struct QueryItems<Q, C> {
    query: Q,
    marker: PhantomData<fn() -> C>,
}

/// The row of a query in `IN ({query})`; `C` is the type of its only column.
#[diagnostic::on_unimplemented(
    message = "this query returns `{Self}`, and `IN ({{..}})` takes one column",
    label = "expected a query of one column: `row_value((a, b)).in_(query)` is for several"
)]
pub trait ItemColumn<C> {}

#[diagnostic::do_not_recommend]
impl<R: FieldType> ItemColumn<R> for R {}

/// Keeps rustc from taking the only implementor for the one that is meant.
#[diagnostic::do_not_recommend]
impl<R: Never> ItemColumn<Unreachable> for R {}

impl<D: Dialect, S, R: ItemColumn<C>, X, C> RawList<QueryItems<Self, C>> for Select<D, S, R, X>
where
    State<X>: Complete,
{
    fn into_items(self) -> QueryItems<Self, C> {
        QueryItems { query: self, marker: PhantomData }
    }
}

/// What `EXISTS ({query})` becomes.
#[doc(hidden)]
pub fn raw_exists<D: Dialect, S, R, X>(query: Select<D, S, R, X>) -> Exists<Select<D, S, R, X>>
where
    State<X>: Complete,
{
    Exists::bare(query)
}

impl<Q, C: FieldType> Expr for QueryItems<Q, C> {
    type Base = C::Base;
    type Aggregates = No;
    type Quotient = Nullable;
}

impl<S: Correlates<Around, I>, Around, I, D: Dialect, R, X, C: FieldType> ExprIn<Around, I>
    for QueryItems<Select<D, S, R, X>, C>
{
    type Null = C::Null;
}

impl<D: Dialect, S, R, X, C> Render<D> for QueryItems<Select<D, S, R, X>, C> {
    fn render(self, out: &mut Fragment) {
        write_rows(self.query.parts, out);
    }
}

impl<Q, C: FieldType> IntoExpr for QueryItems<Q, C> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<D: Dialect, S: GroupedSubquery<K, I>, R, X, C, K, I> GroupedBy<K, I> for QueryItems<Select<D, S, R, X>, C> {}
