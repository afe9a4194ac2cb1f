//! `has_many(..)` and `has_one(..)`.

use super::columns::names_a_column;
use crate::{errors::Errors, table::parse::RawTable};

pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    let key_columns = match &table.primary_key {
        Some(key) => key.value.len(),
        None => table.columns.iter().filter(|column| column.primary_key.is_some()).count(),
    };
    let ident = table.ident.clone();
    table.relations.retain(|relation| {
        let name = &relation.name;
        if !names_a_column(&relation.column) {
            errors.at(
                &relation.column,
                format!("`{name}` needs the column that refers to `{ident}`: `{name} = Post::author_id`"),
            );
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
