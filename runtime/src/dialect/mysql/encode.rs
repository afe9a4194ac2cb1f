//! Values as parameters.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use sqlx::{Arguments as _, Encode, MySql, Type, mysql::MySqlArguments};

use super::Family;
use crate::{
    Error,
    value::{DataType, Value, list_as_json},
};

/// The parameters of a statement.
///
/// # Errors
/// [`Error::Encode`] if the database cannot hold one of the values.
pub(crate) fn arguments<D: Family>(values: Vec<Value>) -> Result<MySqlArguments, Error> {
    let mut arguments = MySqlArguments::default();
    // Eight bytes each, most of them.
    arguments.reserve(values.len(), values.len() * 8);
    for (index, value) in values.into_iter().enumerate() {
        let value = if let Value::Uuid(uuid) = value { D::uuid(uuid) } else { value };
        add(&mut arguments, value).map_err(|error| error.at_parameter(index + 1))?;
    }
    Ok(arguments)
}

fn add(arguments: &mut MySqlArguments, value: Value) -> Result<(), Error> {
    match value {
        Value::Null(data_type) => null(arguments, data_type),
        Value::Bool(value) => put(arguments, value),
        Value::I16(value) => put(arguments, value),
        Value::I32(value) => put(arguments, value),
        Value::I64(value) => put(arguments, value),
        Value::U64(value) => put(arguments, value),
        Value::F32(value) if value.is_finite() => put(arguments, value),
        Value::F64(value) if value.is_finite() => put(arguments, value),
        Value::F32(_) | Value::F64(_) => Err(Error::encode("MySQL has no NaN and no infinities")),
        #[cfg(feature = "rust_decimal")]
        Value::Decimal(value) => put(arguments, value),
        Value::Text(text) | Value::Json(text) | Value::JsonText(text) => put(arguments, text),
        Value::Enum(_, word) => put(arguments, word),
        Value::Array(_, values) => put(arguments, list_as_json(values)?),
        Value::Bytes(bytes) => put(arguments, bytes),
        Value::Date(date) => put(arguments, in_range(date)?),
        Value::Time(time) => put(arguments, without_leap(time)?),
        Value::DateTime(moment) => put(arguments, moment_of(moment)?),
        // As a TIMESTAMP it would depend on the session's zone.
        Value::Timestamp(moment) => put(arguments, moment_of(moment.naive_utc())?),
        Value::Uuid(_) => Err(Error::encode("a UUID that its dialect has not changed")),
        Value::Native(kind, _) => Err(Error::encode(format!("MySQL has no type for {kind:?}"))),
        Value::Invalid(reason) => Err(Error::encode(reason)),
    }
}

/// NULL has a type too: that of an expression depends on it.
fn null(arguments: &mut MySqlArguments, data_type: DataType) -> Result<(), Error> {
    use DataType as Of;
    match data_type {
        Of::Bool | Of::I8 | Of::I16 | Of::I32 | Of::I64 | Of::U8 | Of::U16 | Of::U32 => put(arguments, None::<i64>),
        Of::U64 => put(arguments, None::<u64>),
        Of::F32 => put(arguments, None::<f32>),
        Of::F64 => put(arguments, None::<f64>),
        #[cfg(feature = "rust_decimal")]
        Of::Decimal => put(arguments, None::<rust_decimal::Decimal>),
        Of::Bytes | Of::Uuid => put(arguments, None::<Vec<u8>>),
        Of::Date => put(arguments, None::<NaiveDate>),
        Of::Time => put(arguments, None::<NaiveTime>),
        Of::DateTime | Of::Timestamp => put(arguments, None::<NaiveDateTime>),
        _ => put(arguments, None::<String>),
    }
}

fn put<'v, T: Encode<'v, MySql> + Type<MySql>>(arguments: &mut MySqlArguments, value: T) -> Result<(), Error> {
    arguments.add(value).map_err(|error| Error::encode(error.to_string()))
}

fn in_range(date: NaiveDate) -> Result<NaiveDate, Error> {
    match date.year() {
        0..=9999 => Ok(date),
        _ => Err(Error::encode("the year is not between 0 and 9999, as MySQL's dates are")),
    }
}

fn without_leap(time: NaiveTime) -> Result<NaiveTime, Error> {
    // chrono keeps a leap second as a fraction of more than one second.
    if time.nanosecond() < 1_000_000_000 { Ok(time) } else { Err(Error::encode("MySQL has no leap seconds")) }
}

fn moment_of(moment: NaiveDateTime) -> Result<NaiveDateTime, Error> {
    Ok(in_range(moment.date())?.and_time(without_leap(moment.time())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{MariaDb, MySql};

    fn refused(value: Value) -> String {
        let error = arguments::<MySql>(vec![Value::I64(1), value]).expect_err("it cannot be sent");
        error.to_string()
    }

    #[test]
    fn what_the_database_cannot_hold_is_refused() {
        assert_eq!(refused(Value::F64(f64::NAN)), "parameter 2: MySQL has no NaN and no infinities");
        assert_eq!(refused(Value::F32(f32::INFINITY)), "parameter 2: MySQL has no NaN and no infinities");
        for year in [-1, 10_000] {
            let date = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
            assert!(refused(Value::Date(date)).contains("the year"));
            assert!(refused(Value::Timestamp(date.and_time(NaiveTime::MIN).and_utc())).contains("the year"));
        }
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).expect("a time");
        assert!(refused(Value::Time(leap)).contains("leap seconds"));
        assert!(refused(Value::Invalid("no JSON".into())).contains("no JSON"));
    }

    #[test]
    fn a_uuid_is_sent_as_its_dialect_holds_it() {
        let value = Value::Uuid(uuid::Uuid::nil());
        let arguments = [arguments::<MySql>(vec![value.clone()]), arguments::<MariaDb>(vec![value])];
        for arguments in arguments {
            assert_eq!(arguments.expect("a UUID can be sent").len(), 1);
        }
    }
}
