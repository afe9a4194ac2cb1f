//! What a query selects, and how its rows are read.

use std::marker::PhantomData;

use super::{filter::One, scope::{Entry, InScope, Maybe}};
use crate::{
    Error,
    dialect::Dialect,
    expr::{ExprIn, Output, Render},
    render::Fragment,
    run::RowReader,
    table::{Flag, No, Source, Table},
    value::{FieldType, Nullness},
};

/// What can be selected in the scope `S`: an expression, a table's columns, a named row, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not something to select",
    note = "columns, expressions, `User::all()`, `row!(..)` and tuples of them can be selected; a plain value with `value(..)`"
)]
pub trait Projection<D: Dialect, S, I> {
    /// The row that it makes.
    type Row;
    /// Whether it holds an aggregate function.
    type Aggregates: Flag;

    /// Writes its columns, separated by commas.
    fn render(self, out: &mut Fragment);

    /// Reads it from a row.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than expected.
    fn read(row: &mut D::Row<'_>) -> Result<Self::Row, Error>;
}

impl<D: Dialect, S, I, E: ExprIn<S, I> + Render<D>> Projection<D, S, One<I>> for E {
    type Row = Output<E, S, I>;
    type Aggregates = E::Aggregates;

    fn render(self, out: &mut Fragment) {
        Render::<D>::render(self, out);
    }

    fn read(row: &mut D::Row<'_>) -> Result<Self::Row, Error> {
        <E::Null as Nullness>::read::<E::Base, _>(row)
    }
}

/// Marks the position of an expression that may be left out.
#[derive(Debug)]
pub struct Absent<I>(PhantomData<I>);

/// An expression that may be left out at run time: NULL is selected in its place.
impl<D: Dialect, S, I, E: ExprIn<S, I> + Render<D>> Projection<D, S, Absent<I>> for Option<E> {
    type Row = Option<E::Base>;
    type Aggregates = E::Aggregates;

    fn render(self, out: &mut Fragment) {
        match self {
            Some(expression) => Render::<D>::render(expression, out),
            None => out.sql("NULL"),
        }
    }

    fn read(row: &mut D::Row<'_>) -> Result<Self::Row, Error> {
        <Option<E::Base> as FieldType>::read(row)
    }
}

/// All columns of a table or alias: `User::all()`.
pub struct All<T>(PhantomData<fn() -> T>);

impl<T> All<T> {
    pub(crate) const fn new() -> Self {
        All(PhantomData)
    }
}

impl<T> Clone for All<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for All<T> {}

impl<T: Source> std::fmt::Debug for All<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.*", T::qualifier())
    }
}

/// A table's row as a scope gives it: `T`, or `Option<T>` on the nullable side of an outer join.
pub trait RowOf<T> {
    /// The row.
    type Row;

    /// Reads it.
    ///
    /// # Errors
    /// As [`Table::read`].
    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error>;
}

impl<T: Source> RowOf<T> for crate::value::NotNull {
    type Row = T::Table;

    fn read<R: RowReader>(row: &mut R) -> Result<T::Table, Error> {
        <T::Table as Table>::read(row)
    }
}

impl<T: Source> RowOf<T> for crate::value::Nullable {
    type Row = <Maybe<T> as Entry>::Row;

    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error> {
        <T::Table as Table>::read_optional(row)
    }
}

impl<D: Dialect, S: InScope<T, I>, I, T: Source> Projection<D, S, I> for All<T>
where
    S::Null: RowOf<T>,
{
    type Row = <S::Null as RowOf<T>>::Row;
    type Aggregates = No;

    fn render(self, out: &mut Fragment) {
        columns::<T>(out);
    }

    fn read(row: &mut D::Row<'_>) -> Result<Self::Row, Error> {
        <S::Null as RowOf<T>>::read(row)
    }
}

fn columns<T: Source>(out: &mut Fragment) {
    let def = T::Table::def();
    for (index, column) in def.columns.iter().enumerate() {
        if index > 0 {
            out.sql(", ");
        }
        out.column(T::qualifier(), column.name);
    }
}

macro_rules! tuples {
    ($($item:ident $index:ident),+) => {
        impl<Db: Dialect, Scope, $($item: Projection<Db, Scope, $index>, $index),+> Projection<Db, Scope, ($($index,)+)> for ($($item,)+) {
            type Row = ($($item::Row,)+);
            type Aggregates = tuples!(@or $($item::Aggregates),+);

            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn render(self, out: &mut Fragment) {
                let ($($item,)+) = self;
                let mut separator = "";
                $(
                    out.sql(std::mem::replace(&mut separator, ", "));
                    $item.render(out);
                )+
            }

            fn read(row: &mut Db::Row<'_>) -> Result<Self::Row, Error> {
                Ok(($($item::read(row)?,)+))
            }
        }
    };
    (@or $first:ty) => { $first };
    (@or $first:ty, $($rest:ty),+) => { <$first as Flag>::Or<tuples!(@or $($rest),+)> };
}

tuples!(A IA);
tuples!(A IA, B IB);
tuples!(A IA, B IB, C IC);
tuples!(A IA, B IB, C IC, D ID);
tuples!(A IA, B IB, C IC, D ID, E IE);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK, L IL);
tuples!(A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH, J IJ, K IK, L IL, M IM);
