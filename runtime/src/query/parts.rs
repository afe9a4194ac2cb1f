//! The clauses of a SELECT, as they are collected.

use super::{
    lock::Lock,
    order::{SortKey, write_keys},
};
use crate::{
    dialect::Syntax,
    render::Fragment,
    table::{Source, Table as _, TableDef},
};

/// A table of FROM.
#[derive(Debug, Clone)]
struct FromTable {
    def: &'static TableDef,
    qualifier: &'static str,
}

/// The clauses of a SELECT.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    tables: Vec<FromTable>,
    pub(crate) distinct: bool,
    /// The keys of DISTINCT ON: the first ones that rows are ordered by.
    pub(crate) distinct_on: Vec<SortKey>,
    /// Only aggregates are selected: there is exactly one row, whatever the tables hold.
    pub(crate) one_row: bool,
    /// Empty: all columns of all tables.
    pub(crate) projection: Fragment,
    from: Fragment,
    /// How many pieces of `from` the first table is.
    first_table: usize,
    pub(crate) filter: Fragment,
    pub(crate) group: Fragment,
    pub(crate) having: Fragment,
    pub(crate) order: Fragment,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
    pub(crate) lock: Option<Lock>,
    /// Which indexes of the first table to use.
    pub(crate) hints: Fragment,
}

/// Writes a table and its alias.
pub(crate) fn table_reference<T: Source>(out: &mut Fragment) {
    table_name(T::Table::def(), out);
    if let Some(alias) = T::ALIAS {
        out.sql(" AS ");
        out.name(alias);
    }
}

/// Writes a table's name, with its schema.
pub(crate) fn table_name(def: &'static TableDef, out: &mut Fragment) {
    if let Some(schema) = def.schema {
        out.name(schema);
        out.sql(".");
    }
    out.name(def.name);
}

impl Parts {
    /// `FROM table`
    pub(crate) fn from<T: Source>() -> Self {
        let mut parts = Parts::default();
        parts.add_table::<T>();
        parts.first_table = parts.from.len();
        parts
    }

    fn add_table<T: Source>(&mut self) {
        self.tables.push(FromTable { def: T::Table::def(), qualifier: T::qualifier() });
        table_reference::<T>(&mut self.from);
    }

    /// ` JOIN table`
    pub(crate) fn join<T: Source>(&mut self, keyword: &'static str) {
        self.from.sql(keyword);
        self.add_table::<T>();
    }

    /// ` ON condition`
    pub(crate) fn on(&mut self, condition: Fragment) {
        self.from.sql(" ON ");
        self.from.append(condition);
    }

    /// Whether rows are cut, grouped or made distinct after WHERE.
    pub(crate) fn shapes_rows(&self) -> bool {
        self.distinct
            || !self.distinct_on.is_empty()
            || self.one_row
            || self.limit.is_some()
            || self.offset.is_some()
            || !self.group.is_empty()
            || !self.having.is_empty()
    }

    fn write_columns(&mut self, out: &mut Fragment) {
        if !self.projection.is_empty() {
            return out.append(std::mem::take(&mut self.projection));
        }
        let columns = self.tables.iter().flat_map(|table| table.def.columns.iter().map(move |column| (table, column)));
        for (place, (table, column)) in columns.enumerate() {
            if place > 0 {
                out.next_column();
            }
            out.column(table.qualifier, column.name);
        }
    }

    /// The whole SELECT.
    pub(crate) fn into_fragment(mut self, syntax: &Syntax) -> Fragment {
        let mut out = Fragment::new();
        out.sql("SELECT ");
        self.write_distinct(&mut out);
        self.write_columns(&mut out);
        self.write_tail(syntax, out)
    }

    /// The whole SELECT, with a name of its own for each column: two of one name are an error in a subquery of MySQL.
    pub(crate) fn into_named_fragment(mut self, syntax: &Syntax) -> Fragment {
        let mut out = Fragment::new();
        out.sql("SELECT ");
        self.write_distinct(&mut out);
        let mut columns = Fragment::new();
        self.write_columns(&mut columns);
        out.append(columns.with_column_names());
        self.write_tail(syntax, out)
    }

    /// The same rows, with `columns` in place of what is selected.
    pub(crate) fn into_fragment_of(self, columns: &'static str, syntax: &Syntax) -> Fragment {
        let mut out = Fragment::new();
        out.sql(columns);
        self.write_tail(syntax, out)
    }

    fn write_distinct(&self, out: &mut Fragment) {
        if self.distinct {
            out.sql("DISTINCT ");
        }
        let mut separator = "DISTINCT ON (";
        for key in &self.distinct_on {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.append(key.expression.clone());
        }
        if !self.distinct_on.is_empty() {
            out.sql(") ");
        }
    }

    fn write_tail(mut self, syntax: &Syntax, mut out: Fragment) -> Fragment {
        out.sql(" FROM ");
        self.write_from(&mut out);
        if !syntax.spelling.having_knows_rows {
            for (source, column) in self.group.columns_in(&self.having) {
                self.group.sql(", ");
                self.group.column(source, column);
            }
        }
        let mut order = Fragment::new();
        write_keys(self.distinct_on, syntax, &mut order);
        if !self.order.is_empty() {
            order.separate(", ");
            order.append(self.order);
        }
        for (keyword, clause) in
            [(" WHERE ", self.filter), (" GROUP BY ", self.group), (" HAVING ", self.having), (" ORDER BY ", order)]
        {
            if !clause.is_empty() {
                out.sql(keyword);
                out.append(clause);
            }
        }
        write_limit(self.limit, self.offset, syntax, &mut out);
        if let Some(lock) = self.lock {
            lock.write(syntax, &mut out);
        }
        out
    }

    /// The tables, with the hints after the first one.
    fn write_from(&mut self, out: &mut Fragment) {
        let joins = self.from.split_off(self.first_table);
        out.append(std::mem::take(&mut self.from));
        out.append(std::mem::take(&mut self.hints));
        out.append(joins);
    }
}

fn write_limit(limit: Option<u64>, offset: Option<u64>, syntax: &Syntax, out: &mut Fragment) {
    // An integer is written, not bound: SQLite prepares a statement anew when a bound LIMIT changes.
    let maximum = i64::MAX as u64;
    match (limit, offset, syntax.unlimited) {
        (Some(rows), ..) => {
            out.sql(" LIMIT ");
            out.number(rows.min(maximum));
        }
        (None, Some(_), Some(all)) => {
            out.sql(" LIMIT ");
            out.sql(all);
        }
        _ => {}
    }
    if let Some(rows) = offset {
        out.sql(" OFFSET ");
        out.number(rows.min(maximum));
    }
}
