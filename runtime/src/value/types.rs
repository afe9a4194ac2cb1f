//! The Rust types that are SQL values as they are.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use uuid::Uuid;

use super::{ArrayElement, DataType, SqlValue, Value, ValueIn};
use crate::{Error, run::RowReader};

/// Types that a [`RowReader`] reads by itself.
macro_rules! plain {
    ($($(#[$meta:meta])* $ty:ty as $kind:ident, |$row:ident| $read:expr;)*) => {$(
        $(#[$meta])*
        #[diagnostic::do_not_recommend]
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
    /// MySQL and MariaDB have it.
    u64 as U64, |row| row.u64();
    /// All but SQLite have it.
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal as Decimal, |row| row.decimal();
}

/// Integers that travel as the next larger signed one and are checked when they come back.
macro_rules! integers {
    ($($ty:ident as $kind:ident, $value:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl SqlValue for $ty {
            const TYPE: DataType = DataType::$kind;

            fn into_value(self) -> Value {
                Value::$value(self.into())
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
    i8 as I8, I16;
    i16 as I16, I16;
    i32 as I32, I32;
    u8 as U8, I16;
    u16 as U16, I32;
    u32 as U32, I64;
}

/// A float of a database that has only wide ones is rounded; what an `f32` column was given comes back as it was.
#[diagnostic::do_not_recommend]
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

macro_rules! everywhere {
    ($($(#[$meta:meta])* $ty:ty),* $(,)?) => {$(
        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl<D> ValueIn<D> for $ty {}
    )*};
}

everywhere! {
    bool, i8, i16, i32, i64, u8, u16, u32, f32, f64, String, Vec<u8>,
    NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>, Uuid,
}

/// Types that some dialects have.
macro_rules! only_in {
    ($($(#[$meta:meta])* $ty:ty: $($dialect:ident),+;)*) => {$(
        $(#[$meta])*
        const _: () = {
            $(
                #[diagnostic::do_not_recommend]
                impl ValueIn<crate::dialect::names::$dialect> for $ty {}
            )+
        };
    )*};
}

only_in! {
    u64: MySQL, MariaDB;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal: PostgreSQL, MySQL, MariaDB;
}

macro_rules! elements {
    ($($(#[$meta:meta])* $ty:ty),* $(,)?) => {$(
        $(#[$meta])*
        #[diagnostic::do_not_recommend]
        impl ArrayElement for $ty {}
    )*};
}

elements! {
    bool, i8, i16, i32, i64, u16, u32, f32, f64, String, Vec<u8>,
    NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>, Uuid,
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal,
}
