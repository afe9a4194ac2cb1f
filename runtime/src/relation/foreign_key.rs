//! The columns that a relation sets by itself, as types.
//!
//! The derive knows the path of a foreign key, `Post::author_id`, but not its type: what is known of the column comes as
//! numbers, which constants can be, and is made into types here.

use crate::{
    query::{EachKeyValue, RequiredColumn, SetIn},
    table::{
        Col, Column, ColumnId, Digit, Flag, H0, H1, H2, H3, H4, H5, H6, H7, H8, H9, HA, HB, HC, HD, HE, HF, No, Table,
        Yes,
    },
    value::{FieldType, Nullness, Value},
};

/// A column that a relation sets: the digits of its place in the table, and whether it can be NULL.
#[derive(Debug)]
pub struct KeyPart<const HIGH: usize, const LOW: usize, const NULLABLE: bool>;

/// The columns that a relation sets.
pub trait KeysSet: 'static {
    /// Whether this column is one of them.
    type Has<C: ColumnId>: Flag;
    /// Whether one of them can be NULL.
    type Nullable: Flag;
}

impl<const HIGH: usize, const LOW: usize, const NULLABLE: bool> KeysSet for KeyPart<HIGH, LOW, NULLABLE>
where
    Number<HIGH>: AsDigit,
    Number<LOW>: AsDigit,
    Truth<NULLABLE>: AsFlag,
{
    type Has<C: ColumnId> = <(<Number<HIGH> as AsDigit>::Digit, <Number<LOW> as AsDigit>::Digit) as ColumnId>::Is<C>;
    type Nullable = <Truth<NULLABLE> as AsFlag>::Flag;
}

macro_rules! parts {
    ($($part:ident),+) => {
        impl<$($part: KeysSet),+> KeysSet for ($($part,)+) {
            type Has<Col: ColumnId> = parts!(@or $($part::Has<Col>),+);
            type Nullable = parts!(@or $($part::Nullable),+);
        }
    };
    (@or $one:ty) => { $one };
    (@or $one:ty, $($rest:ty),+) => { <$one as Flag>::Or<parts!(@or $($rest),+)> };
}

parts!(A, B);
parts!(A, B, C);
parts!(A, B, C, D);

/// A number below 16.
#[derive(Debug)]
pub struct Number<const N: usize>;
/// A truth.
#[derive(Debug)]
pub struct Truth<const B: bool>;

/// A number as a type that can be compared.
#[doc(hidden)]
pub trait AsDigit {
    /// The digit.
    type Digit: Digit;
}

/// A truth as a type.
#[doc(hidden)]
pub trait AsFlag {
    /// It.
    type Flag: Flag;
}

macro_rules! numbers {
    ($($number:literal $digit:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl AsDigit for Number<$number> {
            type Digit = $digit;
        }
    )*};
}

numbers!(0 H0, 1 H1, 2 H2, 3 H3, 4 H4, 5 H5, 6 H6, 7 H7, 8 H8, 9 H9, 10 HA, 11 HB, 12 HC, 13 HD, 14 HE, 15 HF);

impl AsFlag for Truth<false> {
    type Flag = No;
}

impl AsFlag for Truth<true> {
    type Flag = Yes;
}

#[doc(hidden)]
pub const fn high<C: Column, A>(_: &Col<C, A>) -> usize {
    C::INDEX / 16
}

#[doc(hidden)]
pub const fn low<C: Column, A>(_: &Col<C, A>) -> usize {
    C::INDEX % 16
}

#[doc(hidden)]
pub const fn nullable<C: Column, A>(_: &Col<C, A>) -> bool {
    <C::Value as FieldType>::Null::IS_NULLABLE
}

/// What is known of the relation in this place among those of a table: written by the derive, unless the relation has a
/// condition, which new rows might not meet.
#[diagnostic::on_unimplemented(
    message = "this relation leads only to rows for which its condition holds: write through one without a condition",
    label = "a relation of `{Self}` with a condition"
)]
pub trait SetsKeys<Place> {
    /// The columns that it sets, of the table that it leads to, or of the junction.
    type Keys: KeysSet;
}

/// A table whose rows others belong to: written by the derive.
pub trait HasPrimaryKey: Table {
    /// The columns of its primary key: one, or a tuple.
    type KeyColumns;
    /// What they hold in a row: a reference, or a tuple of these.
    type Key<'a>
    where
        Self: 'a;

    /// The key of a row.
    fn key(&self) -> Self::Key<'_>;
}

/// The key of a row, as references to its parts.
pub trait KeyValues {
    /// The values.
    fn values(self) -> Vec<Value>;
}

impl<V: FieldType + Clone> KeyValues for &V {
    fn values(self) -> Vec<Value> {
        vec![self.clone().into_value()]
    }
}

macro_rules! keys {
    ($($part:ident $at:tt),+) => {
        impl<$($part: FieldType + Clone),+> KeyValues for ($(&$part,)+) {
            fn values(self) -> Vec<Value> {
                vec![$(self.$at.clone().into_value()),+]
            }
        }
    };
}

keys!(A 0, B 1);
keys!(A 0, B 1, C 2);
keys!(A 0, B 1, C 2, D 3);

/// A row of the table `T`, or its key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a row of `{T}` nor its key",
    label = "expected `&{T}`, or a value of its primary key"
)]
pub trait RowOrKey<T, I> {
    /// The key.
    fn into_key(self) -> Vec<Value>;
}

/// Marks a row.
#[derive(Debug)]
pub struct ByRow;
/// Marks a key.
#[derive(Debug)]
pub struct ByKey;

#[diagnostic::do_not_recommend]
impl<'a, T: HasPrimaryKey<Key<'a>: KeyValues>> RowOrKey<T, ByRow> for &'a T {
    fn into_key(self) -> Vec<Value> {
        self.key().values()
    }
}

#[diagnostic::do_not_recommend]
impl<T: HasPrimaryKey, V: EachKeyValue<T::KeyColumns>> RowOrKey<T, ByKey> for V {
    fn into_key(self) -> Vec<Value> {
        let mut values = Vec::with_capacity(1);
        self.key_value(&mut values);
        values
    }
}

/// Required columns that are all among the columns `Columns` that a row sets, beside those that the relation sets.
pub trait AllSetBut<Keys, Columns, I> {}
impl<Keys, Columns> AllSetBut<Keys, Columns, ()> for () {}

/// A required column: whether the relation sets it, is the truth `Self`.
pub trait SetOrKey<Columns, C, I> {}
impl<Columns, C> SetOrKey<Columns, C, ()> for Yes {}
impl<Columns, C, I> SetOrKey<Columns, C, (I,)> for No where RequiredColumn<C>: SetIn<Columns, C, I> {}

/// Required columns that are all among those that a relation sets.
pub trait NeedsOnly<Keys> {}
impl<Keys, C: NeedsOnlyOf<Keys>> NeedsOnly<Keys> for C {}

/// What makes a [`NeedsOnly`]: implemented for tuples.
pub trait NeedsOnlyOf<Keys> {}
impl<Keys> NeedsOnlyOf<Keys> for () {}

/// Whether a relation sets the required column `C`.
#[diagnostic::on_unimplemented(
    message = "`{C}` has no default and must be set",
    label = "links set nothing but their two keys: `.link_with(..)` and `.links_with(..)` set more"
)]
pub trait ByLink<C> {}
#[diagnostic::do_not_recommend]
impl<C> ByLink<C> for Yes {}

/// Columns that a row sets, none of which the relation sets.
pub trait NoneOf<Keys> {}
impl<Keys> NoneOf<Keys> for () {}

/// Whether the relation sets the column `C`.
#[diagnostic::on_unimplemented(
    message = "`{C}` is the key that the relation fills in: leave it out",
    label = "sets `{C}` as well"
)]
pub trait NotByRelation<C> {}
#[diagnostic::do_not_recommend]
impl<C> NotByRelation<C> for No {}

/// Whether a key that the relation sets can be NULL.
#[diagnostic::on_unimplemented(
    message = "a row of `{To}` always belongs to a `{From}`: its foreign key is NOT NULL",
    label = "cannot be taken away, only deleted or given to another"
)]
pub trait CanBeNull<From, To> {}
#[diagnostic::do_not_recommend]
impl<From, To> CanBeNull<From, To> for Yes {}

macro_rules! tuples {
    ($($column:ident $index:ident),+) => {
        impl<Keys: KeysSet, Columns, $($column: Column, $index),+> AllSetBut<Keys, Columns, ($($index,)+)> for ($($column,)+)
        where
            $(Keys::Has<$column::Id>: SetOrKey<Columns, $column, $index>),+
        {
        }

        impl<Keys: KeysSet, $($column: Column),+> NeedsOnlyOf<Keys> for ($($column,)+)
        where
            $(Keys::Has<$column::Id>: ByLink<$column>),+
        {
        }

        impl<Keys: KeysSet, $($column: Column),+> NoneOf<Keys> for ($($column,)+)
        where
            $(Keys::Has<$column::Id>: NotByRelation<$column>),+
        {
        }
    };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => { all_tuples!(@step ($($done)* $next) $($rest)*); };
    (@step ($(($column:ident $index:ident))+) $($rest:tt)*) => {
        tuples!($($column $index),+);
        all_tuples!(($(($column $index))+) $($rest)*);
    };
}

all_tuples!(() (A IA) (B IB) (C IC) (D ID) (E IE) (F IF) (G IG) (H IH) (J IJ) (K IK) (L IL) (M IM) (N IN) (O IO) (P IP) (Q IQ));
