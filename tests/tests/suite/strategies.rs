//! Values of all types, and properties that hold for them.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use mizzle::dialect::{Dialect as _, DialectKind};
use mizzle_tests::{Result, needs};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::D;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Document {
    text: String,
    numbers: Vec<i64>,
    float: f64,
    inner: Option<Box<Document>>,
}

/// Has something hold for many values.
pub(crate) fn holds<V: Debug, F: Future<Output = Result>>(
    runtime: &Runtime,
    cases: u32,
    values: &impl Strategy<Value = V>,
    check: impl Fn(V) -> F,
) -> Result {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let done = TestRunner::new(config)
        .run(values, |value| runtime.block_on(check(value)).map_err(|error| TestCaseError::fail(error.to_string())));
    done.map_err(|error| error.to_string().into())
}

/// Whether two values are one: NaN is, though not equal to itself.
pub(crate) fn same<T: PartialEq + Debug>(a: &T, b: &T) -> bool {
    a == b || format!("{a:?}") == format!("{b:?}")
}

pub(crate) fn uuids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(|bits| match has!(AnyUuid) {
        true => Uuid::from_u128(bits),
        false => uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid(),
    })
}

/// All floats that the database has.
pub(crate) fn floats() -> impl Strategy<Value = f64> {
    let any = any::<u64>().prop_map(f64::from_bits);
    let special =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 0.1, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e15, -3.0];
    let special = proptest::sample::select(special.to_vec());
    let storable = |x: &f64| x.is_nan() || x.is_finite() && (*x as f32).is_finite();
    prop_oneof![3 => any, 1 => special]
        .prop_filter("NaN", |x| has!(Nan) || !x.is_nan())
        .prop_filter("infinite", move |x| has!(Infinities) || storable(x))
}

/// Those that can be in a list, which is JSON where there are no arrays.
pub(crate) fn floats_of_lists() -> impl Strategy<Value = f64> {
    floats().prop_filter("not in JSON", |x| has!(Postgres) || x.is_finite() && (*x as f32).is_finite())
}

#[needs(Decimals)]
pub(crate) fn decimals() -> impl Strategy<Value = rust_decimal::Decimal> {
    use rust_decimal::Decimal;
    let any = (any::<[u32; 3]>(), any::<bool>(), 0..=28_u32)
        .prop_map(|([lo, mid, hi], negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale));
    prop_oneof![any, proptest::sample::select(vec![Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::new(125, 2)])]
}

/// Characters of all 17 planes, and those that SQL is careful with.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    let plane = (0..17_u32, 0..0x1_0000_u32)
        .prop_filter_map("a surrogate", |(plane, offset)| char::from_u32(plane << 16 | offset));
    let special = proptest::sample::select("\0'\"`\\%_?$:;-[]{} \n\r\t\u{feff}\u{202e}é".chars().collect::<Vec<_>>());
    let char = prop_oneof![plane, special].prop_filter("NUL", |char| has!(NulInText) || *char != '\0');
    proptest::collection::vec(char, 0..30).prop_map(String::from_iter)
}

/// Moments in microseconds, of the years 0 to 9999.
pub(crate) fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    const YEAR_0: i64 = -62_167_219_200;
    let micros = prop_oneof![Just(0), Just(500_000), 0..1_000_000_u32];
    let seconds = prop_oneof![8 => YEAR_0..253_402_300_800, 1 => YEAR_0..YEAR_0 + 86_400 * 366];
    (seconds, micros)
        .prop_filter_map("no such moment", |(second, micros)| DateTime::from_timestamp(second, micros * 1000))
        .prop_filter("a day that the year 0 has not", |moment| {
            !matches!(D::KIND, DialectKind::MySql | DialectKind::MariaDb)
                || !moment.to_rfc3339().starts_with("0000-02-29")
        })
}

pub(crate) fn documents() -> impl Strategy<Value = Document> {
    let numbers = proptest::collection::vec(any::<i64>(), 0..4);
    let float = floats().prop_filter("not in JSON", |x| x.is_finite());
    let leaf =
        (texts(), numbers, float).prop_map(|(text, numbers, float)| Document { text, numbers, float, inner: None });
    leaf.prop_recursive(3, 8, 1, |inner| {
        (texts(), inner).prop_map(|(text, inner)| Document {
            text,
            numbers: vec![],
            float: 0.5,
            inner: Some(Box::new(inner)),
        })
    })
}
