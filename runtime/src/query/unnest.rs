//! Many rows as one array per column: one text for any number of rows, which the database prepares once.

use super::{assign::Written, rows::Batch};
use crate::{
    dialect::Syntax,
    render::Fragment,
    table::TableDef,
    value::{DataType, Value},
};

/// Whether these rows can be sent like that: several rows of plain values. An array of arrays would be taken apart to the
/// last element.
pub(super) fn fits(def: &TableDef, batch: &Batch, syntax: &Syntax) -> bool {
    syntax.writes.unnest
        && batch.rows > 1
        && !batch.columns.is_empty()
        && batch.columns.iter().all(|column| !matches!(def.columns[*column].data_type, DataType::Array(_)))
        && batch.cells.iter().all(|cell| matches!(cell, Written::Value(_)))
}

/// `SELECT * FROM unnest($1::bigint[], $2::text[])`
pub(super) fn write_rows(def: &'static TableDef, batch: Batch, out: &mut Fragment) {
    let values = batch.cells.into_iter().filter_map(|cell| match cell {
        Written::Value(value) => Some(value),
        _ => None,
    });
    out.sql("SELECT * FROM ");
    write(types(def, batch.columns.iter().copied()), values, out);
}

/// `unnest($1::bigint[], $2::text[])`: the columns of values that come row after row.
pub(super) fn write(
    types: impl Iterator<Item = &'static DataType> + Clone,
    values: impl IntoIterator<Item = Value>,
    out: &mut Fragment,
) {
    let values = values.into_iter();
    let expected = values.size_hint().1.unwrap_or_default();
    let width = types.clone().count();
    let mut arrays: Vec<Vec<Value>> = (0..width).map(|_| Vec::with_capacity(expected / width)).collect();
    for (place, value) in values.enumerate() {
        arrays[place % width].push(value);
    }
    let mut separator = "unnest(";
    for (element, array) in types.zip(arrays) {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.value(Value::Array(element, array));
        cast(*element, out);
    }
    out.sql(")");
}

/// The types of these columns.
pub(super) fn types(
    def: &'static TableDef,
    columns: impl Iterator<Item = usize> + Clone,
) -> impl Iterator<Item = &'static DataType> + Clone {
    columns.map(|column| &def.columns[column].data_type)
}

/// There is an `unnest` for each type of arrays: the parameter says which.
fn cast(element: DataType, out: &mut Fragment) {
    // An enum's says it already.
    if !matches!(element, DataType::Enum(_)) {
        let type_name = out.syntax().definitions.type_name;
        out.sql("::");
        out.write(|sql| type_name(sql, element, false));
        out.sql("[]");
    }
}
