//! `IN (..)`.

use super::{Comparable, Expr, ExprIn, IntoExpr, Node, NotNullLiteral, OperandOf, Render, Words, node::operation};
use crate::{
    dialect::Dialect,
    render::Fragment,
    value::{NotNull, SqlValue as _},
};

operation!(
    /// `IN (..)`
    In -> bool, any, Comparison, Words::infix(" IN ")
);
operation!(
    /// `NOT IN (..)`
    NotIn -> bool, any, Comparison, Words::infix(" NOT IN ")
);

/// A list of values or expressions.
#[derive(Debug, Clone)]
pub struct List<V>(Vec<V>);

impl<V: IntoExpr> Expr for List<V> {
    type Base = <V::Expr as Expr>::Base;
    type Aggregates = <V::Expr as Expr>::Aggregates;
    type Quotient = crate::value::Nullable;
}

impl<S, I, V: IntoExpr<Expr: ExprIn<S, I>>> ExprIn<S, I> for List<V> {
    type Null = <V::Expr as ExprIn<S, I>>::Null;
}

impl<D: Dialect, V: IntoExpr<Expr: Render<D>>> Render<D> for List<V> {
    fn render(self, out: &mut Fragment) {
        if self.0.is_empty() {
            return out.write(|sql| (D::SYNTAX.spelling.empty_list)(sql, <V::Expr as Expr>::Base::TYPE));
        }
        let mut separator = "(";
        for value in self.0 {
            out.sql(std::mem::replace(&mut separator, ", "));
            Render::<D>::render(value.into_expr(), out);
        }
        out.sql(")");
    }
}

impl<V: IntoExpr> IntoExpr for List<V> {
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

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty, $items:ident => $values:expr;)*) => {$(
        impl<T, V: OperandOf<T, Base: NotNullLiteral + Comparable<T>> + Clone, $($generics)*> ListOf<T, List<V>> for $list {
            fn list(self) -> List<V> {
                let $items = self;
                List($values)
            }
        }
    )*};
}

lists! {
    [const N: usize] [V; N], items => items.into();
    [] Vec<V>, items => items;
    [] &[V], items => items.to_vec();
    [] &Vec<V>, items => items.clone();
    [const N: usize] &[V; N], items => items.to_vec();
}

/// A list that holds no NULL.
pub trait WithoutNulls {}
impl<V> WithoutNulls for List<V> {}

/// The nullness of a query's column that is never NULL.
#[diagnostic::on_unimplemented(
    message = "`NOT IN` is never true once the query returns a NULL: use `not_exists(..)`",
    label = "may return NULL: select what never is, for instance with `.coalesce(..)`, or use `not_exists(..)`"
)]
pub trait NeverNull {}
#[diagnostic::do_not_recommend]
impl NeverNull for NotNull {}

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

    /// `NOT IN (..)`: the list is never true once it holds a NULL, so a query that may return one is refused.
    fn not_in<O: ListOperand<Self::Base, L>, L: WithoutNulls>(self, list: O) -> Node<NotIn, (Self, L)> {
        Node::new(NotIn, (self, list.into_list()))
    }
}

impl<E: Expr> ListExpr for E {}
