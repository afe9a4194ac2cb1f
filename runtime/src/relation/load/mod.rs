//! Loading the rows that relations lead to: `User::query().with(User::posts())`.

mod at_once;
mod children;
mod level;
mod loaded;
mod loads;
mod page;
mod places;
mod plan;
mod stream;
mod unasked;
mod way;

pub use at_once::{Above, KeysAbove, Levels, Together};
pub use level::Level;
pub use loaded::{BeforeWith, HasRelations, Loaded};
pub(crate) use loads::side_by_side;
pub use loads::{First, HasPlace, LoadOnce, Loads, SameRelation, TakesRelations};
pub use page::{LoadedFrom, LoadedKeyset, LoadedPage};
pub use places::{KeyOf, KeyPlace};
pub use plan::{Plan, Planned};
pub use unasked::AsksItself;
pub use way::Way;

use std::marker::PhantomData;

use super::{Cardinality, OfKey, Rel, Relation, Several, TablesIn};
use crate::{
    dialect::Dialect,
    query::{
        Filter, Fits, InScope, RowCount, Select, Unfit, read_scope,
        state::{OrderBy, Rows, Selectable, Selected},
    },
    value::Nullness,
};

/// A relation, and which of the rows that it leads to are loaded: rows of the type `Row`, with the relations `L` of
/// their own; `N` says how many there are.
///
/// Like a query, it is built step by step, but its conditions, order and limit are about the rows of each parent.
pub struct Related<D: Dialect, R: Relation, Row, X, L, N> {
    pub(crate) relation: Rel<R>,
    pub(crate) select: Select<D, R::Scope, Row, X>,
    pub(crate) loads: L,
    pub(crate) marker: PhantomData<fn() -> N>,
}

impl<D: Dialect, R: Relation, Row, X, L: Clone, N> Clone for Related<D, R, Row, X, L, N> {
    fn clone(&self) -> Self {
        Related { relation: self.relation, select: self.select.clone(), loads: self.loads.clone(), marker: PhantomData }
    }
}

impl<D: Dialect, R: Relation, Row, X, L: std::fmt::Debug, N> std::fmt::Debug for Related<D, R, Row, X, L, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Related").field("select", &self.select).field("loads", &self.loads).finish_non_exhaustive()
    }
}

/// All rows that a relation leads to.
pub type All<D, R> = Related<D, R, <R as Relation>::To, Rows, (), <R as Relation>::Cardinality>;

impl<D: Dialect, R: Relation> All<D, R> {
    pub(crate) fn of(relation: Rel<R>) -> Self {
        let select = Select::<D, (), ()>::of_parts(relation.all_rows::<D>(), read_scope::<D, (R::To,)>);
        Related { relation, select, loads: (), marker: PhantomData }
    }
}

impl<D: Dialect, R: Relation, Row, X, L, N: Cardinality> Related<D, R, Row, X, L, N> {
    fn map<Row2, X2, N2>(
        self,
        with: impl FnOnce(Select<D, R::Scope, Row, X>) -> Select<D, R::Scope, Row2, X2>,
    ) -> Related<D, R, Row2, X2, L, N2> {
        let Related { relation, select, loads, .. } = self;
        Related { relation, select: with(select), loads, marker: PhantomData }
    }

    /// Adds a condition on the rows that the relation leads to.
    pub fn filter<F: Filter<D, R::Scope, I>, I>(self, filter: F) -> Related<D, R, Row, X, L, N::Filtered> {
        self.map(|select| select.filter(filter))
    }

    /// Selects columns and expressions of the rows instead of whole rows.
    pub fn select<P: Selectable<D, R::Scope, X, I, R2, Selected<Rows>>, I, R2>(
        self,
        selection: P,
    ) -> Related<D, R, R2, Selected<Rows>, L, N> {
        self.map(|select| select.select(selection))
    }

    /// Loads a relation of these rows as well.
    pub fn with<A: Load<D, R::Scope, L, I, L2>, I, L2>(self, relation: A) -> Related<D, R, Row, X, L2, N>
    where
        L: TakesRelations + HasPlace,
    {
        let Related { relation: own, select, loads, .. } = self;
        Related { relation: own, select, loads: relation.after(loads), marker: PhantomData }
    }
}

impl<D: Dialect, R: Relation, Row, X, L, N: Cardinality + Several> Related<D, R, Row, X, L, N> {
    /// Sorts the rows of each parent.
    pub fn order_by<O: OrderBy<D, R::Scope, X, I>, I>(self, keys: O) -> Self {
        self.map(|select| select.order_by(keys))
    }

    /// At most this many rows for each parent.
    pub fn limit<C: RowCount>(self, rows: C) -> Self {
        self.map(|select| select.limit(rows))
    }

    /// Leaves out this many rows of each parent first.
    pub fn offset<C: RowCount>(self, rows: C) -> Self {
        self.map(|select| select.offset(rows))
    }
}

/// How many rows the relation `R` leads to, of rows of the scope `S`: where an outer join found none, none.
pub type FromScope<S, R, I, N> = <<S as LoadsRelationsOf<<R as Relation>::From, I>>::Null as OfKey>::From<N>;

/// A scope that the table `T` is part of, whose relations can be loaded.
#[diagnostic::on_unimplemented(
    message = "this is a relation of `{T}`, which is not part of this query",
    label = "goes into a relation that leads to `{T}`, as in `User::posts().with(Post::comments())`"
)]
pub trait LoadsRelationsOf<T, I> {
    /// Whether a row of it may be missing because the join found nothing.
    type Null: Nullness;
}
#[diagnostic::do_not_recommend]
impl<S: InScope<T, I>, T, I> LoadsRelationsOf<T, I> for S {
    type Null = S::Null;
}

/// A relation of a table in the scope `S`, to be loaded beside the relations `L`; `After` are all of them.
#[diagnostic::on_unimplemented(
    message = "this is not a relation that can be loaded",
    label = "expected a relation, for instance `User::posts()`"
)]
pub trait Load<D: Dialect, S, L, I, After> {
    /// Adds it to those before it.
    fn after(self, loads: L) -> After;
}

impl<D, S, L, I, After, A> Load<D, S, L, I, After> for A
where
    D: Dialect,
    A: IsRelation + LoadOf<D, S, L, I, After, A::Fit>,
{
    fn after(self, loads: L) -> After {
        self.add_to(loads)
    }
}

/// A relation, of whatever table: this asks for nothing but the type, as [`StandsIn`](crate::query::StandsIn) does.
#[diagnostic::on_unimplemented(
    message = "this is not a relation that can be loaded",
    label = "expected a relation, for instance `User::posts()`"
)]
pub trait IsRelation {
    /// [`Fits`].
    type Fit;
}
#[diagnostic::do_not_recommend]
impl<R> IsRelation for Rel<R> {
    type Fit = Fits;
}
#[diagnostic::do_not_recommend]
impl<D: Dialect, R: Relation, Row, X, L, N> IsRelation for Related<D, R, Row, X, L, N> {
    type Fit = Fits;
}

/// What makes a relation one to [`Load`].
pub trait LoadOf<D: Dialect, S, L, I, After, Fit> {
    /// Adds it to those before it.
    fn add_to(self, loads: L) -> After;
}

impl<D, S, L, I, R, Row, X, Below, N> LoadOf<D, S, L, I, L::Loads, Fits> for Related<D, R, Row, X, Below, N>
where
    D: Dialect,
    R: Relation<Scope: TablesIn<D::Name>>,
    S: LoadsRelationsOf<R::From, I, Null: OfKey>,
    N: Cardinality,
    L: LoadOnce<Related<D, R, Row, X, Below, FromScope<S, R, I, N>>>,
{
    fn add_to(self, loads: L) -> L::Loads {
        let Related { relation, select, loads: below, .. } = self;
        loads.and(Related { relation, select, loads: below, marker: PhantomData })
    }
}

impl<D, S, L, I, R> LoadOf<D, S, L, I, L::Loads, Fits> for Rel<R>
where
    D: Dialect,
    R: Relation<Scope: TablesIn<D::Name>>,
    S: LoadsRelationsOf<R::From, I, Null: OfKey>,
    L: LoadOnce<Related<D, R, R::To, Rows, (), FromScope<S, R, I, R::Cardinality>>>,
{
    fn add_to(self, loads: L) -> L::Loads {
        Load::<D, S, L, I, L::Loads>::after(All::of(self), loads)
    }
}

/// A second question has no answer where the first one is answered with no.
impl<D: Dialect, S, L, I, A> LoadOf<D, S, L, I, L, Unfit> for A {
    fn add_to(self, loads: L) -> L {
        loads
    }
}

impl<R: Relation> Rel<R> {
    /// Adds a condition on the rows that the relation leads to, to be loaded.
    pub fn filter<D: Dialect, F: Filter<D, R::Scope, I>, I>(
        self,
        filter: F,
    ) -> Related<D, R, R::To, Rows, (), <R::Cardinality as Cardinality>::Filtered> {
        All::of(self).filter(filter)
    }

    /// Loads columns and expressions of the rows instead of whole rows.
    pub fn select<D: Dialect, P: Selectable<D, R::Scope, Rows, I, Row, Selected<Rows>>, I, Row>(
        self,
        selection: P,
    ) -> Related<D, R, Row, Selected<Rows>, (), R::Cardinality> {
        All::of(self).select(selection)
    }

    /// Loads a relation of these rows as well.
    pub fn with<D: Dialect, A: Load<D, R::Scope, (), I, L>, I, L>(
        self,
        relation: A,
    ) -> Related<D, R, R::To, Rows, L, R::Cardinality> {
        All::of(self).with(relation)
    }

    /// Sorts the rows of each parent, to be loaded.
    pub fn order_by<D: Dialect, O: OrderBy<D, R::Scope, Rows, I>, I>(self, keys: O) -> All<D, R>
    where
        R::Cardinality: Several,
    {
        All::of(self).order_by(keys)
    }

    /// Loads at most this many rows for each parent.
    pub fn limit<D: Dialect, N: RowCount>(self, rows: N) -> All<D, R>
    where
        R::Cardinality: Several,
    {
        All::of(self).limit(rows)
    }

    /// Leaves out this many rows of each parent first.
    pub fn offset<D: Dialect, N: RowCount>(self, rows: N) -> All<D, R>
    where
        R::Cardinality: Several,
    {
        All::of(self).offset(rows)
    }
}
