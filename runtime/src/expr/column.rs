//! A column as an expression.

use std::marker::PhantomData;

use super::{AssignOf, Expr, ExprIn, IntoExpr, OperandOf, Render};
use crate::{
    dialect::Dialect,
    query::{FromItem, InScope},
    render::{Fragment, Quoted},
    table::{Col, Column, No},
    value::{FieldType, Nullness},
};

type Null<C> = <<C as Column>::Value as FieldType>::Null;

impl<C: Column, A> Expr for Col<C, A> {
    type Base = <C::Value as FieldType>::Base;
    type Aggregates = No;
    type Quotient = crate::value::Nullable;
    const IS_COLUMN: bool = true;
}

impl<S: InScope<A, I, A::Called>, I, C: Column, A: FromItem> ExprIn<S, I> for Col<C, A> {
    type Null = <Null<C> as Nullness>::Or<S::Null>;
}

impl<D: Dialect, C: Column, A: FromItem> Render<D> for Col<C, A> {
    fn render(self, out: &mut Fragment) {
        out.known_column(A::NAME, C::NAME, Text::<D, C, A>::TEXT);
    }
}

/// The column as it stands in most clauses.
struct Text<D, C, A>(PhantomData<(D, C, A)>);

impl<D: Dialect, C: Column, A: FromItem> Text<D, C, A> {
    const QUOTED: &'static Quoted = &Quoted::column(A::NAME, C::NAME, D::SYNTAX.quote);
    const TEXT: &'static str = Self::QUOTED.text();
}

#[diagnostic::do_not_recommend]
impl<C: Column, A> IntoExpr for Col<C, A> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column, A, T> OperandOf<T> for Col<C, A> {
    type Base = <C::Value as FieldType>::Base;
}

#[diagnostic::do_not_recommend]
impl<C: Column, A, T> AssignOf<T> for Col<C, A> {
    type Base = <C::Value as FieldType>::Base;
}
