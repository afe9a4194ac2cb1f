//! The rows of a query that have certain keys: those that a relation leads to.

use std::cell::Cell;

use super::{OriginText, Parts, Selected, table_name, write::write_number};
use crate::{
    expr::{Level, padded_length, write_membership},
    query::{output::OutputColumns, tail::Clause, unnest},
    relation::{Between, Key, KeyColumn},
    render::{Fragment, Statement},
    table::TableDef,
    value::{DataType, Value},
};

/// A query whose columns have different names, and how many there are.
pub(crate) struct Numbered {
    pub(crate) text: Fragment,
    pub(crate) width: usize,
    /// The table whose columns they are, perhaps with one more.
    pub(crate) table: Option<&'static TableDef>,
}

impl Parts {
    /// The table that its rows are whole rows of, if they are of one.
    pub(crate) fn whole_table(&self) -> Option<&'static TableDef> {
        match self.first.text {
            OriginText::Table(def) if self.projection.is_empty() && self.joined.is_empty() => Some(def),
            _ => None,
        }
    }

    /// Whether arrays are among what it selects.
    pub(crate) fn selects_arrays(&self) -> bool {
        if !self.projection.is_empty() {
            return self.projection.selects_arrays();
        }
        let types = std::iter::once(&self.first.selected).chain(&self.joined).flat_map(|of| of.columns.data_types());
        types.into_iter().any(|data_type| matches!(data_type, DataType::Array(_)))
    }

    /// The statement that finds only the rows with one of these keys. A limit is one for each of them; the last column is
    /// a number then.
    pub(crate) fn into_statement_of(
        mut self: Box<Self>,
        table: &'static str,
        columns: &'static [KeyColumn],
        keys: Vec<Key>,
    ) -> Statement {
        let names = columns.iter().map(|column| (column.name, &column.data_type));
        self.only(|out| write_any_of(table, names, keys, out));
        let syntax = self.syntax();
        if !self.is_cut() {
            return self.into_statement(syntax);
        }
        let mut out = Fragment::statement(syntax);
        self.write_cut_by(table, columns, &mut out);
        out.into_statement()
    }

    /// Only the rows for which a condition holds.
    pub(crate) fn only(&mut self, condition: impl FnOnce(&mut Fragment)) {
        self.add_conditions(Clause::Filter, |conditions| conditions.write(condition));
    }

    /// The query, with another name for each column. A limit is one for each of the keys, if there are any; the last
    /// column is a number then.
    pub(crate) fn into_numbered(mut self: Box<Self>, keys: Option<(&'static str, &'static [KeyColumn])>) -> Numbered {
        let mut text = Fragment::clause(self.syntax());
        let table = self.whole_table();
        let width = match keys {
            Some((table, columns)) if self.is_cut() => self.write_cut_by(table, columns, &mut text),
            // As those of the table are.
            _ if table.is_some() => {
                self.write(&mut text);
                self.first.selected.columns.count()
            }
            _ => self.write_counted(&mut text),
        };
        Numbered { text, width, table }
    }

    /// Writes it with a name for each column, and counts them.
    fn write_counted(&mut self, out: &mut Fragment) -> usize {
        let count = Cell::new(0);
        self.write_named(out, &|out, place| {
            count.set(count.get().max(place + 1));
            write_number(out, place);
        });
        count.get()
    }

    /// Only the rows whose columns are those of the query around it.
    pub(crate) fn filter_linked(
        &mut self,
        (table, columns): (&'static str, &'static [KeyColumn]),
        (outer, outer_columns): (&'static str, &'static [KeyColumn]),
    ) {
        self.add_conditions(Clause::Filter, |conditions| {
            for (column, outer_column) in columns.iter().zip(outer_columns) {
                conditions.write(|out| {
                    out.column(table, column.name);
                    out.sql(" = ");
                    out.outer_column(outer, outer_column.name);
                });
            }
        });
    }

    /// Only the rows for which these conditions hold, if there are any.
    pub(crate) fn filter_text(&mut self, conditions: Fragment) {
        if !conditions.is_empty() {
            self.add_conditions(Clause::Filter, |list| list.fragment(conditions, Level::And));
        }
    }

    /// ` INNER JOIN` the junction table of a relation, whose columns are only selected by name; `to` is what the table
    /// is called that it leads to.
    pub(crate) fn join_between(&mut self, junction: &Between, alias: Option<&'static str>, to: &'static str) {
        let def = (junction.table)();
        let name = alias.unwrap_or(def.name);
        self.joined.push(Selected { columns: OutputColumns::Listed(&[]), alias: Some(name) });
        self.tail.add(Clause::Joins, |out, _| {
            out.sql(" INNER JOIN ");
            table_name(def, out);
            if alias.is_some() {
                out.sql(" AS ");
                out.name(name);
            }
            out.sql(" ON ");
            out.column(name, junction.far.name);
            out.sql(" = ");
            out.column(to, junction.key.name);
        });
    }

    /// Numbers the rows of each key, and leaves out those whose number is not asked for. Counts the columns.
    fn write_cut_by(&mut self, table: &'static str, key: &'static [KeyColumn], out: &mut Fragment) -> usize {
        let (limit, offset) = (self.limit.take(), self.offset.take());
        let order = self.tail.order();
        self.tail.clear_order();
        self.select_also(|columns| {
            columns.next_column();
            columns.sql("row_number() OVER (PARTITION BY ");
            for (place, column) in key.iter().enumerate() {
                columns.sql(if place > 0 { ", " } else { "" });
                columns.column(table, column.name);
            }
            columns.append(order);
            columns.sql(")");
        });
        out.sql("SELECT * FROM (");
        let width = self.write_counted(out);
        let last = width.saturating_sub(1);
        out.sql(") AS ");
        out.name("numbered");
        let mut separator = " WHERE ";
        if let Some(offset) = offset {
            out.sql(std::mem::replace(&mut separator, " AND "));
            write_number(out, last);
            out.sql(" > ");
            offset.write(out);
        }
        if let Some(limit) = limit {
            out.sql(separator);
            write_number(out, last);
            out.sql(" <= ");
            limit.and(offset).write(out);
        }
        out.sql(" ORDER BY ");
        write_number(out, last);
        width
    }
}

/// That columns have the values of one of these keys: `id IN (1, 2)`, `(a, b) IN ((1, 2), (3, 4))`, or
/// `(a, b) IN (SELECT * FROM unnest(..))` where lists are arrays.
pub(crate) fn write_any_of(
    table: &'static str,
    columns: impl ExactSizeIterator<Item = (&'static str, &'static DataType)> + Clone,
    mut keys: Vec<Key>,
    out: &mut Fragment,
) {
    let (width, types) = (columns.len(), || columns.clone().map(|(_, data_type)| data_type));
    if let (1, Some((name, data_type))) = (width, columns.clone().next()) {
        out.column(table, name);
        let values = keys.into_iter().filter_map(|key| key.into_value(data_type)).collect();
        return write_membership(data_type, values, out);
    }
    let mut separator = "(";
    for (name, _) in columns.clone() {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.column(table, name);
    }
    if out.syntax().writes.unnest {
        out.sql(") IN (SELECT * FROM ");
        let values: Vec<Value> = keys.into_iter().flat_map(|key| key.into_values(types())).collect();
        unnest::write(types(), values, out);
        out.sql(")");
        return;
    }
    // The last one is repeated, so that lists of many lengths share one text.
    if let Some(last) = keys.last().cloned() {
        keys.resize(padded_length(keys.len(), out.syntax().max_parameters / 4 / width), last);
    }
    out.sql(out.syntax().writes.in_rows);
    for (place, key) in keys.into_iter().enumerate() {
        let mut separator = if place > 0 { ", (" } else { "(" };
        for value in key.into_values(types()) {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.value(value);
        }
        out.sql(")");
    }
    out.sql(")");
}
