//! How far a query is written: what later clauses must know.

use std::marker::PhantomData;

use super::{
    clause::NotAggregated,
    group::{GroupedBy, HasKey},
};
use crate::{
    dialect::Dialect,
    query::{order::SortKeys, projection::Projection},
    table::{Col, No, Yes},
};

/// Nothing selected, grouped or ordered yet: the query returns whole rows.
#[derive(Debug)]
pub struct Rows;
/// Grouped by the keys `K`, with nothing selected yet.
#[derive(Debug)]
pub struct Grouped<K>(PhantomData<fn() -> K>);
/// Something is selected; `G` says whether it is from [`Rows`], [`OneGroup`] or [`Grouped`].
#[derive(Debug)]
pub struct Selected<G>(PhantomData<fn() -> G>);
/// All rows are one group: only aggregates are selected.
#[derive(Debug)]
pub struct OneGroup;
/// DISTINCT rows; `P` is what is selected, [`Everything`] unless `.select(..)` says otherwise.
#[derive(Debug)]
pub struct Distinct<P>(PhantomData<fn() -> P>);
/// All columns of all tables.
#[derive(Debug)]
pub struct Everything;

/// A query that can still be joined.
#[diagnostic::on_unimplemented(
    message = "joins come before `.group_by(..)`, `.distinct()` and `.select(..)`",
    label = "too late for a join"
)]
pub trait BeforeSelect {}
impl BeforeSelect for Rows {}
impl BeforeSelect for super::scope::Nowhere {}

/// A query that can still be grouped or made distinct.
#[diagnostic::on_unimplemented(
    message = "`.group_by(..)` and `.distinct()` come before `.select(..)`",
    label = "too late for this clause"
)]
pub trait Ungrouped {}
impl Ungrouped for Rows {}
impl Ungrouped for super::scope::Nowhere {}

/// A query that can run: one that groups must say what it selects.
#[diagnostic::on_unimplemented(
    message = "a grouped query must say what it selects: add `.select(..)`",
    label = "grouped, but nothing is selected"
)]
pub trait Complete {}
impl Complete for Rows {}
impl<G> Complete for Selected<G> {}
impl<P> Complete for Distinct<P> {}

/// What `.select(..)` may select in this state, and the state after it.
#[diagnostic::on_unimplemented(message = "this query already has a `.select(..)`", label = "selects a second time")]
pub trait Selects<P, A, I> {
    /// The state after it.
    type Out;
    /// Whether the query returns exactly one row.
    const ONE_ROW: bool = false;
}

impl<P> Selects<P, No, ()> for Rows {
    type Out = Selected<Rows>;
}

impl<P: GroupedBy<(), I>, I> Selects<P, Yes, I> for Rows {
    type Out = Selected<OneGroup>;
    const ONE_ROW: bool = true;
}

impl<P: GroupedBy<K, I>, A, I, K> Selects<P, A, I> for Grouped<K> {
    type Out = Selected<Grouped<K>>;
}

impl<P, A: NotAggregated> Selects<P, A, ()> for Distinct<Everything> {
    type Out = Distinct<P>;
}

/// What can be selected in a query over the scope `S` in the state `X`.
pub trait Selectable<D: Dialect, S, X, I>: Sized {
    /// The row.
    type Row;
    /// The state after it.
    type State;
    /// How it is written and read.
    type Projection: Projection<D, S, Self::Position, Row = Self::Row>;
    /// The positions of its columns.
    type Position;
    /// Whether the query returns exactly one row.
    const ONE_ROW: bool;

    /// How it is written and read.
    fn projection(self) -> Self::Projection;
}

impl<D: Dialect, S, X, P, I, J> Selectable<D, S, X, (I, J)> for P
where
    P: Projection<D, S, I>,
    X: Selects<P, P::Aggregates, J>,
{
    type Row = P::Row;
    type State = X::Out;
    type Projection = P;
    type Position = I;
    const ONE_ROW: bool = X::ONE_ROW;

    fn projection(self) -> P {
        self
    }
}

/// What ORDER BY may sort by in this state.
pub trait Sorts<O, A, I> {}

impl<O, A: NotAggregated> Sorts<O, A, ()> for Rows {}

impl<O, A: NotAggregated> Sorts<O, A, ()> for Selected<Rows> {}

impl<O: GroupedBy<(), I>, A, I> Sorts<O, A, I> for Selected<OneGroup> {}

impl<O: GroupedBy<K, I>, A, I, K> Sorts<O, A, I> for Selected<Grouped<K>> {}

impl<O: GroupedBy<K, I>, A, I, K> Sorts<O, A, I> for Grouped<K> {}

impl<O: SelectedIn<P, I>, A, I, P> Sorts<O, A, I> for Distinct<P> {}

/// A sort key that a DISTINCT query selects.
#[diagnostic::on_unimplemented(
    message = "a DISTINCT query can only be ordered by what it selects",
    label = "not selected",
    note = "add it to `.select(..)`"
)]
pub trait SelectedIn<P, I> {}

/// Marks a sort key that is all that is selected.
#[derive(Debug)]
pub struct Whole;
/// Marks a sort key that is one of several things selected.
#[derive(Debug)]
pub struct Part<I>(PhantomData<I>);

impl<E> SelectedIn<E, Whole> for E {}
impl<E, P: HasKey<E, I>, I> SelectedIn<P, Part<I>> for E {}
impl<C, A> SelectedIn<Everything, ()> for Col<C, A> {}

/// What the query can be ordered by.
pub trait OrderBy<D: Dialect, S, X, I> {
    /// The keys.
    type Keys: SortKeys<D, S, Self::Position>;
    /// The positions of their columns.
    type Position;

    /// The keys.
    fn keys(self) -> Self::Keys;
}

impl<D: Dialect, S, X, O, I, J> OrderBy<D, S, X, (I, J)> for O
where
    O: SortKeys<D, S, I>,
    X: Sorts<O::Bare, O::Aggregates, J>,
{
    type Keys = O;
    type Position = I;

    fn keys(self) -> O {
        self
    }
}
