//! Rows of PostgreSQL, read from left to right.

use std::slice::from_ref;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sqlx::{
    Column as _, Row as _, TypeInfo as _, ValueRef as _,
    postgres::{PgRow, PgTypeInfo, PgTypeKind, PgValueFormat},
};
use uuid::Uuid;

use super::{
    cell::{Cell, Elements, Found},
    columns::{resolve, type_of},
    oid,
};
use crate::{
    Error,
    run::RowReader,
    value::{ArrayElement, NativeType},
};

/// Reads a row of PostgreSQL.
///
/// It trusts the type that the server says each value has: a text where a number is expected is an error. Values must
/// be in binary format, as the answers to prepared statements are.
///
/// ```no_run
/// use mizzle::{dialect::postgres::PostgresReader, run::RowReader};
///
/// # async fn read(db: sqlx::PgPool) -> Result<(), mizzle::Error> {
/// let row = sqlx::query("SELECT 1, 'Ann'").fetch_one(&db).await?;
/// let mut reader = PostgresReader::from_sqlx(&row);
/// assert_eq!(reader.i64()?, Some(1));
/// assert_eq!(reader.text()?, Some("Ann"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct PostgresReader<'r> {
    source: Source<'r>,
    next: usize,
}

/// Where the values come from.
#[derive(Debug)]
enum Source<'r> {
    Row {
        row: &'r PgRow,
        /// The numbers of the columns' types, if they were looked up before.
        types: &'r [u32],
    },
    /// Elements of arrays, which are read as columns are.
    Elements { of: &'r [ElementType<'r>], values: &'r [Option<&'r [u8]>] },
}

/// What the elements of an array are.
#[derive(Debug)]
pub(super) struct ElementType<'r> {
    pub(super) oid: u32,
    pub(super) info: &'r PgTypeInfo,
    /// What errors call an element.
    pub(super) name: &'r str,
}

impl<'r> PostgresReader<'r> {
    /// Reads a row of sqlx, which must be the answer to a prepared statement.
    pub const fn from_sqlx(row: &'r PgRow) -> Self {
        Self::with_types(row, &[])
    }

    pub(super) const fn with_types(row: &'r PgRow, types: &'r [u32]) -> Self {
        PostgresReader { source: Source::Row { row, types }, next: 0 }
    }

    pub(super) const fn of_elements(of: &'r [ElementType<'r>], values: &'r [Option<&'r [u8]>]) -> Self {
        PostgresReader { source: Source::Elements { of, values }, next: 0 }
    }

    /// The next column, which must be an array: its elements and their type, called `name` or like the column.
    pub(super) fn next_array(
        &mut self,
        expected: &'static str,
        name: Option<&'static str>,
    ) -> Result<Option<(Elements<'r>, ElementType<'r>)>, Error> {
        let index = self.next;
        let info = self.source.type_of(index).and_then(element);
        let elements = self.read(expected, |cell| if info.is_some() { cell.elements() } else { Err(Found::Type) })?;
        let name = name.unwrap_or_else(|| self.source.name(index));
        Ok(elements.zip(info).map(|(elements, info)| (elements, ElementType { oid: resolve(info), info, name })))
    }

    /// Reads the next column, and converts it if it is not NULL.
    #[inline]
    fn read<T>(
        &mut self,
        expected: &'static str,
        convert: impl FnOnce(Cell<'r>) -> Result<T, Found>,
    ) -> Result<Option<T>, Error> {
        let index = self.next;
        self.next += 1;
        let Some(bytes) = self.source.bytes(index) else { return self.nothing(expected) };
        match convert(Cell { oid: self.source.oid(index), bytes }) {
            Ok(value) => Ok(Some(value)),
            Err(found) => Err(self.found(expected, found)),
        }
    }

    /// What the column just read is, which has no bytes: NULL, if there is such a column.
    fn nothing<T>(&self, expected: &'static str) -> Result<Option<T>, Error> {
        if self.next <= self.width() { Ok(None) } else { Err(self.found(expected, Found::from("no such column"))) }
    }

    #[cold]
    pub(super) fn found(&self, expected: &'static str, found: Found) -> Error {
        self.mismatch(expected, self.source.describe(self.next - 1, found))
    }
}

/// The bytes of a column, if there are any. By itself, since it is long, and what it returns is short.
#[inline(never)]
fn bytes(row: &PgRow, index: usize) -> Option<&[u8]> {
    // By reference: it is a large struct to move.
    let Ok(value) = &row.try_get_raw(index) else { return None };
    // Only NULL has no bytes.
    value.as_bytes().ok()
}

impl<'r> Source<'r> {
    #[inline]
    fn bytes(&self, index: usize) -> Option<&'r [u8]> {
        match self {
            Source::Row { row, .. } => bytes(row, index),
            Source::Elements { values, .. } => values.get(index).copied().flatten(),
        }
    }

    #[inline]
    fn oid(&self, index: usize) -> u32 {
        match self {
            Source::Row { row, types } => match types.get(index) {
                Some(oid) => *oid,
                None => type_of(row, index),
            },
            Source::Elements { of, .. } => of.get(index).map_or(oid::UNSPECIFIED, |of| of.oid),
        }
    }

    fn type_of(&self, index: usize) -> Option<&'r PgTypeInfo> {
        match self {
            Source::Row { row, .. } => row.columns().get(index).map(|column| column.type_info()),
            Source::Elements { of, .. } => of.get(index).map(|of| of.info),
        }
    }

    fn describe(&self, index: usize, found: Found) -> String {
        match found {
            Found::Value(found) => found.into_owned(),
            Found::Type if self.is_text(index) => "a value in text format".to_owned(),
            Found::Type => self.type_of(index).map_or("?", |info| info.name()).to_owned(),
        }
    }

    fn is_text(&self, index: usize) -> bool {
        match self {
            Source::Row { row, .. } => row.try_get_raw(index).is_ok_and(|value| value.format() == PgValueFormat::Text),
            Source::Elements { .. } => false,
        }
    }

    fn name(&self, index: usize) -> &'r str {
        match self {
            Source::Row { row, .. } => row.columns().get(index).map_or("?", |column| column.name()),
            Source::Elements { of, .. } => of.get(index).map_or("?", |of| of.name),
        }
    }
}

/// The type of an array's elements.
fn element(info: &PgTypeInfo) -> Option<&PgTypeInfo> {
    if info.name() == "?" {
        return None;
    }
    match info.kind() {
        PgTypeKind::Array(element) => Some(element),
        PgTypeKind::Domain(base) => element(base),
        _ => None,
    }
}

impl RowReader for PostgresReader<'_> {
    #[inline]
    fn bool(&mut self) -> Result<Option<bool>, Error> {
        self.read("a bool", Cell::bool)
    }

    #[inline]
    fn i64(&mut self) -> Result<Option<i64>, Error> {
        self.read("an integer", Cell::i64)
    }

    #[inline]
    fn u64(&mut self) -> Result<Option<u64>, Error> {
        self.read("an unsigned integer", Cell::u64)
    }

    #[inline]
    fn f64(&mut self) -> Result<Option<f64>, Error> {
        self.read("a float", Cell::f64)
    }

    #[inline]
    fn text(&mut self) -> Result<Option<&str>, Error> {
        self.read("text", Cell::text)
    }

    #[inline]
    fn bytes(&mut self) -> Result<Option<&[u8]>, Error> {
        self.read("bytes", Cell::bytes)
    }

    fn date(&mut self) -> Result<Option<NaiveDate>, Error> {
        self.read("a date", Cell::date)
    }

    fn time(&mut self) -> Result<Option<NaiveTime>, Error> {
        self.read("a time of day", Cell::time)
    }

    fn datetime(&mut self) -> Result<Option<NaiveDateTime>, Error> {
        self.read("a date and time without offset", Cell::datetime)
    }

    fn timestamp(&mut self) -> Result<Option<DateTime<Utc>>, Error> {
        self.read("a date and time", |cell| cell.timestamp().map(|moment| moment.and_utc()))
    }

    fn uuid(&mut self) -> Result<Option<Uuid>, Error> {
        self.read("a UUID", Cell::uuid)
    }

    fn json(&mut self) -> Result<Option<&str>, Error> {
        self.read("JSON", Cell::json)
    }

    #[cfg(feature = "rust_decimal")]
    fn decimal(&mut self) -> Result<Option<rust_decimal::Decimal>, Error> {
        self.read("a decimal", Cell::decimal)
    }

    fn array<T: ArrayElement>(&mut self) -> Result<Option<Vec<T>>, Error> {
        let expected = std::any::type_name::<Vec<T>>();
        let Some((elements, of)) = self.next_array(expected, Some("element"))? else { return Ok(None) };
        let mut list = Vec::with_capacity(elements.len());
        for value in elements {
            let value = value.map_err(|found| self.found(expected, found))?;
            match T::read(&mut PostgresReader::of_elements(from_ref(&of), &[value])) {
                Ok(Some(value)) => list.push(value),
                Ok(None) => return Err(self.mismatch(expected, "an element that is NULL".to_owned())),
                Err(Error::Decode(error)) => {
                    return Err(self.mismatch(expected, format!("an element that is {}", error.found)));
                }
                Err(other) => return Err(other),
            }
        }
        Ok(Some(list))
    }

    fn native(&mut self, expected: NativeType) -> Result<Option<&[u8]>, Error> {
        self.read(super::spelling::native_name(expected), |cell| cell.native(expected))
    }

    fn width(&self) -> usize {
        match &self.source {
            Source::Row { row, .. } => row.len(),
            Source::Elements { values, .. } => values.len(),
        }
    }

    #[inline]
    fn is_null(&self, ahead: usize) -> bool {
        match &self.source {
            Source::Row { row, .. } => row.try_get_raw(self.next + ahead).is_ok_and(|value| value.is_null()),
            Source::Elements { values, .. } => matches!(values.get(self.next + ahead), Some(None)),
        }
    }

    #[inline]
    fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    #[inline]
    fn seek(&mut self, column: usize) {
        self.next = column;
    }

    fn unexpected_null(&self, expected: &'static str) -> Error {
        self.mismatch(expected, "NULL".to_owned())
    }

    fn mismatch(&self, expected: &'static str, found: String) -> Error {
        let index = self.next.saturating_sub(1);
        Error::decode(index, self.source.name(index), expected, found)
    }
}
