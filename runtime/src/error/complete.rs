//! What the database does not tell of a violation, and the table's definition knows.

use super::{Error, Violation};
use crate::{
    dialect::DialectKind,
    table::{IndexDef, IndexKeyDef, TableDef},
};

impl Error {
    /// The same error with the table and the columns of the violated constraint, if it is one of the table that the
    /// statement writes to, [`Statement::table`](crate::render::Statement::table).
    ///
    /// ```
    /// use mizzle::{Error, prelude::*};
    ///
    /// #[derive(Table)]
    /// #[table(name = "users", unique_index(on = User::email, name = "users_email"))]
    /// struct User {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     email: String,
    /// }
    ///
    /// let message = "UNIQUE constraint failed: index 'users_email'";
    /// let error = Error::from_sqlite(2067, message, message.into()).completed_by(Some(User::def()));
    /// assert_eq!(error.violation().unwrap().columns, ["email"]);
    /// ```
    pub fn completed_by(mut self, table: Option<&'static TableDef>) -> Self {
        if let (Some(violation), Some(def)) = (self.violation_mut(), table) {
            violation.complete(def);
        }
        if let (Error::UniqueViolation(violation), Some(def)) = (&mut self, table) {
            violation.name_key(def);
        }
        self
    }

    fn violation_mut(&mut self) -> Option<&mut Violation> {
        match self {
            Error::UniqueViolation(v)
            | Error::ForeignKeyViolation(v)
            | Error::NotNullViolation(v)
            | Error::CheckViolation(v) => Some(v),
            _ => None,
        }
    }
}

impl Violation {
    fn complete(&mut self, def: &TableDef) {
        // A statement can also violate a constraint of another table: one that refers to this one.
        if self.table.as_ref().is_some_and(|table| table != def.name) {
            return;
        }
        match &self.constraint {
            Some(constraint) => {
                if let Some(columns) = columns_of(def, constraint) {
                    self.table = Some(def.name.to_owned());
                    // The database may have told them in a way that leaves doubt about odd names.
                    if !columns.is_empty() {
                        self.columns = columns;
                    }
                }
            }
            None if self.table.is_none() && !self.columns.is_empty() => {
                let is_ours = |name: &String| def.columns.iter().any(|column| column.name == name);
                if self.columns.iter().all(is_ours) {
                    self.table = Some(def.name.to_owned());
                }
            }
            None => {}
        }
    }

    /// The name of the key that is not unique: SQLite tells the columns instead, MySQL calls every primary key the same.
    fn name_key(&mut self, def: &TableDef) {
        let is_ours = self.table.as_deref() == Some(def.name);
        if is_ours && self.constraint.as_deref().is_none_or(|name| name == PRIMARY) {
            self.constraint = key_of(def, &self.columns).or(self.constraint.take());
        }
    }
}

/// MySQL's name for every primary key.
const PRIMARY: &str = "PRIMARY";

/// The name of the key of these columns.
fn key_of(def: &TableDef, columns: &[String]) -> Option<String> {
    if columns.is_empty() {
        return None;
    }
    if def.primary_key == columns {
        return Some(format!("{}_pkey", def.name));
    }
    let unique = def.uniques.iter().find(|unique| unique.columns == columns).map(|unique| def.unique_name(unique));
    let is_it = |index: &&IndexDef| index.unique && columns_of_index(index).is_some_and(|of_index| of_index == columns);
    unique.or_else(|| def.indexes.iter().find(is_it).map(|index| index.name.to_owned()))
}

/// The columns of a constraint by its name, none for a CHECK or an expression; `None` if the table has no such constraint.
fn columns_of(def: &TableDef, constraint: &str) -> Option<Vec<String>> {
    let owned = |columns: &[&str]| columns.iter().map(|column| (*column).to_owned()).collect();
    if let Some(unique) = def.uniques.iter().find(|unique| def.unique_name(unique) == constraint) {
        return Some(owned(unique.columns));
    }
    if let Some(key) = def.foreign_keys.iter().find(|key| def.foreign_key_name(key) == constraint) {
        return Some(owned(key.columns));
    }
    if let Some(index) = def.indexes.iter().find(|index| index.name == constraint) {
        return Some(columns_of_index(index).unwrap_or_default());
    }
    if constraint == PRIMARY || constraint == format!("{}_pkey", def.name) {
        return Some(owned(def.primary_key));
    }
    (0..def.checks.len()).any(|position| def.check_name(position) == constraint).then(Vec::new)
}

/// The columns of an index, if it is one of plain columns.
fn columns_of_index(index: &IndexDef) -> Option<Vec<String>> {
    // A key is a quoted name, perhaps with a direction, or an expression in parentheses. The names are the same in
    // every dialect, so it may be any.
    let column = |key: IndexKeyDef| {
        let key = key.sql;
        let rest = key.strip_prefix('"')?;
        let end = rest.rfind('"')?;
        rest.get(..end).map(|name| name.replace("\"\"", "\""))
    };
    (index.keys)(DialectKind::Sqlite)?.into_iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        table::{Action, CheckDef, ColumnDef, ForeignKeyDef, IndexMethod, UniqueDef},
        value::DataType,
    };

    fn key(sql: &str) -> IndexKeyDef {
        IndexKeyDef { sql: sql.to_owned(), data_type: DataType::I64 }
    }

    static COLUMNS: &[ColumnDef] = &[ColumnDef::new::<i64>("id"), ColumnDef::new::<i64>("odd, name")];

    static DEF: TableDef = TableDef {
        primary_key: &["id"],
        uniques: &[UniqueDef { name: None, columns: &["odd, name"] }],
        checks: &[CheckDef { name: Some("sane"), condition: |_| None }],
        indexes: &[
            IndexDef {
                name: "plain",
                unique: true,
                keys: |_| Some([r#""odd, name" DESC"#, r#""a""b""#].map(key).to_vec()),
                condition: None,
                using: IndexMethod::Tree,
            },
            IndexDef {
                name: "odd",
                unique: true,
                keys: |_| Some(vec![key("(id + 1)")]),
                condition: None,
                using: IndexMethod::Tree,
            },
        ],
        foreign_keys: &[ForeignKeyDef {
            name: Some("to_parent"),
            columns: &["id"],
            table: || &DEF,
            references: || vec!["id"],
            on_delete: Action::NoAction,
            on_update: Action::NoAction,
        }],
        ..TableDef::new("T", "t", COLUMNS)
    };

    fn completed(constraint: Option<&str>, table: Option<&str>, columns: &[&str]) -> (Option<String>, Vec<String>) {
        let error = Error::UniqueViolation(Box::new(Violation {
            constraint: constraint.map(str::to_owned),
            table: table.map(str::to_owned),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            sql: None,
            source: "x".into(),
        }));
        let error = error.completed_by(Some(&DEF));
        let violation = error.violation().expect("it is one");
        (violation.table.clone(), violation.columns.clone())
    }

    fn ours(columns: &[&str]) -> (Option<String>, Vec<String>) {
        (Some("t".to_owned()), columns.iter().map(|column| (*column).to_owned()).collect())
    }

    #[test]
    fn a_name_is_enough() {
        assert_eq!(completed(Some("t_odd, name_key"), None, &[]), ours(&["odd, name"]));
        assert_eq!(completed(Some("to_parent"), Some("t"), &["wrong"]), ours(&["id"]));
        assert_eq!(completed(Some("PRIMARY"), None, &[]), ours(&["id"]));
        assert_eq!(completed(Some("sane"), None, &[]), ours(&[]));
        assert_eq!(completed(Some("plain"), None, &[]), ours(&["odd, name", "a\"b"]));
        assert_eq!(completed(Some("odd"), None, &[]), ours(&[]));
    }

    #[test]
    fn columns_are_enough() {
        assert_eq!(completed(None, None, &["id"]), ours(&["id"]));
        assert_eq!(completed(None, None, &["other"]).0, None);
    }

    #[test]
    fn what_belongs_elsewhere_is_left_alone() {
        assert_eq!(completed(Some("to_parent"), Some("other"), &["x"]).1, ["x"]);
        assert_eq!(completed(Some("unknown"), None, &[]), (None, vec![]));
        assert_eq!(completed(None, None, &[]), (None, vec![]));
    }
}
