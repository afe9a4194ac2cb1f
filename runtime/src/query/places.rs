//! Where group keys that are expressions can stand: each database has its own idea.

use std::marker::PhantomData;

use super::{
    group::{InWindow, ItsColumns, ItsParts, ItsRow, Itself, KeyAt, KeyExpression},
    state::{Part, Whole},
    totals::TotalOf,
};
use crate::{
    dialect::{HavingKeyExpressions, KeyExpressionParts, TotalKeyParts, TotalsInWindows},
    table::Yes,
};

/// Marks the place of a key of ROLLUP, CUBE or GROUPING SETS.
#[derive(Debug)]
pub struct InTotals<I>(PhantomData<I>);

/// Places of what HAVING uses, on the database `N`: not every one takes a key there that is an expression.
pub trait HavingPlaces<N> {}
impl<N, I: HavingPlaces<N>> HavingPlaces<N> for ItsParts<I> {}
impl<N: HavingKeyExpressions, I> HavingPlaces<N> for KeyExpression<I> {}

/// Places of what SELECT and ORDER BY use, on the database `N`: a key that is an expression can stand there as it is.
pub trait SelectPlaces<N> {}
impl<N, I: PartPlaces<N>> SelectPlaces<N> for ItsParts<I> {}
#[diagnostic::do_not_recommend]
impl<N, I> SelectPlaces<N> for KeyExpression<I> {}
impl<N, I: SelectPlaces<N>> SelectPlaces<N> for ItsColumns<I> {}
impl<N, I: WindowPlaces<N>> SelectPlaces<N> for InWindow<I> {}
#[diagnostic::do_not_recommend]
impl<N> SelectPlaces<N> for Whole {}
#[diagnostic::do_not_recommend]
impl<N, I> SelectPlaces<N> for Part<I> {}

macro_rules! columns_anywhere {
    ($($places:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<N, I> $places<N> for Itself<I> {}
    )*};
}

columns_anywhere!(HavingPlaces, SelectPlaces, PartPlaces);

/// Places of the parts of an expression: not every database knows a key again there that is itself an expression.
pub trait PartPlaces<N> {}
impl<N, I: PartPlaces<N>> PartPlaces<N> for ItsParts<I> {}
impl<N, I: WindowPlaces<N>> PartPlaces<N> for InWindow<I> {}
impl<N: KeyExpressionParts, const P: usize> PartPlaces<N> for KeyExpression<KeyAt<P>> {}
impl<N: TotalKeyParts, I> PartPlaces<N> for KeyExpression<InTotals<I>> {}

/// Places of what a window function uses: not every database knows there that a key is NULL in totals.
pub trait WindowPlaces<N> {}
impl<N, I: WindowPlaces<N>> WindowPlaces<N> for ItsParts<I> {}
impl<N: KeyExpressionParts, const P: usize> WindowPlaces<N> for KeyExpression<KeyAt<P>> {}
impl<N: TotalKeyParts, I> WindowPlaces<N> for KeyExpression<InTotals<I>> {}
#[diagnostic::do_not_recommend]
impl<N, const P: usize> WindowPlaces<N> for Itself<KeyAt<P>> {}
impl<N: TotalsInWindows, I> WindowPlaces<N> for Itself<InTotals<I>> {}

/// Where no window function can stand, others say so.
macro_rules! no_windows {
    ($($places:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<N, I> $places<N> for InWindow<I> {}
    )*};
}

no_windows!(HavingPlaces, WindowPlaces);

macro_rules! anywhere {
    ($($places:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<N> $places<N> for () {}
        #[diagnostic::do_not_recommend]
        impl<N> $places<N> for Yes {}
        #[diagnostic::do_not_recommend]
        impl<N, I> $places<N> for ItsRow<I> {}
        #[diagnostic::do_not_recommend]
        impl<N, I> $places<N> for TotalOf<I> {}

        tuples!($places A);
        tuples!($places A, B);
        tuples!($places A, B, C);
        tuples!($places A, B, C, D);
        tuples!($places A, B, C, D, E);
        tuples!($places A, B, C, D, E, F);
        tuples!($places A, B, C, D, E, F, G);
        tuples!($places A, B, C, D, E, F, G, H);
        tuples!($places A, B, C, D, E, F, G, H, J);
        tuples!($places A, B, C, D, E, F, G, H, J, K);
        tuples!($places A, B, C, D, E, F, G, H, J, K, L);
        tuples!($places A, B, C, D, E, F, G, H, J, K, L, M);
    )*};
}

macro_rules! tuples {
    ($places:ident $($place:ident),+) => {
        impl<N, $($place: $places<N>),+> $places<N> for ($($place,)+) {}
    };
}

anywhere!(HavingPlaces, SelectPlaces, PartPlaces, WindowPlaces);
