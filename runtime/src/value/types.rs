//! The Rust types that are SQL values as they are.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use uuid::Uuid;

use super::{DataType, SqlValue, Value};
use crate::{Error, run::RowReader};

/// Types that a [`RowReader`] reads by itself.
macro_rules! plain {
    ($($ty:ty as $kind:ident, |$row:ident| $read:expr;)*) => {$(
        impl SqlValue for $ty {
            const TYPE: DataType = DataType::$kind;

            fn into_value(self) -> Value {
                Value::$kind(self)
            }

            fn read<R: RowReader>($row: &mut R) -> Result<Option<Self>, Error> {
                $read
            }
        }
    )*};
}

plain! {
    bool as Bool, |row| row.bool();
    i64 as I64, |row| row.i64();
    f64 as F64, |row| row.f64();
    String as Text, |row| Ok(row.text()?.map(str::to_owned));
    Vec<u8> as Bytes, |row| Ok(row.bytes()?.map(<[u8]>::to_vec));
    NaiveDate as Date, |row| row.date();
    NaiveTime as Time, |row| row.time();
    NaiveDateTime as DateTime, |row| row.datetime();
    DateTime<Utc> as Timestamp, |row| row.timestamp();
    Uuid as Uuid, |row| row.uuid();
}

/// Integers that are stored as the next larger signed one and checked when they come back.
macro_rules! integers {
    ($($ty:ident as $kind:ident;)*) => {$(
        impl SqlValue for $ty {
            const TYPE: DataType = DataType::$kind;

            fn into_value(self) -> Value {
                Value::$kind(self.into())
            }

            fn read<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
                match row.i64()?.map($ty::try_from) {
                    None => Ok(None),
                    Some(Ok(value)) => Ok(Some(value)),
                    Some(Err(_)) => Err(row.mismatch(stringify!($ty), "an integer out of its range".to_owned())),
                }
            }
        }
    )*};
}

integers! {
    i8 as I16;
    i16 as I16;
    i32 as I32;
    u8 as I16;
    u16 as I32;
    u32 as I64;
}

/// A float of a database that has only wide ones is rounded; what an `f32` column was given comes back as it was.
impl SqlValue for f32 {
    const TYPE: DataType = DataType::F32;

    fn into_value(self) -> Value {
        Value::F32(self)
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Option<Self>, Error> {
        let Some(wide) = row.f64()? else {
            return Ok(None);
        };
        let narrow = wide as f32;
        if narrow.is_infinite() && wide.is_finite() {
            return Err(row.mismatch("f32", "a float out of its range".to_owned()));
        }
        Ok(Some(narrow))
    }
}
