//! Errors of queries: which kind, on what, and with which SQL.

use std::error::Error as _;

use futures_util::TryStreamExt as _;
use mizzle::{Error, error::Violation, prelude::*};
use mizzle_tests::{Result, TestDatabase as _, prepared};

use super::{database, model::*};
use crate::{D, Db};

/// The violation that a write ran into.
fn violation<T: std::fmt::Debug>(result: std::result::Result<T, Error>) -> Result<(Error, String)> {
    let error = result.err().ok_or("this should have failed")?;
    let text = error.to_string();
    Ok((error, text))
}

/// What every driver but mizzle's own reports is an error of sqlx's.
fn is_of_the_driver(source: &(dyn std::error::Error + 'static)) -> bool {
    if has!(OwnPool) { source.is::<mizzle::sqlite::Failure>() } else { source.is::<sqlx::Error>() }
}

fn columns(violation: Option<&Violation>) -> Vec<&str> {
    violation.map(|violation| violation.columns.iter().map(String::as_str).collect()).unwrap_or_default()
}

#[tokio::test]
async fn unique_violations() -> Result {
    let db = filled().await?;
    let by_key = User::insert().row(NewUser { id: Some(1), ..NewUser::new("x", "x") }).execute(&db).await;
    let (error, text) = violation(by_key)?;
    assert!(error.is_unique_violation() && text.starts_with("unique violation on users (id)"), "{text}");
    assert_eq!(columns(error.violation()), ["id"]);
    let again = User::insert().row(NewUser::new("x", "ann@example.org"));
    let sql = prepared(&db, again.to_sql()).await?.sql;
    let (error, _) = violation(again.execute(&db).await)?;
    assert!(error.is_unique_violation());
    assert_eq!(columns(error.violation()), ["email"]);
    assert_eq!(error.sql(), Some(sql.as_str()));
    assert!(error.source().is_some_and(is_of_the_driver));
    let (error, _) = violation(User::update().set(User::email.set("same")).all_rows().execute(&db).await)?;
    assert!(error.is_unique_violation());
    Ok(())
}

/// What a foreign key violation names, where the database tells: only SQLite does not.
fn assert_foreign_key<T: std::fmt::Debug>(
    result: std::result::Result<T, Error>,
    constraint: &str,
    table: &str,
    named: &[&str],
) -> Result {
    let (error, text) = violation(result)?;
    assert!(error.is_foreign_key_violation(), "{text}");
    let found = error.violation().ok_or("no violation")?;
    if has!(Sqlite) {
        assert_eq!((found.constraint.as_deref(), found.table.as_deref(), columns(Some(found))), (None, None, vec![]));
    } else {
        assert_eq!((found.constraint.as_deref(), found.table.as_deref()), (Some(constraint), Some(table)), "{text}");
        assert_eq!(columns(Some(found)), named, "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn foreign_key_violations() -> Result {
    let db = filled().await?;
    let author = ("posts_author_id_fkey", "posts");
    let inserted = Post::insert().row(NewPost::new("x", "x", 99)).execute(&db).await;
    assert_foreign_key(inserted, author.0, author.1, &["author_id"])?;
    let updated = Post::update().set(Post::author_id.set(99)).filter(Post::id.eq(1)).execute(&db).await;
    assert_foreign_key(updated, author.0, author.1, &["author_id"])?;
    let deleted = User::delete().filter(User::id.eq(2)).execute(&db).await;
    assert_foreign_key(deleted, "users_manager_id_fkey", "users", &["manager_id"])?;
    Ok(())
}

#[tokio::test]
async fn check_violations() -> Result {
    let db = filled().await?;
    let (error, text) = violation(User::update().set(User::age.set(-1)).filter(User::id.eq(1)).execute(&db).await)?;
    assert!(matches!(error, Error::CheckViolation(_)), "{text}");
    assert!(text.starts_with("check violation") && text.contains("age_of_user"), "{text}");
    assert_eq!(error.violation().and_then(|violation| violation.constraint.as_deref()), Some("age_of_user"));
    assert_eq!(User::update().set(User::age.set(None)).filter(User::id.eq(1)).execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn not_null_violations_from_what_the_compiler_cannot_see() -> Result {
    let db = filled().await?;
    let wrong = Post::update().set(Post::views.set(sql!(i64, "nullif({Post::id}, 1)"))).filter(Post::id.eq(1));
    let (error, text) = violation(wrong.execute(&db).await)?;
    assert!(matches!(error, Error::NotNullViolation(_)), "{text}");
    assert_eq!(columns(error.violation()), ["views"]);
    Ok(())
}

#[tokio::test]
async fn a_table_that_is_not_there() -> Result {
    let db = database(&mizzle::schema! { User }).await?;
    let (error, text) = violation(Post::query().fetch_all(&db).await)?;
    assert!(matches!(error, Error::Database(_)));
    assert!(text.starts_with("database error: ") && text.contains("posts"), "{text}");
    // No `prepared(..)`: the database has refused it.
    assert_eq!(error.sql(), Some(Post::query::<D>().to_sql().sql.as_str()));
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
struct Narrow {
    #[column(primary_key)]
    id: i64,
    x: Option<i32>,
}

/// A table whose second row does not fit into an `i32`.
async fn narrow() -> Result<Db> {
    let db = Db::empty(1).await?;
    db.run("CREATE TABLE narrow (id BIGINT, x BIGINT)").await?;
    db.run("INSERT INTO narrow VALUES (1, 5), (2, 3000000000), (3, NULL)").await?;
    Ok(db)
}

#[tokio::test]
async fn a_column_that_is_wider_than_its_type() -> Result {
    let db = narrow().await?;
    assert_eq!(Narrow::query().filter(Narrow::id.ne(2)).count(&db).await?, 2);
    let (error, text) = violation(Narrow::query().order_by(Narrow::id).fetch_all(&db).await)?;
    assert!(matches!(&error, Error::Decode(decode) if (decode.index, decode.column.as_str()) == (1, "x")));
    assert_eq!(text, "column 1 (`x`): expected i32, found an integer out of its range");
    Ok(())
}

#[tokio::test]
async fn an_error_in_the_midst_of_a_stream() -> Result {
    let db = narrow().await?;
    let mut rows = std::pin::pin!(Narrow::query().select(Narrow::x).order_by(Narrow::id).fetch(&db));
    assert_eq!(rows.try_next().await?, Some(Some(5)));
    assert!(matches!(rows.try_next().await, Err(Error::Decode(_))));
    assert_eq!(rows.try_next().await?, None);
    assert_eq!(Narrow::query().count(&db).await?, 3);
    Ok(())
}
