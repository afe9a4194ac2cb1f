//! `IN (..)`.

use super::{Bind, Expr, ExprIn, IntoExpr, Node, Operand, Render, Words, node::operation};
use crate::{
    dialect::Dialect,
    render::Fragment,
    table::No,
    value::{NotNull, SqlValue},
};

operation!(
    /// `IN (..)`
    In -> bool, any, Comparison, Words::infix(" IN ")
);
operation!(
    /// `NOT IN (..)`
    NotIn -> bool, any, Comparison, Words::infix(" NOT IN ")
);

/// A list of values, bound one by one.
#[derive(Debug, Clone)]
pub struct List<T>(Vec<Bind<T>>);

impl<T: SqlValue> Expr for List<T> {
    type Base = T;
    type Aggregates = No;
}

impl<S, T: SqlValue> ExprIn<S, ()> for List<T> {
    type Null = NotNull;
}

impl<D: Dialect, T> Render<D> for List<T> {
    fn render(self, out: &mut Fragment) {
        if self.0.is_empty() {
            return out.sql(D::SYNTAX.empty_list);
        }
        let mut separator = "(";
        for value in self.0 {
            out.sql(separator);
            Render::<D>::render(value, out);
            separator = ", ";
        }
        out.sql(")");
    }
}

impl<T: SqlValue> IntoExpr for List<T> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

/// What can stand on the right of IN for values of the type `T`: an array, a slice, a `Vec`, or a query of one column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values of type `{T}`",
    label = "expected a list of `{T}`, or a query that selects one",
    note = "arrays, slices, `Vec`s and queries of one column can stand here"
)]
pub trait ListOperand<T> {
    /// The list as an expression.
    type List: IntoExpr;

    /// The list as an expression.
    fn into_list(self) -> Self::List;
}

/// One value of a list.
#[diagnostic::on_unimplemented(
    message = "a list of `{Self}` cannot be compared with a column of type `{T}`",
    label = "expected a list of `{T}`"
)]
pub trait ListItem<T>: IntoExpr<Expr = Bind<T>> {}
impl<T: SqlValue, V: Operand<T> + IntoExpr<Expr = Bind<T>>> ListItem<T> for V {}

fn list<T: SqlValue, V: ListItem<T>>(items: impl IntoIterator<Item = V>) -> List<T> {
    List(items.into_iter().map(IntoExpr::into_expr).collect())
}

impl<T: SqlValue, V: ListItem<T>, const N: usize> ListOperand<T> for [V; N] {
    type List = List<T>;

    fn into_list(self) -> List<T> {
        list(self)
    }
}

impl<T: SqlValue, V: ListItem<T>> ListOperand<T> for Vec<V> {
    type List = List<T>;

    fn into_list(self) -> List<T> {
        list(self)
    }
}

impl<T: SqlValue, V: ListItem<T> + Clone> ListOperand<T> for &[V] {
    type List = List<T>;

    fn into_list(self) -> List<T> {
        list(self.iter().cloned())
    }
}

impl<T: SqlValue, V: ListItem<T> + Clone> ListOperand<T> for &Vec<V> {
    type List = List<T>;

    fn into_list(self) -> List<T> {
        list(self.iter().cloned())
    }
}

impl<T: SqlValue, V: ListItem<T> + Clone, const N: usize> ListOperand<T> for &[V; N] {
    type List = List<T>;

    fn into_list(self) -> List<T> {
        list(self.iter().cloned())
    }
}

/// Membership in a list. Nothing is in an empty list, and everything is not in it.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let query = User::query::<Sqlite>().filter(User::id.in_([1, 2])).select(User::name);
/// assert_eq!(query.to_sql().sql, r#"SELECT "users"."name" FROM "users" WHERE "users"."id" IN (?, ?)"#);
/// ```
pub trait ListExpr: Expr {
    /// `IN (..)`
    fn in_<L: ListOperand<Self::Base>>(self, list: L) -> Node<In, (Self, L::List)> {
        Node::new(In, (self, list.into_list()))
    }

    /// `NOT IN (..)`
    fn not_in<L: ListOperand<Self::Base>>(self, list: L) -> Node<NotIn, (Self, L::List)> {
        Node::new(NotIn, (self, list.into_list()))
    }
}

impl<E: Expr> ListExpr for E {}
