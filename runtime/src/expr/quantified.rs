//! `= ANY (..)`, `> ALL (..)`: comparisons with each row of a query, or each element of an array.

use super::{Array, Comparable, Expr, ExprIn, IntoExpr, Node, Operation, Render, WithoutNulls, Words, node::operation};
use crate::{
    dialect::{ArrayOperators, Dialect},
    query::{GroupedBy, OneColumn, QueryList, Select, state},
    render::Fragment,
    table::{Col, Column},
};

macro_rules! comparisons {
    ($($(#[$meta:meta])* $name:ident $method:ident $words:literal;)*) => {
        $(operation!(
            $(#[$meta])*
            $name needs QuantifiedComparisons -> bool, any, Comparison, Words::infix($words)
        );)*

        /// Comparisons with each row of a query of one column, or on PostgreSQL with each element of an array.
        ///
        /// `ANY` is true if one of the comparisons is, and false of no rows; `ALL` is true if each of them is, and of no rows.
        /// PostgreSQL, MySQL and MariaDB have them; SQLite compares with `min` or `max` of the query.
        ///
        /// ```
        /// # #[cfg(feature = "postgres")] {
        /// use mizzle::prelude::*;
        /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: i32 }
        /// let minors = User::query().filter(User::age.lt(18)).select(User::id);
        /// let query = User::query::<Postgres>().filter(User::id.gt_all(minors)).select(User::id);
        /// assert_eq!(
        ///     query.to_sql().sql,
        ///     r#"SELECT "users"."id" FROM "users" WHERE "users"."id" > ALL (SELECT "users"."id" FROM "users" WHERE "users"."age" < $1)"#
        /// );
        /// # }
        /// ```
        pub trait QuantifiedExpr: Expr {
            $(
                $(#[$meta])*
                fn $method<O: EachOperand<Self::Base, L>, L>(self, rows: O) -> Node<$name, (Self, L)> {
                    Node::new($name, (self, rows.into_rows()))
                }
            )*

            /// `<> ALL (..)`, which is `NOT IN`: never true once there is a NULL, so a query that may return one is refused.
            fn ne_all<O: EachOperand<Self::Base, L>, L: WithoutNulls>(self, rows: O) -> Node<NotEqualAll, (Self, L)> {
                Node::new(NotEqualAll, (self, rows.into_rows()))
            }
        }
    };
}

comparisons! {
    /// `= ANY (..)`, which is `IN`.
    EqualAny eq_any " = ANY ";
    /// `<> ANY (..)`
    NotEqualAny ne_any " <> ANY ";
    /// `< ANY (..)`
    LessAny lt_any " < ANY ";
    /// `<= ANY (..)`
    LessOrEqualAny le_any " <= ANY ";
    /// `> ANY (..)`
    GreaterAny gt_any " > ANY ";
    /// `>= ANY (..)`
    GreaterOrEqualAny ge_any " >= ANY ";
    /// `= ALL (..)`
    EqualAll eq_all " = ALL ";
    /// `< ALL (..)`
    LessAll lt_all " < ALL ";
    /// `<= ALL (..)`
    LessOrEqualAll le_all " <= ALL ";
    /// `> ALL (..)`
    GreaterAll gt_all " > ALL ";
    /// `>= ALL (..)`
    GreaterOrEqualAll ge_all " >= ALL ";
}

operation!(
    /// `<> ALL (..)`
    NotEqualAll needs QuantifiedComparisons -> bool, any, Comparison, Words::infix(" <> ALL ")
);

impl<E: Expr> QuantifiedExpr for E {}

/// What values of the type `T` can be compared with one by one: a query of one column, or an array.
///
/// `L` is its values as an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a query of values of type `{T}` nor an array of them",
    label = "expected a query that selects one column of type `{T}`"
)]
pub trait EachOperand<T, L> {
    /// Its values.
    fn into_rows(self) -> L;
}

impl<D: Dialect, S, R: OneColumn<T, C>, X, T, C> EachOperand<T, QueryList<Self, C>> for Select<D, S, R, X>
where
    state::State<X>: state::Complete,
{
    fn into_rows(self) -> QueryList<Self, C> {
        QueryList::of(self)
    }
}

#[diagnostic::do_not_recommend]
impl<C: Column, A, T> EachOperand<T, Elements<Self>> for Col<C, A>
where
    Self: Expr<Base: Array<Element: Comparable<T>>>,
{
    fn into_rows(self) -> Elements<Self> {
        Elements(self)
    }
}

#[diagnostic::do_not_recommend]
impl<O: Operation<A, Base: Array<Element: Comparable<T>>>, A, T> EachOperand<T, Elements<Self>> for Node<O, A> {
    fn into_rows(self) -> Elements<Self> {
        Elements(self)
    }
}

/// The elements of an array.
#[derive(Debug, Clone)]
pub struct Elements<E>(E);

impl<E: Expr<Base: Array>> Expr for Elements<E> {
    type Base = <E::Base as Array>::Element;
    type Aggregates = E::Aggregates;
    type Quotient = crate::value::Nullable;
}

impl<S, I, E: ExprIn<S, I, Base: Array>> ExprIn<S, I> for Elements<E> {
    type Null = E::Null;
}

impl<D: Dialect<Name: ArrayOperators>, E: Render<D>> Render<D> for Elements<E> {
    fn render(self, out: &mut Fragment) {
        out.sql("(");
        self.0.render(out);
        out.sql(")");
    }
}

#[diagnostic::do_not_recommend]
impl<E: Expr<Base: Array>> IntoExpr for Elements<E> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<E: GroupedBy<K, I>, K, I> GroupedBy<K, I> for Elements<E> {}
impl<E> WithoutNulls for Elements<E> {}
