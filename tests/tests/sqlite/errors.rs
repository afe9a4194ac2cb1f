//! Errors of queries: which kind, on what, and with which SQL.

use std::error::Error as _;

use mizzle::{Error, error::Violation, prelude::*};
use mizzle_tests::{Result, memory};

use crate::model::*;

/// The violation that a write ran into.
fn violation<T: std::fmt::Debug>(result: std::result::Result<T, Error>) -> Result<(Error, String)> {
    let error = result.err().ok_or("this should have failed")?;
    let text = error.to_string();
    Ok((error, text))
}

fn columns(violation: Option<&Violation>) -> Vec<&str> {
    violation.map(|violation| violation.columns.iter().map(String::as_str).collect()).unwrap_or_default()
}

#[tokio::test]
async fn unique_violations() -> Result {
    let db = filled().await?;
    let by_key = User::insert().row(NewUser { id: Some(1), ..NewUser::new("x", "x") }).execute(&db).await;
    let (error, text) = violation(by_key)?;
    assert!(error.is_unique_violation());
    assert_eq!(text, "unique violation on users (id)");
    assert_eq!(columns(error.violation()), ["id"]);
    let (error, text) = violation(User::insert().row(NewUser::new("x", "ANN@example.org")).execute(&db).await)?;
    assert!(
        matches!(&error, Error::UniqueViolation(violation) if violation.constraint.as_deref() == Some("users_email_ci"))
    );
    assert_eq!(text, "unique violation: users_email_ci");
    assert_eq!(error.sql(), Some(r#"INSERT INTO "users" ("name", "email", "age", "manager_id") VALUES (?, ?, ?, ?)"#));
    assert!(error.source().is_some_and(|source| source.is::<sqlx::Error>()));
    let (error, _) = violation(User::update().set(User::email.set("same")).all_rows().execute(&db).await)?;
    assert!(error.is_unique_violation());
    Ok(())
}

#[tokio::test]
async fn foreign_key_violations() -> Result {
    let db = filled().await?;
    let (error, _) = violation(Post::insert().row(NewPost::new("x", "x", 99)).execute(&db).await)?;
    assert!(error.is_foreign_key_violation());
    let (error, _) = violation(Post::update().set(Post::author_id.set(99)).filter(Post::id.eq(1)).execute(&db).await)?;
    assert!(error.is_foreign_key_violation());
    let (error, _) = violation(User::delete().filter(User::id.eq(2)).execute(&db).await)?;
    assert!(error.is_foreign_key_violation());
    Ok(())
}

#[tokio::test]
async fn check_violations() -> Result {
    let db = filled().await?;
    let (error, text) = violation(User::update().set(User::age.set(-1)).filter(User::id.eq(1)).execute(&db).await)?;
    assert!(matches!(error, Error::CheckViolation(_)));
    assert!(text.starts_with("check violation: ") && text.contains("age"), "{text}");
    assert_eq!(User::update().set(User::age.set(None)).filter(User::id.eq(1)).execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn not_null_violations_from_what_the_compiler_cannot_see() -> Result {
    let db = filled().await?;
    let wrong = Post::update().set(Post::views.set(sql!(i64, "nullif({Post::id}, 1)"))).filter(Post::id.eq(1));
    let (error, text) = violation(wrong.execute(&db).await)?;
    assert!(matches!(error, Error::NotNullViolation(_)));
    assert_eq!(text, "not-null violation on posts (views)");
    Ok(())
}

#[tokio::test]
async fn a_table_that_is_not_there() -> Result {
    let db = memory(&mizzle::schema! { User }).await?;
    let (error, text) = violation(Post::query().fetch_all(&db).await)?;
    assert!(matches!(error, Error::Database(_)));
    assert!(text.contains("no such table: posts"), "{text}");
    assert!(error.sql().is_some_and(|sql| sql.starts_with("SELECT \"posts\".\"id\"")));
    Ok(())
}

#[tokio::test]
async fn columns_that_hold_something_else() -> Result {
    let db = filled().await?;
    sqlx::query("UPDATE users SET age = 'old', created_at = 'once upon a time' WHERE id = 2").execute(&db).await?;
    let (error, text) = violation(User::query().select((User::id, User::age)).order_by(User::id).fetch_all(&db).await)?;
    assert!(matches!(&error, Error::Decode(decode) if (decode.index, decode.column.as_str()) == (1, "age")));
    assert_eq!(text, "column 1 (`age`): expected an integer, found TEXT");
    let (_, text) = violation(User::query().filter(User::id.eq(2)).select(User::created_at).fetch_one(&db).await)?;
    assert_eq!(text, "column 0 (`created_at`): expected a date and time, found TEXT that is no such date and time");
    sqlx::query("UPDATE users SET age = 3000000000 WHERE id = 2").execute(&db).await?;
    let (_, text) = violation(User::query().fetch_all(&db).await)?;
    assert_eq!(text, "column 3 (`age`): expected i32, found an integer out of its range");
    Ok(())
}

#[tokio::test]
async fn an_error_in_the_midst_of_a_stream() -> Result {
    use futures_util::TryStreamExt as _;
    let db = filled().await?;
    sqlx::query("UPDATE users SET age = 'old' WHERE id = 3").execute(&db).await?;
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
    assert_eq!(violation(nan)?.1, "parameter 1: SQLite has no NaN");
    let late =
        chrono::NaiveDate::from_ymd_opt(12_000, 1, 1).ok_or("no such date")?.and_time(chrono::NaiveTime::MIN).and_utc();
    let late = User::query().filter((User::id.eq(1), User::created_at.lt(late))).count(&db).await;
    assert!(matches!(violation(late)?.0, Error::Encode(error) if error.parameter == Some(2)));
    Ok(())
}
