//! How many rows a relation leads to.

use crate::{
    Error,
    value::{FieldType, NotNull, Nullable, Nullness},
};

/// How many rows a relation leads to: [`Many`], [`AtMostOne`] or [`ExactlyOne`].
pub trait Cardinality: Send + 'static {
    /// What a row with them holds: a `Vec`, an `Option`, or one.
    type Of<T: Send + 'static>: Send + 'static;
    /// The same, where conditions may leave some out.
    type Filtered: Cardinality;

    /// Puts them together.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if there must be one, and is none.
    fn of<T: Send + 'static>(rows: Vec<T>) -> Result<Self::Of<T>, Error>;
}

/// Any number of rows: a `Vec`.
#[derive(Debug, Clone, Copy)]
pub struct Many;
/// One row or none: an `Option`.
#[derive(Debug, Clone, Copy)]
pub struct AtMostOne;
/// One row.
#[derive(Debug, Clone, Copy)]
pub struct ExactlyOne;

/// More than one row, which can be sorted and cut.
#[diagnostic::on_unimplemented(
    message = "this relation leads to one row at most, which is neither sorted nor cut",
    label = "for relations that lead to several rows"
)]
pub trait Several {}
#[diagnostic::do_not_recommend]
impl Several for Many {}

impl Cardinality for Many {
    type Of<T: Send + 'static> = Vec<T>;
    type Filtered = Many;

    fn of<T: Send + 'static>(rows: Vec<T>) -> Result<Vec<T>, Error> {
        Ok(rows)
    }
}

impl Cardinality for AtMostOne {
    type Of<T: Send + 'static> = Option<T>;
    type Filtered = AtMostOne;

    fn of<T: Send + 'static>(rows: Vec<T>) -> Result<Option<T>, Error> {
        Ok(rows.into_iter().next())
    }
}

impl Cardinality for ExactlyOne {
    type Of<T: Send + 'static> = T;
    type Filtered = AtMostOne;

    fn of<T: Send + 'static>(rows: Vec<T>) -> Result<T, Error> {
        rows.into_iter().next().ok_or(Error::RowNotFound)
    }
}

/// The type of a foreign key, which says whether there is always a row that it refers to.
pub trait CardinalityOf {
    /// [`ExactlyOne`], or [`AtMostOne`] if it can be NULL.
    type Cardinality: Cardinality;
}

impl<T: FieldType<Null: OfKey>> CardinalityOf for T {
    type Cardinality = <T::Null as OfKey>::Cardinality;
}

/// How many rows a key of this nullness refers to.
pub trait OfKey: Nullness {
    /// [`ExactlyOne`] or [`AtMostOne`].
    type Cardinality: Cardinality;
    /// How many rows a relation leads to, of a row that may be missing as this says: an outer join may find none.
    type From<N: Cardinality>: Cardinality;
}

impl OfKey for NotNull {
    type Cardinality = ExactlyOne;
    type From<N: Cardinality> = N;
}

impl OfKey for Nullable {
    type Cardinality = AtMostOne;
    type From<N: Cardinality> = N::Filtered;
}
