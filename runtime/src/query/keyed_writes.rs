//! Statements about rows that are found by keys: what relations add and take away.

use super::{
    assign::{Assigned, Written},
    filter::add_condition,
    lists::{in_lists, list_length},
    parts::table_name,
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

/// A column, and the value that it has in the rows that are meant.
pub(crate) type KeyValue = (&'static KeyColumn, Value);

/// The columns of a key with its values.
pub(crate) fn key_values(columns: &'static [KeyColumn], values: &[Value]) -> Vec<KeyValue> {
    columns.iter().zip(values.iter().cloned()).collect()
}

/// Which values a column has in the rows that are meant.
#[derive(Debug, Clone)]
pub(crate) enum Listed {
    /// One of these.
    In(Vec<Value>),
    /// None of these, which one list can hold.
    NotIn(Vec<Value>),
}

/// Rows of a table that are found by keys.
#[derive(Debug)]
pub(crate) struct FoundRows<'a> {
    pub(crate) def: &'static TableDef,
    pub(crate) key: &'a [KeyValue],
    pub(crate) column: &'static KeyColumn,
    pub(crate) listed: Listed,
}

impl FoundRows<'_> {
    /// `UPDATE table SET column = value, .. WHERE ..`; none if no row can be meant.
    pub(crate) fn update<D: Dialect>(self, columns: &[KeyColumn], values: &[Value]) -> Vec<Statement> {
        let def = self.def;
        let statements = self.filters::<D>().flat_map(|filter| {
            let mut update = UpdateText::new(def, D::SYNTAX);
            let assigned = columns
                .iter()
                .zip(values)
                .map(|(column, value)| Assigned { column: column.index, value: Written::Value(value.clone()) });
            update.assignments.list.extend(assigned);
            update.filter = filter;
            Write { def, kind: D::KIND, verb: Verb::Update(update) }.statements(None)
        });
        statements.map(Statement::now).collect()
    }

    /// The same, with NULL for these columns.
    pub(crate) fn free<D: Dialect>(self, columns: &[KeyColumn]) -> Vec<Statement> {
        let nulls: Vec<Value> = columns.iter().map(|column| Value::Null(column.data_type)).collect();
        self.update::<D>(columns, &nulls)
    }

    /// `DELETE FROM table WHERE ..`; none if no row can be meant.
    pub(crate) fn delete<D: Dialect>(self) -> Vec<Statement> {
        let def = self.def;
        let statements = self.filters::<D>().flat_map(|filter| {
            let mut delete = DeleteText::new(def, D::SYNTAX);
            delete.filter = filter;
            Write { def, kind: D::KIND, verb: Verb::Delete(delete) }.statements(None)
        });
        statements.collect()
    }

    /// `SELECT column FROM table WHERE ..`, as they are now, whatever the transaction saw before.
    pub(crate) fn select<D: Dialect>(self) -> Vec<Statement> {
        let (def, column) = (self.def, self.column);
        let statements = self.filters::<D>().map(|filter| {
            select::<D>(def, filter, D::SYNTAX.writes.row_lock.unwrap_or_default(), |out| {
                out.column(def.name, column.name);
            })
        });
        statements.collect()
    }

    /// The condition, or as many as the list needs.
    fn filters<D: Dialect>(self) -> impl Iterator<Item = Fragment> {
        let FoundRows { def, key, column, listed } = self;
        let (lists, begin, end) = match listed {
            Listed::In(values) => (in_lists(values, 1, D::SYNTAX), "", ""),
            Listed::NotIn(values) => (vec![values], "NOT (", ")"),
        };
        lists.into_iter().map(move |values| {
            let mut filter = filter::<D>(def, key);
            if !values.is_empty() {
                add_condition(&mut filter, |conditions| {
                    conditions.write(|out| {
                        out.sql(begin);
                        out.column(def.name, column.name);
                        write_membership(&column.data_type, values, out);
                        out.sql(end);
                    })
                });
            }
            filter
        })
    }
}

/// Whether one list can hold so many values, to stand after NOT IN.
pub(crate) fn fits<D: Dialect>(values: &[Value]) -> bool {
    values.len() <= list_length(D::SYNTAX, 1)
}

/// Keeps others from locking the row with this key until the transaction ends; nothing where only one transaction writes
/// at a time.
pub(crate) fn lock_row<D: Dialect>(def: &'static TableDef, key: &[KeyValue]) -> Option<Statement> {
    let lock = D::SYNTAX.writes.row_lock?;
    Some(select::<D>(def, filter::<D>(def, key), lock, |out| out.sql("1")))
}

/// Changes nothing, but waits for its turn to write: a transaction that reads first might not get it any more.
pub(crate) fn write_nothing<D: Dialect>(def: &'static TableDef) -> Vec<Statement> {
    let mut delete = DeleteText::new(def, D::SYNTAX);
    delete.filter.sql("1 = 0");
    Write { def, kind: D::KIND, verb: Verb::Delete(delete) }.statements(None)
}

fn select<D: Dialect>(
    def: &'static TableDef,
    filter: Fragment,
    lock: &'static str,
    columns: impl FnOnce(&mut Fragment),
) -> Statement {
    let mut out = Fragment::statement(D::SYNTAX);
    out.sql("SELECT ");
    columns(&mut out);
    out.sql(" FROM ");
    table_name(def, &mut out);
    out.sql(" WHERE ");
    out.append(filter);
    out.sql(lock);
    out.into_statement().now()
}

fn filter<D: Dialect>(def: &'static TableDef, key: &[KeyValue]) -> Fragment {
    let mut filter = Fragment::clause(D::SYNTAX);
    for (column, value) in key {
        add_condition(&mut filter, |conditions| {
            conditions.write(|out| {
                out.column(def.name, column.name);
                out.sql(" = ");
                out.value(value.clone());
            })
        });
    }
    filter
}
