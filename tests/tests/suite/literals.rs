//! Values as literals, which is how they stand in the definitions of tables: in a column of their type, a literal is
//! what its bound value is.

use std::fmt::Debug;

use mizzle::{
    Error, Json,
    prelude::*,
    render::Statement,
    run::Query,
    value::{FieldType, JsonText, SqlValue, Value},
};
use mizzle_tests::{Result, TestDatabase as _, needs};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tokio::runtime::Runtime;

use super::strategies::*;
use crate::{D, Db};

/// A database, for tests that are not asynchronous.
struct Database {
    runtime: Runtime,
    db: Db,
    /// The name of the table: a new one for each type, since PostgreSQL keeps what it knows of statements.
    table: String,
}

fn statement(sql: String, values: Vec<Value>) -> Statement {
    let mut statement = Statement::raw("", values);
    statement.sql = sql.into();
    statement
}

impl Database {
    fn new() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let db = runtime.block_on(Db::empty(1))?;
        Ok(Database { runtime, db, table: "v".to_owned() })
    }

    /// Stores a value in a table, bound and as a literal, and reads both.
    fn both<T: SqlValue>(&self, value: &Value) -> std::result::Result<Vec<T>, Error> {
        let table = &self.table;
        let mut bound = format!("INSERT INTO {table} VALUES (1, ");
        (D::SYNTAX.placeholder)(&mut bound, 1, value);
        let mut literal = format!("INSERT INTO {table} VALUES (2, ");
        (D::SYNTAX.literal)(&mut literal, value);
        let write = vec![
            statement(format!("DELETE FROM {table}"), vec![]),
            statement(bound + ")", vec![value.clone()]),
            statement(literal + ")", vec![]),
        ];
        let read = statement(format!("SELECT x FROM {table} ORDER BY id"), vec![]);
        self.runtime.block_on(async {
            (&self.db).execute_batch(write).await?;
            (&self.db).fetch_all(Query::new(read, |row| <T as FieldType>::read(row))).await
        })
    }

    fn round_trip<T: SqlValue + Clone + PartialEq + Debug>(
        &mut self,
        strategy: impl Strategy<Value = T>,
        cases: u32,
    ) -> Result {
        self.table.push('v');
        let mut table = format!("CREATE TABLE {} (id INTEGER, x ", self.table);
        (D::SYNTAX.definitions.type_name)(&mut table, T::TYPE, false);
        table.push_str(&format!("){}", D::SYNTAX.definitions.table_options));
        self.runtime.block_on(self.db.run(&table))?;
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let result = TestRunner::new(config).run(&strategy, |value| {
            let read = self.both::<T>(&SqlValue::into_value(value.clone()));
            let read = read.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(same(&read, &vec![value.clone(), value.clone()]), "{:?}, not {:?}", read, value);
            Ok(())
        });
        result.map_err(|error| error.to_string().into())
    }
}

#[test]
fn numbers_and_texts() -> Result {
    let mut db = Database::new()?;
    db.round_trip(any::<bool>(), 4)?;
    db.round_trip(any::<i8>(), 10)?;
    db.round_trip(any::<i16>(), 10)?;
    db.round_trip(any::<i32>(), 20)?;
    db.round_trip(prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()], 20)?;
    db.round_trip(any::<u8>(), 10)?;
    db.round_trip(any::<u16>(), 10)?;
    db.round_trip(any::<u32>(), 20)?;
    db.round_trip(floats(), 200)?;
    db.round_trip(floats().prop_map(|x| x as f32), 200)?;
    db.round_trip(texts(), 100)
}

#[test]
fn bytes_moments_and_documents() -> Result {
    let mut db = Database::new()?;
    db.round_trip(any::<Vec<u8>>(), 50)?;
    db.round_trip(moments().prop_map(|moment| moment.date_naive()), 50)?;
    db.round_trip(moments().prop_map(|moment| moment.time()), 50)?;
    db.round_trip(moments().prop_map(|moment| moment.naive_utc()), 50)?;
    db.round_trip(moments(), 50)?;
    db.round_trip(uuids(), 50)?;
    db.round_trip(proptest::collection::vec(proptest::option::of(texts()), 0..5).prop_map(Json), 50)?;
    db.round_trip(documents().prop_map(JsonText), 50)
}

#[test]
fn lists() -> Result {
    fn list<T: Debug>(elements: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
        proptest::collection::vec(elements, 0..4)
    }
    let mut db = Database::new()?;
    db.round_trip(list(any::<bool>()), 10)?;
    db.round_trip(list(any::<i64>()), 20)?;
    db.round_trip(list(floats_of_lists()), 50)?;
    db.round_trip(list(texts()), 50)?;
    db.round_trip(list(any::<Vec<u8>>()), 20)?;
    db.round_trip(list(moments()), 20)?;
    db.round_trip(list(uuids()), 20)?;
    db.round_trip(list(documents().prop_map(Json)), 20)
}

#[needs(Decimals)]
#[test]
fn decimals_too() -> Result {
    let mut db = Database::new()?;
    db.round_trip(decimals(), 50)?;
    db.round_trip(proptest::collection::vec(decimals(), 0..4), 20)
}

#[needs(Unsigned64)]
#[test]
fn unsigned_numbers_too() -> Result {
    Database::new()?.round_trip(prop_oneof![Just(u64::MAX), any::<u64>()], 20)
}
