//! NULL: testing for it, replacing it.

use super::{
    Args, CheckedOperation, Expr, IntoExpr, Level, Node, Operand, Operation, Spelling, Types, Words, node::operation,
};
use crate::{
    dialect::Dialect,
    value::{Nullable, Nullness},
};

operation!(
    /// `IS NULL`
    IsNull -> bool, never, Comparison, Words::postfix(" IS NULL")
);
operation!(
    /// `IS NOT NULL`
    IsNotNull -> bool, never, Comparison, Words::postfix(" IS NOT NULL")
);

/// `coalesce(..)`: the first argument that is not NULL.
#[derive(Debug, Clone, Copy)]
pub struct Coalesce;

impl<L: IntoExpr, R: IntoExpr> Operation<(L, R)> for Coalesce {
    type Base = <L::Expr as Expr>::Base;
    type Aggregates = <(L, R) as Args>::Aggregates;
    type Null<Any: Nullness, All: Nullness> = All;
    const LEVEL: Level = Level::Atom;
}

impl<L: IntoExpr, R: IntoExpr> CheckedOperation<(L, R)> for Coalesce {}

impl crate::query::PlainOperation for Coalesce {}

impl<D: Dialect> Spelling<D> for Coalesce {
    fn words(&self, _: Types) -> Words {
        Words::call("coalesce(")
    }
}

/// `nullif(a, b)`: NULL if both are equal.
#[derive(Debug, Clone, Copy)]
pub struct NullIf;

impl<L: IntoExpr, R: IntoExpr> Operation<(L, R)> for NullIf {
    type Base = <L::Expr as Expr>::Base;
    type Aggregates = <(L, R) as Args>::Aggregates;
    type Null<Any: Nullness, All: Nullness> = Nullable;
    const LEVEL: Level = Level::Atom;
}

impl<L: IntoExpr, R: IntoExpr> CheckedOperation<(L, R)> for NullIf {}

impl crate::query::PlainOperation for NullIf {}

impl<D: Dialect> Spelling<D> for NullIf {
    fn words(&self, _: Types) -> Words {
        Words::call("nullif(")
    }
}

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
