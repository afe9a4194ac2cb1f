//! `OVER`: a function and its window.

use std::marker::PhantomData;

use super::spec::Window;
use crate::{
    dialect::Dialect,
    expr::{
        Args, CheckedOperation, Expr, Holds, IntoExpr, Level, Node, NotWindowed, Operation, Spelling, Types, Words,
    },
    query::{OverPlaces, PlainOperation},
    value::{DataType, Nullness},
};

/// The call of a function that OVER follows: of an aggregate, too, the arguments are columns like others then.
#[derive(Debug, Clone, Copy)]
pub struct Call<O>(O);

/// `call OVER (window)`, where `O` is the function.
pub struct Over<O>(PhantomData<fn() -> O>);

impl<O> Clone for Over<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Over<O> {}

impl<O> std::fmt::Debug for Over<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Over")
    }
}

/// A function that the dialect `D` has before OVER.
#[diagnostic::on_unimplemented(
    message = "`OVER` after this function is not supported by {D}",
    label = "not supported by {D}"
)]
pub trait BeforeOver<D: Dialect> {
    /// The text around its arguments.
    fn call(&self, types: Types) -> Words;

    /// What stands around the whole, to make it the type of the result.
    fn cast(_result: DataType) -> (&'static str, &'static str) {
        ("", "")
    }
}

/// A function that OVER can follow, with the window `W`.
#[diagnostic::on_unimplemented(
    message = "`OVER` comes after a window function or an aggregate",
    label = "this is neither a window function nor an aggregate"
)]
pub trait Windowing<W> {}
impl<O: WindowingOf<W>, W> Windowing<W> for O {}

/// What makes [`Windowing`]: implemented for each such function.
#[diagnostic::on_unimplemented(
    message = "`OVER` comes after a window function or an aggregate",
    label = "this is neither a window function nor an aggregate"
)]
pub trait WindowingOf<W> {}

/// A window for the function `O`.
#[diagnostic::on_unimplemented(
    message = "this is not a window",
    label = "expected `window()` or `partition_by(..)`, and what follows them"
)]
pub trait WindowFor<O>: IntoExpr {}
impl<P: Expr, K: Expr, F, O: Windowing<Window<P, K, F>>> WindowFor<O> for Window<P, K, F> {}
/// A cast to the type of the result, as it stands around an aggregate, but without its parenthesis.
pub(crate) fn cast_of<D: Dialect>(result: DataType) -> (&'static str, &'static str) {
    match (D::SYNTAX.spelling.aggregate_cast)(result) {
        Some(cast) => ("CAST(", cast.trim_start_matches(')')),
        None => ("", ""),
    }
}

impl<O: Operation<A>, A: Args> Operation<A> for Call<O> {
    type Base = O::Base;
    type Aggregates = A::Aggregates;
    type Null<Any: Nullness, All: Nullness> = O::Null<Any, All>;
    const LEVEL: Level = Level::Atom;
}

impl<O: Operation<A>, A: Args> CheckedOperation<A> for Call<O> {}
impl<O> PlainOperation for Call<O> {}

impl<D: Dialect, O: BeforeOver<D>> Spelling<D> for Call<O> {
    fn words(&self, types: Types) -> Words {
        self.0.call(types)
    }
}

impl<O, C: IntoExpr, W: IntoExpr> Operation<(C, W)> for Over<O> {
    type Base = <C::Expr as Expr>::Base;
    type Aggregates = <<(C, W) as Args>::Aggregates as Holds>::WithWindow;
    type Null<Any: Nullness, All: Nullness> = Any;
    const LEVEL: Level = Level::Atom;
}

impl<O, C: IntoExpr, W: IntoExpr> CheckedOperation<(C, W)> for Over<O> where (C, W): Args<Aggregates: NotWindowed> {}
impl<O, I> OverPlaces<I> for Over<O> {}

impl<D: Dialect, O: BeforeOver<D>> Spelling<D> for Over<O> {
    fn words(&self, types: Types) -> Words {
        let (open, close) = O::cast(types.result);
        Words::Around { open, between: " OVER ", close }
    }
}

impl<O, A> Node<O, A> {
    /// `OVER (..)`: the function over the rows of a window, for each row.
    ///
    /// After a window function like [`row_number`](super::row_number()), and after any aggregate over all values.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String, age: i32 }
    /// let oldest_first = partition_by(User::city).order_by(User::age.desc());
    /// let query = User::query::<Sqlite>().select((User::id, rank().over(oldest_first), User::age.avg().over(partition_by(User::city))));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     concat!(
    ///         r#"SELECT "users"."id", rank() OVER (PARTITION BY "users"."city" ORDER BY "users"."age" DESC), "#,
    ///         r#"avg("users"."age") OVER (PARTITION BY "users"."city") FROM "users""#,
    ///     )
    /// );
    /// ```
    pub fn over<W: WindowFor<O>>(self, window: W) -> Node<Over<O>, (Node<Call<O>, A>, W)> {
        Node::new(Over(PhantomData), (Node::new(Call(self.operation), self.args), window))
    }
}
