//! `CASE .. WHEN .. THEN .. ELSE .. END`.

use std::marker::PhantomData;

use super::{
    Args, Assign, CheckedOperation, Expr, IntoExpr, Level, Logical, Node, Operand, Operation, Spelling, Types, Words,
    node::operation,
};
use crate::{
    dialect::Dialect,
    value::{Nullable, Nullness},
};

operation!(
    /// `CASE`, or `CASE value`: says nothing of the result yet.
    Start -> bool, never, Atom, Words::prefix("CASE ")
);
operation!(
    /// The condition of a branch: whether it can be NULL does not matter to the result.
    When -> bool, never, Atom, Words::prefix("")
);

/// ` WHEN condition THEN value`
#[derive(Debug, Clone, Copy)]
pub struct Then;
/// ` ELSE value END`
#[derive(Debug, Clone, Copy)]
pub struct Otherwise;
/// ` END`: NULL if no branch holds.
#[derive(Debug, Clone, Copy)]
pub struct End;

type Base<E> = <<E as IntoExpr>::Expr as Expr>::Base;

macro_rules! part {
    ($name:ident ($($arg:ident),+) $base:ty, $null:ty, $words:expr) => {
        impl<$($arg: IntoExpr),+> Operation<($($arg,)+)> for $name {
            type Base = $base;
            type Aggregates = <($($arg,)+) as Args>::Aggregates;
            type Null<Any: Nullness, All: Nullness> = $null;
            const LEVEL: Level = Level::Atom;
        }

        impl<$($arg: IntoExpr),+> CheckedOperation<($($arg,)+)> for $name {}

        impl crate::query::PlainOperation for $name {}

        impl<D: Dialect> Spelling<D> for $name {
            fn words(&self, _: Types) -> Words {
                $words
            }
        }
    };
}

part!(Then(Before, Condition, Result) Base<Result>, Any, Words::Result(&["", " WHEN ", " THEN ", ""]));
part!(Otherwise(Before, Result) Base<Result>, Any, Words::Result(&["", " ELSE ", " END"]));
part!(End(Before) Base<Before>, Nullable, Words::postfix(" END"));

/// A CASE with branches: `.when(..)` adds one, `.otherwise(..)` or `.end()` finishes it.
///
/// `K` is the type of what is compared (`bool` for conditions), `V` the type of the result.
#[derive(Debug, Clone)]
#[must_use = "finish it with `.otherwise(..)` or `.end()`"]
pub struct Case<E, K, V> {
    branches: E,
    marker: PhantomData<fn() -> (K, V)>,
}

/// A CASE without branches yet; see [`case`] and [`case_when`].
#[derive(Debug, Clone)]
#[must_use = "add a branch with `.when(..)`"]
pub struct CaseValue<E, K> {
    start: E,
    marker: PhantomData<fn() -> K>,
}

/// `CASE value WHEN a THEN b ..`: compares one value with several.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// let query = User::query::<Sqlite>().select(case(User::id).when(1, "first").otherwise("other"));
/// assert_eq!(query.to_sql().sql, r#"SELECT CASE "users"."id" WHEN ? THEN ? ELSE ? END FROM "users""#);
/// ```
pub fn case<E: Expr + IntoExpr>(value: E) -> CaseValue<Node<Start, (Node<When, (E,)>,)>, E::Base> {
    CaseValue { start: Node::new(Start, (Node::new(When, (value,)),)), marker: PhantomData }
}

/// `CASE WHEN condition THEN value ..`: the first condition that holds decides.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64 }
/// let query = User::query::<Sqlite>().select(case_when(User::id.lt(10), "low").otherwise("high"));
/// assert_eq!(query.to_sql().sql, r#"SELECT CASE WHEN "users"."id" < ? THEN ? ELSE ? END FROM "users""#);
/// ```
pub fn case_when<C: Expr + IntoExpr, R: Assign<Option<Base<R>>>>(
    condition: C,
    result: R,
) -> Case<Branch<Searched, C, R>, bool, Base<R>>
where
    C::Base: Logical,
{
    branch(Node::new(SearchedStart, ()), condition, result)
}

operation!(
    /// `CASE` without a value.
    SearchedStart -> bool, never, Atom, Words::prefix("CASE")
);

type Searched = Node<SearchedStart, ()>;
/// The branches so far and one more.
type Branch<Before, C, R> = Node<Then, (Before, Node<When, (C,)>, R)>;

fn branch<E, C, R, K, V>(before: E, condition: C, result: R) -> Case<Branch<E, C, R>, K, V> {
    Case { branches: Node::new(Then, (before, Node::new(When, (condition,)), result)), marker: PhantomData }
}

impl<E, K> CaseValue<E, K> {
    /// ` WHEN value THEN result`: the first branch, which decides the type of the result.
    pub fn when<C: Operand<K>, R: Assign<Option<Base<R>>>>(
        self,
        value: C,
        result: R,
    ) -> Case<Branch<E, C, R>, K, Base<R>> {
        branch(self.start, value, result)
    }
}

impl<E: IntoExpr, K, V> Case<E, K, V> {
    /// ` WHEN value THEN result`: one more branch, of the same type.
    pub fn when<C: Operand<K>, R: Operand<V>>(self, value: C, result: R) -> Case<Branch<E, C, R>, K, V> {
        branch(self.branches, value, result)
    }

    /// ` ELSE result END`: what it is if no branch holds.
    pub fn otherwise<R: Operand<V>>(self, result: R) -> Node<Otherwise, (E, R)> {
        Node::new(Otherwise, (self.branches, result))
    }

    /// ` END`: NULL if no branch holds.
    pub fn end(self) -> Node<End, (E,)> {
        Node::new(End, (self.branches,))
    }
}
