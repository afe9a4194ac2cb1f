//! `shape(..)`.

use super::keys::known_fields;
use crate::{attr::Attr, errors::Errors, table::parse::RawTable};

pub(super) fn validate(table: &mut RawTable, errors: &mut Errors) {
    let mut shapes = std::mem::take(&mut table.shapes);
    for Attr { key, value } in &mut shapes {
        let Some(except) = &mut value.except else {
            let name = &value.ident;
            errors.at(key, format!("`shape(..)` leaves out columns: `shape({name}, except(..))`"));
            continue;
        };
        except.value = known_fields(table, &except.key, std::mem::take(&mut except.value), errors);
        if except.value.len() == table.columns.len() {
            errors.at(&except.key, format!("`{}` would have no fields: every column is left out", value.ident));
            except.value.clear();
        }
    }
    table.shapes = shapes;
}
