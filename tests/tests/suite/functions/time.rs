//! Functions on dates and times.

use super::*;

#[tokio::test]
async fn functions_on_dates_and_times() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("Dates and times");
    let (date, at, local, clock) = (Sample::day, Sample::at, Sample::local, Sample::clock);
    check! { calls, db:
        at.year() => 2024;
        at.quarter() => 4;
        at.month() => 12;
        at.day() => 30;
        at.hour() => 23;
        at.minute() => 59;
        at.second() => 58;
        at.iso_week() => 1;
        at.day_of_week() => 1;
        at.iso_day_of_week() => 1;
        at.day_of_year() => 365;
        at.unix_seconds() => moment("2024-12-30T23:59:58").and_utc().timestamp();
        local.year() => 2024;
        local.hour() => 10;
        local.unix_seconds() => moment("2024-01-31T10:20:30").and_utc().timestamp();
        date.month() => 2;
        date.quarter() => 1;
        date.iso_week() => 9;
        date.day_of_week() => 4;
        value(day("2024-03-03")).day_of_week() => 0;
        value(day("2024-03-03")).iso_day_of_week() => 7;
        clock.hour() => 10;
        clock.minute() => 20;
        clock.second() => 30;
        value(moment("1969-12-31T23:59:58.75")).unix_seconds() => -2;
    }
    check! { calls, db:
        at.date() => day("2024-12-30");
        at.time() => moment("2024-12-30T23:59:58.25").time();
        local.date() => day("2024-01-31");
        local.time() => moment("2024-01-31T10:20:30.5").time();
        at.start_of_year() => moment("2024-01-01T00:00:00").and_utc();
        at.start_of_month() => moment("2024-12-01T00:00:00").and_utc();
        local.add_days(2).start_of_week() => moment("2024-01-29T00:00:00");
        at.start_of_week() => moment("2024-12-30T00:00:00").and_utc();
        at.start_of_day() => moment("2024-12-30T00:00:00").and_utc();
        at.start_of_hour() => moment("2024-12-30T23:00:00").and_utc();
        at.start_of_minute() => moment("2024-12-30T23:59:00").and_utc();
        at.start_of_second() => moment("2024-12-30T23:59:58").and_utc();
        date.start_of_year() => day("2024-01-01");
        date.start_of_month() => day("2024-02-01");
        date.start_of_week() => day("2024-02-26");
        value(day("2024-03-03")).start_of_week() => day("2024-02-26");
    }
    check! { calls, db:
        date.add_years(1) => day("2025-02-28");
        date.add_months(1) => day("2024-03-29");
        value(day("2024-01-31")).add_months(1) => day("2024-02-29");
        date.add_days(-1) => day("2024-02-28");
        local.add_months(1) => moment("2024-02-29T10:20:30.5");
        local.add_days(Sample::number) => moment("2024-02-12T10:20:30.5");
        at.add_years(-4) => moment("2020-12-30T23:59:58.25").and_utc();
        at.add_hours(1) => moment("2024-12-31T00:59:58.25").and_utc();
        at.add_minutes(1) => moment("2024-12-31T00:00:58.25").and_utc();
        at.add_seconds(2) => moment("2024-12-31T00:00:00.25").and_utc();
        date.days_since(day("2024-01-01")) => 59;
        at.days_since(moment("2024-12-29T23:59:59").and_utc()) => 1;
        local.seconds_since(moment("2024-01-31T10:20:00")) => 30;
        local.seconds_since(moment("2024-01-31T10:20:31")) => 0;
        local.seconds_since(moment("2024-01-31T10:20:32")) => -1;
        from_unix_seconds(1_735_603_198) => moment("2024-12-30T23:59:58").and_utc();
        from_unix_seconds(-1) => moment("1969-12-31T23:59:59").and_utc();
    }
    let (date, time, moment_now) = (current_date(), current_time(), now());
    calls.note(&date);
    calls.note(&time);
    calls.note(&moment_now);
    let found = Sample::query().select((date, time, moment_now)).fetch_one(&db).await?;
    let since = |moment: DateTime<Utc>| (Utc::now() - moment).num_seconds().abs();
    assert!(since(found.0.and_time(found.1).and_utc()) < 5 && since(found.2) < 5, "{found:?}");
    when! { Sqlite;
        check! { calls, db:
            at.strftime("%d.%m.%Y %H:%M") => Some("30.12.2024 23:59".to_owned());
            at.strftime("%Ö") => None;
        }
    }
    when! { Postgres;
        check! { calls, db:
            at.start_of_quarter() => moment("2024-10-01T00:00:00").and_utc();
            Sample::day.start_of_quarter() => day("2024-01-01");
            at.to_char("DD.MM.YYYY HH24:MI") => Some("30.12.2024 23:59".to_owned());
            Sample::day.to_char("DD.MM.YYYY") => Some("29.02.2024".to_owned());
            clock.to_char("HH24:MI") => Some("10:20".to_owned());
            Sample::float.to_char("FM999.00") => Some("-2.50".to_owned());
            at.at_time_zone("Europe/Berlin") => moment("2024-12-31T00:59:58.25");
            local.at_time_zone("Europe/Berlin") => moment("2024-01-31T09:20:30.5").and_utc();
        }
    }
    when! { !Sqlite;
        check! { calls, db:
            make_date(2024, 2, 29) => Some(day("2024-02-29"));
            make_date(Sample::small + 2000, 1, 2) => Some(day("2005-01-02"));
        }
    }
    when! { !Sqlite, !Postgres;
        check! { calls, db:
            make_date(2023, 2, 29) => None;
            at.date_format("%d.%m.%Y %H:%i") => Some("30.12.2024 23:59".to_owned());
        }
    }
    calls.finish();
    Ok(())
}
