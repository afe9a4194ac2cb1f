//! Every mistake that can be seen in the attributes alone.
//!
//! An attribute that is refused is also removed, so that the rest expands without further errors.

mod columns;
mod foreign_keys;
mod keys;
mod names;
mod relations;
mod shapes;

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::parse::RawTable;
use crate::errors::Errors;

/// Reports and removes what is wrong.
pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    names::literals(table, errors);
    for column in &mut table.columns {
        columns::validate(column, errors);
    }
    keys::validate(table, errors);
    foreign_keys::validate(table, errors);
    relations::validate(table, errors);
    shapes::validate(table, errors);
    names::validate(table, errors);
}

/// The place of a field among the columns.
fn position(table: &RawTable, field: &Ident) -> Option<usize> {
    table.columns.iter().position(|column| column.ident.unraw() == field.unraw())
}
