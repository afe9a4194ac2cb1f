//! `has_many(..)` and `has_one(..)`.

use proc_macro2::Ident;

use super::columns::names_a_column;
use crate::{
    errors::Errors,
    table::parse::{RawRelation, RawTable},
};

pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    let key_columns = match &table.primary_key {
        Some(key) => key.value.len(),
        None => table.columns.iter().filter(|column| column.primary_key.is_some()).count(),
    };
    let ident = table.ident.clone();
    table.relations.retain(|relation| {
        let name = &relation.name;
        let names_its_keys = match &relation.through {
            None => names_its_key(relation, &ident, errors),
            Some(through) => names_both_keys(relation, &through.key, &through.value, &ident, errors),
        };
        if !names_its_keys {
            return false;
        }
        if key_columns != 1 {
            errors.at(
                name,
                format!("`{name}` needs a primary key of one column on `{ident}`, for the other table to refer to"),
            );
            return false;
        }
        true
    });
}

fn names_its_key(relation: &RawRelation, table: &Ident, errors: &mut Errors) -> bool {
    let RawRelation { name, target, .. } = relation;
    if names_a_column(target) {
        return true;
    }
    errors.at(target, format!("`{name}` needs the column that refers to `{table}`: `{name} = Post::author_id`"));
    false
}

/// Through a junction: the keys are two columns of it.
fn names_both_keys(
    relation: &RawRelation,
    through: &Ident,
    columns: &[syn::Path],
    table: &Ident,
    errors: &mut Errors,
) -> bool {
    let name = &relation.name;
    if !relation.many {
        errors.at(through, format!("`has_one` does not lead through another table: `{name}` is a `has_many`"));
        return false;
    }
    let [near, far] = columns else {
        let expected = "`through(Membership::user_id, Membership::group_id)`";
        let message =
            format!("`through(..)` names two columns of the table between, the one for `{table}` first: {expected}");
        errors.at(through, message);
        return false;
    };
    for column in [near, far] {
        if !names_a_column(column) {
            errors.at(column, "`through(..)` needs columns of the table between: `Membership::user_id`");
            return false;
        }
    }
    true
}
