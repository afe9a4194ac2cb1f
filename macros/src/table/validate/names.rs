//! Names that clash.

use std::collections::HashMap;

use syn::{LitStr, ext::IdentExt};

use crate::{
    attr::{Attr, Slot},
    errors::Errors,
    table::{
        names::{self, FUNCTIONS},
        parse::RawTable,
    },
};

/// SQL names that are empty.
pub(super) fn literals(table: &mut RawTable, errors: &mut Errors) {
    non_empty(&mut table.name, errors);
    non_empty(&mut table.schema, errors);
    table.columns.iter_mut().for_each(|column| non_empty(&mut column.name, errors));
    table.uniques.iter_mut().for_each(|unique| non_empty(&mut unique.value.name, errors));
    table.indexes.iter_mut().for_each(|index| non_empty(&mut index.value.name, errors));
    table.checks.iter_mut().for_each(|check| non_empty(&mut check.name, errors));
    table.foreign_keys.iter_mut().for_each(|key| non_empty(&mut key.value.name, errors));
}

fn non_empty(slot: &mut Slot<LitStr>, errors: &mut Errors) {
    if let Some(Attr { value, .. }) = slot
        && value.value().is_empty()
    {
        errors.at(value, "a name in SQL cannot be empty");
        *slot = None;
    }
}

pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    sql_names(table, errors);
    let mut taken = Taken::default();
    constants(table, &mut taken, errors);
    indexes(table, &mut taken, errors);
    accessors(table, &mut taken, errors);
}

/// What has which name among the table's constants and functions.
#[derive(Default)]
struct Taken(HashMap<String, String>);

impl Taken {
    /// Takes a name, or says what has it.
    fn take(&mut self, name: &str, by: String) -> Result<(), &str> {
        use std::collections::hash_map::Entry;
        match self.0.entry(name.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(by);
                Ok(())
            }
            Entry::Occupied(entry) => Err(entry.into_mut()),
        }
    }
}

/// Column names do not depend on case in SQLite and MySQL.
fn sql_names(table: &mut RawTable, errors: &mut Errors) {
    let mut taken: HashMap<String, String> = HashMap::new();
    for column in &mut table.columns {
        let (field, name) = (column.field(), column.sql_name());
        if let Some(other) = taken.insert(name.to_lowercase(), field.clone()) {
            let message =
                format!("`{other}` and `{field}` are both called `{name}` in SQL: give one another `name = \"..\"`");
            match column.name.take() {
                Some(given) => errors.at(given.value, message),
                None => errors.at(&column.ident, message),
            }
        }
    }
}

fn constants(table: &mut RawTable, taken: &mut Taken, errors: &mut Errors) {
    let ident = &table.ident;
    // On a struct of their own, the constants hide nothing.
    if table.columns_struct.is_none() {
        for function in FUNCTIONS {
            let _ = taken.take(function, format!("the function `{ident}::{function}()`"));
        }
    }
    for column in &mut table.columns {
        let field = column.field();
        let constant = names::constant(column).clone();
        let Err(other) = taken.take(&constant.unraw().to_string(), format!("the column `{field}`")) else {
            continue;
        };
        let message = format!(
            "the constant `{constant}` of the column `{field}` clashes with {other}: rename it with `constant = ..`"
        );
        errors.at(&constant, message);
        let value = names::ident(&format!("{field}_column"), constant.span());
        column.constant = Some(Attr { key: constant, value });
    }
}

fn indexes(table: &mut RawTable, taken: &mut Taken, errors: &mut Errors) {
    let mut indexes = std::mem::take(&mut table.indexes);
    indexes.retain(|index| {
        let Some(name) = names::index_name(table, &index.value) else { return false };
        if !names::has_constant(table, &index.value) {
            return true;
        }
        let constant = names::index_constant(&name, index.key.span());
        let Err(other) = taken.take(&constant.unraw().to_string(), format!("the index `{name}`")) else { return true };
        let message = format!(
            "the constant `{constant}` of the index `{name}` clashes with {other}: give the index another name"
        );
        errors.at(&index.key, message);
        false
    });
    table.indexes = indexes;
}

fn accessors(table: &mut RawTable, taken: &mut Taken, errors: &mut Errors) {
    for column in &mut table.columns {
        let Some(accessor) = names::accessor(column) else {
            continue;
        };
        let field = column.field();
        let Err(other) = taken.take(&accessor.unraw().to_string(), format!("the relation of `{field}`")) else {
            continue;
        };
        let message =
            format!("the relation `{accessor}()` of `{field}` clashes with {other}: rename it with `relation = ..`");
        errors.at(&accessor, message);
        let value = names::ident(&format!("{field}_relation"), accessor.span());
        column.relation = Some(Attr { key: accessor, value });
    }
    for foreign_key in &mut table.foreign_keys {
        let Some(relation) = &foreign_key.value.relation else { continue };
        let name = &relation.value;
        if let Err(other) = taken.take(&name.unraw().to_string(), format!("the relation `{name}()`")) {
            errors.at(name, format!("the relation `{name}()` clashes with {other}: give it another name"));
            foreign_key.value.relation = None;
        }
    }
    table.relations.retain(|relation| {
        let name = &relation.name;
        let Err(other) = taken.take(&name.unraw().to_string(), format!("the relation `{name}()`")) else {
            return true;
        };
        errors.at(name, format!("the relation `{name}()` clashes with {other}: give it another name"));
        false
    });
}
