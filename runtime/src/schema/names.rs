//! One name, one thing.

use std::collections::HashMap;

use super::{SchemaError, title};
use crate::{dialect::Definitions, table::TableDef};

/// Refuses two tables or indexes with one name. Tables and indexes share their names in most databases.
pub(super) fn check(tables: &[&TableDef], facts: &Definitions) -> Result<(), SchemaError> {
    let mut seen = HashMap::new();
    for def in tables {
        let table = (def.name, format!("the table of `{}`", def.rust_name));
        let indexes = def.indexes.iter().map(|index| (index.name, format!("an index of the table `{}`", title(def))));
        for (name, owner) in std::iter::once(table).chain(indexes) {
            let key = if facts.case_sensitive_names { name.to_owned() } else { name.to_lowercase() };
            if let Some(first) = seen.insert((def.schema, key), owner.clone()) {
                return Err(SchemaError::NameTwice { name: name.to_owned(), first, second: owner });
            }
        }
    }
    Ok(())
}
