//! The values of a cursor as bytes. Their types are known, so these are not written.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

use crate::value::{DataType, Value};

/// The bytes of values.
pub(super) fn values(values: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    values.iter().for_each(|value| write(value, &mut out));
    out
}

/// The values of these types, if the bytes are such.
pub(super) fn read(bytes: &[u8], types: impl Iterator<Item = DataType>) -> Option<Vec<Value>> {
    let mut reader = Reader(bytes);
    let values = types.map(|data_type| reader.value(data_type)).collect::<Option<Vec<_>>>()?;
    reader.0.is_empty().then_some(values)
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Bool(value) => out.push((*value).into()),
        Value::I16(value) => out.extend(value.to_be_bytes()),
        Value::I32(value) => out.extend(value.to_be_bytes()),
        Value::I64(value) => out.extend(value.to_be_bytes()),
        Value::U64(value) => out.extend(value.to_be_bytes()),
        Value::F32(value) => out.extend(value.to_be_bytes()),
        Value::F64(value) => out.extend(value.to_be_bytes()),
        Value::Text(value) | Value::Json(value) | Value::JsonText(value) => write_bytes(value.as_bytes(), out),
        Value::Enum(_, word) => write_bytes(word.as_bytes(), out),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(value) => write_bytes(value.to_string().as_bytes(), out),
        Value::Bytes(value) | Value::Native(_, value) => write_bytes(value, out),
        Value::Date(value) => write_date(*value, out),
        Value::Time(value) => write_time(*value, out),
        Value::DateTime(value) => write_moment(*value, out),
        Value::Timestamp(value) => write_moment(value.naive_utc(), out),
        Value::Uuid(value) => out.extend(value.as_bytes()),
        Value::Array(_, values) => {
            write_length(values.len(), out);
            values.iter().for_each(|value| write(value, out));
        }
        // Not what a column that is read can hold: the cursor is then one of no query.
        Value::Null(_) | Value::Invalid(_) | Value::Argument(..) | Value::Computed(..) => {}
    }
}

fn write_length(length: usize, out: &mut Vec<u8>) {
    out.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
}

fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_length(bytes.len(), out);
    out.extend(bytes);
}

fn write_date(date: NaiveDate, out: &mut Vec<u8>) {
    use chrono::Datelike as _;
    out.extend(date.num_days_from_ce().to_be_bytes());
}

fn write_time(time: NaiveTime, out: &mut Vec<u8>) {
    out.extend(time.num_seconds_from_midnight().to_be_bytes());
    out.extend(time.nanosecond().to_be_bytes());
}

fn write_moment(moment: NaiveDateTime, out: &mut Vec<u8>) {
    write_date(moment.date(), out);
    write_time(moment.time(), out);
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        let length = usize::try_from(self.u32()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes.to_vec())
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    fn date(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.array().map(i32::from_be_bytes)?)
    }

    fn time(&mut self) -> Option<NaiveTime> {
        NaiveTime::from_num_seconds_from_midnight_opt(self.u32()?, self.u32()?)
    }

    fn moment(&mut self) -> Option<NaiveDateTime> {
        Some(self.date()?.and_time(self.time()?))
    }

    fn value(&mut self, data_type: DataType) -> Option<Value> {
        Some(match data_type {
            DataType::Bool => Value::Bool(self.array::<1>()? == [1]),
            DataType::I8 | DataType::I16 | DataType::U8 => Value::I16(i16::from_be_bytes(self.array()?)),
            DataType::I32 | DataType::U16 => Value::I32(i32::from_be_bytes(self.array()?)),
            DataType::I64 | DataType::U32 => Value::I64(i64::from_be_bytes(self.array()?)),
            DataType::U64 => Value::U64(u64::from_be_bytes(self.array()?)),
            DataType::F32 => Value::F32(f32::from_be_bytes(self.array()?)),
            DataType::F64 => Value::F64(f64::from_be_bytes(self.array()?)),
            DataType::Decimal => self.decimal()?,
            DataType::Text => Value::Text(self.text()?),
            DataType::Bytes => Value::Bytes(self.bytes()?),
            DataType::Date => Value::Date(self.date()?),
            DataType::Time => Value::Time(self.time()?),
            DataType::DateTime => Value::DateTime(self.moment()?),
            DataType::Timestamp => Value::Timestamp(DateTime::from_naive_utc_and_offset(self.moment()?, chrono::Utc)),
            DataType::Uuid => Value::Uuid(uuid::Uuid::from_bytes(self.array()?)),
            DataType::Json => Value::Json(self.text()?),
            DataType::JsonText => Value::JsonText(self.text()?),
            DataType::Enum(def) => {
                let word = self.text()?;
                Value::Enum(def, def.variants.iter().find(|variant| **variant == word)?)
            }
            DataType::Array(element) => {
                let length = self.u32()?;
                let elements = (0..length).map(|_| self.value(*element)).collect::<Option<Vec<_>>>()?;
                Value::Array(element, elements)
            }
            DataType::Native(native) => Value::Native(native, self.bytes()?),
        })
    }

    #[cfg(feature = "rust_decimal")]
    fn decimal(&mut self) -> Option<Value> {
        self.text()?.parse().ok().map(Value::Decimal)
    }

    #[cfg(not(feature = "rust_decimal"))]
    fn decimal(&mut self) -> Option<Value> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{EnumDef, SqlValue as _};

    #[test]
    fn values_come_back() {
        const MOOD: &EnumDef = &EnumDef { name: "mood", variants: &["happy", "fine"] };
        let moment = chrono::DateTime::from_timestamp(1_714_566_600, 250_000_000).map(|moment| moment.naive_utc());
        let moment = moment.expect("a moment");
        let all = [
            (DataType::Bool, true.into_value()),
            (DataType::I8, (-3i8).into_value()),
            (DataType::U8, 200u8.into_value()),
            (DataType::I16, (-300i16).into_value()),
            (DataType::U16, 60_000u16.into_value()),
            (DataType::I32, i32::MIN.into_value()),
            (DataType::U32, u32::MAX.into_value()),
            (DataType::I64, i64::MIN.into_value()),
            (DataType::U64, u64::MAX.into_value()),
            (DataType::F32, 0.1f32.into_value()),
            (DataType::F64, f64::NEG_INFINITY.into_value()),
            (DataType::Text, "ä'\0".to_owned().into_value()),
            (DataType::Bytes, vec![0u8, 255].into_value()),
            (DataType::Date, moment.date().into_value()),
            (DataType::Time, moment.time().into_value()),
            (DataType::DateTime, moment.into_value()),
            (DataType::Timestamp, moment.and_utc().into_value()),
            (DataType::Uuid, uuid::Uuid::from_u128(7).into_value()),
            (DataType::Enum(MOOD), Value::Enum(MOOD, "fine")),
            (DataType::Array(&DataType::I64), vec![1i64, 2].into_value()),
        ];
        let (types, written): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let bytes = values(&written);
        assert_eq!(read(&bytes, types.iter().copied()), Some(written));
        // Too short, too long, of other types.
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end], types.iter().copied()), None);
        }
        assert_eq!(read(&[bytes.as_slice(), &[0]].concat(), types.iter().copied()), None);
        assert_eq!(read(&values(&[Value::Text("sad".to_owned())]), [DataType::Enum(MOOD)].into_iter()), None);
        assert_eq!(read(&[255; 8], [DataType::Array(&DataType::I64)].into_iter()), None);
    }
}
