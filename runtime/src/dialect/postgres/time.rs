//! Dates and times in binary: days and microseconds since 2000.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::Error;

const DAY: i64 = 86_400_000_000;
/// 24 November 4714 BC, from which the Julian days count.
const FIRST_DAY: i32 = -2_451_545;

/// From 1970, where chrono's clock begins, to 2000, where PostgreSQL's does.
const DAYS_TO_2000: i64 = 10_957;

/// Days since 2000.
pub(super) fn date(date: NaiveDate) -> Result<i32, Error> {
    let days = date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days() - DAYS_TO_2000;
    i32::try_from(days).ok().filter(|days| *days >= FIRST_DAY).ok_or_else(too_early)
}

/// Microseconds since midnight.
pub(super) fn time(time: NaiveTime) -> Result<i64, Error> {
    let micros = i64::from(time.nanosecond() / 1000);
    if micros >= 1_000_000 {
        return Err(Error::encode("PostgreSQL has no leap seconds"));
    }
    Ok(i64::from(time.num_seconds_from_midnight()) * 1_000_000 + micros)
}

/// Microseconds since 2000.
pub(super) fn datetime(moment: NaiveDateTime) -> Result<i64, Error> {
    Ok(i64::from(date(moment.date())?) * DAY + time(moment.time())?)
}

fn too_early() -> Error {
    Error::encode("PostgreSQL's dates begin in 4714 BC")
}

/// The date so many days from 2000, unless it is infinite or beyond what chrono has.
pub(super) fn to_date(days: i32) -> Option<NaiveDate> {
    DateTime::UNIX_EPOCH.date_naive().checked_add_signed(TimeDelta::days(i64::from(days) + DAYS_TO_2000))
}

/// The time so many microseconds after midnight; PostgreSQL also has 24:00.
pub(super) fn to_time(micros: i64) -> Option<NaiveTime> {
    let seconds = u32::try_from(micros / 1_000_000).ok()?;
    let nanos = u32::try_from(micros % 1_000_000).ok()? * 1000;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos)
}

/// The moment so many microseconds from 2000, unless it is infinite or beyond what chrono has.
pub(super) fn to_datetime(micros: i64) -> Option<NaiveDateTime> {
    let days = i32::try_from(micros.div_euclid(DAY)).ok()?;
    Some(to_date(days)?.and_time(to_time(micros.rem_euclid(DAY))?))
}

#[cfg(test)]
mod tests {
    use chrono::SubsecRound as _;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn time_begins_in_2000() {
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");
        assert_eq!(date(first).ok(), Some(0));
        assert_eq!(to_date(0), Some(first));
        assert_eq!(datetime(first.and_time(NaiveTime::MIN)).ok(), Some(0));
    }

    #[test]
    fn time_ends_somewhere() {
        let first = NaiveDate::from_ymd_opt(-4713, 11, 24).expect("a date");
        assert_eq!(date(first).ok(), Some(FIRST_DAY));
        assert!(date(first.pred_opt().expect("a date")).is_err());
        assert!(date(NaiveDate::MAX).is_ok());
        for infinite in [i64::MIN, i64::MAX] {
            assert_eq!(to_datetime(infinite), None);
        }
        assert_eq!(to_date(i32::MAX), None);
        assert_eq!(to_time(DAY), None);
        assert_eq!(to_time(-1), None);
    }

    #[test]
    fn leap_seconds_are_refused() {
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).expect("a time");
        assert!(time(leap).is_err());
    }

    proptest! {
        #[test]
        fn moments_come_back(second in -210_000_000_000_i64..8_000_000_000_000, nanos in 0_u32..1_000_000_000) {
            let moment = DateTime::from_timestamp(second, nanos).expect("in range").naive_utc();
            let micros = datetime(moment).expect("in range");
            prop_assert_eq!(to_datetime(micros), Some(moment.trunc_subsecs(6)));
        }
    }
}
