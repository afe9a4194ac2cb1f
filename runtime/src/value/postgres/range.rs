//! Ranges: which bounds there are, then each after its length.

use std::ops::Bound;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::postgres::types::PgRange;

use super::native;
use crate::{
    dialect::postgres::{decode, encode},
    value::{DataType, NativeType, SqlValue},
};

const EMPTY: u8 = 0x01;
const START_INCLUDED: u8 = 0x02;
const END_INCLUDED: u8 = 0x04;
const NO_START: u8 = 0x08;
const NO_END: u8 = 0x10;

/// An empty range, which has no bounds, is read as one from a value up to the same value, without it: PostgreSQL takes
/// that for empty, too.
macro_rules! ranges {
    ($($(#[$meta:meta])* $ty:ty as $kind:ident, |$cell:ident| $read:expr;)*) => {$(
        $(#[$meta])*
        native! {
            PgRange<$ty> as NativeType::Range(&DataType::$kind),
                |range| write(range),
                |bytes| read(bytes, |bytes| decode(DataType::$kind, bytes, |$cell| $read), <$ty>::default());
        }
    )*};
}

ranges! {
    i32 as I32, |cell| cell.i64().and_then(|value| value.try_into().map_err(|_| "out of range".into()));
    i64 as I64, |cell| cell.i64();
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal as Decimal, |cell| cell.decimal();
    NaiveDate as Date, |cell| cell.date();
    NaiveDateTime as DateTime, |cell| cell.datetime();
    DateTime<Utc> as Timestamp, |cell| cell.timestamp().map(|moment| moment.and_utc());
}

fn write<T: SqlValue>(range: PgRange<T>) -> Result<Vec<u8>, String> {
    let (start, no_start, start_included) = parts(range.start);
    let (end, no_end, end_included) = parts(range.end);
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let mut bytes = vec![
        flag(no_start, NO_START)
            | flag(start_included, START_INCLUDED)
            | flag(no_end, NO_END)
            | flag(end_included, END_INCLUDED),
    ];
    for bound in [start, end].into_iter().flatten() {
        let mut value = Vec::with_capacity(8);
        encode(&bound.into_value(), &mut value).map_err(|error| error.to_string())?;
        // The bounds are numbers and dates: a few bytes.
        bytes.extend((value.len() as u32).to_be_bytes());
        bytes.append(&mut value);
    }
    Ok(bytes)
}

/// The value of a bound, whether there is none, and whether it is included.
fn parts<T>(bound: Bound<T>) -> (Option<T>, bool, bool) {
    match bound {
        Bound::Included(value) => (Some(value), false, true),
        Bound::Excluded(value) => (Some(value), false, false),
        Bound::Unbounded => (None, true, false),
    }
}

fn read<T: Clone>(bytes: &[u8], decode: impl Fn(&[u8]) -> Option<T>, any: T) -> Option<PgRange<T>> {
    let (flags, mut rest) = bytes.split_first()?;
    if flags & EMPTY != 0 {
        return Some(PgRange { start: Bound::Excluded(any.clone()), end: Bound::Excluded(any) });
    }
    let mut bound = |none: u8, included: u8| -> Option<Bound<T>> {
        if flags & none != 0 {
            return Some(Bound::Unbounded);
        }
        let (length, after) = rest.split_first_chunk()?;
        let (value, after) = after.split_at_checked(u32::from_be_bytes(*length).try_into().ok()?)?;
        rest = after;
        let value = decode(value)?;
        Some(if flags & included != 0 { Bound::Included(value) } else { Bound::Excluded(value) })
    };
    Some(PgRange { start: bound(NO_START, START_INCLUDED)?, end: bound(NO_END, END_INCLUDED)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn bytes<T>(start: Bound<T>, end: Bound<T>) -> Vec<u8>
    where
        PgRange<T>: SqlValue,
    {
        match (PgRange { start, end }).into_value() {
            Value::Native(_, bytes) => bytes,
            other => panic!("{other:?}"),
        }
    }

    fn back(bytes: &[u8]) -> Option<PgRange<i32>> {
        read(bytes, |bytes| bytes.try_into().ok().map(i32::from_be_bytes), 0)
    }

    #[test]
    fn bounds_come_back() {
        for start in [Bound::Unbounded, Bound::Included(-5), Bound::Excluded(7)] {
            for end in [Bound::Unbounded, Bound::Included(9), Bound::Excluded(8)] {
                assert_eq!(back(&bytes(start, end)), Some(PgRange { start, end }));
            }
        }
        assert_eq!(back(&[EMPTY]), Some(PgRange { start: Bound::Excluded(0), end: Bound::Excluded(0) }));
        assert_eq!(back(&[START_INCLUDED, 0, 0, 0, 9, 1]), None);
    }

    #[test]
    fn a_bound_that_cannot_be_sent_makes_none() {
        let early = NaiveDate::MIN;
        let range = PgRange { start: Bound::Included(early), end: Bound::Unbounded };
        assert!(matches!(range.into_value(), Value::Invalid(_)));
    }
}
