//! Values in PostgreSQL's binary formats.

use super::{numeric, oid, time};
use crate::{
    Error,
    value::{DataType, Value},
};

/// Whether a value is NULL: then nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoded {
    /// NULL
    Null,
    /// A value, perhaps an empty one.
    Value,
}

/// The number of the type by which a value is bound.
pub(crate) fn oid_of(value: &Value) -> u32 {
    oid::of(match value {
        Value::Null(data_type) => *data_type,
        Value::Bool(_) => DataType::Bool,
        Value::I16(_) => DataType::I16,
        Value::I32(_) => DataType::I32,
        Value::I64(_) => DataType::I64,
        Value::U64(_) => DataType::U64,
        Value::F32(_) => DataType::F32,
        Value::F64(_) => DataType::F64,
        Value::Text(_) => DataType::Text,
        Value::Bytes(_) => DataType::Bytes,
        Value::Date(_) => DataType::Date,
        Value::Time(_) => DataType::Time,
        Value::DateTime(_) => DataType::DateTime,
        Value::Timestamp(_) => DataType::Timestamp,
        Value::Uuid(_) => DataType::Uuid,
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(_) => DataType::Decimal,
        Value::Json(_) => DataType::Json,
        Value::JsonText(_) => DataType::JsonText,
        Value::Enum(def, _) => DataType::Enum(def),
        Value::Array(element, _) => DataType::Array(element),
        Value::Native(native, _) => DataType::Native(*native),
        Value::Invalid(_) => return oid::UNSPECIFIED,
    })
}

/// Writes a value in PostgreSQL's binary format.
///
/// # Errors
/// [`Error::Encode`] if PostgreSQL cannot hold it; then `out` may hold a part of it.
pub(crate) fn encode(value: &Value, out: &mut Vec<u8>) -> Result<Encoded, Error> {
    match value {
        Value::Null(_) => return Ok(Encoded::Null),
        Value::Bool(value) => out.push(u8::from(*value)),
        Value::I16(value) => out.extend(value.to_be_bytes()),
        Value::I32(value) => out.extend(value.to_be_bytes()),
        Value::I64(value) => out.extend(value.to_be_bytes()),
        Value::U64(value) => numeric::write(out, false, (*value).into(), 0),
        Value::F32(value) => out.extend(value.to_be_bytes()),
        Value::F64(value) => out.extend(value.to_be_bytes()),
        Value::Text(text) | Value::JsonText(text) => write_text(text, out)?,
        Value::Bytes(bytes) | Value::Native(_, bytes) => out.extend(bytes),
        Value::Date(date) => out.extend(time::date(*date)?.to_be_bytes()),
        Value::Time(time) => out.extend(time::time(*time)?.to_be_bytes()),
        Value::DateTime(moment) => out.extend(time::datetime(*moment)?.to_be_bytes()),
        Value::Timestamp(moment) => out.extend(time::datetime(moment.naive_utc())?.to_be_bytes()),
        Value::Uuid(uuid) => out.extend(uuid.as_bytes()),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(value) => {
            // A decimal has at most 28 decimals.
            let scale = u16::try_from(value.scale()).unwrap_or_default();
            numeric::write(out, value.is_sign_negative(), value.mantissa().unsigned_abs(), scale);
        }
        Value::Json(text) => {
            if holds_nul(text) {
                return Err(nul());
            }
            // The version of the format.
            out.push(1);
            write_text(text, out)?;
        }
        Value::Enum(_, word) => write_text(word, out)?,
        Value::Array(element, values) => array(**element, values, out)?,
        Value::Invalid(reason) => return Err(Error::encode(reason)),
    }
    Ok(Encoded::Value)
}

fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), Error> {
    if text.as_bytes().contains(&0) {
        return Err(nul());
    }
    out.extend(text.as_bytes());
    Ok(())
}

fn nul() -> Error {
    Error::encode("PostgreSQL text cannot hold NUL")
}

/// Whether a JSON document holds the character NUL, which is always escaped there.
fn holds_nul(json: &str) -> bool {
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at + 1..];
        if escape.starts_with("u0000") {
            return true;
        }
        // What is escaped is no escape itself.
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}

/// One dimension that begins at 1: the count of dimensions, whether there are NULLs, the type, the length, the beginning;
/// then each element after its length, which is -1 for NULL.
fn array(element: DataType, values: &[Value], out: &mut Vec<u8>) -> Result<(), Error> {
    let too_long = |_| Error::encode("the list is too long");
    let oid = oid::of_element(element);
    let dimensions = i32::from(!values.is_empty());
    let has_nulls = values.iter().any(|value| matches!(value, Value::Null(_)));
    out.extend(dimensions.to_be_bytes());
    out.extend(i32::from(has_nulls).to_be_bytes());
    out.extend(oid.to_be_bytes());
    if !values.is_empty() {
        out.extend(i32::try_from(values.len()).map_err(too_long)?.to_be_bytes());
        out.extend(1_i32.to_be_bytes());
    }
    for value in values {
        // An enum has no number, and is sent as text.
        if ![oid, oid::UNSPECIFIED].contains(&oid_of(value)) {
            return Err(Error::encode("an element of a list is of another type than the list"));
        }
        let start = out.len();
        out.extend([0; 4]);
        let length = match encode(value, out)? {
            Encoded::Null => -1,
            Encoded::Value => i32::try_from(out.len() - start - 4).map_err(too_long)?,
        };
        if let Some(slot) = out.get_mut(start..start + 4) {
            slot.copy_from_slice(&length.to_be_bytes());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(value: &Value) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        encode(value, &mut out).map_err(|error| error.to_string())?;
        Ok(out)
    }

    #[test]
    fn nul_is_refused_wherever_it_is_text() {
        let refused = Err("PostgreSQL text cannot hold NUL".to_owned());
        assert_eq!(bytes(&Value::Text("a\0".into())), refused);
        assert_eq!(bytes(&Value::Array(&DataType::Text, vec![Value::Text("\0".into())])), refused);
        for json in [r#""\u0000""#, r#""\\\u0000""#, r#"["é\n","x\u0000y"]"#] {
            assert_eq!(bytes(&Value::Json(json.into())), refused, "{json}");
        }
        for json in [r#""\\u0000""#, r#""\u00001""#.trim_end_matches("1\""), r#""\u0001""#, "\"\\"] {
            let is_refused = bytes(&Value::Json(json.into())) == refused;
            assert_eq!(is_refused, json.starts_with(r#""\u0000"#), "{json}");
        }
        assert!(bytes(&Value::JsonText(r#""\u0000""#.into())).is_ok());
        assert!(bytes(&Value::Bytes(vec![0])).is_ok());
    }

    #[test]
    fn an_array_carries_the_type_of_its_elements() {
        let words = Value::Array(&DataType::Text, vec![Value::Text("a".into()), Value::Text(String::new())]);
        let head = [[0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 25], [0, 0, 0, 2], [0, 0, 0, 1]].concat();
        let elements = [[0, 0, 0, 1, b'a'].as_slice(), &[0, 0, 0, 0]].concat();
        assert_eq!(bytes(&words), Ok([head, elements].concat()));
        assert_eq!(bytes(&Value::Array(&DataType::I32, vec![])), Ok([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23].to_vec()));
    }

    #[test]
    fn elements_can_be_null_but_of_no_other_type() {
        let list = |values| bytes(&Value::Array(&DataType::I16, values));
        let head = [[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 21], [0, 0, 0, 2], [0, 0, 0, 1]].concat();
        let elements = [[255; 4].as_slice(), &[0, 0, 0, 2, 0, 7]].concat();
        assert_eq!(list(vec![Value::Null(DataType::I16), Value::I16(7)]), Ok([head, elements].concat()));
        assert!(list(vec![Value::I64(1)]).is_err_and(|error| error.contains("another type")));
    }

    #[test]
    fn what_could_not_be_made_says_why() {
        assert_eq!(bytes(&Value::Invalid("no".into())), Err("no".to_owned()));
    }
}
