//! Columns as types.

use std::marker::PhantomData;

use crate::value::FieldType;

/// The marker of a column: written by `#[derive(Table)]`, one per field.
pub trait Column: 'static {
    /// The table that it belongs to.
    type Table: 'static;
    /// The type of the field, `Option` included.
    type Value: FieldType;
    /// What a write may do with it.
    type Write: WriteRule;
    /// Its place in the table as a type, so that the same column set twice is refused.
    type Id: super::ColumnId;
    /// Its place in the table, from 0.
    const INDEX: usize = <Self::Id as super::ColumnId>::INDEX;
    /// Its name in SQL.
    const NAME: &'static str;
    /// What it refers to, if it is a foreign key.
    const REFERS_TO: RefersTo = None;
}

/// The names of a table and of its column, which a foreign key refers to.
pub type RefersTo = Option<(&'static str, &'static str)>;

/// What a foreign key that refers to this column says.
#[doc(hidden)]
pub const fn refers_to<C: Column<Table: super::Source>, T>(_: &super::Col<C, T>) -> RefersTo {
    Some((<C::Table as super::Source>::NAME, C::NAME))
}

/// What a write may do with a column.
pub trait WriteRule: 'static {}

/// An insert must set it.
#[derive(Debug, Clone, Copy)]
pub struct Required;
/// An insert may leave it out: it has a default or can be NULL.
#[derive(Debug, Clone, Copy)]
pub struct Optional;
/// An insert may leave it out: it counts up by itself.
#[derive(Debug, Clone, Copy)]
pub struct Counted;
/// The database computes it.
#[derive(Debug, Clone, Copy)]
pub struct Generated;

impl WriteRule for Required {}
impl WriteRule for Optional {}
impl WriteRule for Counted {}
impl WriteRule for Generated {}

/// A column in a query: `C` is its marker, `A` the table or the alias that it is read from.
///
/// `User::name` is a constant of this type.
pub struct Col<C, A>(PhantomData<fn() -> (C, A)>);

impl<C, A> Col<C, A> {
    /// The column; it holds nothing.
    pub const NEW: Self = Col(PhantomData);
}

impl<C, A> Clone for Col<C, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C, A> Copy for Col<C, A> {}

impl<C: Column, A> std::fmt::Debug for Col<C, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(C::NAME)
    }
}
