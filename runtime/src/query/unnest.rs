//! Many rows as one array per column: one text for any number of rows, which the database prepares once.

use super::rows::Row;
use crate::{
    dialect::Syntax,
    render::Fragment,
    table::TableDef,
    value::{DataType, Value},
};

/// How many rows one statement has at most: each array must fit into memory.
pub(super) const MOST_ROWS: usize = 65_535;

/// Whether these rows, which set the same columns, can be sent like that: several rows of plain values. An array of
/// arrays would be taken apart to the last element.
pub(super) fn fits(def: &TableDef, rows: &[Row]) -> bool {
    let [first, _, ..] = rows else { return false };
    !first.is_empty()
        && first.columns().all(|column| !matches!(def.columns[column].data_type, DataType::Array(_)))
        && rows.iter().all(Row::is_plain)
}

/// `SELECT * FROM unnest($1::bigint[], $2::text[])`
pub(super) fn write(def: &'static TableDef, columns: &[usize], rows: Vec<Row>, syntax: &Syntax, out: &mut Fragment) {
    let mut arrays: Vec<Vec<Value>> = columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (array, value) in arrays.iter_mut().zip(row.into_values()) {
            array.push(value);
        }
    }
    let mut separator = "SELECT * FROM unnest(";
    for (column, array) in columns.iter().zip(arrays) {
        let element = &def.columns[*column].data_type;
        out.sql(std::mem::replace(&mut separator, ", "));
        out.value(Value::Array(element, array));
        out.text(cast(*element, syntax));
    }
    out.sql(")");
}

/// There is an `unnest` for each type of arrays: the parameter says which.
fn cast(element: DataType, syntax: &Syntax) -> String {
    let mut cast = String::new();
    // An enum's says it already.
    if !matches!(element, DataType::Enum(_)) {
        cast.push_str("::");
        (syntax.definitions.type_name)(&mut cast, element, false);
        cast.push_str("[]");
    }
    cast
}
