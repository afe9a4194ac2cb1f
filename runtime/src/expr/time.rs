//! Functions on dates and times. Moments are in UTC, whatever the zone of the session.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{Operand, Types, Words, function::functions};
use crate::value::{DataType, SqlValue};

/// A type of values with a year, a month and a day.
#[diagnostic::on_unimplemented(
    message = "this needs a date, `{Self}` is none",
    label = "expected a date, found `{Self}`"
)]
pub trait HasDate {}
#[diagnostic::do_not_recommend]
impl HasDate for NaiveDate {}
#[diagnostic::do_not_recommend]
impl HasDate for NaiveDateTime {}
#[diagnostic::do_not_recommend]
impl HasDate for DateTime<Utc> {}

/// A type of values with an hour, a minute and a second.
#[diagnostic::on_unimplemented(
    message = "this needs a time of day, `{Self}` has none",
    label = "expected a time, found `{Self}`"
)]
pub trait HasTime {}
#[diagnostic::do_not_recommend]
impl HasTime for NaiveTime {}
#[diagnostic::do_not_recommend]
impl HasTime for NaiveDateTime {}
#[diagnostic::do_not_recommend]
impl HasTime for DateTime<Utc> {}

/// A type of values that are a date and a time.
#[diagnostic::on_unimplemented(
    message = "this needs a date with a time, `{Self}` is none",
    label = "expected a date with a time, found `{Self}`"
)]
pub trait Moment {
    /// The other one: with and without a time zone.
    type Zoned: SqlValue;
}
#[diagnostic::do_not_recommend]
impl Moment for NaiveDateTime {
    type Zoned = DateTime<Utc>;
}
#[diagnostic::do_not_recommend]
impl Moment for DateTime<Utc> {
    type Zoned = NaiveDateTime;
}

/// A type of values that can be written by a format: numbers, dates and times.
#[diagnostic::on_unimplemented(
    message = "this needs a number, a date or a time, `{Self}` is none",
    label = "no format for `{Self}`"
)]
pub trait Formattable {}

macro_rules! formattable {
    ($($ty:ty),*) => { $(#[diagnostic::do_not_recommend] impl Formattable for $ty {})* };
}

formattable!(i16, i32, i64, f32, f64, NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>);
#[cfg(feature = "rust_decimal")]
formattable!(rust_decimal::Decimal);

/// The kinds of values that functions tell apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Date,
    DateTime,
    Timestamp,
}

fn kind(types: Types) -> Kind {
    match types.first {
        Some(DataType::Date) => Kind::Date,
        Some(DataType::Timestamp) => Kind::Timestamp,
        _ => Kind::DateTime,
    }
}

/// Texts around one argument, which PostgreSQL takes in UTC and not in the zone of the session.
macro_rules! utc {
    ($open:expr, $close:expr) => {
        |types| match kind(types) {
            Kind::Timestamp => Words::Each(&[concat!($open, "("), concat!(") AT TIME ZONE 'UTC'", $close)]),
            _ => Words::Each(&[$open, $close]),
        }
    };
}

/// A part of a date or time in PostgreSQL.
macro_rules! extract {
    ($part:literal) => {
        utc!(concat!("CAST(extract(", $part, " FROM "), ") AS integer)")
    };
}

/// Cut to its beginning: PostgreSQL's name of the part, in the other dialects the texts of a date and of a moment.
macro_rules! sqlite_start {
    ($format:literal) => {
        |types| match kind(types) {
            Kind::Date => Words::Each(&[concat!("strftime('", $format, "', "), ")"]),
            _ => Words::Each(&[concat!("strftime('", $format, " 00:00:00', "), ")"]),
        }
    };
}

macro_rules! postgres_start {
    ($part:literal) => {
        |types| match kind(types) {
            Kind::Date => Words::Each(&[concat!("CAST(date_trunc('", $part, "', ("), ")::timestamp) AS date)"]),
            Kind::DateTime => Words::Each(&[concat!("date_trunc('", $part, "', "), ")"]),
            Kind::Timestamp => Words::Each(&[concat!("date_trunc('", $part, "', "), ", 'UTC')"]),
        }
    };
}

macro_rules! mysql_start {
    ($format:literal) => {
        |types| match kind(types) {
            Kind::Date => Words::Each(&["CAST(date_format(", concat!(", '", $format, "') AS DATE)")]),
            _ => Words::Each(&["CAST(date_format(", concat!(", '", $format, " 00:00:00') AS DATETIME(6))")]),
        }
    };
}

/// So many units later. What SQLite writes ends as a bound moment does, without zeros.
macro_rules! sqlite_add {
    ($unit:literal) => {
        |types| match kind(types) {
            Kind::Date => Words::Each(&["strftime('%Y-%m-%d', ", ", (", concat!(") || ' ", $unit, "', 'floor')")]),
            _ => Words::Each(&[
                "rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', ",
                ", (",
                concat!(") || ' ", $unit, "', 'floor'), '0'), '.')"),
            ]),
        }
    };
}

macro_rules! postgres_add {
    ($unit:literal) => {
        |types| match kind(types) {
            Kind::Date => Words::Each(&["CAST((", concat!(") + make_interval(", $unit, " => ("), ")::int) AS date)"]),
            Kind::DateTime => Words::Each(&["((", concat!(") + make_interval(", $unit, " => ("), ")::int))"]),
            Kind::Timestamp => Words::Each(&[
                "(((",
                concat!(") AT TIME ZONE 'UTC' + make_interval(", $unit, " => ("),
                ")::int)) AT TIME ZONE 'UTC')",
            ]),
        }
    };
}

functions! {
    /// What is known of the functions on dates and times.
    TIMES;

    /// Functions on dates and times. Those of a `DateTime<Utc>` are in UTC, whatever the zone of the session.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # use chrono::{DateTime, Utc};
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, joined: DateTime<Utc> }
    /// let per_month = User::query::<Sqlite>()
    ///     .group_by(User::joined.start_of_month())
    ///     .select((User::joined.start_of_month(), count_star()));
    /// let recent = User::query::<Sqlite>().filter(User::joined.gt(now().add_days(-30)));
    /// ```
    pub trait TimeExpr {
        /// The year.
        fn year(self) where [Self::Base: HasDate] -> i32 any, Year each {
            SQLite: ["CAST(strftime('%Y', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("year")),
            MySQL | MariaDB: "year",
        };
        /// The quarter, from 1.
        fn quarter(self) where [Self::Base: HasDate] -> i32 any, Quarter each {
            SQLite: ["((CAST(strftime('%m', ", ") AS INTEGER) + 2) / 3)"],
            PostgreSQL: (extract!("quarter")),
            MySQL | MariaDB: "quarter",
        };
        /// The month, from 1.
        fn month(self) where [Self::Base: HasDate] -> i32 any, Month each {
            SQLite: ["CAST(strftime('%m', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("month")),
            MySQL | MariaDB: "month",
        };
        /// The week of the year, by ISO 8601: it starts on a Monday, the first one holds the year's first Thursday.
        fn iso_week(self) where [Self::Base: HasDate] -> i32 any, IsoWeek each {
            SQLite: ["CAST(strftime('%V', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("week")),
            MySQL | MariaDB: ["week(", ", 3)"],
        };
        /// The day of the month, from 1.
        fn day(self) where [Self::Base: HasDate] -> i32 any, Day each {
            SQLite: ["CAST(strftime('%d', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("day")),
            MySQL | MariaDB: "dayofmonth",
        };
        /// The day of the week, from Sunday, which is 0, to Saturday.
        fn day_of_week(self) where [Self::Base: HasDate] -> i32 any, DayOfWeek each {
            SQLite: ["CAST(strftime('%w', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("dow")),
            MySQL | MariaDB: ["(dayofweek(", ") - 1)"],
        };
        /// The day of the week by ISO 8601, from Monday, which is 1, to Sunday.
        fn iso_day_of_week(self) where [Self::Base: HasDate] -> i32 any, IsoDayOfWeek each {
            SQLite: ["CAST(strftime('%u', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("isodow")),
            MySQL | MariaDB: ["(weekday(", ") + 1)"],
        };
        /// The day of the year, from 1.
        fn day_of_year(self) where [Self::Base: HasDate] -> i32 any, DayOfYear each {
            SQLite: ["CAST(strftime('%j', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("doy")),
            MySQL | MariaDB: "dayofyear",
        };
        /// The hour, from 0.
        fn hour(self) where [Self::Base: HasTime] -> i32 any, Hour each {
            SQLite: ["CAST(strftime('%H', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("hour")),
            MySQL | MariaDB: "hour",
        };
        /// The minute, from 0.
        fn minute(self) where [Self::Base: HasTime] -> i32 any, Minute each {
            SQLite: ["CAST(strftime('%M', ", ") AS INTEGER)"],
            PostgreSQL: (extract!("minute")),
            MySQL | MariaDB: "minute",
        };
        /// The second, from 0, without its fraction.
        fn second(self) where [Self::Base: HasTime] -> i32 any, Second each {
            SQLite: ["CAST(strftime('%S', ", ") AS INTEGER)"],
            PostgreSQL: (utc!("CAST(floor(extract(second FROM ", ")) AS integer)")),
            MySQL | MariaDB: "second",
        };
        /// The seconds since the beginning of 1970, without the fraction.
        fn unix_seconds(self) where [Self::Base: Moment] -> i64 any, UnixSeconds each {
            SQLite: ["CAST(strftime('%s', ", ") AS INTEGER)"],
            PostgreSQL: ["CAST(floor(extract(epoch FROM ", ")) AS bigint)"],
            MySQL | MariaDB: ["CAST(floor(timestampdiff(MICROSECOND, '1970-01-01', ", ") / 1000000) AS SIGNED)"],
        };
        /// The date.
        fn date(self) where [Self::Base: Moment] -> NaiveDate any, Date each {
            SQLite | MySQL | MariaDB: "date",
            PostgreSQL: (utc!("CAST(", " AS date)")),
        };
        /// The time of day.
        fn time(self) where [Self::Base: Moment] -> NaiveTime any, Time each {
            // It has a function `time`, which leaves out the fraction.
            SQLite: ["substr(", ", 12)"],
            PostgreSQL: (utc!("CAST(", " AS time)")),
            MySQL | MariaDB: "time",
        };
        /// The first day of its year, at midnight.
        fn start_of_year(self) where [Self::Base: HasDate] -> same any, StartOfYear each {
            SQLite: (sqlite_start!("%Y-01-01")),
            PostgreSQL: (postgres_start!("year")),
            MySQL | MariaDB: (mysql_start!("%Y-01-01")),
        };
        /// The first day of its quarter, at midnight.
        fn start_of_quarter(self) where [Self::Base: HasDate]
            -> same any, StartOfQuarter only { PostgreSQL: (postgres_start!("quarter")) };
        /// The first day of its month, at midnight.
        fn start_of_month(self) where [Self::Base: HasDate] -> same any, StartOfMonth each {
            SQLite: (sqlite_start!("%Y-%m-01")),
            PostgreSQL: (postgres_start!("month")),
            MySQL | MariaDB: (mysql_start!("%Y-%m-01")),
        };
        /// The Monday of its week, at midnight.
        fn start_of_week(self) where [Self::Base: HasDate] -> same any, StartOfWeek each {
            SQLite: (|types| match kind(types) {
                Kind::Date => Words::Each(&["strftime('%Y-%m-%d', ", ", '-6 days', 'weekday 1')"]),
                _ => Words::Each(&["strftime('%Y-%m-%d 00:00:00', ", ", '-6 days', 'weekday 1')"]),
            }),
            PostgreSQL: (postgres_start!("week")),
            MySQL | MariaDB: (|types| match kind(types) {
                Kind::Date => Words::Each(&["str_to_date(date_format(", ", '%x%v Monday'), '%x%v %W')"]),
                _ => Words::Each(&["CAST(str_to_date(date_format(", ", '%x%v Monday'), '%x%v %W') AS DATETIME(6))"]),
            }),
        };
        /// The midnight at which its day began.
        fn start_of_day(self) where [Self::Base: Moment] -> same any, StartOfDay each {
            SQLite: ["strftime('%Y-%m-%d 00:00:00', ", ")"],
            PostgreSQL: (postgres_start!("day")),
            MySQL | MariaDB: ["CAST(date_format(", ", '%Y-%m-%d 00:00:00') AS DATETIME(6))"],
        };
        /// When its hour began.
        fn start_of_hour(self) where [Self::Base: Moment] -> same any, StartOfHour each {
            SQLite: ["strftime('%Y-%m-%d %H:00:00', ", ")"],
            PostgreSQL: (postgres_start!("hour")),
            MySQL | MariaDB: ["CAST(date_format(", ", '%Y-%m-%d %H:00:00') AS DATETIME(6))"],
        };
        /// When its minute began.
        fn start_of_minute(self) where [Self::Base: Moment] -> same any, StartOfMinute each {
            SQLite: ["strftime('%Y-%m-%d %H:%M:00', ", ")"],
            PostgreSQL: (postgres_start!("minute")),
            MySQL | MariaDB: ["CAST(date_format(", ", '%Y-%m-%d %H:%i:00') AS DATETIME(6))"],
        };
        /// Without the fraction of its second.
        fn start_of_second(self) where [Self::Base: Moment] -> same any, StartOfSecond each {
            SQLite: ["strftime('%Y-%m-%d %H:%M:%S', ", ")"],
            PostgreSQL: (postgres_start!("second")),
            MySQL | MariaDB: ["CAST(date_format(", ", '%Y-%m-%d %H:%i:%s') AS DATETIME(6))"],
        };
        /// So many years later, or earlier if negative; of a day that its month has not, the last one. SQLite keeps
        /// milliseconds, here and in the others that add.
        fn add_years[N: Operand<i64>](self, years: N) where [Self::Base: HasDate] -> same any, AddYears each {
            SQLite: (sqlite_add!("years")),
            PostgreSQL: (postgres_add!("years")),
            MySQL | MariaDB: ["date_add(", ", INTERVAL (", ") YEAR)"],
        };
        /// So many months later; of a day that its month has not, the last one.
        fn add_months[N: Operand<i64>](self, months: N) where [Self::Base: HasDate] -> same any, AddMonths each {
            SQLite: (sqlite_add!("months")),
            PostgreSQL: (postgres_add!("months")),
            MySQL | MariaDB: ["date_add(", ", INTERVAL (", ") MONTH)"],
        };
        /// So many days later.
        fn add_days[N: Operand<i64>](self, days: N) where [Self::Base: HasDate] -> same any, AddDays each {
            SQLite: (sqlite_add!("days")),
            PostgreSQL: (postgres_add!("days")),
            MySQL | MariaDB: ["date_add(", ", INTERVAL (", ") DAY)"],
        };
        /// So many hours later.
        fn add_hours[N: Operand<i64>](self, hours: N) where [Self::Base: Moment] -> same any, AddHours each {
            SQLite: (sqlite_add!("hours")),
            PostgreSQL: (postgres_add!("hours")),
            MySQL | MariaDB: ["date_add(", ", INTERVAL (", ") HOUR)"],
        };
        /// So many minutes later.
        fn add_minutes[N: Operand<i64>](self, minutes: N) where [Self::Base: Moment] -> same any, AddMinutes each {
            SQLite: (sqlite_add!("minutes")),
            PostgreSQL: (postgres_add!("mins")),
            MySQL | MariaDB: ["date_add(", ", INTERVAL (", ") MINUTE)"],
        };
        /// So many seconds later.
        fn add_seconds[N: Operand<i64>](self, seconds: N) where [Self::Base: Moment] -> same any, AddSeconds each {
            SQLite: (sqlite_add!("seconds")),
            PostgreSQL: (postgres_add!("secs")),
            MySQL | MariaDB: ["date_add(", ", INTERVAL (", ") SECOND)"],
        };
        /// How many midnights there are from `earlier` to this.
        fn days_since[O: Operand<Self::Base>](self, earlier: O) where [Self::Base: HasDate]
            -> i64 any, DaysSince each {
            SQLite: ["CAST(julianday(date(", ")) - julianday(date(", ")) AS INTEGER)"],
            PostgreSQL: (|types| match kind(types) {
                Kind::Timestamp => Words::Each(&[
                    "(CAST((", ") AT TIME ZONE 'UTC' AS date) - CAST((", ") AT TIME ZONE 'UTC' AS date))",
                ]),
                _ => Words::Each(&["(CAST(", " AS date) - CAST(", " AS date))"]),
            }),
            MySQL | MariaDB: "datediff",
        };
        /// How many whole seconds there are from `earlier` to this. SQLite goes by milliseconds.
        fn seconds_since[O: Operand<Self::Base>](self, earlier: O) where [Self::Base: Moment]
            -> i64 any, SecondsSince each {
            SQLite: ["(CAST(round((unixepoch(", ", 'subsec') - unixepoch(", ", 'subsec')) * 1000) AS INTEGER) / 1000)"],
            PostgreSQL: ["CAST(trunc(extract(epoch FROM ((", ") - (", ")))) AS bigint)"],
            MySQL | MariaDB: (|_| Words::Swapped(&["timestampdiff(SECOND, ", ", ", ")"])),
        };
        /// As text by a format of SQLite's: `%d.%m.%Y`. NULL if the format is none.
        fn strftime[F: Operand<String>](self, format: F) where [Self::Base: HasDate] -> String always,
            Strftime only { SQLite: (|_| Words::Swapped(&["strftime(", ", ", ")"])) };
        /// As text by a format of MySQL's: `%d.%m.%Y`.
        fn date_format[F: Operand<String>](self, format: F) where [Self::Base: HasDate] -> String always,
            DateFormat only { MySQL | MariaDB: "date_format" };
        /// As text by a format of PostgreSQL's: `DD.MM.YYYY`, `FM999.00`. NULL if the format is empty.
        fn to_char[F: Operand<String>](self, format: F) where [Self::Base: Formattable]
            -> String always, ToChar only {
            PostgreSQL: (|types| match kind(types) {
                Kind::Timestamp => Words::Each(&["to_char((", ") AT TIME ZONE 'UTC', ", ")"]),
                Kind::Date => Words::Each(&["to_char((", ")::timestamp, ", ")"]),
                Kind::DateTime => Words::Each(&["to_char(", ", ", ")"]),
            }),
        };
        /// A moment as the local time of a zone, and a local time of a zone as a moment: `Europe/Berlin`.
        fn at_time_zone[Z: Operand<String>](self, zone: Z) where [Self::Base: Moment]
            -> [<<SelfArg::Expr as super::Expr>::Base as Moment>::Zoned where Moment] any,
            AtTimeZone only { PostgreSQL: ["((", ") AT TIME ZONE (", "))"] };
    }

    /// The current moment, by the database's clock: with milliseconds on SQLite, microseconds elsewhere.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # use chrono::{DateTime, Utc};
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, #[column(default = now())] created_at: DateTime<Utc> }
    /// let query = User::query::<Sqlite>().filter(User::created_at.lt(now()));
    /// ```
    fn now() -> [DateTime<Utc>] fresh, Now each {
        // As `DateTime<Utc>` is bound: the fraction without its trailing zeros.
        SQLite: ["rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')"],
        PostgreSQL: ["now()"],
        MySQL | MariaDB: ["utc_timestamp(6)"],
    };
    /// The current date, in UTC.
    fn current_date() -> NaiveDate fresh, CurrentDate each {
        SQLite: ["date('now')"],
        PostgreSQL: ["CAST(now() AT TIME ZONE 'UTC' AS date)"],
        MySQL | MariaDB: ["utc_date()"],
    };
    /// The current time of day, in UTC: with seconds on SQLite, microseconds elsewhere.
    fn current_time() -> NaiveTime fresh, CurrentTime each {
        SQLite: ["time('now')"],
        PostgreSQL: ["CAST(now() AT TIME ZONE 'UTC' AS time)"],
        MySQL | MariaDB: ["utc_time(6)"],
    };
    /// The date of this year, month and day; NULL if there is none, but an error on PostgreSQL.
    fn make_date[Y: Operand<i32>, M: Operand<i32>, D: Operand<i32>](year: Y, month: M, day: D) -> NaiveDate always, MakeDate only {
        PostgreSQL: ["make_date((", ")::int, (", ")::int, (", ")::int)"],
        MySQL | MariaDB: ["CAST(concat(lpad(", ", 4, '0'), '-', ", ", '-', ", ") AS DATE)"],
    };
    /// The moment so many seconds after the beginning of 1970.
    fn from_unix_seconds[N: Operand<i64>](seconds: N) -> [DateTime<Utc>] any, FromUnixSeconds each {
        SQLite: ["datetime(", ", 'unixepoch')"],
        PostgreSQL: ["to_timestamp((", ")::double precision)"],
        MySQL | MariaDB: ["date_add(CAST('1970-01-01' AS DATETIME(6)), INTERVAL (", ") SECOND)"],
    };
}
