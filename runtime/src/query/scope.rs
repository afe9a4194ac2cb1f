//! What a query reads from: a tuple of tables, in the order of FROM and the joins.

use std::marker::PhantomData;

use super::{
    output::{FromItem, OutputRow},
    reach::{QueryAround, ThisQuery},
    sets::{Names, NamesList, SideScope},
};
use crate::{
    Error,
    run::RowReader,
    table::{No, Source, SourceId, Table},
    value::{NotNull, Nullable, Nullness},
};

/// A table on the nullable side of an outer join.
#[derive(Debug)]
pub struct Maybe<T>(PhantomData<fn() -> T>);

/// A table of an enclosing query, named by `.outer::<T>()`.
#[derive(Debug)]
pub struct Outer<T>(PhantomData<fn() -> T>);

/// The table of an upsert, where `excluded(..)` can be used.
#[derive(Debug)]
pub struct Conflicting<T>(PhantomData<fn() -> T>);

/// One place of a scope.
pub trait Entry {
    /// The table or alias.
    type Source: FromItem;
    /// Whether its columns can be NULL because the join found nothing.
    type Null: Nullness;
    /// What it contributes to the row of a query that selects nothing in particular.
    type Row;
    /// The same on the nullable side of an outer join.
    type Maybe: Entry;
    /// Whose columns they are: [`ThisQuery`]'s or [`QueryAround`]'s.
    type Whose;
    /// A list of tables of the query around it, with this one if it is one.
    type OuterBefore<L: NamesList>: NamesList;

    /// Reads its part of a row.
    ///
    /// # Errors
    /// As [`OutputRow::read`].
    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error>;
}

impl<T: FromItem> Entry for T {
    type Source = T;
    type Null = NotNull;
    type Row = T::Row;
    type Maybe = Maybe<T>;
    type Whose = ThisQuery;
    type OuterBefore<L: NamesList> = L;

    fn read<R: RowReader>(row: &mut R) -> Result<T::Row, Error> {
        T::Row::read(row)
    }
}

impl<T: FromItem> Entry for Maybe<T> {
    type Source = T;
    type Null = Nullable;
    type Row = Option<T::Row>;
    type Maybe = Self;
    type Whose = ThisQuery;
    type OuterBefore<L: NamesList> = L;

    fn read<R: RowReader>(row: &mut R) -> Result<Option<T::Row>, Error> {
        T::Row::read_optional(row)
    }
}

impl<T: FromItem> Entry for Outer<T> {
    type Source = T;
    type Null = NotNull;
    type Row = ();
    type Maybe = Self;
    type Whose = QueryAround;
    type OuterBefore<L: NamesList> = Names<T, L>;

    fn read<R: RowReader>(_: &mut R) -> Result<(), Error> {
        Ok(())
    }
}

impl<T: Table> Entry for Conflicting<T> {
    type Source = T;
    type Null = NotNull;
    type Row = T;
    type Maybe = Self;
    type Whose = ThisQuery;
    type OuterBefore<L: NamesList> = L;

    fn read<R: RowReader>(row: &mut R) -> Result<T, Error> {
        T::read(row)
    }
}

/// A scope that the table or alias `T` is part of; `I` is its place, `Called` what errors call it.
#[diagnostic::on_unimplemented(
    message = "table `{Called}` is not part of this query",
    label = "uses a column of `{Called}`: join it first"
)]
pub trait InScope<T, I, Called = T> {
    /// Whether its columns can be NULL because the join found nothing.
    type Null: Nullness;
}

/// A place of a scope, counted from 0; `W` says whose columns stand there.
#[derive(Debug)]
pub struct At<const N: usize, W = ThisQuery>(PhantomData<fn() -> W>);

/// Stands for a table that is nowhere: a second implementor where rustc would take the only one for the one that
/// was meant, and report its details instead of our words.
#[derive(Debug)]
pub struct Nowhere;

/// Never satisfied.
pub trait Never {
    /// Nothing.
    type Null: Nullness;
}

#[diagnostic::do_not_recommend]
impl<A: Never, T, Called> InScope<T, Nowhere, Called> for (A,) {
    type Null = A::Null;
}

/// A scope with one more table.
pub trait Push<T> {
    /// The scope.
    type Out;
}

/// A scope whose tables are all on the nullable side of an outer join.
pub trait AllMaybe {
    /// The scope.
    type Out;
}

/// The row of a query that selects nothing in particular: one table's row, or a tuple of rows.
pub trait ScopeRow {
    /// The row.
    type Row;

    /// Reads it.
    ///
    /// # Errors
    /// As [`OutputRow::read`].
    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error>;
}

/// A table that is not part of a scope yet.
#[diagnostic::on_unimplemented(
    message = "`{T}` is already part of this query: give it an alias",
    label = "joined twice: `alias!` declares another name"
)]
pub trait FirstTime<T> {}

#[diagnostic::do_not_recommend]
impl<T> FirstTime<T> for No {}

/// A scope that `T` is not part of yet.
pub trait Lacks<T: FromItem> {}

/// A write over the scope `S` that can use the table `T`, which is not part of it yet.
pub trait AddsTable<T> {}
impl<S: Lacks<T>, T: FromItem> AddsTable<T> for S {}

/// The query around a subquery: not the scope itself, so that rustc shows the words of [`FirstTime`].
#[derive(Debug)]
pub struct Around;

/// A subquery over the scope `S` that can name the table `T` of the query around it: it does not read from `T` itself.
pub trait NamesOuter<S, T> {}
impl<S: Lacks<T>, T: FromItem> NamesOuter<S, T> for Around {}

/// An outer table whose row is certainly there.
#[diagnostic::on_unimplemented(
    message = "an outer join may leave `{T}` without a row: its columns can be NULL in this subquery",
    label = "correlated with the nullable side of an outer join"
)]
pub trait CertainlyThere<T> {}
#[diagnostic::do_not_recommend]
impl<T> CertainlyThere<T> for NotNull {}

/// A scope all of whose rows can be locked in the dialect `D`.
#[diagnostic::on_unimplemented(
    message = "the rows of an outer join or of a query cannot be locked here: use `.for_update_of(..)`",
    label = "reads from a query, or an outer join may leave a table without a row"
)]
pub trait LocksRows<D> {}

/// A place of a scope whose rows can be locked in the dialect `D`.
pub trait LocksEntry<D> {}
#[diagnostic::do_not_recommend]
impl<D, T: Source> LocksEntry<D> for T {}
#[diagnostic::do_not_recommend]
impl<T> LocksEntry<crate::dialect::names::MySQL> for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<T> LocksEntry<crate::dialect::names::MariaDB> for Maybe<T> {}
#[diagnostic::do_not_recommend]
impl<D, T> LocksEntry<D> for Outer<T> {}

/// A scope that reads from a table first, whose indexes can be named.
#[diagnostic::on_unimplemented(
    message = "index hints are about a table: this query reads from another query first",
    label = "no table, so it has no indexes"
)]
pub trait FirstIsTable {}

/// A place of a scope where a table stands, or an alias of one.
pub trait TableEntry {}
impl<T: Source> TableEntry for T {}
impl<T: Source> TableEntry for Maybe<T> {}

/// A query that can stand alone: it names no table of an enclosing query.
pub trait TopLevel {}

/// A table that a query reads from itself.
#[diagnostic::on_unimplemented(
    message = "this query uses a table of an enclosing query: it can only be a subquery",
    label = "names an outer table, so it cannot run on its own"
)]
pub trait Own {}
#[diagnostic::do_not_recommend]
impl<T: FromItem> Own for T {}
#[diagnostic::do_not_recommend]
impl<T: FromItem> Own for Maybe<T> {}
impl TopLevel for () {}

/// A place of a subquery's scope, seen from the enclosing query `S`.
#[diagnostic::on_unimplemented(
    message = "the subquery uses a table that the query around it does not read from, or only by an outer join",
    label = "`.outer::<..>()` names a table that may have no row in this query"
)]
pub trait ProvidedBy<S, I> {}

#[diagnostic::do_not_recommend]
impl<S, T: FromItem> ProvidedBy<S, ()> for T {}
#[diagnostic::do_not_recommend]
impl<S, T: FromItem> ProvidedBy<S, ()> for Maybe<T> {}
impl<S: InScope<T, I, T::Called, Null: CertainlyThere<T::Called>>, T: FromItem, I> ProvidedBy<S, (I,)> for Outer<T> {}

/// A subquery's scope whose outer tables are all part of the enclosing query `S`.
pub trait Correlates<S, I> {}

type IdOf<E> = <<E as Entry>::Source as FromItem>::Id;

macro_rules! scopes {
    ($($entry:ident $index:ident $at:literal),+) => {
        scopes!(@each ($($entry),+) $($entry $at),+);

        impl<$($entry,)+ New> Push<New> for ($($entry,)+) {
            type Out = ($($entry,)+ New);
        }

        impl<$($entry: Entry),+> AllMaybe for ($($entry,)+) {
            type Out = ($($entry::Maybe,)+);
        }

        impl<Joined: FromItem, $($entry: Entry),+> Lacks<Joined> for ($($entry,)+)
        where
            $(<IdOf<$entry> as SourceId>::Is<Joined::Id>: FirstTime<Joined::Called>),+
        {
        }

        impl<$($entry: Own),+> TopLevel for ($($entry,)+) {}

        impl<$($entry: Entry),+> SideScope for ($($entry,)+) {
            type Outer = scopes!(@outer $($entry),+);
        }

        #[diagnostic::do_not_recommend]
        impl<Db, $($entry: LocksEntry<Db>),+> LocksRows<Db> for ($($entry,)+) {}

        scopes!(@first $($entry),+);

        impl<Enclosing, $($entry, $index),+> Correlates<Enclosing, ($($index,)+)> for ($($entry,)+)
        where
            $($entry: ProvidedBy<Enclosing, $index>),+
        {
        }
    };
    (@first $first:ident $(, $entry:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$first: TableEntry $(, $entry)*> FirstIsTable for ($first, $($entry),*) {}
    };
    (@outer) => { () };
    (@outer $entry:ident $(, $rest:ident)*) => { $entry::OuterBefore<scopes!(@outer $($rest),*)> };
    (@each $all:tt $($entry:ident $at:literal),+) => { $(scopes!(@in $all $entry $at);)+ };
    (@in ($($all:ident),+) $entry:ident $at:literal) => {
        #[diagnostic::do_not_recommend]
        impl<$($all: Entry),+>
            InScope<$entry::Source, At<$at, $entry::Whose>, <$entry::Source as FromItem>::Called> for ($($all,)+)
        {
            type Null = $entry::Null;
        }
    };
}

macro_rules! rows {
    ($($entry:ident),+) => {
        impl<$($entry: Entry),+> ScopeRow for ($($entry,)+) {
            type Row = ($($entry::Row,)+);

            fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error> {
                Ok(($($entry::read(row)?,)+))
            }
        }
    };
}

impl<A: Entry> ScopeRow for (A,) {
    type Row = A::Row;

    fn read<R: RowReader>(row: &mut R) -> Result<Self::Row, Error> {
        A::read(row)
    }
}

scopes!(A IA 0);
scopes!(A IA 0, B IB 1);
scopes!(A IA 0, B IB 1, C IC 2);
scopes!(A IA 0, B IB 1, C IC 2, D ID 3);
scopes!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4);
scopes!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4, F IF 5);
scopes!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4, F IF 5, G IG 6);
scopes!(A IA 0, B IB 1, C IC 2, D ID 3, E IE 4, F IF 5, G IG 6, H IH 7);
rows!(A, B);
rows!(A, B, C);
rows!(A, B, C, D);
rows!(A, B, C, D, E);
rows!(A, B, C, D, E, F);
rows!(A, B, C, D, E, F, G);
rows!(A, B, C, D, E, F, G, H);
