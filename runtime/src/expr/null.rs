//! NULL: testing for it, replacing it.

use super::{
    Expr, Function, NamedFunction as _, Node, Operand, Words,
    function::{function, functions},
    node::operation,
};

operation!(
    /// `IS NULL`
    IsNull -> bool, never, Comparison, Words::IsNull
);
operation!(
    /// `IS NOT NULL`
    IsNotNull -> bool, never, Comparison, Words::IsNotNull
);

function!(
    /// `coalesce(..)`: the first argument that is not NULL.
    Coalesce = coalesce(self, other) -> same all, all "coalesce"
);
function!(
    /// `nullif(a, b)`: NULL if both are equal.
    NullIf = null_if(self, other) -> same always, all "nullif"
);
functions!(@operation Coalesce (SelfArg, O) same all);
functions!(@operation NullIf (SelfArg, O) same always);

pub(super) const CONDITIONAL: &[Function] = &[Coalesce::FUNCTION, NullIf::FUNCTION];

/// Tests for NULL, and values in its place.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, age: Option<i32> }
/// let query = User::query::<Sqlite>().filter(User::age.is_not_null()).select(User::age.coalesce(0));
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT coalesce("users"."age", ?) FROM "users" WHERE "users"."age" IS NOT NULL"#
/// );
/// ```
#[expect(clippy::wrong_self_convention, reason = "the names are SQL's, and expressions are made by value")]
pub trait NullExpr: Expr {
    /// `IS NULL`
    fn is_null(self) -> Node<IsNull, (Self,)> {
        Node::new(IsNull, (self,))
    }

    /// `IS NOT NULL`
    fn is_not_null(self) -> Node<IsNotNull, (Self,)> {
        Node::new(IsNotNull, (self,))
    }

    /// This, or `other` where this is NULL. The result can be NULL only if both can.
    fn coalesce<R: Operand<Self::Base>>(self, other: R) -> Node<Coalesce, (Self, R)> {
        Node::new(Coalesce, (self, other))
    }

    /// This, or NULL where it equals `other`.
    fn null_if<R: Operand<Self::Base>>(self, other: R) -> Node<NullIf, (Self, R)> {
        Node::new(NullIf, (self, other))
    }
}

impl<E: Expr> NullExpr for E {}
