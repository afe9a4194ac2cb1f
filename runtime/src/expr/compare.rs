//! Comparisons: `=`, `<>`, `<`, `BETWEEN`, null-safe equality.

use super::{Expr, Node, NullableOperand, Operand, Words, node::operation};

operation!(
    /// `=`
    Equal -> bool, any, Comparison, Words::infix(" = ")
);
operation!(
    /// `<>`
    NotEqual -> bool, any, Comparison, Words::infix(" <> ")
);
operation!(
    /// `>`
    Greater -> bool, any, Comparison, Words::infix(" > ")
);
operation!(
    /// `>=`
    GreaterOrEqual -> bool, any, Comparison, Words::infix(" >= ")
);
operation!(
    /// `<`
    Less -> bool, any, Comparison, Words::infix(" < ")
);
operation!(
    /// `<=`
    LessOrEqual -> bool, any, Comparison, Words::infix(" <= ")
);
operation!(
    /// `BETWEEN .. AND ..`
    Between -> bool, any, Comparison, Words::Each(&["", " BETWEEN ", " AND ", ""])
);
operation!(
    /// `NOT BETWEEN .. AND ..`
    NotBetween -> bool, any, Comparison, Words::Each(&["", " NOT BETWEEN ", " AND ", ""])
);
operation!(
    /// Equality in which NULL equals NULL.
    Same -> bool, never, Comparison, spelling same
);
operation!(
    /// Inequality in which NULL equals NULL.
    Different -> bool, never, Comparison, spelling different
);

/// Comparisons of an expression with another one, or with a plain value that is bound.
///
/// A comparison with something that can be NULL can itself be NULL: its Rust type is then `Option<bool>`.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String, age: Option<i32> }
/// let query = User::query::<Sqlite>().filter(User::name.eq("Ann")).filter(User::age.between(18, 65)).select(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = ? AND "users"."age" BETWEEN ? AND ?"#
/// );
/// ```
#[expect(clippy::wrong_self_convention, reason = "the names are SQL's, and expressions are made by value")]
pub trait CompareExpr: Expr {
    /// `=`
    fn eq<R: Operand<Self::Base>>(self, other: R) -> Node<Equal, (Self, R)> {
        Node::new(Equal, (self, other))
    }

    /// `<>`
    fn ne<R: Operand<Self::Base>>(self, other: R) -> Node<NotEqual, (Self, R)> {
        Node::new(NotEqual, (self, other))
    }

    /// `>`
    fn gt<R: Operand<Self::Base>>(self, other: R) -> Node<Greater, (Self, R)> {
        Node::new(Greater, (self, other))
    }

    /// `>=`
    fn ge<R: Operand<Self::Base>>(self, other: R) -> Node<GreaterOrEqual, (Self, R)> {
        Node::new(GreaterOrEqual, (self, other))
    }

    /// `<`
    fn lt<R: Operand<Self::Base>>(self, other: R) -> Node<Less, (Self, R)> {
        Node::new(Less, (self, other))
    }

    /// `<=`
    fn le<R: Operand<Self::Base>>(self, other: R) -> Node<LessOrEqual, (Self, R)> {
        Node::new(LessOrEqual, (self, other))
    }

    /// `BETWEEN low AND high`, both included.
    fn between<L: Operand<Self::Base>, H: Operand<Self::Base>>(self, low: L, high: H) -> Node<Between, (Self, L, H)> {
        Node::new(Between, (self, low, high))
    }

    /// `NOT BETWEEN low AND high`
    fn not_between<L: Operand<Self::Base>, H: Operand<Self::Base>>(
        self,
        low: L,
        high: H,
    ) -> Node<NotBetween, (Self, L, H)> {
        Node::new(NotBetween, (self, low, high))
    }

    /// Equality in which NULL equals NULL: never NULL itself. The other side may be an `Option`.
    fn is_same_as<R: NullableOperand<Self::Base>>(self, other: R) -> Node<Same, (Self, R)> {
        Node::new(Same, (self, other))
    }

    /// Inequality in which NULL equals NULL: never NULL itself.
    fn is_different_from<R: NullableOperand<Self::Base>>(self, other: R) -> Node<Different, (Self, R)> {
        Node::new(Different, (self, other))
    }
}

impl<E: Expr> CompareExpr for E {}
