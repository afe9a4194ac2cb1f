//! Reading a row, column after column.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use uuid::Uuid;

use crate::{
    Error,
    value::{ArrayElement, NativeType},
};

/// A row that is read from left to right: every call reads one column and moves to the next.
///
/// Each dialect has one reader; a value type says which of these it is made of. `None` is NULL.
///
/// # Errors
/// Each method returns [`Error::Decode`] if the column holds another kind of value.
#[expect(missing_docs, reason = "one method per kind of value, described above")]
pub trait RowReader {
    fn bool(&mut self) -> Result<Option<bool>, Error>;
    fn i64(&mut self) -> Result<Option<i64>, Error>;
    fn f64(&mut self) -> Result<Option<f64>, Error>;
    fn text(&mut self) -> Result<Option<&str>, Error>;
    fn bytes(&mut self) -> Result<Option<&[u8]>, Error>;
    fn date(&mut self) -> Result<Option<NaiveDate>, Error>;
    fn time(&mut self) -> Result<Option<NaiveTime>, Error>;
    fn datetime(&mut self) -> Result<Option<NaiveDateTime>, Error>;
    fn timestamp(&mut self) -> Result<Option<DateTime<Utc>>, Error>;
    fn uuid(&mut self) -> Result<Option<Uuid>, Error>;
    fn json(&mut self) -> Result<Option<&str>, Error>;
    fn u64(&mut self) -> Result<Option<u64>, Error>;
    #[cfg(feature = "rust_decimal")]
    fn decimal(&mut self) -> Result<Option<rust_decimal::Decimal>, Error>;
    fn array<T: ArrayElement>(&mut self) -> Result<Option<Vec<T>>, Error>;

    /// The binary form of a value whose type only one dialect has.
    fn native(&mut self, expected: NativeType) -> Result<Option<&[u8]>, Error>;

    /// How many columns the row has.
    fn width(&self) -> usize;

    /// Whether the column `ahead` places from here is NULL (0 is the next one).
    fn is_null(&self, ahead: usize) -> bool;

    /// Moves past `columns` columns.
    fn skip(&mut self, columns: usize);

    /// Moves to a column, counted from 0.
    fn seek(&mut self, column: usize);

    /// The error for a NULL where the Rust type has no place for one, in the column just read.
    fn unexpected_null(&self, expected: &'static str) -> Error;

    /// The error for a value that does not fit the Rust type, in the column just read.
    fn mismatch(&self, expected: &'static str, found: String) -> Error;
}
