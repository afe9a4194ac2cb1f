//! The database, and how answers are compared.

use std::{fmt::Debug, path::PathBuf};

use mizzle::prelude::*;
use mizzle_tests::{Result, TestDatabase};
use tokio::sync::OnceCell;

use super::answers::Answer;
use crate::{D, Db};

/// What is loaded once; each test opens it anew, and changes nothing that it does not roll back.
static LOADED: OnceCell<<Db as TestDatabase>::Stored> = OnceCell::const_new();

/// Chinook's script for this system.
fn script() -> PathBuf {
    let (variable, file) = match D::SYNTAX.name {
        "SQLite" => ("CHINOOK_SQLITE", "sqlite.sql"),
        "PostgreSQL" => ("CHINOOK_POSTGRES", "postgresql.sql"),
        _ => ("CHINOOK_MYSQL", "mysql.sql"),
    };
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/chinook").join(file);
    std::env::var_os(variable).map_or_else(default, PathBuf::from)
}

async fn load() -> Result<<Db as TestDatabase>::Stored> {
    let path = script();
    let script = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    // What comes before makes a database of its own, with a fixed name.
    let start = script.find("CREATE TABLE").ok_or("the script creates no tables")?;
    let db = Db::empty(1).await?;
    db.run(&format!("BEGIN; {} COMMIT", &script[start..])).await?;
    db.store().await
}

/// The Chinook database.
pub(super) async fn chinook() -> Result<Db> {
    Db::open(LOADED.get_or_try_init(load).await?).await
}

/// Compares all rows with those of plain SQL, of which there must be some.
pub(super) async fn same<R: Answer + Debug>(db: &Db, rows: Vec<R>, plain: &str) -> Result {
    let expected = db.text(&spelled(plain)).await?;
    assert!(!expected.is_empty(), "the question has no answer");
    assert_eq!(rows.len(), expected.len(), "{rows:?}\n{expected:?}");
    for (row, expected) in rows.iter().zip(&expected) {
        assert!(row.is(expected), "{row:?} is not {expected:?}");
    }
    Ok(())
}

/// Plain SQL as this system spells it: `//` is the quotient of integers, and PostgreSQL's names are in `snake_case`.
fn spelled(sql: &str) -> String {
    let quotient = if matches!(D::SYNTAX.name, "MySQL" | "MariaDB") { "DIV" } else { "/" };
    let sql = sql.replace("//", quotient);
    if D::SYNTAX.name == "PostgreSQL" { snake_case(&sql) } else { sql }
}

/// Turns `CustomerId` into `customer_id`, but neither `SELECT` nor what stands in `'..'`.
fn snake_case(sql: &str) -> String {
    let (mut out, mut in_text, mut before) = (String::with_capacity(sql.len()), false, ' ');
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        in_text ^= c == '\'';
        let starts_word = c.is_ascii_uppercase() && chars.peek().is_some_and(char::is_ascii_lowercase);
        if starts_word && !in_text {
            if before.is_ascii_lowercase() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

#[test]
fn names_in_snake_case() {
    let sql = "SELECT i.InvoiceLineId AS n, 'Rock' FROM InvoiceLine i WHERE Name LIKE 'Aa%'";
    assert_eq!(snake_case(sql), "SELECT i.invoice_line_id AS n, 'Rock' FROM invoice_line i WHERE name LIKE 'Aa%'");
}
