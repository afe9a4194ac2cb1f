//! Snapshots that the binaries of a dialect share, of SQL that a real database has accepted.

use crate::{Result, TestDatabase};

/// SQL text that a real database has accepted: prepared, as a [`Gallery`](crate::Gallery) does, or run.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven(pub(crate) String);

impl Proven {
    /// Statements that have no parameters, once the database has run them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run<Db: TestDatabase>(db: &Db, statements: &[String]) -> Result<Self> {
        let sql = statements.join(";\n");
        db.run(&sql).await.map_err(|error| format!("{error}\n{sql}"))?;
        Ok(Proven(sql))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Compares a text with the snapshot of this name, which is one for all pools of a dialect.
#[macro_export]
macro_rules! assert_snapshot {
    ($name:expr, $text:expr) => {{
        let text: $crate::Proven = $text;
        insta::with_settings!({ prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($crate::snapshot_name(module_path!(), $name), text.as_str());
        })
    }};
}

/// The name that insta gives a snapshot of this module; that of the binary is the dialect's, without the pool.
#[doc(hidden)]
pub fn snapshot_name(module: &str, name: &str) -> String {
    let (binary, modules) = module.split_once("::").unwrap_or((module, ""));
    let dialect = binary.split('_').next().unwrap_or(binary);
    format!("{dialect}__{}__{name}", modules.replace("::", "__"))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// Calls `look` with the path and the text of each Rust file below.
    fn sources(folder: &Path, look: &mut dyn FnMut(&Path, &str)) -> Result {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                sources(&path, look)?;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                look(&path, &fs::read_to_string(&path)?);
            }
        }
        Ok(())
    }

    /// What stands before `end` in its statement.
    fn statement_before(text: &str, end: usize) -> &str {
        text[..end].rsplit([';', '{', '}']).next().unwrap_or_default()
    }

    /// No snapshot, and no text that a test compares, is there that a database has not seen.
    #[test]
    fn all_sql_is_proven() -> Result {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let mut unproven = Vec::new();
        let mut proven = 0;
        sources(&tests, &mut |path, text| {
            // `plan(..)` has it explained.
            let ways = ["insta::", "insta!", ".to_sql()"];
            for (at, way) in ways.iter().flat_map(|way| text.match_indices(way)) {
                let statement = statement_before(text, at);
                let allowed =
                    [".add(", "prepared(", "plan(", "error.sql()"].iter().any(|call| statement.contains(call));
                let is_nothing = text[at..].starts_with(".to_sql().sql.is_empty()");
                if way == ".to_sql()" && (allowed || is_nothing) {
                    proven += 1;
                } else {
                    let line = text[..at].lines().count();
                    unproven.push(format!("{}:{line}: {way}", path.display()));
                }
            }
        })?;
        assert!(unproven.is_empty(), "use `Gallery`, `prepared(..)` or `Proven::run(..)`:\n{}", unproven.join("\n"));
        assert!(proven > 10, "{proven}");
        Ok(())
    }

    #[test]
    fn all_pools_of_a_dialect_have_the_same() {
        let name = "sqlite__suite__indexes__of_some_rows__some";
        for module in ["sqlite::suite::indexes::of_some_rows", "sqlite_sqlx::suite::indexes::of_some_rows"] {
            assert_eq!(snapshot_name(module, "some"), name);
        }
    }
}
