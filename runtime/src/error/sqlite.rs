//! SQLite's result codes and messages, understood.

use super::{Error, Failure, Source, Violation};

/// The extended result codes that say more than their family does: <https://www.sqlite.org/rescode.html>.
const CHECK: i32 = 275;
const FOREIGN_KEY: i32 = 787;
const NOT_NULL: i32 = 1299;
const PRIMARY_KEY: i32 = 1555;
const TRIGGER: i32 = 1811;
const UNIQUE: i32 = 2067;
const ROW_ID: i32 = 2579;

/// Families: the low byte of an extended code.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;

pub(super) fn classify(code: i32, message: &str, source: Source) -> Error {
    match code {
        UNIQUE | PRIMARY_KEY | ROW_ID => Error::UniqueViolation(unique(message, source)),
        NOT_NULL => Error::NotNullViolation(columns(message, source)),
        CHECK => Error::CheckViolation(check(message, source)),
        FOREIGN_KEY => Error::ForeignKeyViolation(Violation::unknown(source)),
        // ON DELETE RESTRICT is a trigger inside SQLite, and reports as one.
        TRIGGER if message == "FOREIGN KEY constraint failed" => Error::ForeignKeyViolation(Violation::unknown(source)),
        _ => match code & 0xff {
            BUSY | LOCKED => Error::Serialization(Failure::new(source)),
            CANNOT_OPEN | NOT_A_DATABASE => Error::Connection { source },
            _ => Error::Database(Failure::new(source)),
        },
    }
}

impl Violation {
    pub(super) fn unknown(source: Source) -> Box<Self> {
        Box::new(Violation { constraint: None, table: None, columns: Vec::new(), sql: None, source })
    }
}

/// `UNIQUE constraint failed: users.email, users.name`, or `.. failed: index 'users_email_ci'`.
fn unique(message: &str, source: Source) -> Box<Violation> {
    let index = subject(message).and_then(|what| what.strip_prefix("index '")?.strip_suffix('\''));
    match index {
        Some(index) => {
            let mut violation = Violation::unknown(source);
            violation.constraint = Some(index.to_owned());
            violation
        }
        None => columns(message, source),
    }
}

/// `NOT NULL constraint failed: users.name`
fn columns(message: &str, source: Source) -> Box<Violation> {
    let mut violation = Violation::unknown(source);
    let Some((table, _)) = subject(message).and_then(|what| what.split_once('.')) else {
        return violation;
    };
    let prefix = format!("{table}.");
    // A column's name may hold ", " itself: only a piece that starts with the table is a new column.
    for piece in subject(message).unwrap_or_default().split(", ") {
        match (piece.strip_prefix(&prefix), violation.columns.last_mut()) {
            (Some(column), _) => violation.columns.push(column.to_owned()),
            (None, Some(last)) => {
                last.push_str(", ");
                last.push_str(piece);
            }
            (None, None) => {}
        }
    }
    violation.table = Some(table.to_owned());
    violation
}

/// `CHECK constraint failed: age_is_sane`
fn check(message: &str, source: Source) -> Box<Violation> {
    let mut violation = Violation::unknown(source);
    violation.constraint = subject(message).map(str::to_owned);
    violation
}

fn subject(message: &str) -> Option<&str> {
    message.split_once(" constraint failed: ").map(|(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violation(code: i32, message: &str) -> Violation {
        match classify(code, message, message.into()) {
            Error::UniqueViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v)
            | Error::ForeignKeyViolation(v) => *v,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn unique_keys_name_table_and_columns() {
        let violation = violation(2067, "UNIQUE constraint failed: users.email, users.name");
        assert_eq!(violation.table.as_deref(), Some("users"));
        assert_eq!(violation.columns, ["email", "name"]);
        assert_eq!(violation.constraint, None);
    }

    #[test]
    fn columns_may_have_strange_names() {
        let violation = violation(2067, "UNIQUE constraint failed: users.a, b, users.c.d");
        assert_eq!(violation.columns, ["a, b", "c.d"]);
    }

    #[test]
    fn an_index_over_an_expression_has_a_name() {
        let violation = violation(2067, "UNIQUE constraint failed: index 'users_email_ci'");
        assert_eq!(violation.constraint.as_deref(), Some("users_email_ci"));
        assert!(violation.columns.is_empty());
    }

    #[test]
    fn other_constraints() {
        assert_eq!(violation(1299, "NOT NULL constraint failed: users.name").columns, ["name"]);
        assert_eq!(violation(275, "CHECK constraint failed: age >= 0").constraint.as_deref(), Some("age >= 0"));
        assert!(violation(787, "FOREIGN KEY constraint failed").columns.is_empty());
        assert!(violation(1811, "FOREIGN KEY constraint failed").columns.is_empty());
    }

    #[test]
    fn locks_can_be_retried() {
        for code in [5, 6, 261, 262, 517] {
            assert!(classify(code, "database is locked", "x".into()).is_retryable(), "{code}");
        }
        assert!(!classify(1, "no such table: x", "x".into()).is_retryable());
        assert!(matches!(classify(1811, "raised by a trigger", "x".into()), Error::Database(_)));
    }
}
