//! Rows of SQLite, read from left to right.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use uuid::Uuid;

use super::Storage;
use crate::{
    Error,
    dialect::time,
    run::RowReader,
    value::{ArrayElement, JsonElements, NativeType},
};

/// Reads a row of SQLite.
///
/// It trusts the storage class of each value, not the column's declared type: a text where a number is expected
/// is an error and not 0.
///
/// ```
/// use mizzle::{dialect::sqlite::{SqliteReader, Storage}, run::RowReader};
///
/// let names = ["id".to_owned(), "name".to_owned()];
/// let values = [Storage::Integer(1), Storage::Text("Ann".into())];
/// let mut row = SqliteReader::from_values(&names, &values);
/// assert_eq!(row.i64()?, Some(1));
/// let error = row.i64().unwrap_err();
/// assert_eq!(error.to_string(), "column 1 (`name`): expected an integer, found TEXT");
/// # Ok::<(), mizzle::Error>(())
/// ```
#[derive(Debug)]
pub struct SqliteReader<'r> {
    row: Row<'r>,
    next: usize,
}

/// Where the values come from.
#[derive(Debug)]
enum Row<'r> {
    Values {
        names: &'r [String],
        values: &'r [Storage<'r>],
    },
    #[cfg(feature = "sqlite")]
    Sqlx(&'r sqlx::sqlite::SqliteRow),
    #[cfg(feature = "sqlite")]
    Own(crate::sqlite::Row<'r>),
}

/// A value in its place, not yet copied.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'r> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'r str),
    Blob(&'r [u8]),
}

/// What was found where something else was expected.
pub(crate) type Found = &'static str;

impl<'r> SqliteReader<'r> {
    /// Reads values that came by another way than sqlx: for transports of your own.
    pub fn from_values(names: &'r [String], values: &'r [Storage<'r>]) -> Self {
        SqliteReader { row: Row::Values { names, values }, next: 0 }
    }

    /// Reads a row of sqlx.
    #[cfg(feature = "sqlite")]
    pub fn from_sqlx(row: &'r sqlx::sqlite::SqliteRow) -> Self {
        SqliteReader { row: Row::Sqlx(row), next: 0 }
    }

    /// Reads a row of mizzle's own pool.
    #[cfg(feature = "sqlite")]
    #[inline]
    pub(crate) fn from_row(row: crate::sqlite::Row<'r>) -> Self {
        SqliteReader { row: Row::Own(row), next: 0 }
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
        let value = match self.row.cell(index) {
            Ok(Cell::Null) => return Ok(None),
            Ok(cell) => convert(cell),
            Err(found) => Err(found),
        };
        value.map(Some).map_err(|found| Error::decode(index, self.row.name(index), expected, found))
    }
}

impl<'r> Row<'r> {
    #[inline]
    fn cell(&self, index: usize) -> Result<Cell<'r>, Found> {
        match self {
            Row::Values { values, .. } => values.get(index).map(Cell::from).ok_or("no such column"),
            #[cfg(feature = "sqlite")]
            Row::Sqlx(row) => sqlx_cell(row, index),
            #[cfg(feature = "sqlite")]
            Row::Own(row) => row.cell(index),
        }
    }

    fn name(&self, index: usize) -> &'r str {
        let name = match self {
            Row::Values { names, .. } => names.get(index).map(String::as_str),
            #[cfg(feature = "sqlite")]
            Row::Sqlx(row) => sqlx::Row::columns(*row).get(index).map(sqlx::Column::name),
            #[cfg(feature = "sqlite")]
            Row::Own(row) => row.name(index),
        };
        name.unwrap_or("?")
    }
}

#[cfg(feature = "sqlite")]
fn sqlx_cell(row: &sqlx::sqlite::SqliteRow, index: usize) -> Result<Cell<'_>, Found> {
    use sqlx::{Decode, Row as _, Sqlite, Type, TypeInfo, ValueRef, sqlite::SqliteTypeInfo};

    let value = row.try_get_raw(index).map_err(|_| "no such column")?;
    if value.is_null() {
        return Ok(Cell::Null);
    }
    // For what is not NULL, sqlx gives the storage class here, whatever type the column was declared with.
    let class: SqliteTypeInfo = value.type_info().into_owned();
    let is = |other: SqliteTypeInfo| class == other;
    if is(<i64 as Type<Sqlite>>::type_info()) {
        <i64 as Decode<Sqlite>>::decode(value).map(Cell::Integer).map_err(|_| "INTEGER that cannot be read")
    } else if is(<str as Type<Sqlite>>::type_info()) {
        <&str as Decode<Sqlite>>::decode(value).map(Cell::Text).map_err(|_| "TEXT that is not UTF-8")
    } else if is(<f64 as Type<Sqlite>>::type_info()) {
        <f64 as Decode<Sqlite>>::decode(value).map(Cell::Real).map_err(|_| "REAL that cannot be read")
    } else if class.name() == "BLOB" {
        <&[u8] as Decode<Sqlite>>::decode(value).map(Cell::Blob).map_err(|_| "BLOB that cannot be read")
    } else {
        Err("an unknown storage class")
    }
}

impl<'r> From<&'r Storage<'_>> for Cell<'r> {
    fn from(value: &'r Storage<'_>) -> Self {
        match value {
            Storage::Null => Cell::Null,
            Storage::Integer(value) => Cell::Integer(*value),
            Storage::Real(value) => Cell::Real(*value),
            Storage::Text(text) => Cell::Text(text),
            Storage::Blob(bytes) => Cell::Blob(bytes),
        }
    }
}

impl<'r> Cell<'r> {
    const fn class(self) -> Found {
        match self {
            Cell::Null => "NULL",
            Cell::Integer(_) => "INTEGER",
            Cell::Real(_) => "REAL",
            Cell::Text(_) => "TEXT",
            Cell::Blob(_) => "BLOB",
        }
    }

    fn text(self) -> Result<&'r str, Found> {
        if let Cell::Text(text) = self { Ok(text) } else { Err(self.class()) }
    }

    /// Seconds since 1970, or a text.
    fn moment(self, parse: fn(&str) -> Option<NaiveDateTime>) -> Result<NaiveDateTime, Found> {
        match self {
            Cell::Integer(seconds) => DateTime::from_timestamp(seconds, 0)
                .map(|moment| moment.naive_utc())
                .ok_or("INTEGER out of the range of dates"),
            _ => parse(self.text()?).ok_or("TEXT that is no such date and time"),
        }
    }
}

impl RowReader for SqliteReader<'_> {
    #[inline]
    fn bool(&mut self) -> Result<Option<bool>, Error> {
        self.read("a bool", |cell| match cell {
            Cell::Integer(0) => Ok(false),
            Cell::Integer(1) => Ok(true),
            Cell::Integer(_) => Err("INTEGER other than 0 and 1"),
            _ => Err(cell.class()),
        })
    }

    #[inline]
    fn i64(&mut self) -> Result<Option<i64>, Error> {
        self.read("an integer", |cell| if let Cell::Integer(value) = cell { Ok(value) } else { Err(cell.class()) })
    }

    #[inline]
    fn f64(&mut self) -> Result<Option<f64>, Error> {
        self.read("a float", |cell| match cell {
            Cell::Real(value) => Ok(value),
            Cell::Integer(value) => exact(value).ok_or("INTEGER that no float equals"),
            _ => Err(cell.class()),
        })
    }

    #[inline]
    fn text(&mut self) -> Result<Option<&str>, Error> {
        self.read("text", Cell::text)
    }

    #[inline]
    fn bytes(&mut self) -> Result<Option<&[u8]>, Error> {
        self.read("bytes", |cell| if let Cell::Blob(bytes) = cell { Ok(bytes) } else { Err(cell.class()) })
    }

    fn date(&mut self) -> Result<Option<NaiveDate>, Error> {
        self.read("a date", |cell| time::parse_date(cell.text()?).ok_or("TEXT that is no such date"))
    }

    fn time(&mut self) -> Result<Option<NaiveTime>, Error> {
        self.read("a time of day", |cell| time::parse_time(cell.text()?).ok_or("TEXT that is no such time"))
    }

    fn datetime(&mut self) -> Result<Option<NaiveDateTime>, Error> {
        self.read("a date and time without offset", |cell| cell.moment(time::parse_datetime))
    }

    fn timestamp(&mut self) -> Result<Option<DateTime<Utc>>, Error> {
        self.read("a date and time", |cell| cell.moment(time::parse_timestamp).map(|moment| moment.and_utc()))
    }

    fn uuid(&mut self) -> Result<Option<Uuid>, Error> {
        self.read("a UUID", |cell| match cell {
            Cell::Text(text) => Uuid::try_parse(text).map_err(|_| "TEXT that is no UUID"),
            Cell::Blob(bytes) => Uuid::from_slice(bytes).map_err(|_| "BLOB that is not 16 bytes"),
            _ => Err(cell.class()),
        })
    }

    fn json(&mut self) -> Result<Option<&str>, Error> {
        self.read("JSON", Cell::text)
    }

    fn u64(&mut self) -> Result<Option<u64>, Error> {
        self.read("an unsigned integer", |cell| match cell {
            Cell::Integer(value) => value.try_into().map_err(|_| "a negative INTEGER"),
            _ => Err(cell.class()),
        })
    }

    #[cfg(feature = "rust_decimal")]
    fn decimal(&mut self) -> Result<Option<rust_decimal::Decimal>, Error> {
        self.read("a decimal", |cell| Err(cell.class()))
    }

    fn array<T: ArrayElement>(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(text) = self.read("a JSON array", Cell::text)? else {
            return Ok(None);
        };
        JsonElements::read_list(text, self).map(Some)
    }

    fn native(&mut self, _: NativeType) -> Result<Option<&[u8]>, Error> {
        self.read("a value of PostgreSQL", |cell| Err(cell.class()))
    }

    fn width(&self) -> usize {
        match &self.row {
            Row::Values { values, .. } => values.len(),
            #[cfg(feature = "sqlite")]
            Row::Sqlx(row) => sqlx::Row::len(*row),
            #[cfg(feature = "sqlite")]
            Row::Own(row) => row.width(),
        }
    }

    #[inline]
    fn is_null(&self, ahead: usize) -> bool {
        matches!(self.row.cell(self.next + ahead), Ok(Cell::Null))
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
        Error::decode(index, self.row.name(index), expected, found)
    }
}

/// The float that equals an integer, if one does.
fn exact(value: i64) -> Option<f64> {
    let float = value as f64;
    (float as i128 == i128::from(value)).then_some(float)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one<T>(
        value: Storage<'_>,
        read: impl FnOnce(&mut SqliteReader<'_>) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, String> {
        let names = ["x".to_owned()];
        read(&mut SqliteReader::from_values(&names, &[value])).map_err(|error| error.to_string())
    }

    #[test]
    fn storage_classes_are_not_mixed_up() {
        assert_eq!(
            one(Storage::Text("1".into()), |row| row.i64()),
            Err("column 0 (`x`): expected an integer, found TEXT".to_owned())
        );
        assert_eq!(
            one(Storage::Real(1.0), |row| row.i64()),
            Err("column 0 (`x`): expected an integer, found REAL".to_owned())
        );
        assert!(one(Storage::Integer(1), |row| row.text().map(|text| text.map(str::to_owned))).is_err());
        assert!(one(Storage::Text("x".into()), |row| row.bytes().map(|bytes| bytes.map(<[u8]>::to_vec))).is_err());
        assert_eq!(one(Storage::Null, |row| row.i64()), Ok(None));
    }

    #[test]
    fn a_bool_is_zero_or_one() {
        assert_eq!(one(Storage::Integer(1), |row| row.bool()), Ok(Some(true)));
        assert_eq!(one(Storage::Integer(0), |row| row.bool()), Ok(Some(false)));
        assert!(one(Storage::Integer(2), |row| row.bool()).is_err());
    }

    #[test]
    fn an_integer_is_a_float_only_if_it_is_one() {
        assert_eq!(one(Storage::Integer(3), |row| row.f64()), Ok(Some(3.0)));
        assert_eq!(one(Storage::Integer(i64::MIN), |row| row.f64()), Ok(Some(-9_223_372_036_854_775_808.0)));
        assert!(one(Storage::Integer(i64::MAX), |row| row.f64()).is_err());
        assert!(one(Storage::Integer((1 << 53) + 1), |row| row.f64()).is_err());
    }

    #[test]
    fn seconds_are_a_moment() {
        let moment = one(Storage::Integer(1_714_566_600), |row| row.timestamp()).expect("seconds").expect("not NULL");
        assert_eq!(moment.to_rfc3339(), "2024-05-01T12:30:00+00:00");
        assert!(one(Storage::Integer(i64::MAX), |row| row.timestamp()).is_err());
    }

    #[test]
    fn a_uuid_is_text_or_bytes() {
        let id = Uuid::from_u128(7);
        assert_eq!(one(Storage::Text(id.to_string().into()), |row| row.uuid()), Ok(Some(id)));
        assert_eq!(one(Storage::Blob(id.as_bytes().into()), |row| row.uuid()), Ok(Some(id)));
        assert!(one(Storage::Blob([1, 2, 3][..].into()), |row| row.uuid()).is_err());
    }
}
