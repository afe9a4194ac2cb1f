//! Foreign keys of several columns: `foreign_key(..)`.

use syn::{Path, ext::IdentExt};

use super::{
    columns::{KeyPart, names_a_column, reaction},
    keys::known_fields,
    position,
    relations::of_other_table,
};
use crate::{
    attr::Attr,
    errors::Errors,
    table::{
        model::owner_of,
        parse::{RawForeignKey, RawTable},
    },
};

/// As many columns as the checks of types are written for.
const MAX_COLUMNS: usize = 4;

pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    let mut foreign_keys = std::mem::take(&mut table.foreign_keys);
    foreign_keys.retain_mut(|Attr { key, value }| {
        let given = std::mem::take(&mut value.columns);
        let count = given.len();
        value.columns = known_fields(table, key, given, errors);
        if value.columns.len() != count || count == 0 {
            return false;
        }
        if let Some(message) = mistake(value) {
            errors.at(value.references.first().map_or_else(|| key.clone(), last), message);
            return false;
        }
        let parts: Vec<KeyPart> = value
            .columns
            .iter()
            .filter_map(|field| position(table, field))
            .map(|place| KeyPart::of(&table.columns[place]))
            .collect();
        reaction(&mut value.on_delete, &parts, errors);
        reaction(&mut value.on_update, &parts, errors);
        true
    });
    table.foreign_keys = foreign_keys;
}

fn mistake(key: &RawForeignKey) -> Option<String> {
    let (own, others) = (key.columns.len(), key.references.len());
    if !key.references.iter().all(names_a_column) || others == 0 {
        return Some(
            "a foreign key needs the columns that it refers to: `references(Order::shop, Order::number)`".into(),
        );
    }
    if of_other_table(&key.references).is_some() {
        let first = owner_of(&key.references[0]);
        let first: Vec<String> = first.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
        return Some(format!(
            "a foreign key refers to one table: not all of these columns are of `{}`",
            first.join("::")
        ));
    }
    if own != others {
        return Some(format!("a foreign key of {own} columns cannot refer to {others}"));
    }
    match own {
        1 => Some("for a key of one column write `#[column(references = ..)]` on the field".into()),
        2..=MAX_COLUMNS => None,
        _ => Some(format!("a foreign key has at most {MAX_COLUMNS} columns")),
    }
}

fn last(path: &Path) -> syn::Ident {
    path.segments.last().map_or_else(|| quote::format_ident!("_"), |segment| segment.ident.clone())
}
