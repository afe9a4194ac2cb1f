//! The rows of a query as a query around it sees them: columns with names and types.

use super::sets::TableRow;
use crate::{
    Error,
    run::RowReader,
    table::{Col, Column, H0, Source, SourceId, Table, TableDef, WriteRule},
    value::{DataType, FieldType, Nullness, SqlValue},
};

/// Something that can stand in FROM: a table, an alias of one, or a query.
pub trait FromItem: 'static {
    /// Its rows, which know its columns.
    type Row: OutputRow;
    /// Its identity as a type, so that the same name twice in one query is refused.
    type Id: SourceId;
    /// What errors call it.
    type Called;
    /// The name that its columns are qualified with.
    const NAME: &'static str;
    /// The alias, unless it is a table as it is.
    const ALIAS: Option<&'static str>;
}

#[diagnostic::do_not_recommend]
impl<T: Source> FromItem for T {
    type Row = T::Table;
    type Id = T::Id;
    type Called = T;
    const NAME: &'static str = T::NAME;
    const ALIAS: Option<&'static str> = T::ALIAS;
}

/// A row whose columns have names: that of a table, of an anonymous `row!({ .. })`, or a tuple of values.
///
/// Tables and `row!` implement it. The columns of tuples are called `c1`, `c2` and so on.
#[diagnostic::on_unimplemented(
    message = "rows of the type `{Self}` have no columns with names",
    label = "select the columns of a table, or a `row!({{ name: .. }})` of single values"
)]
pub trait OutputRow: Sized + Send + 'static {
    /// The types of its columns in their order, as a tuple: rows of equal types can stand in one result. A table's row
    /// counts as one type.
    type Types;
    /// Its columns, qualified by `A`: a struct or tuple of [`Col`], or a single one.
    type Columns<A: 'static>: 'static;
    /// What its columns are called, in their order.
    const COLUMNS: OutputColumns;

    /// The columns, qualified by `A`.
    fn columns<A: 'static>() -> &'static Self::Columns<A>;

    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than its field.
    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error>;

    /// Reads the row of an outer join: `None` where the join found nothing.
    ///
    /// # Errors
    /// As [`OutputRow::read`].
    fn read_optional<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
        let count = Self::COLUMNS.count();
        let absent = match (0..count).find(|place| !Self::COLUMNS.is_nullable(*place)) {
            Some(required) => row.is_null(required),
            None => (0..count).all(|place| row.is_null(place)),
        };
        if absent {
            row.skip(count);
            return Ok(None);
        }
        Self::read(row).map(Some)
    }
}

/// What a query returns, in errors.
#[derive(Debug)]
pub struct Returned<R>(std::marker::PhantomData<R>);

/// Rows whose columns have names: `R` is what a query returns, `R2` the same.
///
/// That a query in FROM has the row `R2` and not `R` keeps what is called on it from being refused once more.
#[diagnostic::on_unimplemented(
    message = "rows of the type `{R}` have no columns with names",
    label = "select the columns of a table, or a `row!({{ name: .. }})` of single values"
)]
pub trait HasColumns<R, R2> {}
#[diagnostic::do_not_recommend]
impl<R: OutputRow> HasColumns<R, R> for Returned<R> {}
#[diagnostic::do_not_recommend]
impl<R: super::scope::Never> HasColumns<R, super::row::Undecided<R>> for Returned<R> {}

/// What the columns of a row are called, which of them can be NULL, and what they hold.
#[derive(Debug, Clone, Copy)]
pub enum OutputColumns {
    /// As those of a table.
    OfTable(fn() -> &'static TableDef),
    /// These names; `true` if the column can be NULL; the kinds of their values.
    Listed(&'static [(&'static str, bool, DataType)]),
}

impl OutputColumns {
    /// How many there are.
    pub fn count(self) -> usize {
        match self {
            OutputColumns::OfTable(def) => def().columns.len(),
            OutputColumns::Listed(list) => list.len(),
        }
    }

    /// The name of the column at a place, from 0.
    pub fn name(self, place: usize) -> &'static str {
        match self {
            OutputColumns::OfTable(def) => def().columns[place].name,
            OutputColumns::Listed(list) => list[place].0,
        }
    }

    /// Whether the column at a place can be NULL.
    pub fn is_nullable(self, place: usize) -> bool {
        match self {
            OutputColumns::OfTable(def) => def().columns[place].nullable,
            OutputColumns::Listed(list) => list[place].1,
        }
    }

    /// Whether a column holds text.
    pub(crate) fn has_text(self) -> bool {
        self.data_types().any(|data_type| data_type == DataType::Text)
    }

    /// What kinds of values they hold.
    pub(crate) fn data_types(self) -> impl Iterator<Item = DataType> {
        (0..self.count()).map(move |place| self.data_type(place))
    }

    /// The kind of value in the column at a place, from 0.
    pub fn data_type(self, place: usize) -> DataType {
        match self {
            OutputColumns::OfTable(def) => def().columns[place].data_type,
            OutputColumns::Listed(list) => list[place].2,
        }
    }
}

/// The name and place of a column that a query returns, as a type.
pub trait OutputName: 'static {
    /// The name.
    const NAME: &'static str;
    /// The place, from 0.
    const PLACE: usize;
}

/// The marker of a column that a query returns: its name `N`, the type of its values `V`, `Option` included.
#[derive(Debug)]
pub struct OutputColumn<N, V>(std::marker::PhantomData<fn() -> (N, V)>);

/// No table: what a column belongs to that a query returns.
#[derive(Debug)]
pub struct NoTable;

/// It cannot be written.
#[derive(Debug)]
pub struct ReadOnly;
impl WriteRule for ReadOnly {}

impl<N: OutputName, V: FieldType> Column for OutputColumn<N, V> {
    type Table = NoTable;
    type Value = V;
    type Write = ReadOnly;
    // Only columns that are written are told apart by it.
    type Id = (H0, H0);
    const INDEX: usize = N::PLACE;
    const NAME: &'static str = N::NAME;
}

/// The place of a column in a tuple, from 0.
#[derive(Debug)]
pub struct Place<const N: usize>;

const PLACES: [&str; 16] =
    ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c15", "c16"];

impl<const N: usize> OutputName for Place<N> {
    const NAME: &'static str = PLACES[N];
    const PLACE: usize = N;
}

/// The column of the place `N` in a row without names.
pub type PlaceColumn<const N: usize, V, A> = Col<OutputColumn<Place<N>, V>, A>;

/// The name of a column, whether it can be NULL, and the kind of its values.
#[doc(hidden)]
pub const fn output_column<N: OutputName, V: FieldType>() -> (&'static str, bool, DataType) {
    (N::NAME, <V::Null as Nullness>::IS_NULLABLE, <V::Base as SqlValue>::TYPE)
}

/// The columns are those of the table.
#[diagnostic::do_not_recommend]
impl<T: Table> OutputRow for T {
    type Types = (TableRow<T>,);
    type Columns<A: 'static> = T::Columns<A>;
    const COLUMNS: OutputColumns = OutputColumns::OfTable(T::def);

    fn columns<A: 'static>() -> &'static T::Columns<A> {
        T::columns()
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        T::read(row)
    }

    fn read_optional<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
        T::read_optional(row)
    }
}

macro_rules! tuples {
    ($($value:ident $place:literal),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($value: FieldType),+> OutputRow for ($($value,)+) {
            type Types = Self;
            type Columns<A: 'static> = ($(PlaceColumn<$place, $value, A>,)+);
            const COLUMNS: OutputColumns = OutputColumns::Listed(&[$(output_column::<Place<$place>, $value>()),+]);

            fn columns<A: 'static>() -> &'static Self::Columns<A> {
                &const { ($(PlaceColumn::<$place, $value, A>::NEW,)+) }
            }

            fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
                Ok(($(<$value as FieldType>::read(row)?,)+))
            }
        }
    };
}

macro_rules! all_tuples {
    (($($done:tt)*)) => {};
    (($($done:tt)*) $next:tt $($rest:tt)*) => { all_tuples!(@step ($($done)* $next) $($rest)*); };
    (@step ($(($value:ident $place:literal))+) $($rest:tt)*) => {
        tuples!($($value $place),+);
        all_tuples!(($(($value $place))+) $($rest)*);
    };
}

all_tuples!(() (T0 0) (T1 1) (T2 2) (T3 3) (T4 4) (T5 5) (T6 6) (T7 7) (T8 8) (T9 9) (T10 10) (T11 11) (T12 12)
    (T13 13) (T14 14) (T15 15));

/// The row of any query, as a result that is ordered or combined with another: `K` is [`NamedRow`] for an [`OutputRow`],
/// [`SingleValue`] for one value.
#[diagnostic::on_unimplemented(
    message = "rows of the type `{Self}` have no columns with names",
    label = "select single values, or a `row!({{ name: .. }})` of them"
)]
pub trait ResultRow<K>: Sized {
    /// The types of its columns in their order, as a tuple.
    type Types;
    /// Its columns, qualified by `A`.
    type Columns<A: 'static>: 'static;

    /// The columns, qualified by `A`.
    fn result_columns<A: 'static>() -> &'static Self::Columns<A>;

    /// Reads it.
    ///
    /// # Errors
    /// As [`OutputRow::read`].
    fn read_result<R: RowReader>(row: &mut R) -> Result<Self, Error>;
}

/// A row with several columns.
#[derive(Debug)]
pub struct NamedRow;
/// A single value.
#[derive(Debug)]
pub struct SingleValue;

impl<R: OutputRow> ResultRow<NamedRow> for R {
    type Types = R::Types;
    type Columns<A: 'static> = R::Columns<A>;

    fn result_columns<A: 'static>() -> &'static R::Columns<A> {
        R::columns()
    }

    fn read_result<Row: RowReader>(row: &mut Row) -> Result<Self, Error> {
        R::read(row)
    }
}

impl<V: FieldType> ResultRow<SingleValue> for V {
    type Types = (V,);
    type Columns<A: 'static> = PlaceColumn<0, V, A>;

    fn result_columns<A: 'static>() -> &'static PlaceColumn<0, V, A> {
        &Col::NEW
    }

    fn read_result<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        V::read(row)
    }
}
