//! The one error type, and what its variants carry.

mod complete;
#[cfg(feature = "mysql")]
pub(crate) mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

use std::{error::Error as StdError, fmt};

use crate::schema::SchemaError;

/// The error that was there first, as a driver or a transport reported it.
pub type Source = Box<dyn StdError + Send + Sync>;

/// What can go wrong while a query runs.
///
/// An error knows the SQL text that it belongs to ([`Error::sql`]), never the values that were bound to it.
/// The driver's own error is its `source()`; `downcast_ref::<sqlx::Error>()` finds it, and on mizzle's own SQLite pool
/// `downcast_ref::<mizzle::sqlite::Failure>()`. That one, and so the text of [`Error::Database`], speaks in the
/// database's words, which may quote a value: of a text that is no number on PostgreSQL and MySQL, of a malformed
/// full-text search or JSON path on SQLite.
///
/// ```
/// use mizzle::Error;
///
/// fn status(error: &Error) -> u16 {
///     match error {
///         Error::RowNotFound => 404,
///         Error::UniqueViolation(violation) if violation.columns == ["email"] => 409,
///         error if error.is_retryable() => 503,
///         _ => 500,
///     }
/// }
/// assert_eq!(status(&Error::RowNotFound), 404);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No connection to the database could be had, or it was lost.
    Connection {
        /// Why.
        source: Source,
    },
    /// A row with the same key is there already.
    UniqueViolation(Box<Violation>),
    /// A row refers to one that is not there, or is itself still referred to.
    ForeignKeyViolation(Box<Violation>),
    /// A column that needs a value got none.
    NotNullViolation(Box<Violation>),
    /// A row does not meet a CHECK constraint.
    CheckViolation(Box<Violation>),
    /// Another transaction was in the way: run this one again. So was one whose lock was not, or no longer, waited for.
    Serialization(Box<Failure>),
    /// Two transactions waited for each other: run this one again.
    Deadlock(Box<Failure>),
    /// There was no row where one was asked for.
    RowNotFound,
    /// A column holds something that its Rust type cannot.
    Decode(Box<DecodeError>),
    /// A value that the database cannot hold, or a key that is twice in `set_each`.
    Encode(Box<EncodeError>),
    /// A transaction was used in a way that would hang or do harm.
    Transaction {
        /// What was wrong.
        reason: &'static str,
    },
    /// A page cannot be had: its cursor is malformed or of another query.
    Cursor {
        /// What was wrong.
        reason: &'static str,
    },
    /// What a shape holds has no end.
    Shape {
        /// Why.
        reason: &'static str,
    },
    /// The tables cannot be created as they are described.
    Schema(Box<SchemaError>),
    /// The database refused the statement for another reason.
    Database(Box<Failure>),
}

/// The constraint that a statement would have violated, as far as the database tells.
#[derive(Debug)]
#[non_exhaustive]
pub struct Violation {
    /// The name of the constraint or unique index. SQLite gives none for keys made of plain columns,
    /// and the condition itself for a CHECK without a name.
    pub constraint: Option<String>,
    /// The table.
    pub table: Option<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// The SQL text, with a placeholder for each value.
    pub sql: Option<String>,
    /// The driver's error.
    pub source: Source,
}

/// A statement that the database refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The SQL text, with a placeholder for each value.
    pub sql: Option<String>,
    /// The driver's error.
    pub source: Source,
}

/// A column that holds something that its Rust type cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The column's place in the row, from 0.
    pub index: usize,
    /// The column's name in the result.
    pub column: String,
    /// The Rust type, or what it is made of.
    pub expected: &'static str,
    /// What kind of value was there, not the value; of an enum, the word that it does not have.
    pub found: String,
    /// The SQL text, with a placeholder for each value.
    pub sql: Option<String>,
}

/// A value that the database cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncodeError {
    /// Which parameter of the statement, from 1.
    pub parameter: Option<usize>,
    /// Why it cannot.
    pub reason: String,
    /// The SQL text, with a placeholder for each value.
    pub sql: Option<String>,
}

impl Error {
    /// No connection could be had: for transports of your own.
    pub fn connection(source: impl Into<Source>) -> Self {
        Error::Connection { source: source.into() }
    }

    /// The database refused a statement: for transports of your own.
    pub fn database(source: impl Into<Source>) -> Self {
        Error::Database(Failure::new(source.into()))
    }

    /// Another transaction was in the way: for transports of your own, and to have
    /// [`retry`](crate::run::Retries::retry) try again.
    pub fn serialization(source: impl Into<Source>) -> Self {
        Error::Serialization(Failure::new(source.into()))
    }

    /// A column holds something that its Rust type cannot: for readers of rows of your own.
    pub fn decode(index: usize, column: impl Into<String>, expected: &'static str, found: impl Into<String>) -> Self {
        Error::Decode(Box::new(DecodeError { index, column: column.into(), expected, found: found.into(), sql: None }))
    }

    /// The database cannot hold a value: for transports of your own. The reason must not quote the value.
    pub fn encode(reason: impl Into<String>) -> Self {
        Error::Encode(Box::new(EncodeError { parameter: None, reason: reason.into(), sql: None }))
    }

    /// An error that SQLite reported: its extended result code and its message.
    ///
    /// ```
    /// use mizzle::Error;
    ///
    /// let message = "UNIQUE constraint failed: users.email";
    /// let error = Error::from_sqlite(2067, message, message.into()).with_sql("INSERT ..");
    /// assert!(error.is_unique_violation());
    /// assert_eq!(error.to_string(), "unique violation on users (email)");
    /// assert_eq!(error.sql(), Some("INSERT .."));
    /// ```
    pub fn from_sqlite(code: i32, message: &str, source: Source) -> Self {
        sqlite::classify(code, message, source)
    }

    /// The same error with the SQL text that it belongs to, unless it has one already.
    pub fn with_sql(mut self, sql: &str) -> Self {
        if let Some(slot @ None) = self.sql_slot() {
            *slot = Some(sql.to_owned());
        }
        self
    }

    /// The database has rolled a transaction back by itself.
    pub(crate) const fn given_up() -> Self {
        Error::Transaction { reason: "the database has rolled this transaction back after an earlier error" }
    }

    /// The same error with the number of the parameter that it belongs to, from 1.
    pub(crate) fn at_parameter(mut self, number: usize) -> Self {
        if let Error::Encode(error) = &mut self {
            error.parameter = Some(number);
        }
        self
    }

    /// The SQL text that it belongs to, with a placeholder for each value.
    pub fn sql(&self) -> Option<&str> {
        match self {
            Error::UniqueViolation(v)
            | Error::ForeignKeyViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v) => v.sql.as_deref(),
            Error::Serialization(failure) | Error::Deadlock(failure) | Error::Database(failure) => {
                failure.sql.as_deref()
            }
            Error::Decode(error) => error.sql.as_deref(),
            Error::Encode(error) => error.sql.as_deref(),
            Error::Connection { .. }
            | Error::RowNotFound
            | Error::Transaction { .. }
            | Error::Cursor { .. }
            | Error::Shape { .. }
            | Error::Schema(_) => None,
        }
    }

    /// Whether a row with the same key is there already.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Error::UniqueViolation(_))
    }

    /// Whether a row refers to one that is not there, or is itself still referred to.
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(self, Error::ForeignKeyViolation(_))
    }

    /// Whether the same transaction, run again, can be expected to succeed.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Error::Serialization(_) | Error::Deadlock(_))
    }

    /// The constraint that the statement would have violated.
    pub fn violation(&self) -> Option<&Violation> {
        match self {
            Error::UniqueViolation(v)
            | Error::ForeignKeyViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v) => Some(v),
            _ => None,
        }
    }

    fn sql_slot(&mut self) -> Option<&mut Option<String>> {
        match self {
            Error::UniqueViolation(v)
            | Error::ForeignKeyViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v) => Some(&mut v.sql),
            Error::Serialization(failure) | Error::Deadlock(failure) | Error::Database(failure) => {
                Some(&mut failure.sql)
            }
            Error::Decode(error) => Some(&mut error.sql),
            Error::Encode(error) => Some(&mut error.sql),
            Error::Connection { .. }
            | Error::RowNotFound
            | Error::Transaction { .. }
            | Error::Cursor { .. }
            | Error::Shape { .. }
            | Error::Schema(_) => None,
        }
    }
}

impl Failure {
    fn new(source: Source) -> Box<Self> {
        Box::new(Failure { sql: None, source })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Connection { source } => write!(f, "no connection to the database: {source}"),
            Error::UniqueViolation(violation) => write!(f, "unique violation{violation}"),
            Error::ForeignKeyViolation(violation) => write!(f, "foreign key violation{violation}"),
            Error::NotNullViolation(violation) => write!(f, "not-null violation{violation}"),
            Error::CheckViolation(violation) => write!(f, "check violation{violation}"),
            Error::Serialization(failure) => {
                write!(f, "another transaction was in the way: {}", failure.source)
            }
            Error::Deadlock(failure) => write!(f, "two transactions waited for each other: {}", failure.source),
            Error::RowNotFound => f.write_str("there is no such row"),
            Error::Decode(error) => error.fmt(f),
            Error::Encode(error) => error.fmt(f),
            Error::Transaction { reason } | Error::Cursor { reason } | Error::Shape { reason } => f.write_str(reason),
            Error::Schema(error) => error.fmt(f),
            Error::Database(failure) => write!(f, "database error: {}", failure.source),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(table) = &self.table {
            write!(f, " on {table}")?;
        }
        if !self.columns.is_empty() {
            write!(f, " ({})", self.columns.join(", "))?;
        }
        if let Some(constraint) = &self.constraint {
            write!(f, ": {constraint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {} (`{}`): expected {}, found {}", self.index, self.column, self.expected, self.found)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parameter {
            Some(parameter) => write!(f, "parameter {parameter}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Error::Connection { source } => Some(&**source),
            Error::UniqueViolation(v)
            | Error::ForeignKeyViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v) => Some(&*v.source),
            Error::Serialization(failure) | Error::Deadlock(failure) | Error::Database(failure) => {
                Some(&*failure.source)
            }
            Error::Decode(_)
            | Error::Encode(_)
            | Error::RowNotFound
            | Error::Transaction { .. }
            | Error::Cursor { .. }
            | Error::Shape { .. }
            | Error::Schema(_) => None,
        }
    }
}

impl From<SchemaError> for Error {
    fn from(error: SchemaError) -> Self {
        Error::Schema(Box::new(error))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as Sqlx;
        #[cfg(feature = "postgres")]
        let error = match postgres::explain(error) {
            Ok(explained) => return explained,
            Err(other) => other,
        };
        match error {
            Sqlx::RowNotFound => Error::RowNotFound,
            Sqlx::Configuration(_)
            | Sqlx::Io(_)
            | Sqlx::Protocol(_)
            | Sqlx::Tls(_)
            | Sqlx::PoolTimedOut
            | Sqlx::PoolClosed
            | Sqlx::WorkerCrashed => Error::connection(error),
            #[cfg(feature = "mysql")]
            Sqlx::Database(_) if mysql::refusal(&error).is_some() => mysql::explain(error),
            #[cfg(feature = "sqlite")]
            Sqlx::Database(ref database) => match database.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
                Some(sqlite) => {
                    let code =
                        sqlx::error::DatabaseError::code(sqlite).and_then(|code| code.parse().ok()).unwrap_or_default();
                    let message = database.message().to_owned();
                    Error::from_sqlite(code, &message, Box::new(error))
                }
                None => Error::database(error),
            },
            _ => Error::database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_small_and_can_cross_threads() {
        fn crosses<T: Send + Sync + 'static>() {}
        crosses::<Error>();
        assert!(size_of::<Error>() <= 24, "{}", size_of::<Error>());
    }

    #[test]
    fn keeps_the_first_sql() {
        let error = Error::database("x").with_sql("inner").with_sql("outer");
        assert_eq!(error.sql(), Some("inner"));
    }

    #[test]
    fn the_drivers_error_is_the_source() {
        let error = Error::from(sqlx::Error::PoolTimedOut);
        assert!(matches!(error, Error::Connection { .. }));
        assert!(error.source().is_some_and(|source| source.is::<sqlx::Error>()));
    }
}
