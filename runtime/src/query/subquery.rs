//! Queries inside queries: EXISTS, IN.

use std::marker::PhantomData;

use super::{
    group::{HasKey, ItsRow, Key},
    output::FromItem,
    parts::Parts,
    scope::{Correlates, Maybe, Outer},
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
    around: (&'static str, &'static str),
}

impl<Q> Exists<Q> {
    /// The query alone, between the words and parentheses of an SQL text.
    pub(super) const fn bare(query: Q) -> Self {
        Exists { query, around: ("", "") }
    }
}

/// `EXISTS (..)`: whether the query returns a row. Name the tables of the query around it with `.outer::<T>()`.
pub fn exists<D: Dialect, S, R, X>(query: Select<D, S, R, X>) -> Exists<Select<D, S, R, X>>
where
    State<X>: Complete,
{
    Exists { query, around: ("EXISTS (", ")") }
}

/// `NOT EXISTS (..)`: whether the query returns no row.
pub fn not_exists<D: Dialect, S, R, X>(query: Select<D, S, R, X>) -> Exists<Select<D, S, R, X>>
where
    State<X>: Complete,
{
    Exists { query, around: ("NOT EXISTS (", ")") }
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
        out.sql(self.around.0);
        let is_derived = reads_what_is_written(&parts, out);
        if is_derived {
            out.sql("SELECT * FROM (");
        }
        // What an EXISTS selects does not matter, unless rows are cut or grouped by it.
        if parts.shapes_rows() && is_derived {
            parts.write_numbered(out);
        } else if parts.shapes_rows() {
            parts.write(out);
        } else {
            parts.write_of("SELECT 1", out);
        }
        if is_derived {
            out.sql(") AS ");
            out.name("listed");
        }
        out.sql(self.around.1);
    }
}

#[diagnostic::do_not_recommend]
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

impl<D: Dialect, S: GroupedSubquery<K, I>, R, X, K, I> GroupedBy<K, I> for Exists<Select<D, S, R, X>> {}

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

impl<Q, R> QueryList<Q, R> {
    pub(crate) const fn of(query: Q) -> Self {
        QueryList { query, marker: PhantomData }
    }
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
        QueryList::of(self)
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
        write_list(self.query.parts, out);
    }
}

/// Writes a query to stand after IN, ANY or ALL.
pub(super) fn write_list(parts: Box<Parts>, out: &mut Fragment) {
    out.sql("(");
    write_rows(parts, out);
    out.sql(")");
}

/// Writes a query to stand in the parentheses after IN, ANY or ALL.
pub(super) fn write_rows(mut parts: Box<Parts>, out: &mut Fragment) {
    // MySQL takes a LIMIT only one level deeper.
    if (parts.holds_limit() && !out.syntax().spelling.limit_in_subqueries) || reads_what_is_written(&parts, out) {
        write_derived(&mut parts, out);
    } else {
        parts.write(out);
    }
}

/// Writes a query one level deeper.
fn write_derived(parts: &mut Parts, out: &mut Fragment) {
    out.sql("SELECT * FROM (");
    parts.write_numbered(out);
    out.sql(") AS ");
    out.name("listed");
}

/// Writes a query of one value.
pub(super) fn write_value(mut parts: Box<Parts>, out: &mut Fragment) {
    out.sql("(");
    if reads_what_is_written(&parts, out) {
        write_derived(&mut parts, out);
    } else {
        parts.write(out);
    }
    out.sql(")");
}

/// Whether a subquery reads the table that the write around it changes, where only a derived table can: that is read as a
/// whole before anything is written. A derived table that is correlated would be read again for each row, among what is
/// changed by then: the write itself finds its rows before, then.
fn reads_what_is_written(parts: &Parts, out: &mut Fragment) -> bool {
    let Some(target) = out.target() else { return false };
    let mut text = Fragment::clause(out.syntax());
    parts.clone().write(&mut text);
    let reads = text.reads(target);
    if reads && parts.is_correlated() {
        out.rereads_target();
        return false;
    }
    reads
}

#[diagnostic::do_not_recommend]
impl<Q, R: FieldType> IntoExpr for QueryList<Q, R> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<D: Dialect, S: GroupedSubquery<K, I>, Row, R, X, K, I> GroupedBy<K, I> for QueryList<Select<D, S, Row, X>, R> {}

/// The scope of a subquery in a query that is grouped by the keys `K`: of the tables of the query around it, it uses those
/// whose rows are keys.
pub trait GroupedSubquery<K, I> {}

/// A place of a subquery's scope: a table of its own, or one of the query around it whose row is a key of its groups.
#[diagnostic::on_unimplemented(
    message = "a correlated subquery uses columns of the query around it that are not grouped",
    label = "correlated by `.outer::<..>()`: group by `::key()` of that table"
)]
pub trait GroupedEntry<K, I> {}
#[diagnostic::do_not_recommend]
impl<K, T: FromItem> GroupedEntry<K, ()> for T {}
#[diagnostic::do_not_recommend]
impl<K, T: FromItem> GroupedEntry<K, ()> for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<K: HasKey<Key<T>, I>, I, T> GroupedEntry<K, (ItsRow<I>,)> for Outer<T> {}

macro_rules! scopes {
    ($($entry:ident $index:ident),+) => {
        impl<Keys, $($entry: GroupedEntry<Keys, $index>, $index),+> GroupedSubquery<Keys, ($($index,)+)> for ($($entry,)+) {}
    };
}

scopes!(A IA);
scopes!(A IA, B IB);
scopes!(A IA, B IB, C IC);
scopes!(A IA, B IB, C IC, D ID);
scopes!(A IA, B IB, C IC, D ID, E IE);
scopes!(A IA, B IB, C IC, D ID, E IE, F IF);
scopes!(A IA, B IB, C IC, D ID, E IE, F IF, G IG);
scopes!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH);

impl<Q, R: FieldType<Null: NeverNull>> WithoutNulls for QueryList<Q, R> {}
