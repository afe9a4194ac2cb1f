//! Bound values.

use std::marker::PhantomData;

use super::{Expr, ExprIn, IntoExpr, OperandOf, Render};
use crate::{
    dialect::Dialect,
    render::Fragment,
    table::No,
    value::{DataType, NotNull, SqlValue, Value, ValueIn},
};

/// A Rust value as a bound parameter.
pub struct Bind<T> {
    value: Value,
    /// Its type, if nothing around it says it.
    says_type: Option<DataType>,
    marker: PhantomData<fn() -> T>,
}

impl<T> Clone for Bind<T> {
    fn clone(&self) -> Self {
        Bind { value: self.value.clone(), says_type: self.says_type, marker: PhantomData }
    }
}

impl<T> std::fmt::Debug for Bind<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Bind").field(&self.value).finish()
    }
}

impl<T> Bind<T> {
    pub(crate) const fn of(value: Value) -> Self {
        Bind { value, says_type: None, marker: PhantomData }
    }
}

impl<T> Bind<T> {
    /// The value.
    pub(crate) fn into_value(self) -> Value {
        self.value
    }
}

impl<T: SqlValue> Bind<T> {
    /// A parameter.
    pub fn new(value: T) -> Self {
        Self::of(value.into_value())
    }

    /// A parameter that may be NULL, to be written into a column that can be.
    pub fn nullable(value: Option<T>) -> Self {
        Self::of(value.map_or(Value::Null(T::TYPE), T::into_value))
    }
}

impl<T: SqlValue> Expr for Bind<T> {
    type Base = T;
    type Aggregates = No;
    type Quotient = crate::value::NotNull;
    const IS_PLAIN: bool = !matches!(T::TYPE, DataType::Array(_));

    fn into_plain(self) -> Option<Value> {
        Some(self.value)
    }

    fn with_type(self) -> Self {
        Bind { says_type: Some(T::TYPE), ..self }
    }
}

impl<S, T: SqlValue> ExprIn<S, ()> for Bind<T> {
    type Null = NotNull;
}

impl<D: Dialect, T: ValueIn<D::Name>> Render<D> for Bind<T> {
    fn render(self, out: &mut Fragment) {
        match self.says_type.and_then(D::SYNTAX.spelling.typed_value) {
            Some((open, close)) => {
                out.sql(open);
                out.value(self.value);
                out.sql(close);
            }
            None => out.value(self.value),
        }
    }

    fn into_plain(self) -> Result<Value, Self> {
        if self.says_type.is_some() { Err(self) } else { Ok(self.value) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlValue> IntoExpr for Bind<T> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: SqlValue> OperandOf<T> for Bind<V> {
    type Base = V;
}

/// A Rust value that can be written where no column says which type is meant.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a plain value", label = "not a value that can be bound")]
pub trait Literal: IntoExpr {}

/// A plain Rust value as an expression of its own: a bound parameter.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().select((User::name, value("here")));
/// assert_eq!(query.to_sql().sql, r#"SELECT "users"."name", ? FROM "users""#);
/// ```
pub fn value<T: Literal>(value: T) -> T::Expr {
    value.into_expr().with_type()
}
