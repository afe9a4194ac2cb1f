//! Queries inside queries: EXISTS, IN.

use std::marker::PhantomData;

use super::{
    scope::{Correlates, TopLevel},
    select::Select,
    state::{Complete, State},
};
use crate::{
    dialect::Dialect,
    expr::{Comparable, Expr, ExprIn, IntoExpr, ListOf, NeverNull, Render, WithoutNulls},
    query::group::GroupedBy,
    render::Fragment,
    table::No,
    value::{FieldType, NotNull},
};

/// Whether a subquery returns a row.
#[derive(Debug, Clone)]
pub struct Exists<Q> {
    query: Q,
    keyword: &'static str,
}

/// `EXISTS (..)`: whether the query returns a row. Name the tables of the query around it with `.outer::<T>()`.
pub fn exists<D: Dialect, S, R, X>(query: Select<D, S, R, X>) -> Exists<Select<D, S, R, X>>
where
    State<X>: Complete,
{
    Exists { query, keyword: "EXISTS (" }
}

/// `NOT EXISTS (..)`: whether the query returns no row.
pub fn not_exists<D: Dialect, S, R, X>(query: Select<D, S, R, X>) -> Exists<Select<D, S, R, X>>
where
    State<X>: Complete,
{
    Exists { query, keyword: "NOT EXISTS (" }
}

impl<Q> Expr for Exists<Q> {
    type Base = bool;
    type Aggregates = No;
    type Quotient = crate::value::Nullable;
}

impl<S: Correlates<Around, I>, Around, I, D: Dialect, R, X> ExprIn<Around, I> for Exists<Select<D, S, R, X>> {
    type Null = NotNull;
}

impl<D: Dialect, S, R, X> Render<D> for Exists<Select<D, S, R, X>> {
    fn render(self, out: &mut Fragment) {
        let mut parts = self.query.parts;
        out.sql(self.keyword);
        // What an EXISTS selects does not matter, unless rows are cut or grouped by it.
        if parts.shapes_rows() {
            parts.write(out);
        } else {
            parts.write_of("SELECT 1", out);
        }
        out.sql(")");
    }
}

impl<Q> IntoExpr for Exists<Q> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<Q, T> crate::expr::OperandOf<T> for Exists<Q> {
    type Base = bool;
}

#[diagnostic::do_not_recommend]
impl<Q, T> crate::expr::AssignOf<T> for Exists<Q> {
    type Base = bool;
}

impl<D: Dialect, S, R, X, K> GroupedBy<K, ()> for Exists<Select<D, S, R, X>> where Subquery<S>: Uncorrelated {}

impl<Q> std::ops::Not for Exists<Q> {
    type Output = crate::expr::Node<crate::expr::Not, (Self,)>;

    fn not(self) -> Self::Output {
        crate::expr::not(self)
    }
}

/// The rows of a query of one column, as a list.
#[derive(Debug, Clone)]
pub struct QueryList<Q, R> {
    query: Q,
    marker: PhantomData<fn() -> R>,
}

/// A query of one column whose values compare with `T`; `C` is the type of the column.
#[diagnostic::on_unimplemented(
    message = "this query returns `{Self}`, not values of type `{T}`",
    label = "expected a query of one column of type `{T}`"
)]
pub trait OneColumn<T, C> {}

#[diagnostic::do_not_recommend]
impl<R: FieldType<Base: Comparable<T>>, T> OneColumn<T, R> for R {}
#[diagnostic::do_not_recommend]
impl<R: super::scope::Never, T> OneColumn<T, crate::expr::Unreachable> for R {}

impl<D: Dialect, S, R: OneColumn<T, C>, X, T, C> ListOf<T, QueryList<Self, C>> for Select<D, S, R, X>
where
    State<X>: Complete,
{
    fn list(self) -> QueryList<Self, C> {
        QueryList { query: self, marker: PhantomData }
    }
}

impl<Q, R: FieldType> Expr for QueryList<Q, R> {
    type Base = R::Base;
    type Aggregates = No;
    type Quotient = crate::value::Nullable;
}

impl<S: Correlates<Around, I>, Around, I, D: Dialect, Row, R: FieldType, X> ExprIn<Around, I>
    for QueryList<Select<D, S, Row, X>, R>
{
    type Null = R::Null;
}

impl<D: Dialect, S, Row, R, X> Render<D> for QueryList<Select<D, S, Row, X>, R> {
    fn render(self, out: &mut Fragment) {
        let mut parts = self.query.parts;
        let is_cut = parts.limit.is_some() || parts.offset.is_some();
        // MySQL takes a LIMIT only one level deeper.
        let wraps = is_cut && !D::SYNTAX.spelling.limit_in_subqueries;
        out.sql(if wraps { "(SELECT * FROM (" } else { "(" });
        parts.write(out);
        if wraps {
            out.sql(") AS ");
            out.name("listed");
        }
        out.sql(")");
    }
}

impl<Q, R: FieldType> IntoExpr for QueryList<Q, R> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<D: Dialect, S, Row, R, X, K> GroupedBy<K, ()> for QueryList<Select<D, S, Row, X>, R> where Subquery<S>: Uncorrelated
{}

/// A subquery over the scope `S`, in errors.
#[derive(Debug)]
pub struct Subquery<S>(PhantomData<S>);

/// A subquery that uses no table of the query around it.
#[diagnostic::on_unimplemented(
    message = "a correlated subquery uses columns of the query around it that are not grouped",
    label = "correlated by `.outer::<..>()`"
)]
pub trait Uncorrelated {}
#[diagnostic::do_not_recommend]
impl<S: TopLevel> Uncorrelated for Subquery<S> {}
impl<Q, R: FieldType<Null: NeverNull>> WithoutNulls for QueryList<Q, R> {}
