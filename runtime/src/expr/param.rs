//! Parameters of prepared queries.

use std::marker::PhantomData;

use super::{
    AssignOf, Bind, Comparable, Expr, ExprIn, IntoExpr, ListOf, Literal, NullLiteral, OperandOf, Render, WithoutNulls,
};
use crate::{
    dialect::Dialect,
    render::Fragment,
    table::No,
    value::{ArrayElement, DataType, FieldType, NotNull, SqlValue, Value, ValueIn},
};

/// A parameter of a prepared query: it stands wherever a value of the type `T` can. See [`prepare`](crate::query::prepare).
///
/// A `Param<Option<T>>` can be NULL; it is set, but not compared.
pub struct Param<T> {
    place: usize,
    says_type: bool,
    marker: PhantomData<fn() -> T>,
}

impl<T> Param<T> {
    pub(crate) const fn at(place: usize) -> Self {
        Param { place, says_type: false, marker: PhantomData }
    }

    /// Its place among the parameters.
    pub(crate) const fn place(self) -> usize {
        self.place
    }
}

impl<T> Clone for Param<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Param<T> {}

impl<T> std::fmt::Debug for Param<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Param({})", self.place)
    }
}

impl<T: FieldType> Expr for Param<T> {
    type Base = T::Base;
    type Aggregates = No;
    type Quotient = NotNull;

    fn with_type(self) -> Self {
        Param { says_type: true, ..self }
    }
}

impl<S, T: FieldType> ExprIn<S, ()> for Param<T> {
    type Null = T::Null;
}

impl<T: FieldType> Param<T> {
    /// What stands for its value until there is one.
    fn bind(self) -> Bind<T::Base> {
        let bind = Bind::of(Value::Argument(T::Base::TYPE, self.place));
        if self.says_type { bind.with_type() } else { bind }
    }
}

impl<D: Dialect, T: FieldType<Base: ValueIn<D::Name>>> Render<D> for Param<T> {
    fn render(self, out: &mut Fragment) {
        Render::<D>::render(self.bind(), out);
    }

    fn into_plain(self) -> Result<Value, Self> {
        Render::<D>::into_plain(self.bind()).map_err(|_| self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FieldType> IntoExpr for Param<T> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: FieldType> Literal for Param<T> {}

#[diagnostic::do_not_recommend]
impl<T, U: SqlValue> OperandOf<T> for Param<U> {
    type Base = U;
}

#[diagnostic::do_not_recommend]
impl<T, U: SqlValue> OperandOf<T> for Param<Option<U>> {
    type Base = NullLiteral<U>;
}

#[diagnostic::do_not_recommend]
impl<T, U: SqlValue> AssignOf<T> for Param<U> {
    type Base = U;
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> AssignOf<Option<T>> for Param<Option<T>> {
    type Base = T;
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue, U: SqlValue> AssignOf<T> for Param<Option<U>> {
    type Base = NullLiteral<U>;
}

super::expression_operators!([T] Param<T>);

/// The list that a prepared query is given: a `Param<Vec<T>>` on the right of IN.
pub struct ParamList<T> {
    place: usize,
    marker: PhantomData<fn() -> T>,
}

impl<T> Clone for ParamList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ParamList<T> {}

impl<T> std::fmt::Debug for ParamList<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ParamList({})", self.place)
    }
}

impl<V: ArrayElement + Comparable<T>, T> ListOf<T, ParamList<V>> for Param<Vec<V>> {
    fn list(self) -> ParamList<V> {
        ParamList { place: self.place, marker: PhantomData }
    }
}

impl<T> WithoutNulls for ParamList<T> {}

impl<T: SqlValue> Expr for ParamList<T> {
    type Base = T;
    type Aggregates = No;
    type Quotient = NotNull;
    const IS_PLAIN: bool = true;
}

impl<S, T: SqlValue> ExprIn<S, ()> for ParamList<T> {
    type Null = NotNull;
}

impl<D: Dialect, T: ValueIn<D::Name> + SqlValue> Render<D> for ParamList<T> {
    fn render(self, out: &mut Fragment) {
        if D::SYNTAX.spelling.lists_are_arrays {
            out.value(Value::Argument(DataType::Array(&T::TYPE), self.place));
        } else {
            out.list(Value::Argument(T::TYPE, self.place));
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> IntoExpr for ParamList<T> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}
