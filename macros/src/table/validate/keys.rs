//! Primary keys, uniqueness and indexes.

use proc_macro2::Ident;

use super::position;
use crate::{
    errors::Errors,
    suggest::did_you_mean,
    table::{names, parse::RawTable},
};

pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    primary_key(table, errors);
    nullable_key(table, errors);
    counting(table, errors);
    uniques(table, errors);
    indexes(table, errors);
}

fn primary_key(table: &mut RawTable, errors: &mut Errors) {
    let marked: Vec<Ident> =
        table.columns.iter().filter(|column| column.primary_key.is_some()).map(|column| column.ident.clone()).collect();
    let Some(mut key) = table.primary_key.take() else {
        if marked.len() > 1 {
            let place =
                table.columns.iter().filter_map(|column| column.primary_key.as_ref()).nth(1).map(|flag| &flag.key);
            let columns = marked.iter().map(Ident::to_string).collect::<Vec<_>>().join(", ");
            let message = format!(
                "a table has one primary key: for a key of several columns write `#[table(primary_key({columns}))]`"
            );
            errors.at(place, message);
        }
        return;
    };
    for column in &mut table.columns {
        if let Some(flag) = column.primary_key.take() {
            errors.at(flag.key, "the primary key is already given by `#[table(primary_key(..))]`");
        }
    }
    key.value = known_fields(table, &key.key, key.value, errors);
    if !key.value.is_empty() {
        table.primary_key = Some(key);
    }
}

/// The places of the primary key's columns.
fn key_columns(table: &RawTable) -> Vec<usize> {
    match &table.primary_key {
        Some(key) => key.value.iter().filter_map(|field| position(table, field)).collect(),
        None => (0..table.columns.len()).filter(|&i| table.columns[i].primary_key.is_some()).collect(),
    }
}

fn nullable_key(table: &mut RawTable, errors: &mut Errors) {
    for i in key_columns(table) {
        if !table.columns[i].is_nullable() {
            continue;
        }
        let message = format!("a primary key cannot be NULL: `{}` is an `Option`", table.columns[i].field());
        // Not a mistake of its own.
        table.columns[i].auto_increment = None;
        match &mut table.primary_key {
            Some(key) => errors.at(&key.key, message),
            None => errors.at(table.columns[i].primary_key.take().map(|flag| flag.key), message),
        }
    }
}

/// The databases count up one column, and that is part of the primary key.
fn counting(table: &mut RawTable, errors: &mut Errors) {
    let key = key_columns(table);
    let mut counting = None;
    for (i, column) in table.columns.iter_mut().enumerate() {
        let Some(flag) = &column.auto_increment else {
            continue;
        };
        let field = column.field();
        let message = if let Some(first) = &counting {
            Some(format!("only one column can be `auto_increment`: `{first}` already is"))
        } else if !key.contains(&i) {
            Some(format!("`auto_increment` without `primary_key`: `{field}` must be the primary key to count up"))
        } else {
            None
        };
        match message {
            Some(message) => {
                errors.at(&flag.key, message);
                column.auto_increment = None;
            }
            None => counting = Some(field),
        }
    }
}

fn uniques(table: &mut RawTable, errors: &mut Errors) {
    let mut uniques = std::mem::take(&mut table.uniques);
    uniques.retain_mut(|unique| {
        unique.value.columns = known_fields(table, &unique.key, std::mem::take(&mut unique.value.columns), errors);
        !unique.value.columns.is_empty()
    });
    table.uniques = uniques;
}

/// The fields that exist, once each.
pub(super) fn known_fields(table: &RawTable, key: &Ident, fields: Vec<Ident>, errors: &mut Errors) -> Vec<Ident> {
    if fields.is_empty() {
        errors.at(key, format!("`{key}` needs at least one column: `{key}(..)`"));
    }
    let known: Vec<String> = table.columns.iter().map(|column| column.field()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut kept: Vec<Ident> = Vec::new();
    for field in fields {
        if position(table, &field).is_none() {
            let hint = did_you_mean(&field.to_string(), &known);
            errors.at(&field, format!("`{}` has no field `{field}`{hint}", table.ident));
        } else if kept.contains(&field) {
            errors.at(&field, format!("`{field}` appears twice in `{key}(..)`"));
        } else {
            kept.push(field);
        }
    }
    kept
}

fn indexes(table: &mut RawTable, errors: &mut Errors) {
    let mut indexes = std::mem::take(&mut table.indexes);
    let mut taken: Vec<String> = Vec::new();
    indexes.retain(|index| {
        let kind = &index.key;
        if index.value.on.is_empty() {
            errors.at(kind, format!("`{kind}` needs its keys: `on = {}::..`", table.ident));
            return false;
        }
        let Some(name) = names::index_name(table, &index.value) else {
            errors.at(kind, format!("an index over an expression needs a name: `{kind}(name = \"..\", ..)`"));
            return false;
        };
        if let Some(using) = &index.value.using {
            if using.value != "gin" && using.value != "fulltext" {
                errors.at(
                    &using.value,
                    format!("unknown method `{}` of an index: there are `gin` and `fulltext`", using.value),
                );
                return false;
            }
            if index.value.unique {
                errors.at(
                    &using.value,
                    format!("an index with `using = {}` is never unique: say `index(..)`", using.value),
                );
                return false;
            }
        }
        let key = name.to_lowercase();
        if taken.contains(&key) {
            errors.at(kind, format!("two indexes are called `{name}`: give one another name"));
            return false;
        }
        taken.push(key);
        true
    });
    table.indexes = indexes;
}
