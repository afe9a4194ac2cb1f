//! Values as parameters.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use sqlx::{Arguments as _, Encode, MySql, Type, TypeInfo as _, mysql::MySqlArguments};

use super::Family;
use crate::{
    Error,
    run::tag::TypeTag,
    value::{DataType, Value, list_as_json},
};

/// The parameters of a statement.
#[derive(Default)]
pub(crate) struct Parameters {
    /// The values.
    pub(crate) values: MySqlArguments,
    /// A number that stands for their types, if they are not all signed integers.
    pub(crate) types: Option<TypeTag>,
}

impl Parameters {
    /// # Errors
    /// [`Error::Encode`] if the database cannot hold one of the values.
    pub(crate) fn new<D: Family>(values: Vec<Value>) -> Result<Self, Error> {
        let mut parameters = Parameters::default();
        // Eight bytes each, most of them.
        parameters.values.reserve(values.len(), values.len() * 8);
        for (index, value) in values.into_iter().enumerate() {
            let value = if let Value::Uuid(uuid) = value { D::uuid(uuid) } else { value };
            parameters.add(value).map_err(|error| error.at_parameter(index + 1))?;
        }
        Ok(parameters)
    }

    fn add(&mut self, value: Value) -> Result<(), Error> {
        match value {
            Value::Null(data_type) => self.null(data_type),
            Value::Bool(value) => self.put(value),
            Value::I16(value) => self.put(value),
            Value::I32(value) => self.put(value),
            Value::I64(value) => self.put(value),
            Value::U64(value) => self.put(value),
            Value::F32(value) if value.is_finite() => self.put(value),
            Value::F64(value) if value.is_finite() => self.put(value),
            Value::F32(_) | Value::F64(_) => Err(Error::encode("MySQL has no NaN and no infinities")),
            #[cfg(feature = "rust_decimal")]
            Value::Decimal(value) => self.put(value),
            Value::Text(text) | Value::Json(text) | Value::JsonText(text) => self.put(text),
            Value::Enum(_, word) => self.put(word),
            Value::Array(_, values) => self.put(list_as_json(values)?),
            Value::Bytes(bytes) => self.put(bytes),
            Value::Date(date) => self.put(in_range(date)?),
            Value::Time(time) => self.put(without_leap(time)?),
            Value::DateTime(moment) => self.put(moment_of(moment)?),
            // As a TIMESTAMP it would depend on the session's zone.
            Value::Timestamp(moment) => self.put(moment_of(moment.naive_utc())?),
            Value::Uuid(_) => Err(Error::encode("a UUID that its dialect has not changed")),
            Value::Native(kind, _) => Err(Error::encode(format!("MySQL has no type for {kind:?}"))),
            Value::Invalid(reason) => Err(Error::encode(reason)),
            Value::Argument(..) | Value::Computed(..) => Err(Value::is_missing()),
        }
    }

    /// NULL has a type too: that of an expression depends on it.
    fn null(&mut self, data_type: DataType) -> Result<(), Error> {
        use DataType as Of;
        match data_type {
            Of::Bool | Of::I8 | Of::I16 | Of::I32 | Of::I64 | Of::U8 | Of::U16 | Of::U32 => self.put(None::<i64>),
            Of::U64 => self.put(None::<u64>),
            Of::F32 => self.put(None::<f32>),
            Of::F64 => self.put(None::<f64>),
            #[cfg(feature = "rust_decimal")]
            Of::Decimal => self.put(None::<rust_decimal::Decimal>),
            Of::Bytes | Of::Uuid => self.put(None::<Vec<u8>>),
            Of::Date => self.put(None::<NaiveDate>),
            Of::Time => self.put(None::<NaiveTime>),
            Of::DateTime | Of::Timestamp => self.put(None::<NaiveDateTime>),
            _ => self.put(None::<String>),
        }
    }

    fn put<'v, T: Encode<'v, MySql> + Type<MySql>>(&mut self, value: T) -> Result<(), Error> {
        let type_info = T::type_info();
        let name = type_info.name();
        if self.types.is_some() || !matches!(name, "BOOLEAN" | "SMALLINT" | "INT" | "BIGINT") {
            let before = self.types.unwrap_or_else(|| TypeTag::default().and(&self.values.len().to_be_bytes()));
            self.types = Some(before.and(name.as_bytes()));
        }
        self.values.add(value).map_err(|error| Error::encode(error.to_string()))
    }
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
        let result = Parameters::new::<MySql>(vec![Value::I64(1), value]);
        result.err().map(|error| error.to_string()).unwrap_or_default()
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
        assert_eq!(refused(Value::Bool(true)), "");
    }

    #[test]
    fn a_uuid_is_sent_as_its_dialect_holds_it() {
        let value = vec![Value::Uuid(uuid::Uuid::nil())];
        let on_mysql = Parameters::new::<MySql>(value.clone()).map(|parameters| parameters.types);
        let on_mariadb = Parameters::new::<MariaDb>(value).map(|parameters| parameters.types);
        assert_ne!(on_mysql.expect("it can be sent"), on_mariadb.expect("it can be sent"));
    }

    #[test]
    fn other_types_have_another_number() {
        let types = |values: &[Value]| Parameters::new::<MySql>(values.to_vec()).map(|them| them.types).ok().flatten();
        let (one, text) = (Value::I64(1), Value::Text("x".into()));
        assert_eq!(types(&[one.clone(), Value::Null(DataType::I32)]), None);
        assert!(types(std::slice::from_ref(&text)).is_some());
        assert_ne!(types(&[one.clone(), text.clone()]), types(&[text.clone(), one.clone()]));
        assert_ne!(types(&[one.clone(), text.clone()]), types(std::slice::from_ref(&text)));
        assert_eq!(types(&[text.clone(), one]), types(&[Value::Null(DataType::Text), Value::I64(7)]));
        assert_ne!(types(std::slice::from_ref(&text)), types(&[Value::Bytes(Vec::new())]));
    }
}
