//! What the derive checks of foreign keys and relations.

use std::marker::PhantomData;

use crate::{
    table::{Col, Column, No, Source, Table, UniqueKeys, UniqueOn},
    value::{FieldType, SqlValue},
};

/// A type of values that can refer to values of the type `T`: the same type.
#[diagnostic::on_unimplemented(
    message = "`{C}` is `{Self}`, `{Target}` is `{T}`: a foreign key has the type of what it refers to",
    label = "types differ"
)]
pub trait KeyType<T, C, Target> {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue, C, Target> KeyType<T, C, Target> for T {}
/// A second implementor keeps rustc from reporting how the types differ instead of our words.
#[diagnostic::do_not_recommend]
impl<T: SqlValue, C, Target> KeyType<crate::expr::Unreachable, C, Target> for T {}

/// A column that a foreign key can refer to.
#[diagnostic::on_unimplemented(
    message = "`{C}` is neither primary key nor unique: a foreign key cannot refer to it",
    label = "not unique"
)]
pub trait Referable<C> {}
#[diagnostic::do_not_recommend]
impl<C, T: UniqueOn<(C,)>> Referable<C> for Col<C, T> {}

/// The type of a column's values.
pub(super) type Base<C> = <<C as Column>::Value as FieldType>::Base;

/// Checks that `key` can refer to `target`.
#[doc(hidden)]
pub const fn foreign_key<K: Column, X, C: Column>(_: &Col<K, X>, _: &Col<C, C::Table>)
where
    Col<C, C::Table>: Referable<C>,
    Base<K>: KeyType<Base<C>, K, C>,
{
}

/// Checks that `key` can refer to `target` as one column of several.
#[doc(hidden)]
pub const fn foreign_key_part<K: Column, X, C: Column, T>(_: &Col<K, X>, _: &Col<C, T>)
where
    Base<K>: KeyType<Base<C>, K, C>,
{
}

/// Columns that together a foreign key can refer to.
#[diagnostic::on_unimplemented(
    message = "these columns of `{T}` are neither its primary key nor unique: a foreign key cannot refer to them",
    label = "not unique together"
)]
pub trait ReferableKey<T> {}

macro_rules! keys {
    ($($($column:ident),+;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Table: UniqueOn<($($column,)+)>, $($column),+> ReferableKey<Table> for ($(Col<$column, Table>,)+) {}
    )*};
}

keys! {
    A, B;
    A, B, C;
    A, B, C, D;
}

/// Checks that a foreign key can refer to these columns.
#[doc(hidden)]
pub const fn foreign_key_of<T, Key: ReferableKey<T>>(_: &Key) {}

/// Checks that `key`, a column of another table, can refer to the primary key `P`, and refers to nothing else.
///
/// # Panics
/// If it is declared to, while compiling.
#[doc(hidden)]
pub const fn relation<P: Column<Table: Source>, K: Column, X>(_: &Col<K, X>)
where
    Base<K>: KeyType<Base<P>, K, P>,
{
    assert!(refers_here::<P, K>(), "this foreign key refers to something else than the primary key of this table");
}

/// Whether a foreign key is not declared to refer to something else than the primary key `P`.
const fn refers_here<P: Column<Table: Source>, K: Column>() -> bool {
    let Some((table, column)) = K::REFERS_TO else { return true };
    table.eq_ignore_ascii_case(<P::Table as Source>::NAME) && column.eq_ignore_ascii_case(P::NAME)
}

/// A table with a primary key of one column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no primary key of one column, which a column of the table between would refer to",
    label = "needs a primary key of one column"
)]
pub trait PrimaryKeyOf {
    /// That column.
    type Key: Column;
}
#[diagnostic::do_not_recommend]
impl<T: UniqueKeys<Primary: SingleKey>> PrimaryKeyOf for T {
    type Key = <T::Primary as SingleKey>::Key;
}

/// The columns of a key, if there is one.
pub trait SingleKey {
    /// It.
    type Key: Column;
}
#[diagnostic::do_not_recommend]
impl<C: Column> SingleKey for (C, ()) {
    type Key = C;
}

/// The table whose column `Near` refers to one side of a relation, and which has the column that refers to the other.
#[diagnostic::on_unimplemented(
    message = "`through(..)` names two columns of one table: `{Near}` is not a column of `{Self}`",
    label = "a column of `{Self}`"
)]
pub trait Junction<T, Near> {}
#[diagnostic::do_not_recommend]
impl<T: Table, Near> Junction<T, Near> for T {}
/// A second implementor keeps rustc from reporting how the types differ instead of our words.
#[diagnostic::do_not_recommend]
impl<T: Table, Near> Junction<crate::expr::Unreachable, Near> for T {}

/// The truth whether the table between is the one that the relation leads to.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be the table between: the relation leads to `{T}` itself",
    label = "a column of `{T}`, which is one of the two sides"
)]
pub trait BetweenOthers<T> {}
#[diagnostic::do_not_recommend]
impl<T> BetweenOthers<T> for No {}

/// In which order `through(..)` names its columns, in a relation from `P` to `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct ThroughOrder<P, T>(PhantomData<fn() -> (P, T)>);

impl<P: Source, T: Source> ThroughOrder<P, T> {
    /// Checks that the first of two foreign keys refers to this table, and is not taken for the other: their types may be
    /// the same.
    ///
    /// # Panics
    /// If it is, while compiling.
    pub const fn check<Near: Column, Far: Column, Y, X>(_: &Col<Near, Y>, _: &Col<Far, X>) {
        assert!(!Self::swaps::<Near, Far>(), "`through(..)`: the column that refers to this table comes first");
        assert!(!leads_elsewhere::<Near, P>(), "`through(..)`: this foreign key refers to another table than this one");
    }

    /// Checks that the second of them refers to the table that the relation leads to.
    ///
    /// # Panics
    /// If it does not, while compiling.
    pub const fn check_far<Near: Column, Far: Column, Y, X>(_: &Col<Far, X>, _: &Col<Near, Y>) {
        assert!(
            !leads_elsewhere::<Far, T>() || Self::swaps::<Near, Far>(),
            "`through(..)`: this foreign key refers to another table than the one that the relation leads to"
        );
    }

    const fn swaps<Near: Column, Far: Column>() -> bool {
        leads_elsewhere::<Near, P>() && leads_to::<Near, T>() && leads_elsewhere::<Far, T>() && leads_to::<Far, P>()
    }
}

/// Whether a column is declared to refer to this table.
const fn leads_to<K: Column, T: Source>() -> bool {
    match K::REFERS_TO {
        Some((table, _)) => table.eq_ignore_ascii_case(T::NAME),
        None => false,
    }
}

/// Whether a column is declared to refer to another table.
const fn leads_elsewhere<K: Column, T: Source>() -> bool {
    K::REFERS_TO.is_some() && !leads_to::<K, T>()
}

/// A foreign key of which no two rows have the same.
#[diagnostic::on_unimplemented(
    message = "`{C}` is not unique: several rows may refer to one, which `has_many` loads",
    label = "`has_one` needs a unique foreign key"
)]
pub trait OneRowEach<C> {}
#[diagnostic::do_not_recommend]
impl<C, T: UniqueOn<(C,)>> OneRowEach<C> for Col<C, T> {}

/// Columns that together are no two rows' foreign key.
#[diagnostic::on_unimplemented(
    message = "these columns of `{T}` are not unique: several rows may refer to one, which `has_many` loads",
    label = "`has_one` needs a unique foreign key"
)]
pub trait OneRowEachKey<T> {}
#[diagnostic::do_not_recommend]
impl<T, K: ReferableKey<T>> OneRowEachKey<T> for K {}

/// Checks that no two rows have the same key of several columns.
#[doc(hidden)]
pub const fn one_row_each<T, Key: OneRowEachKey<T>>(_: &Key) {}

/// The same as [`relation`], where at most one row has each key.
///
/// # Panics
/// As that.
#[doc(hidden)]
pub const fn relation_of_one<P: Column<Table: Source>, K: Column>(_: &Col<K, K::Table>)
where
    Base<K>: KeyType<Base<P>, K, P>,
    Col<K, K::Table>: OneRowEach<K>,
{
    assert!(refers_here::<P, K>(), "this foreign key refers to something else than the primary key of this table");
}

/// The name of a column in SQL.
#[doc(hidden)]
pub const fn column_name<C: Column, A>(_: &Col<C, A>) -> &'static str {
    C::NAME
}
