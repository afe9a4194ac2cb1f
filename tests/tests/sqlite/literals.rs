//! Every value comes back as it went in, bound or as a literal; what does not fit is an error.

use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use mizzle::{
    Error, Json,
    expr::{NamedFunction, Now, Types},
    prelude::*,
    render::Statement,
    run::Query,
    value::{DataType, FieldType, SqlValue, Value},
};
use mizzle_tests::{Result, TestDatabase as _};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tokio::runtime::Runtime;

use crate::{
    Db,
    suite::{database, numbers::raw},
};

/// A database, for tests that are not asynchronous.
struct Database {
    runtime: Runtime,
    db: Db,
}

impl Database {
    fn new() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let db = runtime.block_on(database(&mizzle::schema! {}))?;
        let tables = ["INTEGER", "REAL", "TEXT", "BLOB"].map(|kind| format!("CREATE TABLE v_{kind} (x {kind});"));
        runtime.block_on(db.run(&tables.concat()))?;
        Ok(Database { runtime, db })
    }

    fn query<T: Send + 'static>(
        &self,
        statement: Statement,
        decode: mizzle::run::Decode<Sqlite, T>,
    ) -> std::result::Result<Option<T>, Error> {
        self.runtime.block_on((&self.db).fetch_optional(Query::<Sqlite, _>::new(statement, decode)))
    }

    fn read<T: SqlValue>(&self, sql: &'static str, values: Vec<Value>) -> std::result::Result<Option<T>, Error> {
        self.query(Statement::raw(sql, values), |row| T::read(row)).map(Option::flatten)
    }

    fn through_a_column<T: SqlValue>(&self, value: Value) -> std::result::Result<Option<T>, Error> {
        let mut name = String::new();
        (Sqlite::SYNTAX.definitions.type_name)(&mut name, T::TYPE, false);
        let (delete, insert) = match name.as_str() {
            "INTEGER" => ("DELETE FROM v_INTEGER", "INSERT INTO v_INTEGER VALUES (?) RETURNING x"),
            "REAL" => ("DELETE FROM v_REAL", "INSERT INTO v_REAL VALUES (?) RETURNING x"),
            "BLOB" => ("DELETE FROM v_BLOB", "INSERT INTO v_BLOB VALUES (?) RETURNING x"),
            _ => ("DELETE FROM v_TEXT", "INSERT INTO v_TEXT VALUES (?) RETURNING x"),
        };
        self.runtime.block_on((&self.db).execute(raw(delete)))?;
        self.read(insert, vec![value])
    }

    fn through_a_literal<T: SqlValue>(&self, value: &Value) -> std::result::Result<Option<T>, Error> {
        let mut sql = "SELECT ".to_owned();
        (Sqlite::SYNTAX.literal)(&mut sql, value);
        let mut statement = raw("");
        statement.sql = sql.into();
        self.query(statement, |row| T::read(row)).map(Option::flatten)
    }

    fn round_trip<T: SqlValue + Clone + PartialEq + Debug>(
        &self,
        strategy: impl Strategy<Value = T>,
        cases: u32,
    ) -> Result {
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new(config);
        let result = runner.run(&strategy, |value| {
            let bound = SqlValue::into_value(value.clone());
            let fail = |error: Error| TestCaseError::fail(error.to_string());
            let value = Some(value);
            prop_assert_eq!(&self.through_a_literal::<T>(&bound).map_err(fail)?, &value);
            prop_assert_eq!(&self.through_a_column::<T>(bound).map_err(fail)?, &value);
            Ok(())
        });
        result.map_err(|error| error.to_string().into())
    }
}

/// Moments that SQLite's texts can say, with whole seconds, tenths and nanoseconds.
fn moments() -> impl Strategy<Value = NaiveDateTime> {
    let nanos = prop_oneof![Just(0), Just(120_000_000), 0..1_000_000_000_u32];
    (-62_167_219_200_i64..253_402_300_800, nanos)
        .prop_filter_map("no such moment", |(second, nanos)| Some(DateTime::from_timestamp(second, nanos)?.naive_utc()))
}

#[test]
fn every_type() -> Result {
    let db = Database::new()?;
    db.round_trip(any::<bool>(), 4)?;
    db.round_trip(any::<i8>(), 50)?;
    db.round_trip(any::<i16>(), 50)?;
    db.round_trip(any::<i32>(), 50)?;
    db.round_trip(prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()], 100)?;
    db.round_trip(any::<u8>(), 50)?;
    db.round_trip(any::<u16>(), 50)?;
    db.round_trip(any::<u32>(), 50)?;
    db.round_trip(prop_oneof![Just("a\0b'; --".to_owned()), any::<String>()], 200)?;
    db.round_trip(any::<Vec<u8>>(), 100)?;
    db.round_trip(moments().prop_map(|moment| moment.date()), 100)?;
    db.round_trip(moments().prop_map(|moment| moment.time()), 100)?;
    db.round_trip(moments(), 100)?;
    db.round_trip(moments().prop_map(|moment| moment.and_utc()), 100)?;
    db.round_trip(any::<u128>().prop_map(uuid::Uuid::from_u128), 50)?;
    db.round_trip(any::<Vec<Option<String>>>().prop_map(Json), 100)
}

#[test]
fn floats_are_exact() -> Result {
    let db = Database::new()?;
    let doubles = prop_oneof![
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(f64::MIN_POSITIVE),
        Just(5e-324),
        Just(f64::MAX),
        any::<u64>().prop_map(f64::from_bits).prop_filter("NaN", |x| !x.is_nan()),
        any::<i32>().prop_map(|x| f64::from(x) / 100.0),
        0.0..1.0_f64,
        -1e5..1e5_f64,
        0.0..1e20_f64,
        0.0..1e-5_f64,
        any::<f32>().prop_filter("NaN", |x| !x.is_nan()).prop_map(f64::from),
    ];
    db.round_trip(doubles, 1000)?;
    let singles = any::<u32>().prop_map(f32::from_bits).prop_filter("NaN", |x| !x.is_nan());
    db.round_trip(prop_oneof![Just(f32::INFINITY), Just(f32::MIN_POSITIVE), singles], 1000)
}

#[test]
fn what_does_not_fit_is_an_error() -> Result {
    let db = Database::new()?;
    let fails = |error: Option<Error>, part: &str| error.is_some_and(|error| error.to_string().contains(part));
    assert!(fails(db.read::<u8>("SELECT 256", vec![]).err(), "expected u8"));
    assert!(fails(db.read::<u8>("SELECT -1", vec![]).err(), "expected u8"));
    assert!(fails(db.read::<i32>("SELECT 3000000000", vec![]).err(), "expected i32"));
    assert!(fails(db.read::<f32>("SELECT 1e300", vec![]).err(), "expected f32"));
    assert!(fails(db.read::<i64>("SELECT '5'", vec![]).err(), "found TEXT"));
    assert!(fails(db.read::<String>("SELECT 5", vec![]).err(), "found INTEGER"));
    assert!(fails(db.read::<String>("SELECT CAST(x'ff' AS TEXT)", vec![]).err(), "not UTF-8"));
    assert!(fails(db.read::<bool>("SELECT 2", vec![]).err(), "other than 0 and 1"));
    let date = db.read::<NaiveDate>("SELECT 'secret' AS x", vec![]);
    assert!(date.is_err_and(|error| !error.to_string().contains("secret")));
    let json = db.read::<Json<Vec<u8>>>("SELECT '[\"secret\"]' AS x", vec![]);
    assert!(json.is_err_and(|error| !error.to_string().contains("secret")));
    let null = db.query(raw("SELECT NULL AS n"), |row| <i64 as FieldType>::read(row));
    assert!(fails(null.err(), "column 0 (`n`): expected i64, found NULL"));
    let late = NaiveDate::from_ymd_opt(10_000, 1, 1).ok_or("no such date")?;
    assert!(matches!(db.read::<String>("SELECT ?", vec![SqlValue::into_value(late)]), Err(Error::Encode(_))));
    Ok(())
}

#[test]
fn what_fits_though_it_is_stored_otherwise() -> Result {
    let db = Database::new()?;
    assert_eq!(db.read::<f64>("SELECT 3", vec![])?, Some(3.0));
    assert_eq!(db.read::<i64>("SELECT NULL", vec![])?, None);
    assert_eq!(db.read::<i64>("SELECT ?", vec![Value::Null(DataType::I64)])?, None);
    let moment = db.read::<DateTime<Utc>>("SELECT unixepoch('2024-05-01 12:30:00')", vec![])?;
    assert_eq!(moment.map(|moment| moment.to_rfc3339()).as_deref(), Some("2024-05-01T12:30:00+00:00"));
    let id = uuid::Uuid::from_u128(7);
    assert_eq!(db.read::<uuid::Uuid>("SELECT ?", vec![Value::Bytes(id.as_bytes().to_vec())])?, Some(id));
    Ok(())
}

#[test]
fn times_agree_with_sqlites_own() -> Result {
    let db = Database::new()?;
    for statement in [raw("SELECT CURRENT_TIMESTAMP"), now_of_mizzle()] {
        let now = db.query(statement, |row| <DateTime<Utc> as FieldType>::read(row))?.ok_or("no row")?;
        assert!((Utc::now() - now).num_seconds().abs() < 5);
    }
    let moment = NaiveDate::from_ymd_opt(2024, 5, 1).and_then(|day| day.and_hms_milli_opt(12, 30, 0, 250));
    let bound = || moment.map(|moment| SqlValue::into_value(moment.and_utc())).into_iter().collect::<Vec<_>>();
    for (sql, expected) in [
        ("SELECT datetime(?)", "2024-05-01 12:30:00"),
        ("SELECT ?", "2024-05-01 12:30:00.25"),
        ("SELECT strftime('%H:%M:%f', ?)", "12:30:00.250"),
    ] {
        assert_eq!(db.read::<String>(sql, bound())?.as_deref(), Some(expected));
    }
    assert_eq!(db.read::<bool>("SELECT ? < CURRENT_TIMESTAMP", bound())?, Some(true));
    Ok(())
}

fn now_of_mizzle() -> Statement {
    let mut statement = raw("");
    let types = Types { result: DataType::Timestamp, first: None, last_is_plain: false };
    let now = Now::FUNCTION.spelled.words(Sqlite::KIND, types).expect("every database has a clock");
    statement.sql = format!("SELECT {}", now.around(&[])).into();
    statement
}
