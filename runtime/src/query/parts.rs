//! The clauses of a SELECT, as they are collected.

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
    /// Only aggregates are selected: there is exactly one row, whatever the tables hold.
    pub(crate) one_row: bool,
    /// Empty: all columns of all tables.
    pub(crate) projection: Fragment,
    from: Fragment,
    pub(crate) filter: Fragment,
    pub(crate) group: Fragment,
    pub(crate) having: Fragment,
    pub(crate) order: Fragment,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
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
        let mut separator = "";
        for table in &self.tables {
            for column in table.def.columns {
                out.sql(std::mem::replace(&mut separator, ", "));
                out.column(table.qualifier, column.name);
            }
        }
    }

    /// The whole SELECT.
    pub(crate) fn into_fragment(mut self, syntax: &Syntax) -> Fragment {
        let mut out = Fragment::new();
        out.sql(if self.distinct { "SELECT DISTINCT " } else { "SELECT " });
        self.write_columns(&mut out);
        self.write_tail(syntax, out)
    }

    /// The same rows, with `columns` in place of what is selected.
    pub(crate) fn into_fragment_of(self, columns: &'static str, syntax: &Syntax) -> Fragment {
        let mut out = Fragment::new();
        out.sql(columns);
        self.write_tail(syntax, out)
    }

    fn write_tail(self, syntax: &Syntax, mut out: Fragment) -> Fragment {
        out.sql(" FROM ");
        out.append(self.from);
        for (keyword, clause) in [
            (" WHERE ", self.filter),
            (" GROUP BY ", self.group),
            (" HAVING ", self.having),
            (" ORDER BY ", self.order),
        ] {
            if !clause.is_empty() {
                out.sql(keyword);
                out.append(clause);
            }
        }
        write_limit(self.limit, self.offset, syntax, &mut out);
        out
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
