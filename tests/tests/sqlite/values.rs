//! What SQLite stores whatever the type of the column, and what it has not.

use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, TestDatabase as _};

use crate::suite::model::*;

/// What an error says.
fn words<T>(result: std::result::Result<T, Error>) -> Result<String> {
    Ok(result.err().ok_or("this should have failed")?.to_string())
}

#[tokio::test]
async fn columns_that_hold_something_else() -> Result {
    let db = filled().await?;
    db.run("UPDATE users SET age = 'old', created_at = 'once upon a time' WHERE id = 2").await?;
    let error = User::query().select((User::id, User::age)).order_by(User::id).fetch_all(&db).await;
    assert!(matches!(&error, Err(Error::Decode(decode)) if (decode.index, decode.column.as_str()) == (1, "age")));
    assert_eq!(words(error)?, "column 1 (`age`): expected an integer, found TEXT");
    let text = words(User::query().filter(User::id.eq(2)).select(User::created_at).fetch_one(&db).await)?;
    assert_eq!(text, "column 0 (`created_at`): expected a date and time, found TEXT that is no such date and time");
    db.run("UPDATE users SET age = 3000000000 WHERE id = 2").await?;
    let text = words(User::query().fetch_all(&db).await)?;
    assert_eq!(text, "column 3 (`age`): expected i32, found an integer out of its range");
    Ok(())
}

#[tokio::test]
async fn an_error_in_the_midst_of_a_stream() -> Result {
    use futures_util::TryStreamExt as _;
    let db = filled().await?;
    db.run("UPDATE users SET age = 'old' WHERE id = 3").await?;
    let mut ages = std::pin::pin!(User::query().select(User::age).order_by(User::id).fetch(&db));
    assert_eq!(ages.try_next().await?, Some(Some(41)));
    assert_eq!(ages.try_next().await?, Some(Some(29)));
    assert!(matches!(ages.try_next().await, Err(Error::Decode(_))));
    assert_eq!(ages.try_next().await?, None);
    Ok(())
}

#[tokio::test]
async fn values_that_sqlite_has_not() -> Result {
    let db = filled().await?;
    let nan = Post::update().set(Post::discount.set(f64::NAN)).filter(Post::id.eq(1)).execute(&db).await;
    assert_eq!(words(nan)?, "parameter 1: SQLite has no NaN");
    let late =
        chrono::NaiveDate::from_ymd_opt(12_000, 1, 1).ok_or("no such date")?.and_time(chrono::NaiveTime::MIN).and_utc();
    let late = User::query().filter((User::id.eq(1), User::created_at.lt(late))).count(&db).await;
    assert!(matches!(late, Err(Error::Encode(error)) if error.parameter == Some(2)));
    Ok(())
}
