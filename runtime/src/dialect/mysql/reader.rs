//! Rows of MySQL and MariaDB, read from left to right.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sqlx::{
    Column as _, Decode, MySql, Row as _, TypeInfo as _, ValueRef as _,
    mysql::{MySqlRow, MySqlTypeInfo, MySqlValueRef, types::MySqlTime},
};
use uuid::Uuid;

use super::columns::Kind;
use crate::{
    Error,
    dialect::time,
    run::RowReader,
    value::{ArrayElement, JsonElements, NativeType},
};

/// Reads a row of MySQL or MariaDB.
///
/// It takes what the database makes of a value in an expression: a comparison is an integer, the sum of integers a
/// decimal, a date in a `CASE` text. It does not take text for a number.
pub struct MySqlReader<'r> {
    row: &'r MySqlRow,
    /// What the columns hold, if it was looked up before.
    kinds: &'r [Kind],
    next: usize,
}

impl std::fmt::Debug for MySqlReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MySqlReader").field("next", &self.next).finish_non_exhaustive()
    }
}

/// A value in its place, not yet converted.
struct Cell<'r> {
    kind: Kind,
    info: &'r MySqlTypeInfo,
    value: MySqlValueRef<'r>,
}

/// What was found where something else was expected.
type Found<'r> = &'r str;

impl<'r> MySqlReader<'r> {
    /// Reads a row of sqlx.
    pub fn from_sqlx(row: &'r MySqlRow) -> Self {
        Self::with_kinds(row, &[])
    }

    pub(super) fn with_kinds(row: &'r MySqlRow, kinds: &'r [Kind]) -> Self {
        MySqlReader { row, kinds, next: 0 }
    }

    /// Reads the next column, and converts it if it is not NULL.
    #[inline]
    fn read<T>(
        &mut self,
        expected: &'static str,
        convert: impl FnOnce(Cell<'r>) -> Result<T, Found<'r>>,
    ) -> Result<Option<T>, Error> {
        let index = self.next;
        self.next += 1;
        let value = match self.cell(index) {
            Some(cell) if cell.value.is_null() => return Ok(None),
            Some(cell) => convert(cell),
            None => Err("no such column"),
        };
        value.map(Some).map_err(|found| Error::decode(index, self.name(index), expected, found))
    }

    #[inline]
    fn cell(&self, index: usize) -> Option<Cell<'r>> {
        // By position: sqlx looks a name up in a map.
        let info = self.row.columns().get(index)?.type_info();
        let kind = self.kinds.get(index).copied().unwrap_or_else(|| Kind::of(info));
        Some(Cell { kind, info, value: self.row.try_get_raw(index).ok()? })
    }

    fn name(&self, index: usize) -> &'r str {
        self.row.columns().get(index).map_or("?", |column| column.name())
    }
}

impl<'r> Cell<'r> {
    fn found(&self) -> Found<'r> {
        if self.kind == Kind::Text { "text" } else { self.info.name() }
    }

    fn decode<T: Decode<'r, MySql>>(self) -> Result<T, Found<'r>> {
        T::decode(self.value).map_err(|_| self.info.name())
    }

    /// Any integer, and a decimal without a fraction.
    fn integer(self) -> Result<i128, Found<'r>> {
        match self.kind {
            Kind::Signed => self.decode::<i64>().map(i128::from),
            Kind::Unsigned | Kind::Bits => self.decode::<u64>().map(i128::from),
            Kind::Decimal => whole(self.decode()?).ok_or("DECIMAL with a fraction"),
            _ => Err(self.found()),
        }
    }

    fn number(self) -> Result<f64, Found<'r>> {
        match self.kind {
            Kind::Float => self.decode(),
            Kind::Decimal => self.decode::<&str>()?.parse().map_err(|_| "DECIMAL"),
            _ => exact(self.integer()?).ok_or("an integer that no float equals"),
        }
    }

    #[inline]
    fn text(self) -> Result<&'r str, Found<'r>> {
        if self.kind == Kind::Text { self.decode() } else { Err(self.found()) }
    }

    fn moment(self, parse: fn(&str) -> Option<NaiveDateTime>) -> Result<NaiveDateTime, Found<'r>> {
        match self.kind {
            Kind::Moment => self.decode(),
            _ => parse(self.text()?).ok_or("text that is no such date and time"),
        }
    }

    fn time(self) -> Result<NaiveTime, Found<'r>> {
        if self.kind != Kind::Time {
            return time::parse_time(self.text()?).ok_or("text that is no such time");
        }
        let time: MySqlTime = self.decode()?;
        // It may be a time span: sqlx would drop the sign.
        if time.is_valid_time_of_day() { time.try_into().map_err(|_| "TIME") } else { Err("TIME outside of a day") }
    }

    fn uuid(self) -> Result<Uuid, Found<'r>> {
        if !matches!(self.kind, Kind::Bytes | Kind::Text) {
            return Err(self.found());
        }
        let bytes: &[u8] = self.decode()?;
        let uuid = if bytes.len() == 16 { Uuid::from_slice(bytes).ok() } else { Uuid::try_parse_ascii(bytes).ok() };
        uuid.ok_or("neither 16 bytes nor the text of a UUID")
    }

    /// MariaDB has JSON as text, and calls it bytes.
    fn json(self) -> Result<&'r str, Found<'r>> {
        match self.kind {
            Kind::Json | Kind::Text | Kind::Bytes => self.decode(),
            _ => Err(self.found()),
        }
    }

    #[cfg(feature = "rust_decimal")]
    fn decimal(self) -> Result<rust_decimal::Decimal, Found<'r>> {
        if self.kind != Kind::Decimal {
            let integer = self.integer()?;
            return rust_decimal::Decimal::try_from_i128_with_scale(integer, 0).map_err(|_| "an integer too large");
        }
        let text: &str = self.decode()?;
        // The column's own zeros would take the place of digits.
        let digits = if text.contains('.') { text.trim_end_matches('0') } else { text };
        digits.trim_end_matches('.').parse().map_err(|_| "DECIMAL out of the range of decimals")
    }
}

impl RowReader for MySqlReader<'_> {
    #[inline]
    fn bool(&mut self) -> Result<Option<bool>, Error> {
        self.read("a bool", |cell| match cell.integer()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err("an integer other than 0 and 1"),
        })
    }

    #[inline]
    fn i64(&mut self) -> Result<Option<i64>, Error> {
        self.read("an integer", |cell| cell.integer()?.try_into().map_err(|_| "an integer out of the range of i64"))
    }

    #[inline]
    fn u64(&mut self) -> Result<Option<u64>, Error> {
        self.read("an unsigned integer", |cell| {
            cell.integer()?.try_into().map_err(|_| "an integer out of the range of u64")
        })
    }

    #[inline]
    fn f64(&mut self) -> Result<Option<f64>, Error> {
        self.read("a float", Cell::number)
    }

    #[inline]
    fn text(&mut self) -> Result<Option<&str>, Error> {
        self.read("text", Cell::text)
    }

    #[inline]
    fn bytes(&mut self) -> Result<Option<&[u8]>, Error> {
        self.read("bytes", |cell| match cell.kind {
            Kind::Bytes | Kind::Bits | Kind::Geometry => cell.decode(),
            _ => Err(cell.found()),
        })
    }

    fn date(&mut self) -> Result<Option<NaiveDate>, Error> {
        self.read("a date", |cell| match cell.kind {
            Kind::Date => cell.decode(),
            _ => time::parse_date(cell.text()?).ok_or("text that is no such date"),
        })
    }

    fn time(&mut self) -> Result<Option<NaiveTime>, Error> {
        self.read("a time of day", Cell::time)
    }

    fn datetime(&mut self) -> Result<Option<NaiveDateTime>, Error> {
        self.read("a date and time without offset", |cell| cell.moment(time::parse_datetime))
    }

    fn timestamp(&mut self) -> Result<Option<DateTime<Utc>>, Error> {
        self.read("a date and time", |cell| Ok(cell.moment(time::parse_timestamp)?.and_utc()))
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
        let Some(text) = self.read("a JSON array", Cell::json)? else {
            return Ok(None);
        };
        JsonElements::read_list(text, self).map(Some)
    }

    fn native(&mut self, _: NativeType) -> Result<Option<&[u8]>, Error> {
        self.read("a value of PostgreSQL", |cell| Err(cell.found()))
    }

    fn width(&self) -> usize {
        self.row.len()
    }

    #[inline]
    fn is_null(&self, ahead: usize) -> bool {
        self.cell(self.next + ahead).is_some_and(|cell| cell.value.is_null())
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
        Error::decode(index, self.name(index), expected, found)
    }
}

/// The integer that a decimal is, if its fraction is zero.
fn whole(decimal: &str) -> Option<i128> {
    let (integer, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    if fraction.bytes().all(|digit| digit == b'0') { integer.parse().ok() } else { None }
}

/// The float that equals an integer, if one does.
fn exact(value: i128) -> Option<f64> {
    let float = value as f64;
    (float as i128 == value).then_some(float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_an_integer_only_if_it_is_one() {
        assert_eq!(whole("12"), Some(12));
        assert_eq!(whole("-12.000"), Some(-12));
        assert_eq!(whole("12.5"), None);
        assert_eq!(whole(&i128::MAX.to_string()), Some(i128::MAX));
        assert_eq!(whole("9".repeat(60).as_str()), None);
    }

    #[test]
    fn an_integer_is_a_float_only_if_it_is_one() {
        assert_eq!(exact(i128::from(i64::MIN)), Some(-9_223_372_036_854_775_808.0));
        assert_eq!(exact((1 << 53) + 1), None);
        assert_eq!(exact(i128::from(u64::MAX)), None);
    }
}
