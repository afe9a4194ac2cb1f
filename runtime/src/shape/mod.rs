//! Shapes: structs that say which columns and relations of a table they hold.

mod built;
mod fields;
mod fit;
mod leaf;
mod part;
mod query;

pub use fields::{Fields, RelatedField};
pub use fit::{FitsShape, HoldsRows, HoldsShapes, OneOf, OneShape, OptionOf, RowOf, TableOfShape, VecOf};
pub use leaf::{Unread, Value, WholeRow};
pub use part::{
    NamedPart, NoAggregateInShape, NoWindowInShape, OfOneRow, RelationOf, Selection, ShapeField, ShapePart, Shaped,
    field, named,
};
pub use query::{CertainlyThere, InShape, NothingLoaded, ShapedBy, ShapesRows};

use std::marker::PhantomData;

use crate::{
    dialect::Dialect,
    query::{Fits, Unfit, state::Rows},
    relation::{HasPlace, LoadOnce, LoadedFrom, Plan, Planned},
    render::Fragment,
    run::Decode,
    table::{Source, Table},
};
use built::{Built, Unbuilt};

/// A struct that holds some columns of a table, expressions of them, and what its relations lead to; a table is the shape
/// of all of its columns. Derive it; [`InShape::shape`] shows how.
///
/// A shape may hold itself, as the nodes of a tree do. It is loaded level by level, until there are no more rows: at most
/// 128 levels, and 8 of two shapes that hold each other, then it is an [`Error::Shape`](crate::Error::Shape).
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "places", has_many(parts = Place::within_id))] struct Place { #[column(primary_key)] id: i64, name: String, #[column(references = Place::id)] within_id: Option<i64> }
/// #[derive(Shape)]
/// #[shape(table = Place)]
/// struct Region {
///     name: String,
///     parts: Vec<Region>,
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { Place }.create_tables(&db).await?;
/// # for (id, name, within) in [(1, "Europe", None), (2, "Austria", Some(1)), (3, "Tyrol", Some(2)), (4, "Italy", Some(1))] {
/// #     Place::insert().values((Place::id.set(id), Place::name.set(name), Place::within_id.set(within))).execute(&db).await?;
/// # }
/// let europe = Place::query().filter(Place::name.eq("Europe")).shape::<Region>().fetch_one(&db).await?;
/// assert_eq!(europe.parts.len(), 2);
/// assert_eq!(europe.parts[0].parts[0].name, "Tyrol");
/// # Ok(()) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shape of a table",
    label = "not a shape",
    note = "annotate it with `#[derive(Shape)]` and `#[shape(table = ..)]`"
)]
pub trait Shape<D: Dialect>: Sized + Send + 'static {
    /// The table.
    type Table: Table;
    /// [`Fits`].
    #[doc(hidden)]
    type Fit;
    /// The types of its fields, as a tuple of at most eight, each of which may be such a tuple.
    type Fields: Send + 'static;

    /// Selects its fields.
    fn fields(selection: &mut Selection<'_, D, Self::Table>) -> impl Fields<D, Values = Self::Fields> + use<Self, D>;

    /// Puts its fields together.
    fn build(fields: Self::Fields) -> Self;
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, T: Table> Shape<D> for T {
    // Said like this, rustc knows nothing of what is no table, and has nothing more to say of it.
    type Table = <T as Source>::Table;
    type Fit = <<T as Source>::Table as OfTable>::Fit;
    type Fields = T;

    fn fields(selection: &mut Selection<'_, D, T>) -> impl Fields<D, Values = T> + use<T, D> {
        selection.whole_row()
    }

    fn build(row: T) -> T {
        row
    }
}

/// Whether the type of a table fits.
#[doc(hidden)]
pub trait OfTable {
    /// [`Fits`].
    type Fit;
}
impl<T: Table> OfTable for T {
    type Fit = Fits;
}

/// Says of a query that its rows become `T`; where `T` is no shape, `F` is unknown, and that is no second error.
pub struct ShapeOf<T, F = Fits>(PhantomData<fn() -> (T, F)>);

impl<T, F> ShapeOf<T, F> {
    pub(crate) const NEW: Self = ShapeOf(PhantomData);
}

impl<T, F> Clone for ShapeOf<T, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, F> Copy for ShapeOf<T, F> {}

impl<T, F> std::fmt::Debug for ShapeOf<T, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShapeOf")
    }
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, T: Shape<D>> Planned<D, ()> for ShapeOf<T> {
    type With = T;

    fn plan(self, selection: &mut Fragment, _: Decode<D, ()>) -> impl Plan<D, With = T> + use<D, T> {
        Built { fields: selected::<D, T>(selection), marker: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<D: Dialect, T: Send + 'static> Planned<D, ()> for ShapeOf<T, Unfit> {
    type With = T;

    fn plan(self, _: &mut Fragment, _: Decode<D, ()>) -> impl Plan<D, With = T> + use<D, T> {
        Unbuilt(PhantomData)
    }
}

impl<T, F> LoadedFrom for ShapeOf<T, F> {
    type State<X> = Rows;
}

/// Never called: `TakesRelations` refuses relations beside a shape.
#[diagnostic::do_not_recommend]
impl<T, F> HasPlace for ShapeOf<T, F> {}

impl<T, F, A> LoadOnce<A> for ShapeOf<T, F> {
    type Loads = (A,);

    fn and(self, relation: A) -> (A,) {
        (relation,)
    }
}

fn selected<D: Dialect, T: Shape<D>>(selection: &mut Fragment) -> impl Fields<D, Values = T::Fields> + use<D, T> {
    let mut selection = Selection::of(selection);
    let fields = T::fields(&mut selection);
    selection.finish();
    fields
}
