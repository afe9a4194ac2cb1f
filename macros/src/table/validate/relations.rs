//! `has_many(..)` and `has_one(..)`.

use proc_macro2::Ident;
use syn::{Path, ext::IdentExt};

use super::columns::names_a_column;
use crate::{
    errors::Errors,
    table::{
        model::owner_of,
        parse::{RawRelation, RawTable},
    },
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
            None => names_its_key(relation, key_columns, &ident, errors),
            Some(through) => names_both_keys(relation, &through.key, &through.value, &ident, errors),
        };
        if !names_its_keys {
            return false;
        }
        let message = match (key_columns, &relation.through) {
            (1, _) => return true,
            (2.., None) if relation.target.len() == key_columns => return true,
            (2.., None) => format!(
                "`{name}` needs {key_columns} columns, one for each of the primary key of `{ident}`: \
                 `{name} = (Line::shop, Line::number)`"
            ),
            (_, Some(_)) => {
                format!("`{name}` needs a primary key of one column on `{ident}`, for the table between to refer to")
            }
            (0, None) => format!("`{name}` needs a primary key on `{ident}`, for the other table to refer to"),
        };
        errors.at(name, message);
        false
    });
}

fn names_its_key(relation: &RawRelation, key_columns: usize, table: &Ident, errors: &mut Errors) -> bool {
    let RawRelation { name, target, .. } = relation;
    let Some(wrong) = target.iter().find(|column| !names_a_column(column)) else {
        if let Some(other) = of_other_table(target) {
            errors.at(other, format!("the columns of `{name}` must be of one table"));
            return false;
        }
        if key_columns == 1 && target.len() != 1 {
            errors.at(name, format!("`{name}` needs one column: the primary key of `{table}` is one"));
            return false;
        }
        return true;
    };
    errors.at(wrong, format!("`{name}` needs the column that refers to `{table}`: `{name} = Post::author_id`"));
    false
}

/// The first column that is not of the table of the first one.
pub(super) fn of_other_table(columns: &[Path]) -> Option<&Path> {
    let owner = |path: &Path| -> Vec<String> {
        owner_of(path).segments.iter().map(|segment| segment.ident.unraw().to_string()).collect()
    };
    let first = columns.first().map(owner)?;
    columns.iter().find(|column| owner(column) != first)
}

/// Through a junction: the keys are two columns of it.
fn names_both_keys(
    relation: &RawRelation,
    through: &Ident,
    columns: &[Path],
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
