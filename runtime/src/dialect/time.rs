//! Dates and times as text: as SQLite keeps them, and as MySQL, MariaDB and JSON write them.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

const SECOND: u32 = 1_000_000_000;

/// `2024-05-01`; `None` for a year that four digits cannot say.
pub(crate) fn date(date: NaiveDate) -> Option<String> {
    let mut text = String::with_capacity(10);
    write_date(&mut text, date)?;
    Some(text)
}

/// `12:30:00`, and as many decimals as it needs.
pub(crate) fn time(time: NaiveTime) -> String {
    let mut text = String::with_capacity(18);
    write_time(&mut text, time);
    text
}

/// `2024-05-01 12:30:00`, and as many decimals as it needs; `None` for a year that four digits cannot say.
pub(crate) fn datetime(moment: NaiveDateTime) -> Option<String> {
    let mut text = String::with_capacity(29);
    write_date(&mut text, moment.date())?;
    text.push(' ');
    write_time(&mut text, moment.time());
    Some(text)
}

fn write_date(text: &mut String, date: NaiveDate) -> Option<()> {
    let year = u32::try_from(date.year()).ok().filter(|year| *year <= 9999)?;
    write!(text, "{year:04}-{:02}-{:02}", date.month(), date.day()).ok()
}

fn write_time(text: &mut String, time: NaiveTime) {
    // chrono keeps a leap second as a fraction of more than one second.
    let (second, nanos) = match time.nanosecond() {
        leap @ SECOND.. => (time.second() + 1, leap - SECOND),
        nanos => (time.second(), nanos),
    };
    let _ = write!(text, "{:02}:{:02}:{second:02}", time.hour(), time.minute());
    if nanos > 0 {
        let _ = write!(text, ".{nanos:09}");
        text.truncate(text.trim_end_matches('0').len());
    }
}

/// Reads `2024-05-01`.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let mut rest = Rest(text.as_bytes());
    let date = rest.date()?;
    rest.is_empty().then_some(date)
}

/// Reads `12:30`, `12:30:00`, `12:30:00.25`.
pub(crate) fn parse_time(text: &str) -> Option<NaiveTime> {
    let mut rest = Rest(text.as_bytes());
    let time = rest.time()?;
    rest.is_empty().then_some(time)
}

/// Reads a date and time that has no offset, or that of UTC.
pub(crate) fn parse_datetime(text: &str) -> Option<NaiveDateTime> {
    let (moment, offset) = moment(text)?;
    (offset == 0).then_some(moment)
}

/// Reads a date and time, and moves it to UTC if it has an offset.
pub(crate) fn parse_timestamp(text: &str) -> Option<NaiveDateTime> {
    let (moment, offset) = moment(text)?;
    moment.checked_sub_signed(TimeDelta::minutes(offset))
}

/// A date, with or without a time and an offset from UTC in minutes.
fn moment(text: &str) -> Option<(NaiveDateTime, i64)> {
    let mut rest = Rest(text.as_bytes());
    let date = rest.date()?;
    if rest.is_empty() {
        return Some((date.and_time(NaiveTime::MIN), 0));
    }
    if !rest.skip(b" Tt") {
        return None;
    }
    let time = rest.time()?;
    let offset = rest.offset()?;
    rest.is_empty().then_some((date.and_time(time), offset))
}

/// What is still to be read.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn skip(&mut self, one_of: &[u8]) -> bool {
        match self.0 {
            [first, rest @ ..] if one_of.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn digit(&mut self) -> Option<u32> {
        let [digit @ b'0'..=b'9', rest @ ..] = self.0 else {
            return None;
        };
        self.0 = rest;
        Some(u32::from(digit - b'0'))
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    fn date(&mut self) -> Option<NaiveDate> {
        let year = self.digits(4)?;
        let month = self.after(b"-")?;
        let day = self.after(b"-")?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.digits(2)?;
        let minute = self.after(b":")?;
        let second = if self.0.first() == Some(&b':') { self.after(b":")? } else { 0 };
        let nanos = if self.skip(b".") { self.fraction()? } else { 0 };
        match second {
            60 => NaiveTime::from_hms_nano_opt(hour, minute, 59, SECOND + nanos),
            _ => NaiveTime::from_hms_nano_opt(hour, minute, second, nanos),
        }
    }

    /// A separator and two digits.
    fn after(&mut self, separator: &[u8]) -> Option<u32> {
        if self.skip(separator) { self.digits(2) } else { None }
    }

    /// At least one decimal; what is finer than a nanosecond must be zero.
    fn fraction(&mut self) -> Option<u32> {
        let mut nanos = self.digit()? * (SECOND / 10);
        let mut unit = SECOND / 100;
        while let Some(digit) = self.digit() {
            if unit == 0 && digit != 0 {
                return None;
            }
            nanos += digit * unit;
            unit /= 10;
        }
        Some(nanos)
    }

    /// Nothing, `Z`, `+02`, `+0200` or `+02:00`: minutes east of UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.is_empty() || self.skip(b"Zz") {
            return Some(0);
        }
        let sign = match self.0.first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        self.skip(b"+-");
        let hours = self.digits(2)?;
        let minutes = if self.is_empty() {
            0
        } else {
            self.skip(b":");
            self.digits(2)?
        };
        (hours < 24 && minutes < 60).then_some(sign * i64::from(hours * 60 + minutes))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        parse_timestamp(text).expect(text)
    }

    #[test]
    fn many_spellings_of_one_moment() {
        let moment = at("2024-05-01 12:30:00");
        for text in [
            "2024-05-01 12:30",
            "2024-05-01T12:30:00Z",
            "2024-05-01t12:30:00.000z",
            "2024-05-01T14:30:00+02:00",
            "2024-05-01 07:00:00-0530",
            "2024-05-01 12:30:00+00",
        ] {
            assert_eq!(at(text), moment, "{text}");
        }
        assert_eq!(at("2024-05-01"), at("2024-05-01 00:00:00"));
        assert_eq!(parse_datetime("2024-05-01 12:30:00Z"), Some(moment));
        assert_eq!(parse_datetime("2024-05-01 12:30:00+02:00"), None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2024-05-01 ",
            "2024-5-1",
            "2024-02-30",
            "2024-05-01 24:00:00",
            "2024-05-01 12:00:00.",
            "2024-05-01 12:00:00 x",
            "2024-05-01 12:00:00.0000000001",
            "2024-05-01 12:00:00+24:00",
            "2024-05-01 12:00:61",
            "12024-05-01",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
        assert_eq!(parse_date("2024-05-01 00:00:00"), None);
        assert_eq!(parse_time("12:00:00Z"), None);
    }

    #[test]
    fn years_beyond_four_digits_are_refused() {
        for year in [-1, 10_000] {
            assert_eq!(date(NaiveDate::from_ymd_opt(year, 1, 1).expect("a date")), None);
        }
        assert_eq!(date(NaiveDate::from_ymd_opt(0, 1, 1).expect("a date")).as_deref(), Some("0000-01-01"));
    }

    #[test]
    fn leap_seconds_come_back() {
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, SECOND + SECOND / 2).expect("a time");
        assert_eq!(time(leap), "23:59:60.5");
        assert_eq!(parse_time("23:59:60.5"), Some(leap));
    }

    prop_compose! {
        fn any_moment()(second in -62_167_219_200_i64..253_402_300_800, nanos in prop_oneof![Just(0), Just(500_000_000), 0..SECOND]) -> NaiveDateTime {
            chrono::DateTime::from_timestamp(second, nanos).expect("in range").naive_utc()
        }
    }

    proptest! {
        #[test]
        fn every_moment_comes_back(moment in any_moment()) {
            let text = datetime(moment).expect("four digits");
            prop_assert_eq!(parse_datetime(&text), Some(moment));
            prop_assert_eq!(parse_date(&date(moment.date()).expect("four digits")), Some(moment.date()));
            prop_assert_eq!(parse_time(&time(moment.time())), Some(moment.time()));
        }

        #[test]
        fn the_order_of_texts_is_the_order_in_time(a in any_moment(), b in any_moment(), nanos in 0..SECOND) {
            prop_assert_eq!(datetime(a).cmp(&datetime(b)), a.cmp(&b));
            let close = a.with_nanosecond(nanos).expect("in range");
            prop_assert_eq!(datetime(a).cmp(&datetime(close)), a.cmp(&close));
            prop_assert_eq!(time(a.time()).cmp(&time(b.time())), a.time().cmp(&b.time()));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            parse_timestamp(&text);
            parse_date(&text);
            parse_time(&text);
        }
    }
}
