//! What MySQL and MariaDB refuse, and how the error tells it.

use mizzle::{Error, prelude::*};

use mizzle_tests::{Result, TestDatabase as _};

use crate::{
    Db, on, pool,
    suite::{
        database,
        numbers::{all, insert, raw},
    },
    transactions::numbers_twice,
};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewUser, check(User::age.ge(0)))]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: String,
    age: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewPost)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::id)]
    author: i64,
}

fn user(id: i64, email: &str, age: i32) -> NewUser {
    NewUser { id, email: email.to_owned(), age }
}

#[tokio::test]
async fn constraints_are_named() -> Result {
    let db = &database(&mizzle::schema! { User, Post }).await?;
    User::insert().row(user(1, "ann's for key 'x'", 3)).execute(db).await?;

    let error = User::insert().row(user(2, "ann's for key 'x'", 4)).execute(db).await.unwrap_err();
    let violation = error.violation().ok_or("no violation")?;
    assert!(error.is_unique_violation());
    assert_eq!((violation.table.as_deref(), &*violation.columns), (Some("user"), &["email".to_owned()][..]));
    assert!(!error.to_string().contains("ann"), "{error}");
    assert!(error.sql().is_some_and(|sql| sql.starts_with("INSERT INTO `user`")));

    let error = User::insert().row(user(1, "bob", 4)).execute(db).await.unwrap_err();
    assert_eq!(error.violation().map(|violation| &*violation.columns), Some(&["id".to_owned()][..]));

    let error = Post::insert().row(NewPost { id: 1, author: 7 }).execute(db).await.unwrap_err();
    let violation = error.violation().ok_or("no violation")?;
    assert!(error.is_foreign_key_violation());
    assert_eq!((violation.table.as_deref(), &*violation.columns), (Some("post"), &["author".to_owned()][..]));
    assert_eq!(violation.constraint.as_deref(), Some("post_author_fkey"));

    Post::insert().row(NewPost { id: 1, author: 1 }).execute(db).await?;
    let error = User::delete().filter(User::id.eq(1)).execute(db).await.unwrap_err();
    let violation = error.violation().ok_or("no violation")?;
    assert!(error.is_foreign_key_violation());
    assert_eq!((violation.table.as_deref(), &*violation.columns), (Some("post"), &["author".to_owned()][..]));

    let error = User::insert().row(user(3, "eve", -1)).execute(db).await.unwrap_err();
    assert!(matches!(error, Error::CheckViolation(_)), "{error:?}");
    assert_eq!(error.violation().and_then(|violation| violation.constraint.as_deref()), Some("user_check"));

    for sql in ["INSERT INTO `user` VALUES (9, NULL, 1)", "INSERT INTO `user` (id, age) VALUES (9, 1)"] {
        let error = db.execute(raw(sql)).await.unwrap_err();
        assert!(matches!(error, Error::NotNullViolation(_)), "{error:?}");
        assert_eq!(error.violation().map(|violation| &*violation.columns), Some(&["email".to_owned()][..]));
    }
    assert_eq!(User::query().count(db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn what_is_matched_counts_and_what_is_counted_up_is_told() -> Result {
    let db = &Db::empty(1).await?;
    db.run("CREATE TABLE t (x BIGINT PRIMARY KEY AUTO_INCREMENT, y BIGINT)").await?;
    let done = db.execute(raw("INSERT INTO t (y) VALUES (5), (5)")).await?;
    assert_eq!((done.rows, done.id), (2, Some(1)));
    let done = db.execute(insert(9)).await?;
    assert_eq!(done.rows, 1);
    let done = db.execute(raw("UPDATE t SET y = 5")).await?;
    assert_eq!((done.rows, done.id), (3, None));
    let done = db
        .execute(mizzle::render::Statement::raw("DELETE FROM t WHERE y = ?", vec![mizzle::value::Value::I64(5)]))
        .await?;
    assert_eq!((done.rows, done.id), (3, None));
    Ok(())
}

#[tokio::test]
async fn a_lost_connection_is_one() -> Result {
    let db = &Db::empty(2).await?;
    let mut connection = pool(db).acquire().await?;
    let id: u64 = sqlx::query_scalar("SELECT connection_id()").fetch_one(&mut *connection).await?;
    sqlx::query(sqlx::AssertSqlSafe(format!("KILL {id}"))).execute(pool(db)).await?;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let error = on(&mut *connection).execute(raw("DO 1")).await.unwrap_err();
    assert!(matches!(error, Error::Connection { .. }), "{error:?}");
    connection.close().await.ok();
    db.execute(raw("DO 1")).await?;
    Ok(())
}

#[tokio::test]
async fn a_lock_is_not_waited_for_forever() -> Result {
    let db = &numbers_twice(2).await?;
    db.execute(insert(1)).await?;
    let mut other = pool(db).begin().await?;
    sqlx::query("UPDATE t SET y = 1 WHERE x = 1").execute(&mut *other).await?;
    let error = db.execute(raw("SELECT * FROM t WHERE x = 1 FOR UPDATE NOWAIT")).await.unwrap_err();
    assert!(matches!(error, Error::Serialization(_)), "{error:?}");
    // Only the statement is rolled back.
    let late = db.transaction(async |tx| {
        tx.execute(raw("SET innodb_lock_wait_timeout = 1")).await?;
        tx.execute(insert(2)).await?;
        let error = tx.execute(raw("UPDATE t SET y = 2 WHERE x = 1")).await.unwrap_err();
        assert!(error.is_retryable(), "{error:?}");
        tx.execute(insert(3)).await
    });
    late.await?;
    other.rollback().await?;
    assert_eq!(all(db).await?, [1, 2, 3]);
    Ok(())
}
