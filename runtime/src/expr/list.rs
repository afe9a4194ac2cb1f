//! `IN (..)`.

use super::{Bind, Expr, ExprIn, IntoExpr, Node, Render, Words, node::operation};
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
///
/// `L` is the list as an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values of type `{T}`",
    label = "expected a list of `{T}`, or a query that selects one"
)]
pub trait ListOperand<T, L> {
    /// The list as an expression.
    fn into_list(self) -> L;
}

impl<O: ListOf<T, L>, T, L> ListOperand<T, L> for O {
    fn into_list(self) -> L {
        self.list()
    }
}

/// What makes a [`ListOperand`]: implemented for each type of list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values of type `{T}`",
    label = "expected a list of `{T}`, or a query that selects one"
)]
pub trait ListOf<T, L> {
    /// The list as an expression.
    fn list(self) -> L;
}

/// One value of a list.
#[diagnostic::on_unimplemented(
    message = "a list of `{Self}` cannot be compared with a column of type `{T}`",
    label = "expected a list of `{T}`"
)]
pub trait ListItem<T>: IntoExpr<Expr = Bind<T>> {}

fn list<T: SqlValue, V: ListItem<T>>(items: impl IntoIterator<Item = V>) -> List<T> {
    List(items.into_iter().map(IntoExpr::into_expr).collect())
}

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty, $items:ident => $iterator:expr;)*) => {$(
        impl<T: SqlValue, V: ListItem<T> + Clone, $($generics)*> ListOf<T, List<T>> for $list {
            fn list(self) -> List<T> {
                let $items = self;
                list($iterator)
            }
        }
    )*};
}

lists! {
    [const N: usize] [V; N], items => items;
    [] Vec<V>, items => items;
    [] &[V], items => items.iter().cloned();
    [] &Vec<V>, items => items.iter().cloned();
    [const N: usize] &[V; N], items => items.iter().cloned();
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
    fn in_<O: ListOperand<Self::Base, L>, L>(self, list: O) -> Node<In, (Self, L)> {
        Node::new(In, (self, list.into_list()))
    }

    /// `NOT IN (..)`
    fn not_in<O: ListOperand<Self::Base, L>, L>(self, list: O) -> Node<NotIn, (Self, L)> {
        Node::new(NotIn, (self, list.into_list()))
    }
}

impl<E: Expr> ListExpr for E {}
