//! `excluded(..)`: the row that an upsert could not insert.

use super::{scope::Conflicting, upsert::new_value};
use crate::{
    dialect::Dialect,
    expr::{AssignOf, Expr, ExprIn, IntoExpr, OperandOf, Render},
    render::Fragment,
    table::{Col, Column, No},
    value::FieldType,
};

/// The row that an upsert could not insert, column by column: `excluded(User::name)`.
pub struct Excluded<C>(std::marker::PhantomData<fn() -> C>);

impl<C> Clone for Excluded<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Excluded<C> {}

impl<C: Column> std::fmt::Debug for Excluded<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "excluded.{}", C::NAME)
    }
}

/// The value that the row would have had, had it been inserted: only inside an upsert.
pub fn excluded<C: Column>(_: Col<C, C::Table>) -> Excluded<C> {
    Excluded(std::marker::PhantomData)
}

/// The same as [`excluded`], in MySQL's terms: `.on_duplicate_key_update(User::name.set(inserted(User::name)))`.
pub fn inserted<C: Column>(column: Col<C, C::Table>) -> Excluded<C> {
    excluded(column)
}

/// A scope in which `excluded(..)` can be used.
#[diagnostic::on_unimplemented(
    message = "`excluded(..)` can only be used inside ON CONFLICT .. DO UPDATE or ON DUPLICATE KEY UPDATE",
    label = "there is no excluded row here"
)]
pub trait HasExcluded<T> {}
#[diagnostic::do_not_recommend]
impl<T> HasExcluded<T> for (Conflicting<T>,) {}
#[diagnostic::do_not_recommend]
impl<A: super::scope::Never, T> HasExcluded<T> for (A,) {}

impl<C: Column> Expr for Excluded<C> {
    type Base = <C::Value as FieldType>::Base;
    type Aggregates = No;
    type Quotient = crate::value::Nullable;
}

impl<C: Column, S: HasExcluded<C::Table>> ExprIn<S, ()> for Excluded<C> {
    type Null = <C::Value as FieldType>::Null;
}

impl<D: Dialect, C: Column> Render<D> for Excluded<C> {
    fn render(self, out: &mut Fragment) {
        new_value(C::NAME, out);
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column> IntoExpr for Excluded<C> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column, T> OperandOf<T> for Excluded<C> {
    type Base = <C::Value as FieldType>::Base;
}

#[diagnostic::do_not_recommend]
impl<C: Column, T> AssignOf<T> for Excluded<C> {
    type Base = <C::Value as FieldType>::Base;
}

crate::expr::expression_operators!([C] Excluded<C>);
