//! Rows of PostgreSQL, read from left to right.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sqlx::{
    Column as _, Row as _, TypeInfo as _, ValueRef as _,
    postgres::{PgRow, PgTypeInfo, PgTypeKind, PgValueFormat},
};
use uuid::Uuid;

use super::{
    cell::{Cell, Found},
    columns::resolve,
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
    /// An array, whose elements are read as columns are.
    Elements { of: PgTypeInfo, values: Vec<Option<&'r [u8]>> },
}

impl<'r> PostgresReader<'r> {
    /// Reads a row of sqlx, which must be the answer to a prepared statement.
    pub const fn from_sqlx(row: &'r PgRow) -> Self {
        Self::with_types(row, &[])
    }

    pub(super) const fn with_types(row: &'r PgRow, types: &'r [u32]) -> Self {
        PostgresReader { source: Source::Row { row, types }, next: 0 }
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
        match self.source.cell(index) {
            Ok(None) => Ok(None),
            Ok(Some(cell)) => match convert(cell) {
                Ok(value) => Ok(Some(value)),
                Err(found) => Err(self.mismatch(expected, self.source.describe(index, found))),
            },
            Err(found) => Err(self.mismatch(expected, found.to_owned())),
        }
    }
}

impl<'r> Source<'r> {
    #[inline]
    fn cell(&self, index: usize) -> Result<Option<Cell<'r>>, &'static str> {
        match self {
            Source::Row { row, types } => {
                // By reference: it is a large struct to move.
                let Ok(value) = &row.try_get_raw(index) else {
                    return Err("no such column");
                };
                if value.is_null() {
                    return Ok(None);
                }
                if value.format() == PgValueFormat::Text {
                    return Err("a value in text format");
                }
                let bytes = value.as_bytes().map_err(|_| "a value that cannot be read")?;
                let oid = types.get(index).copied().unwrap_or_else(|| resolve(&value.type_info()));
                Ok(Some(Cell { oid, bytes }))
            }
            Source::Elements { of, values } => {
                let bytes = values.get(index).ok_or("no such element")?;
                Ok(bytes.map(|bytes| Cell { oid: resolve(of), bytes }))
            }
        }
    }

    fn type_of(&self, index: usize) -> Option<&PgTypeInfo> {
        match self {
            Source::Row { row, .. } => row.columns().get(index).map(|column| column.type_info()),
            Source::Elements { of, .. } => Some(of),
        }
    }

    fn describe(&self, index: usize, found: Found) -> String {
        match found {
            Found::Value(found) => found.into_owned(),
            Found::Type => self.type_of(index).map_or("?", |info| info.name()).to_owned(),
        }
    }

    fn name(&self, index: usize) -> &str {
        match self {
            Source::Row { row, .. } => row.columns().get(index).map_or("?", |column| column.name()),
            Source::Elements { .. } => "element",
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
        let of = self.source.type_of(self.next).and_then(element).cloned();
        let values = self.read(expected, |cell| if of.is_some() { cell.elements() } else { Err(Found::Type) })?;
        let (Some(of), Some(values)) = (of, values) else {
            return Ok(None);
        };
        let count = values.len();
        let mut elements = PostgresReader { source: Source::Elements { of, values }, next: 0 };
        let mut list = Vec::with_capacity(count);
        for _ in 0..count {
            match T::read(&mut elements) {
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
