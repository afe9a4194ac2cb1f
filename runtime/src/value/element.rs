//! Lists as JSON documents, for dialects without arrays.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde_json::Value as Document;
use uuid::Uuid;

use super::{ArrayElement, NativeType, Value};
use crate::{
    Error,
    dialect::{sqlite::Storage, time},
    run::RowReader,
};

/// Writes a list of values as a JSON document.
///
/// Bytes become hexadecimal text, and dates, times, UUIDs and decimals their usual text.
///
/// # Errors
/// [`Error::Encode`] if a value cannot stand in a JSON document: a float that is not finite.
pub fn list_as_json(values: Vec<Value>) -> Result<String, Error> {
    let elements: Result<Vec<Document>, Error> = values.into_iter().map(element).collect();
    serde_json::to_string(&elements?).map_err(|error| Error::encode(error.to_string()))
}

fn element(value: Value) -> Result<Document, Error> {
    let invalid = |what: &str| Error::encode(format!("a list cannot hold {what}"));
    Ok(match value {
        Value::Bool(value) => value.into(),
        Value::U64(value) => value.into(),
        Value::F32(value) => float(value.into()).ok_or_else(|| invalid("a float that is not finite"))?,
        Value::F64(value) => float(value).ok_or_else(|| invalid("a float that is not finite"))?,
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
        Value::Json(text) | Value::JsonText(text) => {
            serde_json::from_str(&text).map_err(|_| invalid("what is no JSON"))?
        }
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(value) => value.to_string().into(),
        Value::Array(..) | Value::Native(..) | Value::Null(_) => return Err(invalid("such a value")),
        // The rest as SQLite has it: numbers and texts.
        other => match Storage::try_from(other)? {
            Storage::Integer(value) => value.into(),
            Storage::Text(text) => text.into_owned().into(),
            Storage::Null | Storage::Real(_) | Storage::Blob(_) => return Err(invalid("such a value")),
        },
    })
}

fn float(value: f64) -> Option<Document> {
    serde_json::Number::from_f64(value).map(Document::Number)
}

/// The elements of a JSON array, read one after the other as the columns of a row are.
#[derive(Debug)]
pub struct JsonElements {
    elements: Vec<Document>,
    next: usize,
    text: String,
    bytes: Vec<u8>,
}

impl JsonElements {
    /// Reads a whole list from the text of a JSON document, which stands in the column just read from `row`.
    ///
    /// # Errors
    /// [`Error::Decode`] if it is no array, or an element is not of the type `T`.
    pub fn read_list<T: ArrayElement, R: RowReader>(document: &str, row: &R) -> Result<Vec<T>, Error> {
        let expected = std::any::type_name::<Vec<T>>();
        let Ok(elements) = serde_json::from_str::<Vec<Document>>(document) else {
            return Err(row.mismatch(expected, "JSON that is no array".to_owned()));
        };
        let count = elements.len();
        let mut elements = JsonElements { elements, next: 0, text: String::new(), bytes: Vec::new() };
        let mut read = || match T::read(&mut elements) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(row.mismatch(expected, "an element that is null".to_owned())),
            Err(_) => Err(row.mismatch(expected, "an element of another type".to_owned())),
        };
        (0..count).map(|_| read()).collect()
    }

    fn next<T>(
        &mut self,
        expected: &'static str,
        read: impl FnOnce(&Document) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let index = self.next;
        self.next += 1;
        match self.elements.get(index) {
            Some(Document::Null) => Ok(None),
            Some(element) => match read(element) {
                Some(value) => Ok(Some(value)),
                None => Err(Error::decode(index, "element", expected, "JSON of another type")),
            },
            None => Err(Error::decode(index, "element", expected, "no such element")),
        }
    }

    /// An element that is written as text.
    fn parsed<T>(&mut self, expected: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Error> {
        self.next(expected, |element| parse(element.as_str()?))
    }
}

impl RowReader for JsonElements {
    fn bool(&mut self) -> Result<Option<bool>, Error> {
        self.next("a bool", Document::as_bool)
    }

    fn i64(&mut self) -> Result<Option<i64>, Error> {
        self.next("an integer", Document::as_i64)
    }

    fn u64(&mut self) -> Result<Option<u64>, Error> {
        self.next("an integer", Document::as_u64)
    }

    fn f64(&mut self) -> Result<Option<f64>, Error> {
        self.next("a float", Document::as_f64)
    }

    fn text(&mut self) -> Result<Option<&str>, Error> {
        let text = self.parsed("text", |text| Some(text.to_owned()))?;
        Ok(text.map(|text| {
            self.text = text;
            self.text.as_str()
        }))
    }

    fn bytes(&mut self) -> Result<Option<&[u8]>, Error> {
        let bytes = self.parsed("bytes", from_hex)?;
        Ok(bytes.map(|bytes| {
            self.bytes = bytes;
            self.bytes.as_slice()
        }))
    }

    fn date(&mut self) -> Result<Option<NaiveDate>, Error> {
        self.parsed("a date", time::parse_date)
    }

    fn time(&mut self) -> Result<Option<NaiveTime>, Error> {
        self.parsed("a time of day", time::parse_time)
    }

    fn datetime(&mut self) -> Result<Option<NaiveDateTime>, Error> {
        self.parsed("a date and time without offset", time::parse_datetime)
    }

    fn timestamp(&mut self) -> Result<Option<DateTime<Utc>>, Error> {
        self.parsed("a date and time", |text| time::parse_timestamp(text).map(|moment| moment.and_utc()))
    }

    fn uuid(&mut self) -> Result<Option<Uuid>, Error> {
        self.parsed("a UUID", |text| Uuid::try_parse(text).ok())
    }

    fn json(&mut self) -> Result<Option<&str>, Error> {
        let text = self.next("JSON", |element| Some(element.to_string()))?;
        Ok(text.map(|text| {
            self.text = text;
            self.text.as_str()
        }))
    }

    #[cfg(feature = "rust_decimal")]
    fn decimal(&mut self) -> Result<Option<rust_decimal::Decimal>, Error> {
        self.parsed("a decimal", |text| text.parse().ok())
    }

    fn array<T: ArrayElement>(&mut self) -> Result<Option<Vec<T>>, Error> {
        self.next("no list", |_| None)
    }

    fn native(&mut self, _: NativeType) -> Result<Option<&[u8]>, Error> {
        self.next("a value of PostgreSQL", |_| None)
    }

    fn width(&self) -> usize {
        self.elements.len()
    }

    fn is_null(&self, ahead: usize) -> bool {
        matches!(self.elements.get(self.next + ahead), Some(Document::Null))
    }

    fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    fn seek(&mut self, column: usize) {
        self.next = column;
    }

    fn unexpected_null(&self, expected: &'static str) -> Error {
        self.mismatch(expected, "NULL".to_owned())
    }

    fn mismatch(&self, expected: &'static str, found: String) -> Error {
        Error::decode(self.next.saturating_sub(1), "element", expected, found)
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?);
    text.as_bytes().chunks(2).map(pair).collect()
}
