//! A value as the server sent it, and what it is in Rust.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use uuid::Uuid;

use super::{numeric::Numeric, oid, time};
use crate::{
    utf8,
    value::{DataType, NativeType},
};

/// A value that is not NULL: the number of its type, without its domain, and its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'r> {
    pub(super) oid: u32,
    pub(super) bytes: &'r [u8],
}

/// Reads a value that stands inside of another one, whose type says what it is.
pub(crate) fn decode<T>(
    data_type: DataType,
    bytes: &[u8],
    convert: impl FnOnce(Cell<'_>) -> Result<T, Found>,
) -> Option<T> {
    convert(Cell { oid: oid::of(data_type), bytes }).ok()
}

/// What was found where something else was expected.
pub(crate) enum Found {
    /// A value of another type.
    Type,
    /// A value of a fitting type that does not fit itself.
    Value(Cow<'static, str>),
}

impl From<&'static str> for Found {
    fn from(found: &'static str) -> Self {
        Found::Value(Cow::Borrowed(found))
    }
}

impl<'r> Cell<'r> {
    #[inline]
    pub(super) fn bool(self) -> Result<bool, Found> {
        match (self.oid, self.bytes) {
            (oid::BOOL, [value]) => Ok(*value != 0),
            _ => Err(Found::Type),
        }
    }

    #[inline]
    pub(crate) fn i64(self) -> Result<i64, Found> {
        match (self.oid, self.bytes) {
            // The types of most keys.
            (oid::INT8, &[a, b, c, d, e, f, g, h]) => Ok(i64::from_be_bytes([a, b, c, d, e, f, g, h])),
            (oid::INT4, &[a, b, c, d]) => Ok(i32::from_be_bytes([a, b, c, d]).into()),
            _ => self.other_i64(),
        }
    }

    fn other_i64(self) -> Result<i64, Found> {
        match self.oid {
            oid::INT2 => Ok(i16::from_be_bytes(self.array()?).into()),
            oid::INT4 => Ok(i32::from_be_bytes(self.array()?).into()),
            oid::INT8 => Ok(i64::from_be_bytes(self.array()?)),
            oid::OID => Ok(u32::from_be_bytes(self.array()?).into()),
            oid::NUMERIC => self.whole()?.try_into().map_err(|_| Found::from("a numeric beyond 64 bits")),
            _ => Err(Found::Type),
        }
    }

    pub(super) fn u64(self) -> Result<u64, Found> {
        let beyond = |_| Found::from("an integer that is negative or beyond 64 bits");
        match self.oid {
            oid::NUMERIC => self.whole()?.try_into().map_err(beyond),
            _ => self.i64()?.try_into().map_err(beyond),
        }
    }

    #[inline]
    pub(super) fn f64(self) -> Result<f64, Found> {
        match self.oid {
            oid::FLOAT4 => Ok(f32::from_be_bytes(self.array()?).into()),
            oid::FLOAT8 => Ok(f64::from_be_bytes(self.array()?)),
            oid::NUMERIC => self.numeric()?.float().ok_or_else(|| malformed("numeric")),
            _ => exact(self.i64()?).ok_or_else(|| "an integer that no float equals".into()),
        }
    }

    #[cfg(feature = "rust_decimal")]
    pub(crate) fn decimal(self) -> Result<rust_decimal::Decimal, Found> {
        match self.oid {
            oid::NUMERIC => {
                self.numeric()?.decimal().ok_or_else(|| "a numeric that is not finite, or beyond 28 digits".into())
            }
            _ => Ok(self.i64()?.into()),
        }
    }

    #[inline]
    pub(super) fn text(self) -> Result<&'r str, Found> {
        match self.oid {
            oid::TEXT | oid::VARCHAR | oid::BPCHAR | oid::NAME | oid::UNKNOWN | oid::XML => self.utf8(),
            _ => Err(Found::Type),
        }
    }

    #[inline]
    pub(super) fn bytes(self) -> Result<&'r [u8], Found> {
        if self.oid == oid::BYTEA { Ok(self.bytes) } else { Err(Found::Type) }
    }

    pub(crate) fn date(self) -> Result<NaiveDate, Found> {
        match self.oid {
            oid::DATE => time::to_date(i32::from_be_bytes(self.array()?)).ok_or_else(beyond),
            _ => Err(Found::Type),
        }
    }

    pub(super) fn time(self) -> Result<NaiveTime, Found> {
        match self.oid {
            oid::TIME => time::to_time(i64::from_be_bytes(self.array()?)).ok_or_else(|| "the time 24:00".into()),
            _ => Err(Found::Type),
        }
    }

    pub(crate) fn datetime(self) -> Result<NaiveDateTime, Found> {
        if self.oid == oid::TIMESTAMP { self.moment() } else { Err(Found::Type) }
    }

    /// In UTC.
    pub(crate) fn timestamp(self) -> Result<NaiveDateTime, Found> {
        if self.oid == oid::TIMESTAMPTZ { self.moment() } else { Err(Found::Type) }
    }

    pub(super) fn uuid(self) -> Result<Uuid, Found> {
        if self.oid == oid::UUID { self.array().map(Uuid::from_bytes) } else { Err(Found::Type) }
    }

    pub(super) fn json(self) -> Result<&'r str, Found> {
        match (self.oid, self.bytes) {
            (oid::JSON, _) => self.utf8(),
            // The first byte is the version of the format.
            (oid::JSONB, [1, document @ ..]) => Cell { bytes: document, ..self }.utf8(),
            (oid::JSONB, _) => Err("a jsonb of an unknown version".into()),
            _ => Err(Found::Type),
        }
    }

    pub(super) fn native(self, native: NativeType) -> Result<&'r [u8], Found> {
        if self.oid == oid::of_native(native) { Ok(self.bytes) } else { Err(Found::Type) }
    }

    /// The elements of an array of one dimension.
    pub(super) fn elements(self) -> Result<Elements<'r>, Found> {
        let mut rest = Rest(self.bytes);
        let broken = || malformed("array");
        let dimensions = rest.i32().ok_or_else(broken)?;
        rest.skip(8).ok_or_else(broken)?;
        match dimensions {
            0 => return Ok(Elements { rest, left: 0 }),
            1 => {}
            _ => return Err("an array of several dimensions".into()),
        }
        let count = rest.i32().ok_or_else(broken)?;
        rest.skip(4).ok_or_else(broken)?;
        // Each has its length before it.
        let left = usize::try_from(count).ok().filter(|count| *count <= rest.0.len() / 4).ok_or_else(broken)?;
        Ok(Elements { rest, left })
    }

    fn numeric(self) -> Result<Numeric<'r>, Found> {
        Numeric::parse(self.bytes).ok_or_else(|| malformed("numeric"))
    }

    fn whole(self) -> Result<i128, Found> {
        self.numeric()?.integer().ok_or_else(|| "a numeric that is no integer".into())
    }

    fn moment(self) -> Result<NaiveDateTime, Found> {
        time::to_datetime(i64::from_be_bytes(self.array()?)).ok_or_else(beyond)
    }

    #[inline]
    fn array<const N: usize>(self) -> Result<[u8; N], Found> {
        self.bytes.try_into().map_err(|_| malformed("value"))
    }

    #[inline]
    fn utf8(self) -> Result<&'r str, Found> {
        utf8::text(self.bytes).ok_or_else(|| "text that is not UTF-8".into())
    }
}

fn beyond() -> Found {
    "a date that is infinite or beyond the years that chrono has".into()
}

fn malformed(what: &str) -> Found {
    Found::Value(Cow::Owned(format!("a malformed {what}")))
}

/// The float that equals an integer.
fn exact(value: i64) -> Option<f64> {
    let float = value as f64;
    (float as i128 == i128::from(value)).then_some(float)
}

/// The elements of an array, which can be NULL.
pub(super) struct Elements<'r> {
    rest: Rest<'r>,
    left: usize,
}

impl<'r> Iterator for Elements<'r> {
    type Item = Result<Option<&'r [u8]>, Found>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        Some(self.rest.value().ok_or_else(|| malformed("array")))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Elements<'_> {}

/// What is still to be read.
struct Rest<'r>(&'r [u8]);

impl<'r> Rest<'r> {
    fn skip(&mut self, count: usize) -> Option<&'r [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn i32(&mut self) -> Option<i32> {
        Some(i32::from_be_bytes(self.skip(4)?.try_into().ok()?))
    }

    /// A value after its length, or NULL.
    fn value(&mut self) -> Option<Option<&'r [u8]>> {
        match self.i32()? {
            -1 => Some(None),
            length => self.skip(length.try_into().ok()?).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dialect::postgres::encode, value::Value};

    fn cell(oid: u32, bytes: &[u8]) -> Cell<'_> {
        Cell { oid, bytes }
    }

    fn found<T>(result: Result<T, Found>) -> String {
        match result {
            Ok(_) => "a value".to_owned(),
            Err(Found::Type) => "another type".to_owned(),
            Err(Found::Value(found)) => found.into_owned(),
        }
    }

    #[test]
    fn the_type_that_was_sent_counts() {
        assert_eq!(cell(oid::INT2, &[255, 255]).i64().ok(), Some(-1));
        assert_eq!(cell(oid::OID, &[255; 4]).i64().ok(), Some(i64::from(u32::MAX)));
        assert_eq!(found(cell(oid::TEXT, b"1").i64()), "another type");
        assert_eq!(found(cell(oid::INT4, &[0; 8]).i64()), "a malformed value");
        assert_eq!(found(cell(oid::TIMESTAMP, &[0; 8]).timestamp()), "another type");
        assert_eq!(found(cell(oid::INT8, &[255; 8]).u64()), "an integer that is negative or beyond 64 bits");
    }

    #[test]
    fn an_integer_is_a_float_only_if_it_is_one() {
        assert_eq!(cell(oid::INT8, &3_i64.to_be_bytes()).f64().ok(), Some(3.0));
        assert_eq!(found(cell(oid::INT8, &i64::MAX.to_be_bytes()).f64()), "an integer that no float equals");
    }

    #[test]
    fn the_infinite_is_no_date() {
        assert!(found(cell(oid::DATE, &i32::MAX.to_be_bytes()).date()).contains("infinite"));
        assert!(found(cell(oid::TIMESTAMPTZ, &i64::MIN.to_be_bytes()).timestamp()).contains("infinite"));
        assert_eq!(found(cell(oid::TIME, &86_400_000_000_i64.to_be_bytes()).time()), "the time 24:00");
    }

    #[test]
    fn a_document_has_a_version() {
        assert_eq!(cell(oid::JSONB, b"\x01{}").json().ok(), Some("{}"));
        assert_eq!(found(cell(oid::JSONB, b"\x02{}").json()), "a jsonb of an unknown version");
        assert_eq!(cell(oid::JSON, b"{}").json().ok(), Some("{}"));
    }

    #[test]
    fn arrays_come_back() {
        let mut bytes = Vec::new();
        let list = Value::Array(&DataType::I16, vec![Value::I16(1), Value::I16(-1)]);
        assert!(encode(&list, &mut bytes).is_ok());
        let elements = |bytes| cell(1005, bytes).elements()?.collect::<Result<Vec<_>, Found>>();
        assert_eq!(elements(&bytes).ok(), Some(vec![Some(&[0, 1][..]), Some(&[255, 255])]));
        for end in 0..bytes.len() {
            assert_eq!(found(elements(&bytes[..end])), "a malformed array", "{end}");
        }
        assert_eq!(found(elements(&[[0, 0, 0, 2], [0; 4], [0; 4]].concat())), "an array of several dimensions");
    }
}
