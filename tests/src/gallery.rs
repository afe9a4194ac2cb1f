//! Statements for snapshots, each of them prepared by a real database.

use std::fmt::Write as _;

use mizzle::render::Statement;

use crate::{Proven, Result, TestDatabase};

/// A list of statements with titles, for a snapshot.
#[derive(Debug)]
pub struct Gallery<Db> {
    db: Db,
    text: String,
}

impl<Db: TestDatabase> Gallery<Db> {
    /// An empty list; `db` has the tables that the statements use.
    pub fn new(db: &Db) -> Self {
        Gallery { db: db.clone(), text: String::new() }
    }

    /// Adds a statement, once the database has prepared it and counted as many parameters as it has values.
    ///
    /// # Errors
    /// What the database says, or that it counts other parameters.
    pub async fn add(&mut self, title: &str, statement: Statement) -> Result {
        let statement = prepared(&self.db, statement).await.map_err(|error| format!("{title}: {error}"))?;
        writeln!(self.text, "-- {title}\n{statement}")?;
        if !statement.values.is_empty() {
            writeln!(self.text, "{:?}", statement.values)?;
        }
        Ok(())
    }

    /// The whole list.
    pub fn text(&self) -> Proven {
        Proven(self.text.clone())
    }
}

/// The same statement, once the database has prepared it and counted as many parameters as it has values.
///
/// # Errors
/// What the database says, or that it counts other parameters.
pub async fn prepared<Db: TestDatabase>(db: &Db, statement: Statement) -> Result<Statement> {
    let parameters = db.prepare(&statement.sql).await.map_err(|error| format!("{error}\n{statement}"))?;
    let values = statement.values.len();
    if parameters != values {
        return Err(format!("{parameters} parameters, but {values} values\n{statement}").into());
    }
    Ok(statement)
}
