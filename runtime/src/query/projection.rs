//! What a query selects, and how its rows are read.

use std::marker::PhantomData;

use super::{
    output::{FromItem, OutputRow},
    scope::{Entry, InScope, Maybe},
};
use crate::{
    Error,
    dialect::Dialect,
    expr::{Expr, ExprIn, Holds, Output, Render, for_each_expression},
    render::Fragment,
    run::RowReader,
    table::No,
    value::{FieldType, Nullness},
};

/// Something to select.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not an expression: a plain value is selected with `value(..)`"
)]
pub trait Selection {
    /// Whether it holds an aggregate or a window function.
    type Aggregates: Holds;
}

/// What can be selected in the scope `S`: an expression, a table's columns, a named row, or a tuple of these.
///
/// `R` is the row that it makes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not an expression: a plain value is selected with `value(..)`"
)]
pub trait Projection<D: Dialect, S, I, R>: Selection {
    /// Writes its columns, separated by commas.
    fn render(self, out: &mut Fragment);

    /// Reads it from a row.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than expected.
    fn read(row: &mut D::Row<'_>) -> Result<R, Error>;
}

/// A plain value in the scope `S`, which is none of the things that can be selected: it carries the words for that.
#[derive(Debug)]
pub struct PlainValue<T, S>(PhantomData<(T, S)>);

/// Never satisfied by a [`PlainValue`].
#[diagnostic::on_unimplemented(
    message = "a plain value is selected with `value(..)`",
    label = "neither a column nor an expression"
)]
pub trait IsExpression {
    /// There is no expression, so there is nothing that this could return.
    fn never<T>() -> T;
}

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<$($generic),*> Selection for $expression
        where
            Self: Expr,
        {
            type Aggregates = <Self as Expr>::Aggregates;
        }

        impl<Db: Dialect, Scope, At, $($generic),*> Projection<Db, Scope, At, Output<Self, Scope, At>> for $expression
        where
            Self: ExprIn<Scope, At> + Render<Db>,
        {
            fn render(self, out: &mut Fragment) {
                Render::<Db>::render(self.with_type(), out);
            }

            fn read(row: &mut Db::Row<'_>) -> Result<Output<Self, Scope, At>, Error> {
                <<Self as ExprIn<Scope, At>>::Null as Nullness>::read::<<Self as Expr>::Base, _>(row)
            }
        }
    };
}

for_each_expression!(expressions);
expressions!([T] crate::expr::Param<T>);

/// An expression that may be left out at run time: NULL is selected in its place.
impl<E: Expr> Selection for Option<E> {
    type Aggregates = E::Aggregates;
}

impl<D: Dialect, S, I, E: ExprIn<S, I> + Render<D>> Projection<D, S, I, Option<E::Base>> for Option<E> {
    fn render(self, out: &mut Fragment) {
        match self {
            Some(expression) => Render::<D>::render(expression, out),
            None => out.sql("NULL"),
        }
    }

    fn read(row: &mut D::Row<'_>) -> Result<Option<E::Base>, Error> {
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

impl<T: FromItem> std::fmt::Debug for All<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.*", T::NAME)
    }
}

/// A table's row as a scope gives it: `T`, or `Option<T>` on the nullable side of an outer join.
pub trait RowOf<T> {
    /// The row.
    type Row;

    /// Reads it.
    ///
    /// # Errors
    /// As [`OutputRow::read`].
    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error>;
}

impl<T: FromItem> RowOf<T> for crate::value::NotNull {
    type Row = T::Row;

    fn read<R: RowReader>(row: &mut R) -> Result<T::Row, Error> {
        T::Row::read(row)
    }
}

impl<T: FromItem> RowOf<T> for crate::value::Nullable {
    type Row = <Maybe<T> as Entry>::Row;

    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error> {
        T::Row::read_optional(row)
    }
}

impl<T> Selection for All<T> {
    type Aggregates = No;
}

impl<D: Dialect, S: InScope<T, I>, I, T: FromItem> Projection<D, S, I, <S::Null as RowOf<T>>::Row> for All<T>
where
    S::Null: RowOf<T>,
{
    fn render(self, out: &mut Fragment) {
        out.columns_of(T::Row::COLUMNS, T::ALIAS);
    }

    fn read(row: &mut D::Row<'_>) -> Result<<S::Null as RowOf<T>>::Row, Error> {
        <S::Null as RowOf<T>>::read(row)
    }
}

macro_rules! tuples {
    ($($item:ident $index:ident $row:ident),+) => {
        impl<$($item: Selection),+> Selection for ($($item,)+) {
            type Aggregates = tuples!(@or $($item::Aggregates),+);
        }

        impl<Db: Dialect, Scope, $($item: Projection<Db, Scope, $index, $row>, $index, $row),+>
            Projection<Db, Scope, ($($index,)+), ($($row,)+)> for ($($item,)+)
        {
            #[expect(non_snake_case, reason = "type parameters name the variables")]
            fn render(self, out: &mut Fragment) {
                let ($($item,)+) = self;
                let mut place = 0;
                $(
                    if place > 0 {
                        out.next_column();
                    }
                    place += 1;
                    $item.render(out);
                )+
                let _ = place;
            }

            fn read(row: &mut Db::Row<'_>) -> Result<($($row,)+), Error> {
                Ok(($($item::read(row)?,)+))
            }
        }
    };
    (@or $first:ty) => { $first };
    (@or $first:ty, $($rest:ty),+) => { <$first as Holds>::Or<tuples!(@or $($rest),+)> };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => { all_tuples!(@step ($($done)* $next) $($rest)*); };
    (@step ($(($item:ident $index:ident $row:ident))+) $($rest:tt)*) => {
        tuples!($($item $index $row),+);
        all_tuples!(($(($item $index $row))+) $($rest)*);
    };
}

all_tuples!(() (A IA RA) (B IB RB) (C IC RC) (D ID RD) (E IE RE) (F IF RF) (G IG RG) (H IH RH)
    (J IJ RJ) (K IK RK) (L IL RL) (M IM RM) (N IN RN) (O IO RO) (P IP RP) (Q IQ RQ));
