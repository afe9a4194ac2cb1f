//! More rows than fit into one statement, and rows that set different columns.

use mizzle::{Error, prelude::*, run::Executor};
use mizzle_tests::{Result, TestDatabase as _, needs, prepared};

use super::database;
use crate::{D, Db};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewReading)]
struct Reading {
    #[column(primary_key)]
    id: i64,
    sensor: String,
    #[column(default = 1.5)]
    value: f64,
    note: Option<String>,
    #[column(default = 7)]
    quality: i32,
}

/// More than one statement takes.
const MANY: i64 = if D::SYNTAX.writes.unnest { 70_000 } else { 20_000 };

fn reading(id: i64) -> NewReading {
    NewReading { value: Some(0.25), ..NewReading::new(id, format!("sensor {}", id % 10)) }
}

async fn readings() -> Result<Db> {
    database(&mizzle::schema! { Reading }).await
}

#[tokio::test]
async fn many_rows() -> Result {
    let db = readings().await?;
    let insert = Reading::insert().rows((0..MANY).map(reading));
    let sent = prepared(&db, insert.to_sql()).await?.values.len();
    when! { Postgres;
        assert_eq!(sent, 4);
    }
    when! { !Postgres;
        let most = D::SYNTAX.max_parameters;
        assert!((most - 4..=most).contains(&sent));
    }
    assert_eq!(i64::try_from(insert.execute(&db).await?)?, MANY);
    let sums = Reading::query().select((count_star(), Reading::id.sum(), Reading::sensor.count_distinct()));
    assert_eq!(sums.fetch_one(&db).await?, (MANY, Some(MANY * (MANY - 1) / 2), 10));
    assert_eq!(Reading::query().filter(Reading::value.ne(0.25).or(Reading::quality.ne(7))).count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn all_of_them_or_none() -> Result {
    let db = readings().await?;
    let twice = || Reading::insert().rows((0..MANY).chain([5]).map(reading));
    assert!(twice().execute(&db).await.is_err_and(|error| error.is_unique_violation()));
    assert_eq!(Reading::query().count(&db).await?, 0);
    Ok(())
}

#[needs(InsertReturning)]
#[tokio::test]
async fn all_of_them_or_none_are_returned() -> Result {
    let db = readings().await?;
    let twice = Reading::insert().rows((0..MANY).chain([5]).map(reading)).returning(Reading::id);
    assert!(twice.fetch_all(&db).await.is_err_and(|error| error.is_unique_violation()));
    assert_eq!(Reading::query().count(&db).await?, 0);
    Ok(())
}

#[needs(SqlxConnections)]
#[tokio::test]
async fn on_a_connection_too() -> Result {
    let db = readings().await?;
    let mut connection = db.acquire().await?;
    let twice = Reading::insert().rows((0..MANY).chain([5]).map(reading));
    assert!(twice.execute(&mut *connection).await.is_err_and(|error| error.is_unique_violation()));
    assert_eq!(Reading::query().count(&mut *connection).await?, 0);
    Ok(())
}

#[tokio::test]
async fn inside_of_a_transaction_it_is_a_savepoint() -> Result {
    let db = readings().await?;
    db.transaction(async |tx| {
        Reading::insert().row(reading(-1)).execute(tx).await?;
        let failed = Reading::insert().rows((0..MANY).chain([-1]).map(reading)).execute(tx).await;
        assert!(failed.is_err_and(|error| error.is_unique_violation()));
        assert_eq!(Reading::query().count(tx).await?, 1);
        Reading::insert().rows((0..MANY).map(reading)).execute(tx).await
    })
    .await?;
    assert_eq!(Reading::query().count(&db).await?, MANY + 1);
    Ok(())
}

#[needs(InsertReturning)]
#[tokio::test]
async fn returned_rows_are_those_of_all_statements_in_order() -> Result {
    let db = readings().await?;
    let ids = Reading::insert().rows((0..MANY).rev().map(reading)).returning(Reading::id).fetch_all(&db).await?;
    assert!(ids.iter().copied().eq((0..MANY).rev()));
    Ok(())
}

#[needs(OnConflict)]
#[tokio::test]
async fn conflicts_across_statements() -> Result {
    let db = readings().await?;
    Reading::insert().rows((0..MANY).step_by(2).map(reading)).execute(&db).await?;
    let again = || Reading::insert().rows((0..MANY).map(reading)).on_conflict(Reading::id);
    assert_eq!(i64::try_from(again().do_nothing().execute(&db).await?)?, MANY / 2);
    let changed = again().do_update(Reading::quality.set(Reading::quality + 1)).filter(Reading::id.gt(100));
    assert_eq!(i64::try_from(changed.execute(&db).await?)?, MANY - 101);
    let sum = Reading::query().select(Reading::quality.sum()).fetch_one(&db).await?;
    assert_eq!(sum, Some(7 * MANY + MANY - 101));
    Ok(())
}

#[tokio::test]
async fn rows_that_set_different_columns() -> Result {
    let db = readings().await?;
    let rows = (0..10).map(|id| NewReading {
        value: (id % 2 == 0).then_some(9.25),
        quality: (id % 3 == 0).then_some(0),
        note: (id % 5 == 0).then(|| "five".to_owned()),
        ..NewReading::new(id, "x")
    });
    assert_eq!(Reading::insert().rows(rows).execute(&db).await?, 10);
    let stored = db.text("SELECT id, value, quality, note FROM reading ORDER BY id").await?;
    let expected: Vec<Vec<String>> = (0..10)
        .map(|id| {
            let value = if id % 2 == 0 { "9.25" } else { "1.5" };
            let quality = if id % 3 == 0 { "0" } else { "7" };
            let note = if id % 5 == 0 { "five" } else { "NULL" };
            vec![id.to_string(), value.to_owned(), quality.to_owned(), note.to_owned()]
        })
        .collect();
    assert_eq!(stored, expected);
    Ok(())
}

#[tokio::test]
async fn rows_that_set_different_columns_are_one_transaction_too() -> Result {
    let db = readings().await?;
    let rows = [reading(1), NewReading { quality: Some(1), ..reading(2) }, reading(1)];
    let insert = Reading::insert().rows(rows);
    assert!(insert.execute(&db).await.is_err_and(|error| error.is_unique_violation()));
    assert_eq!(Reading::query().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn more_parameters_than_one_statement_takes_is_an_error() -> Result {
    let db = readings().await?;
    let most = i64::try_from(D::SYNTAX.max_parameters)?;
    // Expressions: values would be one parameter on PostgreSQL.
    let list: Vec<_> = (0..=most).map(|n| Reading::id + n).collect();
    let too_many = Reading::query().filter(Reading::id.in_(list));
    let refused = too_many.fetch_all(&db).await;
    assert!(matches!(refused, Err(Error::Database(_) | Error::Encode(_))), "{refused:?}");
    // And none of the connection.
    assert_eq!(Reading::query().count(&db).await?, 0);
    let statement = prepared(&db, Reading::insert::<D>().row(reading(1)).to_sql()).await?;
    assert_eq!((&db).execute(statement).await?.rows, 1);
    Ok(())
}
