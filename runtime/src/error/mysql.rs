//! MySQL's and MariaDB's error numbers and messages, understood.

use sqlx::mysql::MySqlDatabaseError;

use super::{Error, Failure, Source, Violation};

/// The numbers: <https://dev.mysql.com/doc/mysql-errors/9.0/en/server-error-reference.html>.
mod number {
    pub(super) const DUPLICATE: [u16; 5] = [1022, 1062, 1169, 1586, 1859];
    pub(super) const FOREIGN_KEY: [u16; 4] = [1216, 1217, 1451, 1452];
    pub(super) const NULL: [u16; 3] = [1048, 1263, 1364];
    pub(super) const CHECK: u16 = 3819;
    /// Of MariaDB; on MySQL it is another error, with another state.
    pub(super) const CHECK_MARIADB: u16 = 4025;
    pub(super) const CHECK_STATE: &str = "23000";
    pub(super) const DEADLOCK: u16 = 1213;
    pub(super) const LOCK_TIMEOUT: u16 = 1205;
    /// Of MariaDB: the row is newer than the transaction's snapshot.
    pub(super) const ROW_CHANGED: u16 = 1020;
    pub(super) const LOCK_TABLE_FULL: u16 = 1206;
    pub(super) const NO_SAVEPOINT: u16 = 1305;
    /// 3572 is `NOWAIT`, 3101 and 3100 are conflicts within a group of servers.
    pub(super) const IN_THE_WAY: [u16; 5] = [LOCK_TIMEOUT, ROW_CHANGED, 3572, 3101, 3100];
    /// Shut down, killed, too many connections, no access: there is none, or none any more.
    pub(super) const CONNECTION: [u16; 12] = [1040, 1043, 1044, 1045, 1053, 1129, 1130, 1203, 1927, 2006, 2013, 4031];
}

pub(super) fn classify(number: u16, state: &str, message: &str, source: Source) -> Error {
    use number::*;
    match number {
        _ if DUPLICATE.contains(&number) => Error::UniqueViolation(unique(message, source)),
        _ if FOREIGN_KEY.contains(&number) => Error::ForeignKeyViolation(foreign_key(message, source)),
        _ if NULL.contains(&number) => Error::NotNullViolation(not_null(message, source)),
        CHECK => Error::CheckViolation(check(message, source)),
        CHECK_MARIADB if state == CHECK_STATE => Error::CheckViolation(check(message, source)),
        DEADLOCK => Error::Deadlock(Failure::new(source)),
        _ if IN_THE_WAY.contains(&number) => Error::Serialization(Failure::new(source)),
        _ if CONNECTION.contains(&number) => Error::Connection { source },
        _ => Error::Database(Failure::new(source)),
    }
}

/// What MySQL or MariaDB said, if it was one of them.
pub(super) fn refusal(error: &sqlx::Error) -> Option<&MySqlDatabaseError> {
    error.as_database_error()?.try_downcast_ref()
}

pub(super) fn explain(error: sqlx::Error) -> Error {
    let Some(refusal) = refusal(&error) else {
        return Error::database(error);
    };
    let (number, state) = (refusal.number(), refusal.code().unwrap_or_default().to_owned());
    let message = refusal.message().to_owned();
    classify(number, &state, &message, Box::new(error))
}

/// What is gone after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The whole transaction.
    Transaction,
    /// The statement, or the transaction: the server can be set up for either.
    Statement,
    /// The savepoint that was named: it went with its transaction.
    Savepoint,
}

/// What is gone after an error, beyond what the failed statement itself would have done.
pub(crate) fn lost(error: &Error) -> Option<Lost> {
    use number::*;
    let source = std::error::Error::source(error)?.downcast_ref::<sqlx::Error>()?;
    match refusal(source)?.number() {
        DEADLOCK | ROW_CHANGED | LOCK_TABLE_FULL => Some(Lost::Transaction),
        LOCK_TIMEOUT => Some(Lost::Statement),
        NO_SAVEPOINT => Some(Lost::Savepoint),
        _ => None,
    }
}

/// `Duplicate entry 'x' for key 'users.email'`, or `'email'`. The entry is the user's, and stays out.
fn unique(message: &str, source: Source) -> Box<Violation> {
    let mut violation = Violation::unknown(source);
    let key = message.rsplit_once(" for key '").and_then(|(_, key)| key.strip_suffix('\''));
    if let Some(key) = key {
        let (table, constraint) = match key.split_once('.') {
            Some((table, constraint)) => (Some(table), constraint),
            None => (None, key),
        };
        violation.table = table.map(str::to_owned);
        violation.constraint = Some(constraint.to_owned());
    }
    violation
}

/// ``.. (`shop`.`posts`, CONSTRAINT `posts_author_fkey` FOREIGN KEY (`author`, `b`) REFERENCES `users` (`id`, `b`))``
fn foreign_key(message: &str, source: Source) -> Box<Violation> {
    let mut violation = Violation::unknown(source);
    let Some((child, rest)) = message.split_once(", CONSTRAINT ") else {
        return violation;
    };
    violation.table = quoted(child).pop();
    if let Some((constraint, rest)) = rest.split_once(" FOREIGN KEY ") {
        violation.constraint = quoted(constraint).pop();
        violation.columns = rest.split_once(" REFERENCES ").map(|(columns, _)| quoted(columns)).unwrap_or_default();
    }
    violation
}

/// `Column 'name' cannot be null`, `Field 'name' doesn't have a default value`
fn not_null(message: &str, source: Source) -> Box<Violation> {
    let mut violation = Violation::unknown(source);
    let column = message.split_once('\'').and_then(|(_, rest)| rest.rsplit_once('\'').map(|(column, _)| column));
    violation.columns = column.into_iter().map(|column| strip_apostrophe(column).to_owned()).collect();
    violation
}

/// In `Field 'name' doesn't have ..` the last apostrophe is that of `doesn't`.
fn strip_apostrophe(column: &str) -> &str {
    column.strip_suffix("' doesn").unwrap_or(column)
}

/// `Check constraint 'age_is_sane' is violated.`, or of MariaDB ``CONSTRAINT `age_is_sane` failed for `shop`.`users` ``
fn check(message: &str, source: Source) -> Box<Violation> {
    let mut violation = Violation::unknown(source);
    if let Some(name) = message.strip_prefix("Check constraint '").and_then(|rest| rest.rsplit_once('\'')) {
        violation.constraint = Some(name.0.to_owned());
    } else if let Some((constraint, table)) = message.rsplit_once(" failed for ") {
        violation.constraint = quoted(constraint).pop();
        violation.table = quoted(table).pop();
    }
    violation
}

/// The names in backquotes.
fn quoted(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, start)) = rest.split_once('`') {
        let mut name = String::new();
        rest = start;
        // Two backquotes are one that belongs to the name.
        while let Some((part, after)) = rest.split_once('`') {
            name.push_str(part);
            rest = after;
            let Some(after) = rest.strip_prefix('`') else { break };
            name.push('`');
            rest = after;
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violation(number: u16, message: &str) -> Violation {
        match classify(number, "23000", message, message.into()) {
            Error::UniqueViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v)
            | Error::ForeignKeyViolation(v) => *v,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_key_is_named_with_its_table_or_without() {
        let on_mysql = violation(1062, "Duplicate entry 'it's for key 'x'' for key 'users.email'");
        assert_eq!((on_mysql.table.as_deref(), on_mysql.constraint.as_deref()), (Some("users"), Some("email")));
        assert_eq!(on_mysql.to_string(), " on users: email");
        let on_mariadb = violation(1062, "Duplicate entry 'x' for key 'email'");
        assert_eq!((on_mariadb.table, on_mariadb.constraint.as_deref()), (None, Some("email")));
    }

    #[test]
    fn a_foreign_key_tells_everything() {
        let message = "Cannot add or update a child row: a foreign key constraint fails (`shop`.`po``sts`, \
                       CONSTRAINT `posts_fkey` FOREIGN KEY (`a`, `b`) REFERENCES `users` (`c`, `d`) ON DELETE CASCADE)";
        let violation = violation(1452, message);
        assert_eq!(violation.table.as_deref(), Some("po`sts"));
        assert_eq!(violation.constraint.as_deref(), Some("posts_fkey"));
        assert_eq!(violation.columns, ["a", "b"]);
    }

    #[test]
    fn without_its_name_it_is_still_one() {
        let message = "Cannot delete or update a parent row: a foreign key constraint fails";
        assert_eq!(violation(1217, message).constraint, None);
    }

    #[test]
    fn columns_without_a_value() {
        assert_eq!(violation(1048, "Column 'name' cannot be null").columns, ["name"]);
        assert_eq!(violation(1364, "Field 'name' doesn't have a default value").columns, ["name"]);
        assert_eq!(violation(1364, "Field 'it's' doesn't have a default value").columns, ["it's"]);
    }

    #[test]
    fn checks() {
        assert_eq!(violation(3819, "Check constraint 'sane' is violated.").constraint.as_deref(), Some("sane"));
        let on_mariadb = violation(4025, "CONSTRAINT `sane` failed for `shop`.`users`");
        assert_eq!((on_mariadb.table.as_deref(), on_mariadb.constraint.as_deref()), (Some("users"), Some("sane")));
        assert!(matches!(classify(4025, "HY000", "autoextend size", "x".into()), Error::Database(_)));
    }

    #[test]
    fn the_rest() {
        assert!(matches!(classify(1213, "40001", "x", "x".into()), Error::Deadlock(_)));
        for number in [1205, 3572, 1020] {
            assert!(matches!(classify(number, "HY000", "x", "x".into()), Error::Serialization(_)), "{number}");
        }
        for number in [1053, 1927, 2006, 2013] {
            assert!(matches!(classify(number, "HY000", "x", "x".into()), Error::Connection { .. }), "{number}");
        }
        assert!(matches!(classify(1064, "42000", "x", "x".into()), Error::Database(_)));
    }
}
