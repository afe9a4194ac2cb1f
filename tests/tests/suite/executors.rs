//! The same query on everything that runs queries.

use futures_util::{StreamExt as _, TryStreamExt as _};
use mizzle::{prelude::*, render::Statement, value::SqlValue as _};
use mizzle_tests::{Result, TestDatabase as _, needs, plain};

use super::{
    model::*,
    numbers::{INSERT, all, insert, integers, numbers, raw},
};
use crate::{D, Db};

async fn exercise<'a, X: Executor<D> + 'a>(make: &mut impl FnMut() -> X) -> Result {
    make().execute(raw("DELETE FROM t")).await?;
    assert_eq!(make().execute_batch(vec![insert(1), insert(2)]).await?.rows, 2);
    assert_eq!(make().execute_batch(vec![]).await?.rows, 0);
    assert_eq!(make().execute_batch(vec![insert(3)]).await?.rows, 1);
    assert_eq!(make().fetch_optional(integers("SELECT x FROM t ORDER BY x")).await?, Some(1));
    assert_eq!(make().fetch_optional(integers("SELECT x FROM t WHERE x > 9")).await?, None);
    let batch = make().fetch_batch(vec![integers("SELECT x FROM t ORDER BY x"), integers("SELECT 9")]).await?;
    assert_eq!(batch, [1, 2, 3, 9]);
    let failed = make().execute_batch(vec![insert(4), insert(1)]).await;
    assert!(failed.is_err_and(|error| error.is_unique_violation() && error.sql() == Some(INSERT.as_str())));
    assert_eq!(all(make()).await?, [1, 2, 3]);
    Ok(())
}

#[needs(SqlxConnections)]
/// The same for what is borrowed anew for each query.
macro_rules! exercise {
    ($make:expr) => {{
        $make.execute(raw("DELETE FROM t")).await?;
        assert_eq!($make.execute_batch(vec![insert(1), insert(2)]).await?.rows, 2);
        assert_eq!($make.fetch_optional(integers("SELECT x FROM t ORDER BY x")).await?, Some(1));
        let batch = vec![integers("SELECT x FROM t ORDER BY x"), integers("SELECT 9")];
        assert_eq!($make.fetch_batch(batch).await?, [1, 2, 9]);
        let failed = $make.execute_batch(vec![insert(4), insert(1)]).await;
        assert!(failed.is_err_and(|error| error.is_unique_violation()));
        let rows: Vec<i64> = $make.fetch(integers("SELECT x FROM t ORDER BY x")).try_collect().await?;
        assert_eq!(rows, [1, 2]);
    }};
}

#[tokio::test]
async fn pools_and_transactions() -> Result {
    let db = numbers(1).await?;
    exercise(&mut || &db).await?;
    let result: Result = db
        .try_transaction(async |tx| {
            exercise(&mut || tx).await?;
            tx.try_transaction(async |tx| exercise(&mut || tx).await).await
        })
        .await;
    result?;
    assert_eq!(all(&db).await?, [1, 2, 3]);
    Ok(())
}

#[needs(SqlxConnections)]
#[tokio::test]
async fn connections_and_transactions_of_sqlx() -> Result {
    let db = numbers(1).await?;
    let mut pooled = db.acquire().await?;
    exercise!(pooled);
    let plain = &mut *pooled;
    exercise!(plain);
    drop(pooled);
    let mut transaction = db.begin().await?;
    exercise!(transaction);
    transaction.commit().await?;
    assert_eq!(all(&db).await?, [1, 2]);
    Ok(())
}

#[needs(InsertReturning)]
#[tokio::test]
async fn the_first_row_of_a_write_is_not_all_it_does() -> Result {
    let db = numbers(1).await?;
    let returned = (&db).fetch_optional(integers("INSERT INTO t (x) VALUES (4), (5) RETURNING x")).await?;
    assert_eq!(returned, Some(4));
    assert_eq!(all(&db).await?, [4, 5]);
    Ok(())
}

#[tokio::test]
async fn built_queries_on_all_of_them() -> Result {
    let db = filled().await?;
    let names = || User::query().select(User::name).order_by(User::id);
    let expected = ["Ann", "Bob", "Cid", "Dan"];
    assert_eq!(names().fetch_all(&db).await?, expected);
    let count = db
        .transaction(async |tx| {
            assert_eq!(names().fetch_all(tx).await?, expected);
            Post::query().count(tx).await
        })
        .await?;
    assert_eq!(count, 6);
    Ok(())
}

#[needs(SqlxConnections)]
#[tokio::test]
async fn built_queries_on_those_of_sqlx() -> Result {
    let db = filled().await?;
    let names = || User::query().select(User::name).order_by(User::id);
    let expected = ["Ann", "Bob", "Cid", "Dan"];
    let mut connection = db.acquire().await?;
    assert_eq!(names().fetch_all(&mut connection).await?, expected);
    assert_eq!(names().fetch_all(&mut *connection).await?, expected);
    drop(connection);
    let mut transaction = db.begin().await?;
    assert_eq!(names().fetch_all(&mut transaction).await?, expected);
    assert_eq!(names().fetch_all(&mut *transaction).await?, expected);
    Post::delete().all_rows().execute(&mut *transaction).await?;
    transaction.rollback().await?;
    assert_eq!(Post::query().count(&db).await?, 6);
    Ok(())
}

#[tokio::test]
async fn futures_and_streams_go_to_other_tasks() -> Result {
    let db = filled().await?;
    let query =
        User::query().inner_join::<Post>().on(User::posts()).filter(Post::views.gt(1)).select((User::all(), Post::id));
    let pool = db.clone();
    let rows = tokio::spawn(async move { query.fetch_all(&pool).await }).await??;
    assert_eq!(rows.len(), 5);
    let pool = db.clone();
    let insert = tokio::spawn(async move { Post::insert().row(NewPost::new("t", "c", 1)).execute(&pool).await });
    assert_eq!(insert.await??, 1);
    let count = tokio::spawn(async move { User::query().fetch(&db).count().await }).await?;
    assert_eq!(count, 4);
    Ok(())
}

#[tokio::test]
async fn a_stream_that_is_dropped_leaves_the_connection_usable() -> Result {
    let db = numbers(1).await?;
    let rows: Vec<String> = (1..=5000).map(|x| format!("({x})")).collect();
    db.run(&format!("INSERT INTO t (x) VALUES {}", rows.join(", "))).await?;
    for _ in 0..50 {
        let mut rows = std::pin::pin!((&db).fetch(integers("SELECT x FROM t ORDER BY x")));
        assert_eq!(rows.try_next().await?, Some(1));
    }
    assert_eq!(all(&db).await?.len(), 5000);
    db.transaction(async |tx| {
        for _ in 0..50 {
            let mut rows = std::pin::pin!(tx.fetch(integers("SELECT x FROM t ORDER BY x")));
            assert_eq!(rows.try_next().await?, Some(1));
        }
        assert_eq!(all(tx).await?.len(), 5000);
        Ok(())
    })
    .await?;
    Ok(())
}

/// What plain SQL with a text bound to it runs into, which no message of mizzle may show.
const REFUSED: [(&str, &str); 7] = [
    ("INSERT INTO parents VALUES (3, 'a', 1, ?)", "unique violation"),
    ("INSERT INTO parents VALUES (3, NULL, 1, ?)", "not-null violation"),
    ("INSERT INTO parents VALUES (3, 'a', -1, ?)", "check violation"),
    ("INSERT INTO children VALUES (77, 1, ?)", "foreign key violation"),
    ("DELETE FROM parents WHERE id = 1 AND email = ?", "foreign key violation"),
    ("SELECT * FROM nothing WHERE x = ?", "database error: "),
    ("SELECT ? FROM", "database error: "),
];

const FAMILY: &str = "
    CREATE TABLE parents (
        id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(40) NOT NULL, age INTEGER,
        email VARCHAR(40) UNIQUE, CHECK (age >= 0));
    CREATE TABLE children (
        parent BIGINT NOT NULL, other BIGINT, note VARCHAR(40),
        FOREIGN KEY (parent) REFERENCES parents (id), FOREIGN KEY (other) REFERENCES parents (id));
    INSERT INTO parents VALUES (1, 'a', 1, 'hunter2-secret'), (2, 'a', 1, NULL);
    INSERT INTO children VALUES (1, 2, NULL)";

#[tokio::test]
async fn errors_of_the_database_have_their_sql_and_no_values() -> Result {
    let db = &Db::empty(1).await?;
    db.run(FAMILY).await?;
    for (sql, expected) in REFUSED {
        let mut statement = Statement::raw("", vec!["hunter2-secret".to_owned().into_value()]);
        statement.sql = plain::<D>(sql).into();
        let error = db.execute(statement).await.err().ok_or(sql)?;
        assert!(error.to_string().starts_with(expected), "{sql}: {error}");
        assert_eq!(error.sql(), Some(plain::<D>(sql).as_str()));
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    Ok(())
}

/// sqlx keeps prepared statements by their text alone.
#[tokio::test]
async fn one_text_with_two_types_is_two_statements() -> Result {
    let db = &Db::empty(1).await?;
    let one = |value| {
        mizzle::run::Query::<D, f64>::new(Statement::raw("", vec![value]), |row| mizzle::value::FieldType::read(row))
    };
    let values = [(1_i64.into_value(), 1.0), (0.5_f64.into_value(), 0.5), (2_i64.into_value(), 2.0)];
    for (value, expected) in values {
        let mut query = one(value);
        query.statement.sql = plain::<D>("SELECT ?").into();
        assert_eq!(db.fetch_all(query).await?, [expected]);
    }
    Ok(())
}
