//! How far a query is written: what later clauses must know.

use std::marker::PhantomData;

use super::{
    clause::{ORDER_BY, SELECT, SortsRows},
    group::{GroupedBy, HasKey, WithoutValues},
};
use crate::{
    Error,
    dialect::Dialect,
    expr::{Expr, Windowed},
    query::{
        order::{SortKeys, SortList},
        output::FromItem,
        places::SelectPlaces,
        projection::{HoldsTogether, Projection},
        scope::{Lacks, TopLevel},
        stands_in::StandsIn,
    },
    render::Fragment,
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
/// Rows, with window functions among what is selected.
#[derive(Debug)]
pub struct OfWindows;
/// DISTINCT rows; `P` is what is selected, [`Everything`] unless `.select(..)` says otherwise.
#[derive(Debug)]
pub struct Distinct<P>(PhantomData<fn() -> P>);
/// All columns of all tables.
#[derive(Debug)]
pub struct Everything;
/// The first row of each group of rows that have the keys of DISTINCT ON in common.
#[derive(Debug)]
pub struct FirstOfEach;
/// Rows that are locked; `X` says how far the query is written otherwise.
#[derive(Debug)]
pub struct Locked<X>(PhantomData<fn() -> X>);

/// The rows of two queries: UNION, INTERSECT, EXCEPT.
#[derive(Debug)]
pub struct Combined;

/// Stands for a state in errors: rustc shows the words of a trait only if its `Self` is not what was asked for itself.
#[derive(Debug)]
pub struct State<X>(PhantomData<X>);

/// A query that can still be joined.
#[diagnostic::on_unimplemented(
    message = "joins come before `.group_by(..)`, `.distinct()` and `.select(..)`",
    label = "too late for a join"
)]
pub trait BeforeSelect {}
#[diagnostic::do_not_recommend]
impl BeforeSelect for State<Rows> {}

/// A query that can still be grouped or made distinct, by which it gets into the state `Next`. `After` is the same, but
/// unknown where it cannot: nothing that follows is a second error.
#[diagnostic::on_unimplemented(
    message = "`.group_by(..)` and `.distinct()` come before `.select(..)`, and locked rows have neither",
    label = "too late for this clause"
)]
pub trait Ungrouped<Next, After> {}
#[diagnostic::do_not_recommend]
impl<Next> Ungrouped<Next, Next> for Rows {}

/// A query that can run: one that groups must say what it selects.
#[diagnostic::on_unimplemented(
    message = "a grouped query must say what it selects: add `.select(..)`",
    label = "grouped, but nothing is selected"
)]
pub trait Complete {}
#[diagnostic::do_not_recommend]
impl Complete for State<Rows> {}
#[diagnostic::do_not_recommend]
impl<G> Complete for State<Selected<G>> {}
#[diagnostic::do_not_recommend]
impl<P> Complete for State<Distinct<P>> {}
#[diagnostic::do_not_recommend]
impl Complete for State<FirstOfEach> {}
#[diagnostic::do_not_recommend]
impl<X> Complete for State<Locked<X>> {}
#[diagnostic::do_not_recommend]
impl Complete for State<Combined> {}

/// A query that locks no rows, and can be a side of a set operation.
#[diagnostic::on_unimplemented(
    message = "rows that are locked cannot be combined with those of another query",
    label = "locks its rows"
)]
pub trait Unlocked {}
#[diagnostic::do_not_recommend]
impl Unlocked for State<Rows> {}
#[diagnostic::do_not_recommend]
impl<K> Unlocked for State<Grouped<K>> {}
#[diagnostic::do_not_recommend]
impl<G> Unlocked for State<Selected<G>> {}
#[diagnostic::do_not_recommend]
impl<P> Unlocked for State<Distinct<P>> {}
#[diagnostic::do_not_recommend]
impl Unlocked for State<FirstOfEach> {}
#[diagnostic::do_not_recommend]
impl Unlocked for State<Combined> {}

/// A query that says what it selects, so that it can be ordered by that.
#[diagnostic::on_unimplemented(
    message = "`.order_by_output(..)` comes after `.select(..)`",
    label = "selects nothing in particular yet: `.order_by(..)` sorts by columns of the tables"
)]
pub trait HasOutput {}
#[diagnostic::do_not_recommend]
impl<G> HasOutput for State<Selected<G>> {}
#[diagnostic::do_not_recommend]
impl<P> HasOutput for State<Distinct<P>> {}
#[diagnostic::do_not_recommend]
impl HasOutput for State<Combined> {}
#[diagnostic::do_not_recommend]
impl<G> HasOutput for State<Locked<Selected<G>>> {}

/// A query whose rows are rows of tables, which can be locked.
#[diagnostic::on_unimplemented(
    message = "rows that are grouped, aggregated or made distinct cannot be locked",
    label = "these are no rows of a table any more"
)]
pub trait Lockable {}
#[diagnostic::do_not_recommend]
impl Lockable for State<Rows> {}
#[diagnostic::do_not_recommend]
impl Lockable for State<Selected<Rows>> {}

/// A query that may still be locked.
pub trait CanLock {}
impl<X> CanLock for X where State<X>: Lockable {}

/// What `.select(..)` may select in this state; `After` is the state after it.
pub trait Selects<P, A, I, After> {
    /// Whether the query returns exactly one row.
    const ONE_ROW: bool = false;
    /// Whether an earlier ORDER BY is about something else.
    const FORGETS_ORDER: bool = false;
}

impl<P> Selects<P, No, (), Selected<Rows>> for Rows {}

impl<P> Selects<P, Windowed<No>, (), Selected<OfWindows>> for Rows {}

impl<P: GroupedBy<(), I>, I> Selects<P, Yes, I, Selected<OneGroup>> for Rows {
    const ONE_ROW: bool = true;
    const FORGETS_ORDER: bool = true;
}

impl<P: GroupedBy<(), I>, I> Selects<P, Windowed<Yes>, I, Selected<OneGroup>> for Rows {
    const ONE_ROW: bool = true;
    const FORGETS_ORDER: bool = true;
}

impl<P: GroupedBy<K, I>, A, I, K> Selects<P, A, I, Selected<Self>> for Grouped<K> {}

impl<P, A: NotAggregatedDistinct> Selects<P, A, (), Distinct<P>> for Distinct<Everything> {
    const FORGETS_ORDER: bool = true;
}

impl<P, A: NotAggregatedDistinct> Selects<P, A, (), Selected<Self>> for FirstOfEach {}

impl<P, A: NotAggregatedLocked> Selects<P, A, (), Locked<Selected<Rows>>> for Locked<Rows> {}

/// What a query of locked rows selects, and is ordered by.
#[diagnostic::on_unimplemented(
    message = "rows that are grouped, aggregated or made distinct cannot be locked",
    label = "holds an aggregate or a window function"
)]
pub trait NotAggregatedLocked {}
#[diagnostic::do_not_recommend]
impl NotAggregatedLocked for No {}

/// What a DISTINCT query selects.
#[diagnostic::on_unimplemented(
    message = "a DISTINCT query cannot select aggregates: there is one row",
    label = "holds an aggregate"
)]
pub trait NotAggregatedDistinct {}
#[diagnostic::do_not_recommend]
impl NotAggregatedDistinct for No {}
#[diagnostic::do_not_recommend]
impl NotAggregatedDistinct for Windowed<No> {}

/// Never satisfied: it carries the words for a second `.select(..)`.
#[diagnostic::on_unimplemented(message = "this query already has a `.select(..)`", label = "selects a second time")]
pub trait SelectsAgain {}

impl<P, A, G> Selects<P, A, (), Self> for Selected<G> where Again<G>: SelectsAgain {}
impl<P, A> Selects<P, A, (), Self> for Combined where Again<P>: SelectsAgain {}

/// Stands for a state in errors: rustc shows the words of [`SelectsAgain`] only for another type than the state itself.
#[derive(Debug)]
pub struct Again<G>(PhantomData<G>);

/// What can be selected in a query over the scope `S` in the state `X`: rows of the type `R`, after which the state is `After`.
#[diagnostic::on_unimplemented(
    message = "this cannot be selected",
    label = "`{Self}` is neither a column nor an expression: a plain value is selected with `value(..)`"
)]
pub trait Selectable<D: Dialect, S, X, I, R, After> {
    /// Whether the query then returns exactly one row.
    const ONE_ROW: bool;
    /// Whether an earlier ORDER BY is about something else.
    const FORGETS_ORDER: bool;

    /// Writes its columns.
    fn render(self, out: &mut Fragment);

    /// Reads a row.
    ///
    /// # Errors
    /// As [`Projection::read`].
    fn read(row: &mut D::Row<'_>) -> Result<R, Error>;
}

impl<D, S, X, P, I, J, H, R, After> Selectable<D, S, X, (I, J, H), R, After> for P
where
    D: Dialect,
    P: StandsIn<SELECT> + Projection<D, S, I, R, H, P::Fit>,
    H: HoldsTogether,
    X: Selects<P, H::All, J, After>,
    J: SelectPlaces<D::Name>,
{
    const ONE_ROW: bool = X::ONE_ROW;
    const FORGETS_ORDER: bool = X::FORGETS_ORDER;

    fn render(self, out: &mut Fragment) {
        Projection::render(self, out);
    }

    fn read(row: &mut D::Row<'_>) -> Result<R, Error> {
        <P as Projection<D, S, I, R, H, P::Fit>>::read(row)
    }
}

/// What ORDER BY may sort by in this state.
pub trait Sorts<O, A, I> {}

impl<O, A: SortsRows> Sorts<O, A, ()> for Rows {}

impl<O, A: SortsRows> Sorts<O, A, ()> for Selected<Rows> {}

impl<O, A: SortsRows> Sorts<O, A, ()> for Selected<OfWindows> {}

impl<O, A: SortsRows> Sorts<O, A, ()> for FirstOfEach {}

impl<O, A: SortsRows> Sorts<O, A, ()> for Selected<FirstOfEach> {}

impl<O, A: NotAggregatedLocked, X> Sorts<O, A, ()> for Locked<X> {}

impl<O: GroupedBy<(), I>, A, I> Sorts<O, A, I> for Selected<OneGroup> {}

impl<O: GroupedBy<K, I>, A, I, K: CanSort> Sorts<O, A, I> for Selected<Grouped<K>> {}

impl<O: GroupedBy<K, I>, A, I, K: CanSort> Sorts<O, A, I> for Grouped<K> {}

/// Keys of groups that can be sorted: on every database, unless there are totals among them.
pub trait CanSort {}

impl<O, A, I, P> Sorts<O, A, I> for Distinct<P> where SortedBy<O>: SelectedIn<P, I> {}

/// Never satisfied: it carries the words for a set operation that is ordered by columns of tables.
#[diagnostic::on_unimplemented(
    message = "a set operation is ordered by the columns that it returns: use `.order_by_output(..)`",
    label = "not a column of the result: `.order_by_output(|row| ..)` gives you those"
)]
pub trait OrdersTables {}

impl<O, A> Sorts<O, A, ()> for Combined where SortedBy<O>: OrdersTables {}

/// A sort key that a DISTINCT query selects.
#[diagnostic::on_unimplemented(
    message = "a DISTINCT query can only be ordered by what it selects",
    label = "not selected: add it to `.select(..)`"
)]
pub trait SelectedIn<P, I> {}

/// Stands for sort keys in errors: rustc shows the words of [`SelectedIn`] only if its `Self` is not the argument itself.
#[derive(Debug)]
pub struct SortedBy<O>(PhantomData<O>);

/// Marks a sort key that is all that is selected.
#[derive(Debug)]
pub struct Whole;
/// Marks a sort key that is one of several things selected.
#[derive(Debug)]
pub struct Part<I>(PhantomData<I>);

#[diagnostic::do_not_recommend]
impl<E: Expr + WithoutValues> SelectedIn<E, Whole> for SortedBy<E> {}
#[diagnostic::do_not_recommend]
impl<E: Expr + WithoutValues, P: HasKey<E, I>, I> SelectedIn<P, Part<I>> for SortedBy<E> {}
#[diagnostic::do_not_recommend]
impl<C, A> SelectedIn<Everything, ()> for SortedBy<Col<C, A>> {}

/// What a query over the scope `S` in the state `X` can be ordered by.
#[diagnostic::on_unimplemented(
    message = "this is not something to order by",
    label = "`{Self}` is neither a column nor an expression, with or without `.asc()` or `.desc()`"
)]
pub trait OrderBy<D: Dialect, S, X, I> {
    /// Renders the keys.
    fn keys(self, to: &mut SortList<'_>);
}

impl<D, S, X, O, I, J, Bare, H> OrderBy<D, S, X, (I, J, Bare, H)> for O
where
    D: Dialect,
    O: StandsIn<ORDER_BY> + SortKeys<D, S, I, Bare, H, O::Fit>,
    H: HoldsTogether,
    X: Sorts<Bare, H::All, J>,
    J: SelectPlaces<D::Name>,
{
    fn keys(self, to: &mut SortList<'_>) {
        SortKeys::keys(self, to);
    }
}

/// A query that a join can be added to: nothing is selected yet, and `T` is not part of its scope `S`.
pub trait CanJoin<S, T> {}
impl<X, S: Lacks<T>, T: FromItem> CanJoin<S, T> for X where State<X>: BeforeSelect {}

/// A query over the scope `S` that can run.
pub trait CanRun<S> {}
impl<X, S: TopLevel> CanRun<S> for X where State<X>: Complete {}
