//! The text of a SELECT.

use super::{Narrowing, Parts};
use crate::{
    dialect::Syntax,
    query::{limit, output::OutputColumns},
    render::{Fragment, Marking, Place, Statement},
    value::DataType,
};

/// `c1`, `c2` and so on.
pub(crate) fn write_number(out: &mut Fragment, place: usize) {
    out.sql("c");
    out.number(place as u64 + 1);
}

impl Parts {
    fn write_columns(&mut self, out: &mut Fragment) {
        if !self.projection.is_empty() {
            let nothing = self.projection.part();
            return out.append(std::mem::replace(&mut self.projection, nothing));
        }
        out.columns_of(self.first.selected.columns, self.first.selected.alias);
        for table in self.joined.iter().filter(|table| table.columns.count() > 0) {
            out.next_column();
            out.columns_of(table.columns, table.alias);
        }
    }

    /// Selects more than what is selected already, which may be all columns.
    pub(crate) fn select_also(&mut self, write: impl FnOnce(&mut Fragment)) {
        let mut columns = self.projection.part();
        self.write_columns(&mut columns);
        write(&mut columns);
        self.projection = columns;
    }

    /// Whether ORDER BY names the columns by their numbers.
    fn has_numbered_columns(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| rare.names_columns)
    }

    /// Writes the whole SELECT.
    pub(crate) fn write(&mut self, out: &mut Fragment) {
        if self.has_numbered_columns() {
            return self.write_numbered(out);
        }
        let start = out.end();
        self.mention_outer(out);
        // What is selected here is not what a query around it selects.
        let marking = out.remember(Marking::Nothing);
        if let Some(sides) = self.sides() {
            sides.write(None, out);
            self.write_order(out);
        } else {
            out.sql("SELECT ");
            self.write_distinct(out);
            self.write_columns(out);
            if self.is_deferred() {
                self.write_deferred(out);
            } else {
                self.write_tail(out);
            }
        }
        out.remember(marking);
        self.forget_own_columns(start, out);
    }

    /// What a query around this one renames is not what this one reads itself.
    fn forget_own_columns(&self, start: Place, out: &mut Fragment) {
        out.forget_columns(start, |name| self.reads_from(name));
    }

    /// Writes ` FROM table INNER JOIN (SELECT keys ..) AS k ON .. ORDER BY ..`: what cuts the rows finds only the keys.
    fn write_deferred(&mut self, out: &mut Fragment) {
        const KEYS: &str = "deferred_keys";
        let (table, order) = (self.first.clone(), self.tail.order());
        let lock = self.rare.as_mut().and_then(|rare| rare.lock.take());
        let (source, keys) = table.keys();
        out.sql(" FROM ");
        table.write(out);
        let mut separator = " INNER JOIN (SELECT ";
        for column in keys {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.column(source, column);
        }
        self.write_tail(out);
        out.sql(") AS ");
        out.name(KEYS);
        let mut separator = " ON ";
        for column in keys {
            out.sql(std::mem::replace(&mut separator, " AND "));
            out.column(source, column);
            out.sql(" = ");
            out.column(KEYS, column);
        }
        out.append(order);
        if let Some(lock) = lock {
            lock.write(out);
        }
    }

    /// Writes `EXISTS (..)`: whether a query inside of another one has rows.
    pub(crate) fn write_narrowing(&mut self, out: &mut Fragment) {
        out.sql("EXISTS (SELECT 1 FROM ");
        match self.narrows() {
            Some(Narrowing { from, .. }) if !from.is_empty() => out.append_copy(from),
            _ => {
                out.sql("(SELECT 1 AS c1) AS ");
                out.name("narrowed");
            }
        }
        self.tail.clear_order();
        out.append(self.tail.finish());
        limit::write(self.limit, self.offset, out);
        out.sql(")");
    }

    /// Writes the whole SELECT, with a name of its own for each column: two of one name are an error in a subquery of
    /// MySQL.
    pub(crate) fn write_numbered(&mut self, out: &mut Fragment) {
        self.write_named(out, &write_number);
    }

    /// Writes the whole SELECT as one in FROM, whose columns have these names.
    pub(crate) fn write_derived(&mut self, columns: OutputColumns, out: &mut Fragment) {
        match columns {
            OutputColumns::OfTable(_) => self.write(out),
            OutputColumns::Listed(list) if self.has_numbered_columns() => self.write_renamed(list, out),
            OutputColumns::Listed(list) => {
                self.write_named(out, &|out, place| out.name(list.get(place).map_or("", |column| column.0)));
            }
        }
    }

    /// Writes it as the first part of a UNION, whose columns have these names.
    pub(crate) fn write_member(&mut self, columns: OutputColumns, out: &mut Fragment) {
        let growing = self.syntax().spelling.growing_text.filter(|_| columns.has_text());
        if !self.is_cut() && !self.has_distinct_on() && !self.is_combined() && growing.is_none() {
            self.forget_order();
            return self.write_derived(columns, out);
        }
        // Not every database has parentheses here.
        match growing {
            None => out.sql("SELECT *"),
            Some(around) => write_growing(columns, around, out),
        }
        out.sql(" FROM (");
        self.write_derived(columns, out);
        out.sql(") AS ");
        out.name("base");
    }

    /// Writes it as the second part of a UNION.
    pub(crate) fn write_step(&mut self, out: &mut Fragment) {
        if self.is_combined() {
            out.sql("SELECT * FROM (");
            self.write(out);
            out.sql(") AS ");
            return out.name("step");
        }
        if !self.is_cut() {
            self.forget_order();
            return self.write(out);
        }
        out.sql("(");
        self.write(out);
        out.sql(")");
    }

    /// Writes it with its columns numbered, as ORDER BY names them, and around that one whose columns have these names.
    fn write_renamed(&mut self, list: &[(&'static str, bool, DataType)], out: &mut Fragment) {
        let mut separator = "SELECT ";
        for (place, (name, ..)) in list.iter().enumerate() {
            out.sql(std::mem::replace(&mut separator, ", "));
            write_number(out, place);
            out.sql(" AS ");
            out.name(name);
        }
        out.sql(" FROM (");
        self.write_numbered(out);
        out.sql(") AS ");
        out.name("ordered");
    }

    pub(in crate::query) fn write_named(&mut self, out: &mut Fragment, write_name: &dyn Fn(&mut Fragment, usize)) {
        let start = out.end();
        self.mention_outer(out);
        let marking = out.remember(Marking::Nothing);
        if let Some(sides) = self.sides() {
            sides.write(Some(write_name), out);
            self.write_order(out);
        } else if self.rare.as_mut().is_some_and(|rare| std::mem::take(&mut rare.ordered_outside)) {
            self.write_ordered_outside(out, write_name);
        } else {
            out.sql("SELECT ");
            self.write_distinct(out);
            let mut columns = self.projection.part();
            columns.remember(Marking::CommasAndColumns);
            self.write_columns(&mut columns);
            out.append(columns.with_column_names(write_name));
            self.write_tail(out);
        }
        out.remember(marking);
        self.forget_own_columns(start, out);
    }

    /// Writes it as a query in FROM of one that has its ORDER BY and LIMIT.
    fn write_ordered_outside(&mut self, out: &mut Fragment, write_name: &dyn Fn(&mut Fragment, usize)) {
        let (order, limit, offset) = (self.tail.order(), self.limit.take(), self.offset.take());
        self.tail.clear_order();
        out.sql("SELECT * FROM (");
        self.write_named(out, write_name);
        out.sql(") AS ");
        out.name("totals");
        out.append(order);
        limit::write(limit, offset, out);
    }

    /// Writes ORDER BY and LIMIT of a set operation.
    fn write_order(&mut self, out: &mut Fragment) {
        out.append(self.tail.finish());
        limit::write(self.limit, self.offset, out);
    }

    /// Writes a SELECT of the same rows, with `columns` in place of what is selected.
    pub(crate) fn write_of(&mut self, columns: &'static str, out: &mut Fragment) {
        let start = out.end();
        self.mention_outer(out);
        out.sql(columns);
        self.write_tail(out);
        self.forget_own_columns(start, out);
    }

    fn write_distinct(&self, out: &mut Fragment) {
        if self.distinct {
            out.sql("DISTINCT ");
        }
        if let Some(rare) = self.rare.as_ref().filter(|rare| !rare.distinct_on.is_empty()) {
            out.sql("DISTINCT ON (");
            out.append_copy(&rare.distinct_on);
            out.sql(") ");
        }
    }

    fn write_tail(&mut self, out: &mut Fragment) {
        out.sql(" FROM ");
        self.first.write(out);
        if let Some(rare) = &self.rare {
            out.append_copy(&rare.hints);
        }
        out.append(self.tail.finish());
        limit::write(self.limit, self.offset, out);
        if let Some(lock) = self.rare.as_ref().and_then(|rare| rare.lock.as_ref()) {
            lock.write(out);
        }
    }

    /// About how long its text is.
    pub(crate) fn expected_length(&self) -> usize {
        let columns: usize = self.joined.iter().chain([&self.first.selected]).map(|table| table.columns.count()).sum();
        let selected = if self.projection.is_empty() { 24 * columns } else { self.projection.len() };
        let sides = self.rare.as_ref().and_then(|rare| rare.sides.as_ref());
        let sides = sides.map_or(0, |sides| sides.all().map(Parts::expected_length).sum());
        64 + selected + self.tail.len() + sides
    }

    /// The statement.
    pub(crate) fn into_statement(mut self: Box<Self>, syntax: &'static Syntax) -> Statement {
        let mut out = Fragment::statement(syntax);
        out.reserve(self.expected_length(), 0);
        self.write(&mut out);
        out.into_statement()
    }
}

/// Writes `SELECT` of all columns, each text as one that can grow: between the two of `around`.
fn write_growing(columns: OutputColumns, around: (&'static str, &'static str), out: &mut Fragment) {
    out.sql("SELECT ");
    for place in 0..columns.count() {
        if place > 0 {
            out.sql(", ");
        }
        let name = columns.name(place);
        if columns.data_type(place) != DataType::Text {
            out.name(name);
            continue;
        }
        out.sql(around.0);
        out.name(name);
        out.sql(around.1);
        out.sql(" AS ");
        out.name(name);
    }
}
