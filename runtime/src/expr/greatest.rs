//! The largest and the smallest of several values.

use super::{
    Expr, ExprIn, IntoExpr, Level, NamedFunction as _, Node, Operand, Render,
    function::{function, functions},
};
use crate::{
    dialect::Dialect,
    query::GroupedBy,
    render::Fragment,
    value::{NotNull, Nullness, Value},
};

function!(
    /// See [`GreatestExpr::greatest`].
    Greatest = greatest(self, other) -> same any, each { SQLite: "max", PostgreSQL | MySQL | MariaDB: "greatest" }
);
function!(
    /// See [`GreatestExpr::least`].
    Least = least(self, other) -> same any, each { SQLite: "min", PostgreSQL | MySQL | MariaDB: "least" }
);
functions!(@operation Greatest (SelfArg, O) same any);
functions!(@operation Least (SelfArg, O) same any);

pub(super) const GREATEST: &[super::Function] = &[Greatest::FUNCTION, Least::FUNCTION];

/// A value of which it is known that it is not NULL.
#[diagnostic::on_unimplemented(
    message = "`greatest` and `least` take nothing that can be NULL: databases differ in what they make of it",
    label = "may be NULL: say what then with `.coalesce(..)`"
)]
pub trait Known: Nullness {}
#[diagnostic::do_not_recommend]
impl Known for NotNull {}

/// An expression that is checked not to be NULL.
#[derive(Debug, Clone, Copy)]
pub struct Certain<E>(E);

impl<E: Expr> Expr for Certain<E> {
    type Base = E::Base;
    type Aggregates = E::Aggregates;
    type Quotient = E::Quotient;
    const LEVEL: Level = E::LEVEL;
    const IS_PLAIN: bool = E::IS_PLAIN;

    fn into_plain(self) -> Option<Value> {
        self.0.into_plain()
    }
}

impl<S, I, E: ExprIn<S, I, Null: Known>> ExprIn<S, I> for Certain<E> {
    type Null = NotNull;
}

impl<D: Dialect, E: Render<D>> Render<D> for Certain<E> {
    fn render(self, out: &mut Fragment) {
        self.0.render(out);
    }
}

#[diagnostic::do_not_recommend]
impl<E: Expr> IntoExpr for Certain<E> {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K, I, E: GroupedBy<K, I>> GroupedBy<K, I> for Certain<E> {}

/// The largest and the smallest of several values, none of which can be NULL.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, views: i64 }
/// let query = Post::query::<Sqlite>().select(Post::views.greatest(Post::id).least(100));
/// assert_eq!(query.to_sql().sql, r#"SELECT min(max("posts"."views", "posts"."id"), ?) FROM "posts""#);
/// ```
pub trait GreatestExpr: Expr {
    /// The larger one of both.
    fn greatest<O: Operand<Self::Base>>(self, other: O) -> Node<Greatest, (Certain<Self>, Certain<O::Expr>)> {
        Node::new(Greatest, (Certain(self), Certain(other.into_expr())))
    }

    /// The smaller one of both.
    fn least<O: Operand<Self::Base>>(self, other: O) -> Node<Least, (Certain<Self>, Certain<O::Expr>)> {
        Node::new(Least, (Certain(self), Certain(other.into_expr())))
    }
}

impl<E: Expr> GreatestExpr for E {}
