//! The rows of a query that have certain keys: those that a relation leads to.

use std::cell::Cell;

use super::{OriginText, Parts, Selected, table_name, write::write_number};
use crate::{
    expr::{Level, write_membership},
    query::{output::OutputColumns, tail::Clause},
    relation::{Between, KeyColumn},
    render::{Fragment, Statement},
    value::Value,
};

impl Parts {
    /// Whether its rows are whole rows of one table.
    pub(crate) fn is_whole_table(&self) -> bool {
        self.projection.is_empty() && self.joined.is_empty() && matches!(self.first.text, OriginText::Table(_))
    }

    /// The statement that finds only the rows with one of these keys. A limit is one for each of them; the last column is
    /// a number then.
    pub(crate) fn into_statement_of(
        mut self: Box<Self>,
        table: &'static str,
        column: &'static KeyColumn,
        keys: Vec<Value>,
    ) -> Statement {
        self.add_conditions(Clause::Filter, |conditions| {
            conditions.write(|out| {
                out.column(table, column.name);
                write_membership(&column.data_type, keys, out);
            });
        });
        let syntax = self.syntax();
        if !self.is_cut() {
            return self.into_statement(syntax);
        }
        let mut out = Fragment::statement(syntax);
        self.write_cut_by(table, column, &mut out);
        out.into_statement()
    }

    /// Only the rows whose column is that of the query around it.
    pub(crate) fn filter_linked(
        &mut self,
        (table, column): (&'static str, &'static str),
        (outer, outer_column): (&'static str, &'static str),
    ) {
        self.add_conditions(Clause::Filter, |conditions| {
            conditions.write(|out| {
                out.column(table, column);
                out.sql(" = ");
                out.outer_column(outer, outer_column);
            });
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

    /// Numbers the rows of each key, and leaves out those whose number is not asked for.
    fn write_cut_by(&mut self, table: &'static str, column: &'static KeyColumn, out: &mut Fragment) {
        let (limit, offset) = (self.limit.take(), self.offset.take());
        let order = self.tail.order();
        self.tail.clear_order();
        self.select_also(|columns| {
            columns.next_column();
            columns.sql("row_number() OVER (PARTITION BY ");
            columns.column(table, column.name);
            columns.append(order);
            columns.sql(")");
        });
        let last = Cell::new(0);
        out.sql("SELECT * FROM (");
        self.write_named(out, &|out, place| {
            last.set(place);
            write_number(out, place);
        });
        out.sql(") AS ");
        out.name("numbered");
        let mut separator = " WHERE ";
        if let Some(offset) = offset {
            out.sql(std::mem::replace(&mut separator, " AND "));
            write_number(out, last.get());
            out.sql(" > ");
            offset.write(out);
        }
        if let Some(limit) = limit {
            out.sql(separator);
            write_number(out, last.get());
            out.sql(" <= ");
            limit.and(offset).write(out);
        }
        out.sql(" ORDER BY ");
        write_number(out, last.get());
    }
}
