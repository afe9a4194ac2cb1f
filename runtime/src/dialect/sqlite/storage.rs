//! SQLite's storage classes: what a value is once it is there.

use std::borrow::Cow;

use crate::dialect::time;
use crate::{
    Error,
    value::{Value, list_as_json},
};

/// A value in one of SQLite's five storage classes.
///
/// ```
/// use mizzle::{dialect::sqlite::Storage, value::SqlValue};
///
/// assert_eq!(Storage::try_from(true.into_value())?, Storage::Integer(1));
/// assert!(Storage::try_from(f64::NAN.into_value()).is_err());
/// # Ok::<(), mizzle::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Storage<'v> {
    /// NULL
    Null,
    /// INTEGER
    Integer(i64),
    /// REAL
    Real(f64),
    /// TEXT
    Text(Cow<'v, str>),
    /// BLOB
    Blob(Cow<'v, [u8]>),
}

impl Storage<'_> {
    /// The name of the storage class.
    pub const fn class(&self) -> &'static str {
        match self {
            Storage::Null => "NULL",
            Storage::Integer(_) => "INTEGER",
            Storage::Real(_) => "REAL",
            Storage::Text(_) => "TEXT",
            Storage::Blob(_) => "BLOB",
        }
    }

    fn text(text: impl Into<String>) -> Self {
        Storage::Text(Cow::Owned(text.into()))
    }
}

/// A value as SQLite will hold it.
///
/// # Errors
/// [`Error::Encode`] if SQLite cannot hold it: NaN, or a year outside of 0 to 9999.
impl TryFrom<Value> for Storage<'static> {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self, Error> {
        Ok(match value {
            Value::Text(text) | Value::Json(text) | Value::JsonText(text) => Storage::text(text),
            Value::Bytes(bytes) => Storage::Blob(Cow::Owned(bytes)),
            value => match Storage::of(&value)? {
                Storage::Null => Storage::Null,
                Storage::Integer(value) => Storage::Integer(value),
                Storage::Real(value) => Storage::Real(value),
                Storage::Text(text) => Storage::text(text),
                Storage::Blob(bytes) => Storage::Blob(Cow::Owned(bytes.into_owned())),
            },
        })
    }
}

impl<'v> Storage<'v> {
    /// The same for a value that stays where it is.
    pub(crate) fn of(value: &'v Value) -> Result<Self, Error> {
        Ok(match value {
            Value::Null(_) => Storage::Null,
            Value::Bool(value) => Storage::Integer((*value).into()),
            Value::I16(value) => Storage::Integer((*value).into()),
            Value::I32(value) => Storage::Integer((*value).into()),
            Value::I64(value) => Storage::Integer(*value),
            Value::F32(value) => real((*value).into())?,
            Value::F64(value) => real(*value)?,
            Value::U64(value) => Storage::Integer(
                (*value).try_into().map_err(|_| Error::encode("SQLite has no integers beyond 9223372036854775807"))?,
            ),
            Value::Text(text) | Value::Json(text) | Value::JsonText(text) => Storage::Text(Cow::Borrowed(text)),
            Value::Enum(_, word) => Storage::Text(Cow::Borrowed(word)),
            #[cfg(feature = "rust_decimal")]
            Value::Decimal(_) => return Err(Error::encode("SQLite has no decimals")),
            Value::Array(_, values) => Storage::text(list_as_json(values.clone())?),
            Value::Native(kind, _) => return Err(Error::encode(format!("SQLite has no type for {kind:?}"))),
            Value::Bytes(bytes) => Storage::Blob(Cow::Borrowed(bytes)),
            Value::Date(date) => Storage::text(time::date(*date).ok_or_else(year)?),
            Value::Time(time) => Storage::text(time::time(*time)),
            Value::DateTime(moment) => Storage::text(time::datetime(*moment).ok_or_else(year)?),
            Value::Timestamp(moment) => Storage::text(time::datetime(moment.naive_utc()).ok_or_else(year)?),
            Value::Uuid(uuid) => Storage::text(uuid.hyphenated().to_string()),
            Value::Invalid(reason) => return Err(Error::encode(reason)),
            Value::Argument(..) | Value::Computed(..) => return Err(Value::is_missing()),
        })
    }
}

fn real(value: f64) -> Result<Storage<'static>, Error> {
    // SQLite would store NULL without a word.
    if value.is_nan() { Err(Error::encode("SQLite has no NaN")) } else { Ok(Storage::Real(value)) }
}

fn year() -> Error {
    Error::encode("the year is not between 0 and 9999, as SQLite's dates are")
}
