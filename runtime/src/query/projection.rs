//! What a query selects, and how its rows are read.

use std::marker::PhantomData;

use super::{
    clause::SELECT,
    output::{FromItem, OutputRow},
    scope::{Entry, InScope, Maybe},
    stands_in::{Fits, StandsIn, Unfit},
};
use crate::{
    Error,
    dialect::Dialect,
    expr::{Expr, ExprIn, Holds, Output, Render, Windowed, for_each_expression},
    render::Fragment,
    run::RowReader,
    table::{No, Yes},
    value::{FieldType, Nullness, SqlValue},
};

/// What can be selected in the scope `S`: an expression, a table's columns, a named row, or a tuple of these.
///
/// `R` is the row that it makes, `H` what it holds: see [`HoldsTogether`].
pub trait Projection<D: Dialect, S, I, R, H, Fit> {
    /// Writes its columns, separated by commas.
    fn render(self, out: &mut Fragment);

    /// Reads it from a row.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than expected.
    fn read(row: &mut D::Row<'_>) -> Result<R, Error>;
}

/// What the parts of a projection hold, each for itself or as a tuple, which is inferred: where a part is wrong, nothing
/// that depends on it is a second error.
pub trait HoldsTogether {
    /// The same as one.
    type All: Holds;
}

macro_rules! single {
    ($($holds:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl HoldsTogether for $holds {
            type All = Self;
        }
    )*};
}

single!(No, Yes, Windowed<No>, Windowed<Yes>);

macro_rules! expressions {
    ([$($generic:ident),*] $expression:ty) => {
        impl<Db: Dialect, Scope, At, $($generic),*>
            Projection<Db, Scope, At, Output<Self, Scope, At>, <Self as Expr>::Aggregates, Fits> for $expression
        where
            Self: ExprIn<Scope, At> + Render<Db>,
        {
            fn render(self, out: &mut Fragment) {
                out.selects(<<Self as Expr>::Base as SqlValue>::TYPE);
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

impl<D: Dialect, S, I, R, H, P> Projection<D, S, I, R, H, Unfit> for P {
    fn render(self, _: &mut Fragment) {}

    fn read(_: &mut D::Row<'_>) -> Result<R, Error> {
        Err(Error::RowNotFound)
    }
}

/// An expression that may be left out at run time: NULL is selected in its place.
impl<D, S, I, E> Projection<D, S, I, Option<E::Base>, E::Aggregates, Fits> for Option<E>
where
    D: Dialect,
    E: ExprIn<S, I> + Render<D>,
{
    fn render(self, out: &mut Fragment) {
        out.selects(<E::Base as SqlValue>::TYPE);
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
        <T::Row as OutputRow>::read(row)
    }
}

impl<T: FromItem> RowOf<T> for crate::value::Nullable {
    type Row = <Maybe<T> as Entry>::Row;

    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error> {
        T::Row::read_optional(row)
    }
}

impl<D: Dialect, S: InScope<T, I, T::Called>, I, T: FromItem> Projection<D, S, I, <S::Null as RowOf<T>>::Row, No, Fits>
    for All<T>
where
    S::Null: RowOf<T>,
{
    fn render(self, out: &mut Fragment) {
        T::Row::COLUMNS.data_types().for_each(|data_type| out.selects(data_type));
        out.columns_of(T::Row::COLUMNS, T::ALIAS);
    }

    fn read(row: &mut D::Row<'_>) -> Result<<S::Null as RowOf<T>>::Row, Error> {
        <S::Null as RowOf<T>>::read(row)
    }
}

macro_rules! tuples {
    ($($item:ident $index:ident $row:ident $holds:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($holds: HoldsTogether),+> HoldsTogether for ($($holds,)+) {
            type All = tuples!(@or $($holds::All),+);
        }

        impl<Db: Dialect, Scope, $($item, $index, $row, $holds),+>
            Projection<Db, Scope, ($($index,)+), ($($row,)+), ($($holds,)+), Fits> for ($($item,)+)
        where
            $($item: StandsIn<SELECT> + Projection<Db, Scope, $index, $row, $holds, $item::Fit>,)+
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
    (@step ($(($item:ident $index:ident $row:ident $holds:ident))+) $($rest:tt)*) => {
        tuples!($($item $index $row $holds),+);
        all_tuples!(($(($item $index $row $holds))+) $($rest)*);
    };
}

all_tuples!(() (A IA RA HA) (B IB RB HB) (C IC RC HC) (D ID RD HD) (E IE RE HE) (F IF RF HF) (G IG RG HG) (H IH RH HH)
    (J IJ RJ HJ) (K IK RK HK) (L IL RL HL) (M IM RM HM) (N IN RN HN) (O IO RO HO) (P IP RP HP) (Q IQ RQ HQ));
