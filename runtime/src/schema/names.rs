//! One name, one thing.

use std::collections::HashMap;

use super::{SchemaError, title};
use crate::{dialect::Definitions, table::TableDef, value::EnumDef};

/// Refuses two tables or indexes with one name. Tables and indexes share their names in SQLite and PostgreSQL; on
/// MySQL an index's name is its table's business.
///
/// So does the name of an enum, where that is a type: each table is a type as well.
pub(super) fn check(tables: &[&TableDef], enums: &[&EnumDef], facts: &Definitions) -> Result<(), SchemaError> {
    let mut seen = HashMap::new();
    for def in enums {
        let owner = format!("the enum of {}", def.variants.join(", "));
        if let Some(first) = seen.insert((None, None, def.name.to_owned()), owner.clone()) {
            return Err(SchemaError::NameTwice { name: def.name.to_owned(), first, second: owner });
        }
    }
    for def in tables {
        let table = (def.name, format!("the table of `{}`", def.rust_name));
        let own = if facts.shared_names { None } else { Some(def.name) };
        let indexes = def.indexes.iter().map(|index| (index.name, format!("an index of the table `{}`", title(def))));
        let table = std::iter::once((None, table));
        for (own, (name, owner)) in table.chain(indexes.map(|index| (own, index))) {
            let key = if facts.case_sensitive_names { name.to_owned() } else { name.to_lowercase() };
            if let Some(first) = seen.insert((def.schema, own, key), owner.clone()) {
                return Err(SchemaError::NameTwice { name: name.to_owned(), first, second: owner });
            }
        }
    }
    Ok(())
}
