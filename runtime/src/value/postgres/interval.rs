//! Intervals: microseconds, days and months.

use sqlx::postgres::types::PgInterval;

use super::native;
use crate::value::NativeType;

native! {
    PgInterval as NativeType::Interval,
        |interval| Ok::<_, String>(write(&interval)),
        |bytes| read(bytes);
}

fn write(interval: &PgInterval) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16);
    bytes.extend(interval.microseconds.to_be_bytes());
    bytes.extend(interval.days.to_be_bytes());
    bytes.extend(interval.months.to_be_bytes());
    bytes
}

fn read(bytes: &[u8]) -> Option<PgInterval> {
    let (microseconds, rest) = bytes.split_first_chunk()?;
    let (days, rest) = rest.split_first_chunk()?;
    let months = rest.try_into().ok()?;
    Some(PgInterval {
        months: i32::from_be_bytes(months),
        days: i32::from_be_bytes(*days),
        microseconds: i64::from_be_bytes(*microseconds),
    })
}
