//! What a field of a shape can be, and what that selects.

use std::marker::PhantomData;

use super::{FitsShape, HoldsRows, HoldsShapes, RelatedField, RowOf, ShapeOf, Unread, WholeRow};
use crate::{
    dialect::Dialect,
    expr::{Expr, ExprIn, Holds, NoAggregate, NoWindow, Output, Render, for_each_value},
    query::{
        Fits, SHAPE, Select, StandsIn, Unfit,
        state::{self, Selected},
    },
    relation::{Cardinality, Planned, Rel, Related, Relation},
    render::Fragment,
    table::{Col, Table, TableIn},
    value::SqlValue,
};

/// Where the fields of a shape of the table `T` are selected.
pub struct Selection<'a, D, T> {
    out: &'a mut Fragment,
    is_empty: bool,
    marker: PhantomData<fn() -> (D, T)>,
}

impl<'a, D: Dialect, T: Table> Selection<'a, D, T> {
    pub(super) fn of(out: &'a mut Fragment) -> Self {
        out.reserve(96, 0);
        Selection { out, is_empty: true, marker: PhantomData }
    }

    /// Where to write the next column.
    fn next(&mut self) -> &mut Fragment {
        if !std::mem::take(&mut self.is_empty) {
            self.out.next_column();
        }
        self.out
    }

    /// Selects all columns.
    pub(super) fn whole_row(&mut self) -> WholeRow<T> {
        let columns = <T as crate::query::OutputRow>::COLUMNS;
        let out = self.next();
        columns.data_types().for_each(|data_type| out.selects(data_type));
        out.columns_of(columns, None);
        WholeRow::NEW
    }

    /// Something must be selected.
    pub(super) fn finish(mut self) {
        if self.is_empty {
            self.next().sql("1");
        }
    }
}

/// Selects a field of the type `V` in the shape `s`.
#[doc(hidden)]
pub fn field<D: Dialect, T, V, I, F, P: ShapeField<D, T, V, I, F>>(s: &mut Selection<'_, D, T>, part: P) -> F {
    part.select_field(s)
}

/// What a table calls a column or a relation.
#[diagnostic::on_unimplemented(
    message = "this is neither a column nor a relation",
    label = "a field of a shape is called like a column or a relation"
)]
pub trait NamedPart {
    /// The column, or the relation.
    type Part;

    /// Gives it.
    fn part(self) -> Self::Part;
}

#[diagnostic::do_not_recommend]
impl<C, A> NamedPart for Col<C, A> {
    type Part = Self;

    fn part(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<F: FnOnce() -> R, R> NamedPart for F {
    type Part = R;

    fn part(self) -> R {
        self()
    }
}

/// `User::name`, or `User::posts()` of `User::posts`.
#[doc(hidden)]
pub fn named<P: NamedPart>(part: P) -> P::Part {
    part.part()
}

/// What a field of the type `V` can be in a shape of the table `T`; `F` is what it becomes.
#[diagnostic::on_unimplemented(
    message = "this cannot be a field of a shape",
    label = "`{Self}` is neither a column or an expression nor a relation"
)]
pub trait ShapeField<D: Dialect, T, V, I, F> {
    /// Selects it.
    fn select_field(self, selection: &mut Selection<'_, D, T>) -> F;
}

impl<D: Dialect, T, V, I, F, P> ShapeField<D, T, V, I, F> for P
where
    P: StandsIn<SHAPE> + ShapePart<D, T, V, I, F, P::Fit>,
{
    fn select_field(self, selection: &mut Selection<'_, D, T>) -> F {
        self.select(selection)
    }
}

/// The same, where [`StandsIn`] says whether the type can be one at all.
pub trait ShapePart<D: Dialect, T, V, I, F, Fit> {
    /// Selects it.
    fn select(self, selection: &mut Selection<'_, D, T>) -> F;
}

impl<D: Dialect, T, V, I, P> ShapePart<D, T, V, I, Unread<V>, Unfit> for P {
    fn select(self, _: &mut Selection<'_, D, T>) -> Unread<V> {
        Unread::NEW
    }
}

/// What an expression in a shape holds: neither an aggregate nor a window function.
pub trait OfOneRow {}
impl<H: Holds<Aggregate: NoAggregateInShape, Window: NoWindowInShape>> OfOneRow for H {}

/// No aggregate.
#[diagnostic::on_unimplemented(
    message = "an aggregate cannot be a field of a shape, which is of one row",
    label = "holds an aggregate: those of a relation are `User::posts().count()`, `.sum(..)`, `.value(..)`"
)]
pub trait NoAggregateInShape {}
#[diagnostic::do_not_recommend]
impl NoAggregateInShape for NoAggregate {}

/// No window function.
#[diagnostic::on_unimplemented(
    message = "a window function cannot be a field of a shape, which is of one row",
    label = "holds a window function: `.select(..)` it"
)]
pub trait NoWindowInShape {}
#[diagnostic::do_not_recommend]
impl NoWindowInShape for NoWindow {}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db, Of, Field, At, Part, $($generic),*> ShapePart<Db, Of, Field, At, Part, Fits> for $expression
        where
            Db: Dialect,
            Of: Table,
            Self: ExprIn<(Of,), At> + Render<Db>,
            <Self as Expr>::Aggregates: OfOneRow,
            Output<Self, (Of,), At>: FitsShape<Field, Part>,
        {
            fn select(self, selection: &mut Selection<'_, Db, Of>) -> Part {
                let out = selection.next();
                out.selects(<<Self as Expr>::Base as SqlValue>::TYPE);
                Render::<Db>::render(self.with_type(), out);
                <Output<Self, (Of,), At>>::PART
            }
        }
    };
}

for_each_value!(expressions);

/// The table that a relation is of, in a shape of the table `T`.
#[diagnostic::on_unimplemented(
    message = "this is a relation of `{Self}`, the shape is one of `{T}`",
    label = "not a relation of `{T}`"
)]
pub trait RelationOf<T> {}
#[diagnostic::do_not_recommend]
impl<T> RelationOf<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: crate::query::Never> RelationOf<crate::query::Nowhere> for T {}

/// The rows of a relation, each of which becomes `S`.
pub type Shaped<D, R, S, N> = Related<D, R, (), Selected<state::Rows>, ShapeOf<S>, N>;

impl<D, T, V, R, S, F> ShapePart<D, T, V, S, F, Fits> for Rel<R>
where
    D: Dialect,
    T: Table,
    R: Relation<From: RelationOf<T>, To: TableIn<D::Name>, Cardinality: HoldsShapes<D, V, S>>,
    S: RowOf<D, R::To, Shaped<D, R, S, R::Cardinality>, F>,
{
    fn select(self, _: &mut Selection<'_, D, T>) -> F {
        S::rows(shaped(Related::of(self), ShapeOf::NEW))
    }
}

impl<D, T, V, R, S, F, N> ShapePart<D, T, V, S, F, Fits> for Related<D, R, R::To, state::Rows, (), N>
where
    D: Dialect,
    T: Table,
    R: Relation<From: RelationOf<T>, To: TableIn<D::Name>>,
    N: HoldsShapes<D, V, S>,
    S: RowOf<D, R::To, Shaped<D, R, S, N>, F>,
{
    fn select(self, _: &mut Selection<'_, D, T>) -> F {
        S::rows(shaped(self, ShapeOf::NEW))
    }
}

/// What is selected of a relation's rows already.
impl<D, T, V, R, Row, L, F, N> ShapePart<D, T, V, L::With, F, Fits> for Related<D, R, Row, Selected<state::Rows>, L, N>
where
    D: Dialect,
    T: Table,
    R: Relation<From: RelationOf<T>>,
    L: Planned<D, Row>,
    N: HoldsRows<V, L::With, RelatedField<Self>, F>,
{
    fn select(self, _: &mut Selection<'_, D, T>) -> F {
        N::field(RelatedField(self))
    }
}

/// Whole rows, beside which relations of theirs are loaded already.
macro_rules! beside {
    ($($level:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<Db, Of, Field, Lead, Part, Rows, $($level),+>
            ShapePart<Db, Of, Field, <($($level,)+) as Planned<Db, Lead::To>>::With, Part, Fits>
            for Related<Db, Lead, Lead::To, state::Rows, ($($level,)+), Rows>
        where
            Db: Dialect,
            Of: Table,
            Lead: Relation<From: RelationOf<Of>>,
            ($($level,)+): Planned<Db, Lead::To>,
            Rows: HoldsRows<Field, <($($level,)+) as Planned<Db, Lead::To>>::With, RelatedField<Self>, Part>,
        {
            fn select(self, _: &mut Selection<'_, Db, Of>) -> Part {
                Rows::field(RelatedField(self))
            }
        }
    };
}

beside!(A);
beside!(A, B);
beside!(A, B, C);
beside!(A, B, C, D);
beside!(A, B, C, D, E);
beside!(A, B, C, D, E, F);
beside!(A, B, C, D, E, F, G);
beside!(A, B, C, D, E, F, G, H);

/// The same rows, which become what `L` says.
pub(super) fn shaped<D: Dialect, R: Relation, Row, X, B, L, N: Cardinality>(
    Related { relation, select, .. }: Related<D, R, Row, X, B, N>,
    loads: L,
) -> Related<D, R, (), Selected<state::Rows>, L, N> {
    Related { relation, select: reads_nothing(select), loads, marker: PhantomData }
}

/// A query for a shape to select from.
pub(super) fn reads_nothing<D: Dialect, S, R, X>(
    select: Select<D, S, R, X>,
) -> Select<D, S, (), Selected<state::Rows>> {
    Select::<D, S, R, X>::of_parts(select.parts, |_| Ok(()))
}
