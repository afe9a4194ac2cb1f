//! Which columns an insert sets: all that are required, none twice.

use crate::table::{Column, ColumnId, No};

/// A required column that is among the columns `Columns` that an insert sets.
#[diagnostic::on_unimplemented(message = "`{C}` has no default and must be set", label = "this row does not set `{C}`")]
pub trait SetIn<Columns, C, I> {}

/// Stands for a required column in errors, which rustc would explain at length were it the column itself.
#[derive(Debug)]
pub struct RequiredColumn<C>(std::marker::PhantomData<C>);

/// A place among the columns that are set, counted from 0.
#[derive(Debug)]
pub struct SetAt<const N: usize>;

/// Required columns that are all among the columns `Columns` that an insert sets.
pub trait AllSetIn<Columns, I> {}
impl<Columns> AllSetIn<Columns, ()> for () {}

/// A column that is set for the first time: [`No`] if it was set before.
#[diagnostic::on_unimplemented(message = "`{C}` is set twice", label = "the same column a second time")]
pub trait SetOnce<C> {}
#[diagnostic::do_not_recommend]
impl<C> SetOnce<C> for No {}

/// Columns of which none repeats.
pub trait NoneRepeats {}
impl NoneRepeats for () {}

/// A column that is none of the columns before it.
pub trait NotAmong<Before> {}
impl<C> NotAmong<()> for C {}

macro_rules! tuples {
    ($($column:ident $index:ident $at:literal),+) => {
        tuples!(@each ($($column),+) $($column $at),+);

        impl<Columns, $($column, $index),+> AllSetIn<Columns, ($($index,)+)> for ($($column,)+)
        where
            $(RequiredColumn<$column>: SetIn<Columns, $column, $index>),+
        {
        }

        impl<New: Column, $($column: Column),+> NotAmong<($($column,)+)> for New
        where
            $(<New::Id as ColumnId>::Is<$column::Id>: SetOnce<New>),+
        {
        }
    };
    (@each $all:tt $($column:ident $at:literal),+) => { $(tuples!(@in $all $column $at);)+ };
    (@in ($($all:ident),+) $column:ident $at:literal) => {
        #[diagnostic::do_not_recommend]
        impl<$($all),+> SetIn<($($all,)+), $column, SetAt<$at>> for RequiredColumn<$column> {}
    };
}

macro_rules! distinct {
    (($($before:ident)*)) => {};
    (($($before:ident)*) $last:ident $($rest:ident)*) => {
        impl<$($before: Column,)* $last: Column> NoneRepeats for ($($before,)* $last,)
        where
            ($($before,)*): NoneRepeats,
            $last: NotAmong<($($before,)*)>,
        {
        }
        distinct!(($($before)* $last) $($rest)*);
    };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => { all_tuples!(@step ($($done)* $next) $($rest)*); };
    (@step ($(($column:ident $index:ident $at:literal))+) $($rest:tt)*) => {
        tuples!($($column $index $at),+);
        all_tuples!(($(($column $index $at))+) $($rest)*);
    };
}

all_tuples!(() (A IA 0) (B IB 1) (C IC 2) (D ID 3) (E IE 4) (F IF 5) (G IG 6) (H IH 7)
    (J IJ 8) (K IK 9) (L IL 10) (M IM 11) (N IN 12) (O IO 13) (P IP 14) (Q IQ 15));
distinct!(() A B C D E F G H J K L M N O P Q);
