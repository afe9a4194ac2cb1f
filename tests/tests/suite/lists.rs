//! Lists of values: of all types and lengths, and which of them share a text.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use mizzle::{prelude::*, render::Statement, value::Value};
use mizzle_tests::{Result, needs, prepared};
use uuid::Uuid;

use super::{
    database,
    round_trips::{Color, Name},
};
use crate::{D, Db};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewThing)]
struct Thing {
    #[column(primary_key)]
    id: i64,
    small: i16,
    float: f64,
    flag: bool,
    text: String,
    name: Name,
    bytes: Vec<u8>,
    color: Option<Color>,
    uuid: Uuid,
    date: NaiveDate,
    time: NaiveTime,
    moment: DateTime<Utc>,
}

const COLORS: [Option<Color>; 4] = [Some(Color::Red), Some(Color::Green), Some(Color::Blue), None];

fn thing(id: u8) -> NewThing {
    let moment = DateTime::from_timestamp(1_700_000_000 + 100_000 * i64::from(id), 250_000_000).unwrap_or_default();
    NewThing {
        id: id.into(),
        small: id.into(),
        float: f64::from(id) + 0.1,
        flag: id.is_multiple_of(2),
        text: format!("text {id}"),
        name: Name(format!("name {id}")),
        bytes: vec![0, id],
        color: COLORS[usize::from(id % 4)],
        uuid: Uuid::from_u128(u128::from(id) << 64 | 0x8000_4000_8000_0000_0000_0000_0000_0000),
        date: moment.date_naive(),
        time: moment.time(),
        moment,
    }
}

const COUNT: u8 = 20;

async fn things() -> Result<Db> {
    let db = database(&mizzle::schema! { Thing }).await?;
    Thing::insert().rows((0..COUNT).map(thing)).execute(&db).await?;
    Ok(db)
}

/// The ids of the things whose column is in the list of what the things with these ids have there.
macro_rules! ids {
    ($db:expr, $ids:expr, $column:ident.$in:ident) => {{
        let list: Vec<_> = $ids.clone().map(|id| thing(id).$column).collect();
        let query = Thing::query().filter(Thing::$column.$in(list)).select(Thing::id).order_by(Thing::id);
        query.fetch_all($db).await?
    }};
}

macro_rules! finds {
    ($db:expr, $ids:expr, $($column:ident),+) => {$(
        let (inside, outside): (Vec<i64>, Vec<i64>) =
            (0..i64::from(COUNT)).partition(|id| $ids.clone().any(|listed| i64::from(listed) == *id));
        assert_eq!(ids!($db, $ids, $column.in_), inside, "{} {:?}", stringify!($column), $ids);
        assert_eq!(ids!($db, $ids, $column.not_in), outside, "{} {:?}", stringify!($column), $ids);
    )+};
}

#[tokio::test]
async fn values_of_all_types_are_found() -> Result {
    let db = &things().await?;
    for ids in [0..0, 0..1, 3..5, 4..7, 0..4, 2..7, 5..14, 1..18, 0..COUNT] {
        finds!(db, ids, id, small, float, text, name, bytes, uuid, date, time, moment);
    }
    let colors = Thing::query().select(Thing::id).order_by(Thing::id);
    let found = colors.clone().filter(Thing::color.in_([Color::Green, Color::Blue, Color::Green]));
    assert_eq!(found.fetch_all(db).await?, [1, 2, 5, 6, 9, 10, 13, 14, 17, 18]);
    // NULL is not in the list, and not outside of it.
    assert_eq!(
        colors.clone().filter(Thing::color.not_in([Color::Green, Color::Blue])).fetch_all(db).await?,
        [0, 4, 8, 12, 16]
    );
    assert_eq!(colors.clone().filter(!Thing::color.in_([Color::Red])).count(db).await?, 10);
    let nothing: [Color; 0] = [];
    assert_eq!(colors.clone().filter(Thing::color.not_in(nothing)).count(db).await?, 20);
    assert_eq!(colors.clone().filter(Thing::flag.in_([true])).count(db).await?, 10);
    assert_eq!(colors.filter(Thing::flag.in_([true, false, true])).count(db).await?, 20);
    Ok(())
}

#[needs(Decimals)]
#[tokio::test]
async fn decimals_are_found() -> Result {
    use rust_decimal::Decimal;
    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(dialect(Postgres, MySql, MariaDb), insert = NewPrice)]
    struct Price {
        #[column(primary_key)]
        id: i64,
        price: Decimal,
    }
    let db = &database(&mizzle::schema! { Price }).await?;
    Price::insert().rows((0..5).map(|id| NewPrice::new(id, Decimal::new(id * 10, 2)))).execute(db).await?;
    let list = [Decimal::new(1, 1), Decimal::new(200, 3), Decimal::new(9, 0)];
    let found = Price::query().filter(Price::price.in_(list)).select(Price::id).order_by(Price::id);
    assert_eq!(found.fetch_all(db).await?, [1, 2]);
    Ok(())
}

async fn in_list(db: &Db, ids: std::ops::Range<i64>) -> Result<Statement> {
    let list = Thing::id.in_(ids.collect::<Vec<i64>>());
    prepared(db, Thing::query::<D>().filter(list).select(Thing::id).to_sql()).await
}

async fn texts(db: &Db, lengths: std::ops::RangeInclusive<i64>) -> Result<usize> {
    let mut texts = Vec::new();
    for length in lengths {
        texts.push(in_list(db, 0..length).await?.sql.into_string());
    }
    texts.dedup();
    Ok(texts.len())
}

#[tokio::test]
async fn lists_of_many_lengths_share_a_text() -> Result {
    let db = &things().await?;
    when! { Postgres;
        assert_eq!(texts(db, 0..=300).await?, 1);
        assert!(matches!(in_list(db, 0..3).await?.values.as_slice(), [Value::Array(_, values)] if values.len() == 3));
    }
    when! { !Postgres;
        assert_eq!(texts(db, 5..=8).await?, 1);
        assert_eq!(texts(db, 1..=256).await?, 9);
        // The last value is there again.
        assert_eq!(in_list(db, 0..3).await?.values, [0, 1, 2, 2].map(Value::I64));
    }
    Ok(())
}

/// Expressions stay as many as they are.
#[tokio::test]
async fn lists_of_expressions_are_not_padded() -> Result {
    let sums: Vec<_> = (0..3).map(|n| Thing::id + n).collect();
    let query = Thing::query::<D>().filter(Thing::id.in_(sums)).select(Thing::id);
    let statement = prepared(&things().await?, query.to_sql()).await?;
    assert_eq!(statement.values.len(), 3);
    assert!(statement.sql.contains(" IN ("), "{statement}");
    Ok(())
}

/// A CHECK says what was written, and nothing twice.
#[test]
fn definitions_are_not_padded() -> Result {
    #[derive(Table, Debug)]
    #[table(check(Level::level.in_([1, 2, 3])))]
    struct Level {
        #[column(primary_key)]
        #[expect(dead_code, reason = "only its definition is of interest")]
        level: i64,
    }
    let sql = mizzle::schema! { Level }.create_sql::<D>()?;
    let sql = format!("{sql:?}");
    when! { Postgres;
        assert!(sql.contains("= ANY(ARRAY[1, 2, 3]"), "{sql}");
    }
    when! { !Postgres;
        assert!(sql.contains(" IN (1, 2, 3)"), "{sql}");
    }
    Ok(())
}

#[needs(Postgres)]
#[tokio::test]
async fn a_list_can_be_longer_than_the_list_of_parameters() -> Result {
    let db = things().await?;
    let most = i64::try_from(D::SYNTAX.max_parameters)?;
    let list = || (-most..=most).collect::<Vec<i64>>();
    assert_eq!(Thing::query().filter(Thing::id.in_(list())).count(&db).await?, i64::from(COUNT));
    assert_eq!(Thing::query().filter(Thing::id.not_in(list())).count(&db).await?, 0);
    Ok(())
}
