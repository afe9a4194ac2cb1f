//! Writes of rows that are found by keys: what relations add and take away.

use super::{
    assign::{Assigned, Written},
    filter::add_condition,
    write::{DeleteText, UpdateText, Verb, Write},
};
use crate::{
    dialect::Dialect,
    expr::write_membership,
    relation::KeyColumn,
    render::{Fragment, Statement},
    table::TableDef,
    value::Value,
};

/// Which values a column has in the rows that are meant.
#[derive(Debug, Clone)]
pub(crate) enum Keyed {
    Is(Value),
    In(Vec<Value>),
    NotIn(Vec<Value>),
}

/// A column, and which values it has in the rows that are meant.
pub(crate) type KeyedBy = (&'static KeyColumn, Keyed);

/// A value of each of these columns: those of a key.
pub(crate) fn keyed_by(columns: &'static [KeyColumn], values: &[Value]) -> Vec<KeyedBy> {
    columns.iter().zip(values).map(|(column, value)| (column, Keyed::Is(value.clone()))).collect()
}

/// `UPDATE table SET column = value, .. WHERE ..`; none if no row can be meant.
pub(crate) fn update_keyed<D: Dialect>(
    def: &'static TableDef,
    columns: &[KeyColumn],
    values: &[Value],
    rows: &[KeyedBy],
) -> Vec<Statement> {
    let statements = each_filter::<D>(rows).into_iter().flat_map(|rows| {
        let mut update = UpdateText::new(def, D::SYNTAX);
        let assigned = columns
            .iter()
            .zip(values)
            .map(|(column, value)| Assigned { column: column.index, value: Written::Value(value.clone()) });
        update.assignments.list.extend(assigned);
        filter(def, rows, &mut update.filter);
        Write { def, kind: D::KIND, verb: Verb::Update(update) }.statements(None)
    });
    statements.map(Statement::now).collect()
}

/// `DELETE FROM table WHERE ..`; none if no row can be meant.
pub(crate) fn delete_keyed<D: Dialect>(def: &'static TableDef, rows: &[KeyedBy]) -> Vec<Statement> {
    let statements = each_filter::<D>(rows).into_iter().flat_map(|rows| {
        let mut delete = DeleteText::new(def, D::SYNTAX);
        filter(def, rows, &mut delete.filter);
        Write { def, kind: D::KIND, verb: Verb::Delete(delete) }.statements(None)
    });
    statements.collect()
}

/// The same rows, in as many parts as the longest list needs.
fn each_filter<D: Dialect>(rows: &[KeyedBy]) -> Vec<Vec<KeyedBy>> {
    let length = if D::SYNTAX.spelling.lists_are_arrays { usize::MAX } else { D::SYNTAX.max_parameters / 4 };
    let mut filters = vec![Vec::new()];
    for (column, keyed) in rows {
        match keyed {
            Keyed::In(values) => {
                let parts = values.chunks(length).flat_map(|part| {
                    filters.iter().cloned().map(move |mut filter: Vec<KeyedBy>| {
                        filter.push((*column, Keyed::In(part.to_vec())));
                        filter
                    })
                });
                filters = parts.collect();
            }
            Keyed::NotIn(values) if values.is_empty() => {}
            keyed => filters.iter_mut().for_each(|filter| filter.push((*column, keyed.clone()))),
        }
    }
    filters
}

fn filter(def: &'static TableDef, rows: Vec<KeyedBy>, out: &mut Fragment) {
    for (column, keyed) in rows {
        add_condition(out, |conditions| {
            conditions.write(|out| match keyed {
                Keyed::Is(value) => {
                    out.column(def.name, column.name);
                    out.sql(" = ");
                    out.value(value);
                }
                Keyed::In(values) => {
                    out.column(def.name, column.name);
                    write_membership(&column.data_type, values, out);
                }
                Keyed::NotIn(values) => {
                    out.sql("NOT (");
                    out.column(def.name, column.name);
                    write_membership(&column.data_type, values, out);
                    out.sql(")");
                }
            });
        });
    }
}
