//! Errors of SQLite: what they say, and that they keep no values.

use mizzle::{
    Error,
    dialect::sqlite::SqliteReader,
    prelude::*,
    render::Statement,
    run::{Query, RowReader as _},
    value::{SqlValue as _, Value},
};
use mizzle_tests::Result;

use crate::suite::numbers::{all, numbers, raw};

/// A text that no error may show.
fn secret() -> Value {
    "hunter2-secret".to_owned().into_value()
}

/// All that an error and its sources say.
fn everything(error: &Error) -> String {
    let mut text = format!("{error:?} {error}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!("{error:?} {error}"));
        source = error.source();
    }
    text
}

const FAMILY: [&str; 6] = [
    "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER CHECK (age >= 0), email TEXT)",
    "CREATE UNIQUE INDEX parents_email_ci ON parents (lower(email))",
    "CREATE TABLE children (parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE RESTRICT, other INTEGER REFERENCES parents (id))",
    "INSERT INTO parents VALUES (1, 'a', 1, 'hunter2-secret')",
    "INSERT INTO parents VALUES (2, 'a', 1, NULL)",
    "INSERT INTO children VALUES (1, 2)",
];

#[tokio::test]
async fn errors_of_the_database_say_where_and_keep_no_values() -> Result {
    let db = &numbers(1).await?;
    db.execute_batch(FAMILY.map(raw).into()).await?;
    for (sql, expected) in [
        ("INSERT INTO parents VALUES (3, 'a', 1, ?)", "unique violation: parents_email_ci"),
        ("INSERT INTO parents VALUES (3, NULL, 1, ?)", "not-null violation on parents (name)"),
        ("INSERT INTO parents VALUES (3, 'a', -1, ?)", "check violation: age >= 0"),
        ("INSERT INTO children VALUES (77, ?)", "foreign key violation"),
        ("INSERT INTO parents VALUES (1, 'a', 1, ? || 'x')", "unique violation on parents (id)"),
        ("DELETE FROM parents WHERE id = 1 AND '' <> ?", "foreign key violation"),
        ("DELETE FROM parents WHERE id = 2 AND '' <> ?", "foreign key violation"),
        ("UPDATE parents SET id = ? WHERE name = 'a'", "database error: "),
        ("SELECT * FROM nothing WHERE x = ?", "database error: "),
        ("SELECT ? FROM", "database error: "),
    ] {
        let error = db.execute(Statement::raw(sql, vec![secret()])).await.err().ok_or(sql)?;
        assert!(error.to_string().starts_with(expected), "{sql}: {error}");
        assert_eq!(error.sql(), Some(sql));
        assert!(!everything(&error).contains("hunter2"), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn errors_of_decoding_and_encoding_say_where_and_keep_no_values() -> Result {
    let db = &numbers(1).await?;
    for (sql, expected) in [
        ("SELECT ? AS name", "column 0 (`name`): expected an integer, found TEXT"),
        ("SELECT nullif(?1, ?1) AS name, 2.5 AS y", "column 1 (`y`): expected an integer, found REAL"),
        ("SELECT length(?)", "column 1 (`?`): expected an integer, found no such column"),
    ] {
        let decode = |row: &mut SqliteReader<'_>| row.i64().and_then(|_| row.i64()).map(drop);
        let query = Query::<Sqlite, ()>::new(Statement::raw(sql, vec![secret()]), decode);
        let error = db.fetch_all(query).await.err().ok_or(sql)?;
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.sql(), Some(sql));
        assert!(!everything(&error).contains("hunter2"), "{error:?}");
    }
    let nan = Statement::raw("INSERT INTO t SELECT ? WHERE ? > 0", vec![secret(), f64::NAN.into_value()]);
    let error = db.execute(nan).await.err().ok_or("NaN was stored")?;
    assert_eq!(error.to_string(), "parameter 2: SQLite has no NaN");
    assert!(!everything(&error).contains("hunter2"), "{error:?}");
    let invalid = Statement::raw("INSERT INTO t VALUES (?)", vec![Value::Invalid("no JSON".to_owned())]);
    let error = db.execute(invalid).await;
    assert!(matches!(&error, Err(Error::Encode(error)) if error.parameter == Some(1)), "{error:?}");
    assert!(all(db).await?.is_empty());
    Ok(())
}
