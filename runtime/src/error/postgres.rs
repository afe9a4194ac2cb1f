//! PostgreSQL's error codes and details, understood.

use sqlx::postgres::{PgDatabaseError, PgSeverity};

use super::{Error, Failure, Source, Violation};

/// An error that PostgreSQL reported, if it is one.
pub(super) fn explain(error: sqlx::Error) -> Result<Error, sqlx::Error> {
    let sqlx::Error::Database(database) = &error else {
        return Err(error);
    };
    let Some(report) = database.try_downcast_ref::<PgDatabaseError>() else {
        return Err(error);
    };
    let kind = Kind::of(report.code(), is_fatal(report.severity()));
    let constraint = Constraint {
        name: report.constraint().map(str::to_owned),
        table: report.table().map(str::to_owned),
        columns: columns(kind, report.column(), report.detail().unwrap_or_default()),
    };
    Ok(kind.error(constraint, Box::new(error)))
}

/// The server ends the connection over it.
fn is_fatal(severity: PgSeverity) -> bool {
    matches!(severity, PgSeverity::Fatal | PgSeverity::Panic)
}

/// What an error is about: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unique,
    ForeignKey,
    NotNull,
    Check,
    Serialization,
    Deadlock,
    Connection,
    Other,
}

/// What the server tells of a constraint.
struct Constraint {
    name: Option<String>,
    table: Option<String>,
    columns: Vec<String>,
}

impl Kind {
    fn of(code: &str, fatal: bool) -> Self {
        match code {
            "23505" => Kind::Unique,
            "23503" | "23001" => Kind::ForeignKey,
            "23502" => Kind::NotNull,
            "23514" => Kind::Check,
            "40001" | "55P03" => Kind::Serialization,
            "40P01" => Kind::Deadlock,
            // Shut down by the operator, after a crash, starting up.
            "57P01" | "57P02" | "57P03" => Kind::Connection,
            code if fatal || code.starts_with("08") => Kind::Connection,
            _ => Kind::Other,
        }
    }

    fn error(self, Constraint { name, table, columns }: Constraint, source: Source) -> Error {
        let violation = |source| Box::new(Violation { constraint: name, table, columns, sql: None, source });
        match self {
            Kind::Unique => Error::UniqueViolation(violation(source)),
            Kind::ForeignKey => Error::ForeignKeyViolation(violation(source)),
            Kind::NotNull => Error::NotNullViolation(violation(source)),
            Kind::Check => Error::CheckViolation(violation(source)),
            Kind::Serialization => Error::Serialization(Failure::new(source)),
            Kind::Deadlock => Error::Deadlock(Failure::new(source)),
            Kind::Connection => Error::Connection { source },
            Kind::Other => Error::Database(Failure::new(source)),
        }
    }
}

fn columns(kind: Kind, column: Option<&str>, detail: &str) -> Vec<String> {
    match (kind, column) {
        (_, Some(column)) => vec![column.to_owned()],
        (Kind::Unique, None) => keys(detail).unwrap_or_default(),
        // Of a row that is still referred to, the detail names the columns that are referred to.
        (Kind::ForeignKey, None) if detail.contains("is not present in table") => {
            names(detail).map_or_else(Vec::new, |names| names.split(", ").map(str::to_owned).collect())
        }
        _ => Vec::new(),
    }
}

/// The columns of `Key (email, "odd, name")=(..) already exists.`; `None` if one of the keys is an expression.
fn keys(detail: &str) -> Option<Vec<String>> {
    let mut rest = after_parenthesis(detail)?;
    let mut columns = Vec::new();
    loop {
        let (column, after) = identifier(rest)?;
        columns.push(column);
        match after.strip_prefix(", ") {
            Some(next) => rest = next,
            None => return after.starts_with(")=(").then_some(columns),
        }
    }
}

/// The part in parentheses of `Key (author_id)=(..) is not present in table "users".`, where names are not quoted.
fn names(detail: &str) -> Option<&str> {
    Some(after_parenthesis(detail)?.split_once(")=(")?.0)
}

/// The word before it depends on the server's language.
fn after_parenthesis(detail: &str) -> Option<&str> {
    Some(detail.split_once('(')?.1)
}

/// An identifier at the beginning, quoted or not, and what comes after it.
fn identifier(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(|c: char| !matches!(c, 'a'..='z' | '0'..='9' | '_')).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        return (!name.is_empty()).then(|| (name.to_owned(), rest));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        // A quote within is doubled.
        match after.strip_prefix('"') {
            Some(within) => {
                name.push('"');
                rest = within;
            }
            None => return Some((name, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unique(detail: &str) -> Vec<String> {
        columns(Kind::Unique, None, detail)
    }

    #[test]
    fn the_columns_of_a_key_are_in_the_detail() {
        assert_eq!(unique("Key (email)=(a@b) already exists."), ["email"]);
        assert_eq!(
            unique(r#"Key (id, "odd, name", "a""b", "größe")=(1, x)=(, y) already exists."#),
            ["id", "odd, name", "a\"b", "größe"]
        );
        assert_eq!(unique("Schlüssel »(email)=(x)« existiert bereits."), ["email"]);
    }

    #[test]
    fn an_expression_is_no_column() {
        for detail in [
            "Key (lower(email))=(x) already exists.",
            "Key (id, (a || b))=(1, x) already exists.",
            "Key (email COLLATE \"C\")=(x) already exists.",
            "Key (\"a)=(x) already exists.",
            "Key (id",
            "",
        ] {
            assert!(unique(detail).is_empty(), "{detail}");
        }
    }

    #[test]
    fn a_foreign_key_names_its_own_columns() {
        let columns = |detail| columns(Kind::ForeignKey, None, detail);
        assert_eq!(columns(r#"Key (a, b)=(1, 2) is not present in table "t"."#), ["a", "b"]);
        assert!(columns(r#"Key (id)=(1) is still referenced from table "posts"."#).is_empty());
    }

    #[test]
    fn codes_have_kinds() {
        assert_eq!(Kind::of("55P03", false), Kind::Serialization);
        assert_eq!(Kind::of("08006", false), Kind::Connection);
        assert_eq!(Kind::of("3D000", true), Kind::Connection);
        assert_eq!(Kind::of("23P01", false), Kind::Other);
    }
}
