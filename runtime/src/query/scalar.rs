//! Queries as values: `(SELECT max(..) FROM ..)`.

use std::marker::PhantomData;

use super::{
    group::GroupedBy,
    limit::Count,
    order::{OrderExpr as _, SortKeys, SortList},
    projection::Projection,
    scope::Correlates,
    select::Select,
    stands_in::Fits,
    state::{Combined, Complete, Distinct, FirstOfEach, Grouped, Locked, OneGroup, Rows, Selected, State},
    subquery::{GroupedSubquery, write_value},
};
use crate::{
    Error,
    dialect::Dialect,
    expr::{
        AssignOf, Combinable, Comparable, Expr, ExprIn, IntoExpr, NotNullLiteral, NotNullStored, NullLiteral, Number,
        OperandOf, RawExpr, RawValue, Render, Storable, expression_operators,
    },
    render::Fragment,
    table::No,
    value::{FieldType, Nullable, SqlValue},
};

/// A query of one column and at most one row as a value of the type `C`; without a row it is NULL.
///
/// A query that selects nothing but one aggregate, `Post::query().select(Post::views.max())`, is a value as it is: it has
/// exactly one row. Any other becomes one by [`.one_value()`](Select::one_value).
#[derive(Debug)]
pub struct Scalar<Q, C> {
    query: Q,
    marker: PhantomData<fn() -> C>,
}

impl<Q: Clone, C> Clone for Scalar<Q, C> {
    fn clone(&self) -> Self {
        Scalar::of(self.query.clone())
    }
}

/// A query as it is, not made a value by [`.one_value()`](Select::one_value).
#[derive(Debug, Clone)]
pub struct AsItIs<Q>(Q);

impl<Q, C> Scalar<Q, C> {
    pub(crate) const fn of(query: Q) -> Self {
        Scalar { query, marker: PhantomData }
    }
}

/// A query that certainly returns one row, of the type `R`.
#[diagnostic::on_unimplemented(
    message = "this query may return several rows or none: use `.in_(..)`, or `.one_value()` which adds LIMIT 1",
    label = "one value is needed here"
)]
pub trait CertainlyOneRow<R, O> {}

#[diagnostic::do_not_recommend]
impl<R: OneValue<O>, O> CertainlyOneRow<R, O> for State<Selected<OneGroup>> {}

/// A second implementor: of a single one, rustc would explain at length that it is another type.
#[diagnostic::do_not_recommend]
impl<R: OneValue<O>, O> CertainlyOneRow<R, O> for State<super::scope::Nowhere> {}

/// The row of a query that selects one value; `O` is an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "this query selects `{Self}`, and one value is needed",
    label = "expected a query of one column"
)]
pub trait OneValue<O> {}

#[diagnostic::do_not_recommend]
impl<R: FieldType> OneValue<Option<R::Base>> for R {}

/// Keeps rustc from taking the only implementor for the one that is meant.
#[diagnostic::do_not_recommend]
impl<R: super::scope::Never> OneValue<crate::expr::Unreachable> for R {}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// The query as a value: of its first row, or NULL if there is none. It adds `LIMIT 1`.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, title: String, author_id: i64 }
    /// let latest = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).order_by(Post::id.desc());
    /// let query = User::query::<Sqlite>().select((User::name, latest.select(Post::title).one_value()));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."name", (SELECT "posts"."title" FROM "posts" WHERE "posts"."author_id" = "users"."id" ORDER BY "posts"."id" DESC LIMIT 1) FROM "users""#
    /// );
    /// ```
    ///
    /// A query of one aggregate has one row as it is, and is a value without this; a `.limit(..)` or `.offset(..)` of it, which
    /// could only leave that row out, counts with `.one_value()`:
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: i32 }
    /// let oldest = User::query().select(User::age.max());
    /// let query = User::query::<Sqlite>().filter(User::age.eq(oldest)).select(User::id);
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."id" FROM "users" WHERE "users"."age" = (SELECT max("users"."age") FROM "users")"#
    /// );
    /// ```
    pub fn one_value<O>(mut self) -> Scalar<Self, O>
    where
        R: OneValue<O>,
        State<X>: Complete,
    {
        if !self.parts.one_row {
            self.parts.limit = Some(Count::at_most_one(self.parts.limit));
        }
        Scalar::of(self)
    }
}

impl<Q, C: FieldType> Expr for Scalar<Q, C> {
    type Base = C::Base;
    type Aggregates = No;
    type Quotient = Nullable;
}

macro_rules! scalars {
    ($($query:ident: $of:ty => $select:expr;)*) => {$(
        impl<S: Correlates<Around, I>, Around, I, D: Dialect, R, X, C: FieldType> ExprIn<Around, I> for Scalar<$of, C> {
            type Null = C::Null;
        }

        impl<D: Dialect, S, R, X, C> Render<D> for Scalar<$of, C> {
            fn render(self, out: &mut Fragment) {
                let $query = self.query;
                write_value($select.parts, out);
            }
        }

        impl<D: Dialect, S: GroupedSubquery<K, I>, R, X, C, K, I> GroupedBy<K, I> for Scalar<$of, C> {}
    )*};
}

scalars! {
    query: Select<D, S, R, X> => query;
    query: AsItIs<Select<D, S, R, X>> => uncut(query.0);
}

#[diagnostic::do_not_recommend]
impl<Q, C: FieldType> IntoExpr for Scalar<Q, C> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<Q, C: FieldType, T> OperandOf<T> for Scalar<Q, C> {
    type Base = C::Base;
}

#[diagnostic::do_not_recommend]
impl<Q, C: FieldType, T> AssignOf<T> for Scalar<Q, C> {
    type Base = C::Base;
}

#[diagnostic::do_not_recommend]
impl<Q, C: FieldType<Base: Combinable<T>>, T> Number<T> for Scalar<Q, C> {}

expression_operators!([Q, C] Scalar<Q, C>);

/// What a query in this state is as a value, its rows being `R`.
///
/// It also is something where no value is allowed, so that one mistake is one error.
pub trait AsValue<R> {
    /// The type of the value, `Option` included.
    type Value: FieldType;
    /// The type that it compares with, NULL aside.
    type Base;
}

/// Stands for the type of a query that may return several rows: other words than those for types say so.
#[derive(Debug)]
pub struct SeveralRows;
/// Stands for the type of a query whose row is `R` and not one value.
#[derive(Debug)]
pub struct SeveralColumns<R>(PhantomData<R>);

/// The type of something that is at most one value.
#[diagnostic::on_unimplemented(
    message = "this query may return several rows or none: use `.in_(..)`, or `.one_value()` which adds LIMIT 1",
    label = "one value is needed here"
)]
pub trait OfOneRow {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> OfOneRow for T {}
#[diagnostic::do_not_recommend]
impl<T> OfOneRow for NullLiteral<T> {}
#[diagnostic::do_not_recommend]
impl<R> OfOneRow for SeveralColumns<R> {}

/// The type of something that has one column.
#[diagnostic::on_unimplemented(
    message = "this query selects several columns, and one value is needed",
    label = "expected a query of one column"
)]
pub trait OfOneColumn {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> OfOneColumn for T {}
#[diagnostic::do_not_recommend]
impl<T> OfOneColumn for NullLiteral<T> {}
#[diagnostic::do_not_recommend]
impl OfOneColumn for SeveralRows {}

macro_rules! no_values {
    ($([$($generic:ident)?] $no_value:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generic,)? T> Comparable<T> for $no_value {}
        #[diagnostic::do_not_recommend]
        impl<$($generic,)? T> Storable<T> for $no_value {}
        #[diagnostic::do_not_recommend]
        impl<$($generic,)? T> Combinable<T> for $no_value {}
        #[diagnostic::do_not_recommend]
        impl<$($generic)?> NotNullLiteral for $no_value {}
        #[diagnostic::do_not_recommend]
        impl<$($generic)?> NotNullStored for $no_value {}
    )*};
}

no_values! {
    [] SeveralRows;
    [R] SeveralColumns<R>;
}

macro_rules! rows_of_tables {
    ($([$($generic:ident)?] $state:ty;)*) => {$(
        impl<$($generic,)? R> AsValue<R> for $state {
            type Value = bool;
            type Base = SeveralRows;
        }
    )*};
}

rows_of_tables! {
    [] Rows;
    [] FirstOfEach;
    [K] Grouped<K>;
}

impl<G: Rowed, R: SelectedRow> AsValue<R> for Selected<G> {
    type Value = R::Value;
    type Base = G::Base<R::Base>;
}

/// How many rows a query returns that selects something.
pub trait Rowed {
    /// The type of its value, if it is one row of the type `B`.
    type Base<B>;
}

impl Rowed for OneGroup {
    type Base<B> = B;
}

impl Rowed for Rows {
    type Base<B> = SeveralRows;
}

impl<K> Rowed for Grouped<K> {
    type Base<B> = SeveralRows;
}

impl Rowed for FirstOfEach {
    type Base<B> = SeveralRows;
}

impl<P, R: SelectedRow> AsValue<R> for Distinct<P> {
    type Value = R::Value;
    type Base = SeveralRows;
}

impl<X: AsValue<R>, R> AsValue<R> for Locked<X> {
    type Value = X::Value;
    type Base = SeveralRows;
}

impl<R: SelectedRow> AsValue<R> for Combined {
    type Value = R::Value;
    type Base = SeveralRows;
}

/// A row that is selected, as [`AsValue`] sees it.
pub trait SelectedRow {
    /// The type of the value, if it is one.
    type Value: FieldType;
    /// The type that it compares with, NULL aside.
    type Base;
}

impl<T: FieldType> SelectedRow for T {
    type Value = T;
    type Base = T::Base;
}

macro_rules! tuples {
    ($first:ident $($item:ident)*) => {
        impl<$first, $($item),*> SelectedRow for ($first, $($item,)*) {
            type Value = bool;
            type Base = SeveralColumns<Self>;
        }
        tuples!($($item)*);
    };
    () => {};
}

tuples!(A B C D E F G H J K L M N O P Q);

/// A query of aggregates only is one row: that is no Option, so nothing may cut it.
fn uncut<D: Dialect, S, R, X>(mut query: Select<D, S, R, X>) -> Select<D, S, R, X> {
    if query.parts.one_row {
        query.parts.limit = None;
        query.parts.offset = None;
    }
    query
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, S, R, X: AsValue<R>> IntoExpr for Select<D, S, R, X> {
    type Expr = Scalar<AsItIs<Self>, X::Value>;

    fn into_expr(self) -> Self::Expr {
        Scalar::of(AsItIs(self))
    }
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, S, R, X: AsValue<R>, T> OperandOf<T> for Select<D, S, R, X> {
    type Base = X::Base;
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, S, R, X: AsValue<R>, T> AssignOf<T> for Select<D, S, R, X> {
    type Base = X::Base;
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, S, R, X: AsValue<R, Base: OfOneRow + OfOneColumn + Combinable<T>>, T> Number<T>
    for Select<D, S, R, X>
{
}

/// A query of one aggregate has all that an expression has.
impl<D: Dialect, S, R: FieldType> Expr for Select<D, S, R, Selected<OneGroup>> {
    type Base = R::Base;
    type Aggregates = No;
    type Quotient = Nullable;
}

impl<S: Correlates<Around, I>, Around, I, D: Dialect, R: FieldType> ExprIn<Around, I>
    for Select<D, S, R, Selected<OneGroup>>
{
    type Null = R::Null;
}

impl<D: Dialect, S, R> Render<D> for Select<D, S, R, Selected<OneGroup>> {
    fn render(self, out: &mut Fragment) {
        write_value(uncut(self).parts, out);
    }
}

impl<D: Dialect, S: GroupedSubquery<K, I>, R, X, K, I> GroupedBy<K, I> for Select<D, S, R, X> {}

impl<Q: RawValue<C>, C> RawExpr for Scalar<Q, C> {}
impl<D: Dialect, S, R, X, C> RawValue<C> for Select<D, S, R, X> {}
impl<D: Dialect, S, R, X: AsValue<R, Base: OfOneRow + OfOneColumn>, C> RawValue<C> for AsItIs<Select<D, S, R, X>> {}

impl<D, S, R, X, Around, I, C> Projection<D, Around, I, C, No, Fits> for Select<D, S, R, X>
where
    D: Dialect,
    S: Correlates<Around, I>,
    X: AsValue<R, Value = C>,
    State<X>: CertainlyOneRow<R, Option<C::Base>>,
    C: FieldType,
{
    fn render(self, out: &mut Fragment) {
        out.selects(<C::Base as SqlValue>::TYPE);
        write_value(uncut(self).parts, out);
    }

    fn read(row: &mut D::Row<'_>) -> Result<C, Error> {
        C::read(row)
    }
}

impl<D: Dialect, S: Correlates<Around, I>, Around, I, R: FieldType> SortKeys<D, Around, I, Self, No, Fits>
    for Select<D, S, R, Selected<OneGroup>>
{
    fn keys(self, to: &mut SortList<'_>) {
        SortKeys::<D, Around, I, Self, No, Fits>::keys(self.asc(), to);
    }
}
