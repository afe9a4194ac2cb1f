//! Errors of queries: which kind, on what, and with which SQL.

use std::error::Error as _;

use mizzle::{Error, dialect::Postgres, error::Violation, prelude::*};
use mizzle_tests::Result;

use crate::{
    Db,
    suite::{database, numbers::raw},
};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", insert = NewUser, check(name = "grown", User::age.ge(18)))]
#[table(unique_index(name = "users_ci", on = User::email.lower()), unique(odd, age))]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
    age: i32,
    #[column(name = "odd, \"name\")=(")]
    odd: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "posts", insert = NewPost)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(name = "author, id", references = User::id)]
    author_id: i64,
    title: Option<String>,
}

static SCHEMA: mizzle::schema::Schema = mizzle::schema! { User, Post };

async fn filled() -> Result<Db> {
    let db = database(&SCHEMA).await?;
    User::insert().row(NewUser::new(1, "ann@example.org", 20, "x")).execute(&db).await?;
    Post::insert().row(NewPost::new(1, 1)).execute(&db).await?;
    Ok(db)
}

/// What a violation says: its words, the constraint, the table, the columns.
fn said(error: &Error) -> (String, Option<&str>, Option<&str>, Vec<&str>) {
    let Some(Violation { constraint, table, columns, .. }) = error.violation() else {
        return (error.to_string(), None, None, vec![]);
    };
    let columns = columns.iter().map(String::as_str).collect();
    (error.to_string(), constraint.as_deref(), table.as_deref(), columns)
}

fn failed<T: std::fmt::Debug>(result: std::result::Result<T, Error>) -> Error {
    result.expect_err("this should have failed")
}

#[tokio::test]
async fn unique_violations() -> Result {
    let db = &filled().await?;
    let error = failed(User::insert().row(NewUser::new(1, "x", 20, "y")).execute(db).await);
    assert!(error.is_unique_violation());
    assert_eq!(
        said(&error),
        ("unique violation on users (id): users_pkey".to_owned(), Some("users_pkey"), Some("users"), vec!["id"])
    );
    assert!(error.sql().is_some_and(|sql| sql.starts_with("INSERT INTO") && !sql.contains("/*")));
    assert!(error.source().is_some_and(|source| source.is::<sqlx::Error>()));

    let error = failed(User::insert().row(NewUser::new(2, "ANN@example.org", 20, "y")).execute(db).await);
    assert_eq!((said(&error).1, said(&error).3), (Some("users_ci"), vec![]));

    let error = failed(User::insert().row(NewUser::new(2, "x", 20, "x")).execute(db).await);
    assert_eq!(said(&error).3, ["odd, \"name\")=(", "age"]);

    // Without the definition of the table, the server's own words must do.
    let error =
        failed(db.execute(raw("INSERT INTO users SELECT 2, 'x', age, \"odd, \"\"name\"\")=(\" FROM users")).await);
    assert_eq!(said(&error).3, ["odd, \"name\")=(", "age"]);
    Ok(())
}

#[tokio::test]
async fn foreign_key_violations() -> Result {
    let db = &filled().await?;
    let error = failed(Post::insert().row(NewPost::new(2, 99)).execute(db).await);
    assert!(error.is_foreign_key_violation());
    assert_eq!((said(&error).2, said(&error).3), (Some("posts"), vec!["author, id"]));

    // The table that still refers to the row, whose columns only its own definition knows.
    let error = failed(User::delete().filter(User::id.eq(1)).execute(db).await);
    assert!(error.is_foreign_key_violation());
    assert_eq!((said(&error).2, said(&error).3), (Some("posts"), vec![]));
    Ok(())
}

#[tokio::test]
async fn other_violations() -> Result {
    let db = &filled().await?;
    let error = failed(User::update().set(User::age.set(1)).filter(User::id.eq(1)).execute(db).await);
    assert!(matches!(error, Error::CheckViolation(_)));
    assert_eq!((said(&error).1, said(&error).2), (Some("grown"), Some("users")));

    let null = sql!(i32, "nullif({User::age}, 20)");
    let error = failed(User::update().set(User::age.set(null)).filter(User::id.eq(1)).execute(db).await);
    assert!(matches!(error, Error::NotNullViolation(_)));
    assert_eq!((said(&error).2, said(&error).3), (Some("users"), vec!["age"]));
    Ok(())
}

#[tokio::test]
async fn an_error_in_the_midst_of_a_stream() -> Result {
    use futures_util::TryStreamExt as _;
    let db = &filled().await?;
    let query =
        mizzle::run::Query::<Postgres, i64>::new(raw("SELECT 10 / (3 - x) FROM generate_series(1, 5) x"), |row| {
            mizzle::value::FieldType::read(row)
        });
    let mut rows = std::pin::pin!(Executor::fetch(db, query));
    assert_eq!(rows.try_next().await?, Some(5));
    assert_eq!(rows.try_next().await?, Some(10));
    assert!(matches!(rows.try_next().await, Err(Error::Database(_))));
    assert_eq!(rows.try_next().await?, None);
    Ok(())
}
