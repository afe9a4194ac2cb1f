//! AND, OR, NOT.

use super::{Args, CheckedOperation, Expr, Level, Node, Operand, Operation, Spelling, Types, Words, node::operation};
use crate::{dialect::Dialect, value::Nullness};

operation!(
    /// `AND`
    And -> bool, any, And, Words::infix(" AND ")
);
operation!(
    /// `OR`
    Or -> bool, any, Or, Words::infix(" OR ")
);

/// `NOT`
#[derive(Debug, Clone, Copy)]
pub struct Not;

impl<A: Args> Operation<A> for Not {
    type Base = bool;
    type Aggregates = A::Aggregates;
    type Null<Any: Nullness, All: Nullness> = Any;
    const LEVEL: Level = Level::Not;
}

impl<E: Expr> CheckedOperation<(E,)> for Not
where
    (E,): Args,
    E::Base: Logical,
{
}

impl crate::query::PlainOperation for Not {}

impl<D: Dialect> Spelling<D> for Not {
    fn words(&self, _: Types) -> Words {
        Words::prefix("NOT ")
    }
}

/// A value that is true or false.
#[diagnostic::on_unimplemented(
    message = "this needs a condition, `{Self}` is none",
    label = "expected a condition, found `{Self}`"
)]
pub trait Logical {}
#[diagnostic::do_not_recommend]
impl Logical for bool {}

/// Conditions joined to conditions; `!condition` negates one.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String, is_active: bool }
/// let query = User::query::<Sqlite>().filter(User::name.eq("Ann").or(User::id.lt(3)).and(!User::is_active)).select(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE ("users"."name" = ? OR "users"."id" < ?) AND NOT "users"."is_active""#
/// );
/// ```
pub trait LogicExpr: Expr {
    /// `AND`
    fn and<R: Operand<bool>>(self, other: R) -> Node<And, (Self, R)>
    where
        Self::Base: Logical,
    {
        Node::new(And, (self, other))
    }

    /// `OR`
    fn or<R: Operand<bool>>(self, other: R) -> Node<Or, (Self, R)>
    where
        Self::Base: Logical,
    {
        Node::new(Or, (self, other))
    }
}

impl<E: Expr> LogicExpr for E {}

/// `NOT condition`; `!condition` says the same.
pub fn not<E: Expr>(condition: E) -> Node<Not, (E,)> {
    Node::new(Not, (condition,))
}
