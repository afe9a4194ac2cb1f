//! A column as an expression.

use super::{AssignOf, Expr, ExprIn, IntoExpr, OperandOf, Render};
use crate::{
    dialect::Dialect,
    query::InScope,
    render::Fragment,
    table::{Col, Column, No, Source},
    value::{FieldType, Nullness},
};

type Null<C> = <<C as Column>::Value as FieldType>::Null;

impl<C: Column, A> Expr for Col<C, A> {
    type Base = <C::Value as FieldType>::Base;
    type Aggregates = No;
    type Quotient = crate::value::Nullable;
    const IS_COLUMN: bool = true;
}

impl<S: InScope<A, I>, I, C: Column, A> ExprIn<S, I> for Col<C, A> {
    type Null = <Null<C> as Nullness>::Or<S::Null>;
}

impl<D: Dialect, C: Column, A: Source> Render<D> for Col<C, A> {
    fn render(self, out: &mut Fragment) {
        out.column(A::qualifier(), C::NAME);
    }
}

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
