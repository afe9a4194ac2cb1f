//! The rows of an INSERT: which columns they set, and how many fit into a statement.

use super::{assign::AssignmentList, conflict::Conflict, parts::Parts, unnest};
use crate::{
    dialect::{DialectKind, NewRow, Syntax},
    render::Fragment,
    table::{Cells, ColumnDef, InsertRow, TableDef},
    value::Value,
};

/// Where the rows come from.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    Values(Vec<Row>),
    Query { columns: Vec<usize>, query: Box<Parts> },
}

/// One row: what it sets, by the column's place in the table.
#[derive(Debug, Clone)]
pub(super) struct Row(Vec<(usize, Fragment)>);

impl From<AssignmentList> for Row {
    fn from(list: AssignmentList) -> Self {
        Row(list.0.into_iter().map(|assigned| (assigned.column, assigned.value)).collect())
    }
}

impl Row {
    pub(super) fn of<R: InsertRow>(row: R) -> Self {
        let mut cells = Cells::default();
        row.cells(&mut cells);
        Row(cells.0.into_iter().map(|cell| (cell.column, Fragment::of(cell.value))).collect())
    }

    /// Sets what mizzle computes itself, in the columns that the row leaves out, and puts all in the table's order.
    pub(super) fn complete(&mut self, def: &TableDef) {
        for (index, column) in def.columns.iter().enumerate() {
            let Some(value) = column.default_fn.or(column.on_update_fn) else {
                continue;
            };
            if !self.sets(index) {
                self.0.push((index, Fragment::of(value())));
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.0.sort_by_key(|(column, _)| *column);
    }

    fn sets(&self, column: usize) -> bool {
        self.0.iter().any(|(set, _)| *set == column)
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(column, _)| *column)
    }

    fn parameters(&self) -> usize {
        self.0.iter().map(|(_, value)| value.parameters()).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it sets nothing but plain values.
    pub(super) fn is_plain(&self) -> bool {
        self.0.iter().all(|(_, value)| value.is_value())
    }

    /// What it sets, if nothing but plain values.
    pub(super) fn into_values(self) -> impl Iterator<Item = Value> {
        self.0.into_iter().filter_map(|(_, value)| value.into_value())
    }
}

/// Makes all rows set the same columns: `DEFAULT` where they set none.
pub(super) fn fill_up(rows: &mut [Row], def: &TableDef) {
    let mut columns: Vec<usize> = rows.iter().flat_map(Row::columns).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.is_empty() && rows.len() > 1 {
        columns.extend(def.columns.iter().position(|column| column.generated.is_none()));
    }
    for row in rows {
        for column in &columns {
            if !row.sets(*column) {
                let mut default = Fragment::new();
                default.sql("DEFAULT");
                row.0.push((*column, default));
            }
        }
        row.sort();
    }
}

/// Runs of rows that set the same columns and fit into one statement. A row of defaults only stands alone.
pub(super) fn batches(rows: Vec<Row>, parameters: usize) -> Vec<Vec<Row>> {
    let mut batches: Vec<Vec<Row>> = Vec::new();
    let mut free = 0;
    for row in rows {
        let needed = row.parameters();
        match batches.last_mut() {
            Some(batch) if !row.0.is_empty() && needed <= free && batch[0].columns().eq(row.columns()) => {
                batch.push(row);
                free -= needed;
            }
            _ => {
                batches.push(vec![row]);
                free = parameters.saturating_sub(needed);
            }
        }
    }
    batches
}

impl Rows {
    /// `(a, b) VALUES (..), (..)`
    pub(super) fn write_values(
        def: &'static TableDef,
        rows: Vec<Row>,
        conflict: &Conflict,
        dialect: DialectKind,
        out: &mut Fragment,
    ) {
        let writes = &dialect.syntax().writes;
        let columns: Vec<usize> = rows[0].columns().collect();
        if !columns.is_empty() {
            write_columns(def, &columns, out);
            if writes.unnest && unnest::fits(def, &rows) {
                unnest::write(def, &columns, rows, dialect.syntax(), out);
            } else {
                write_rows(rows, out);
            }
        } else if conflict.clause.is_empty() || writes.default_value {
            out.sql(writes.default_row);
        } else {
            write_defaults(def, dialect, out);
        }
        if conflict.names_new_rows && writes.new_row == NewRow::Alias {
            out.sql(" AS ");
            out.name("excluded");
        }
    }

    /// `(a, b) SELECT ..`
    pub(super) fn write_query(
        def: &'static TableDef,
        columns: &[usize],
        mut query: Parts,
        conflict: &Conflict,
        syntax: &Syntax,
        out: &mut Fragment,
    ) {
        write_columns(def, columns, out);
        if conflict.names_new_rows && syntax.writes.new_row == NewRow::Alias {
            // Only a derived table gives the selected rows a name and their columns the names of the table.
            out.sql("SELECT * FROM (");
            out.append(query.into_fragment(syntax));
            out.sql(") AS ");
            out.name("excluded");
            out.sql(" (");
            write_names(def, columns, out);
            return out.sql(")");
        }
        if !conflict.clause.is_empty() && query.filter.is_empty() {
            // SQLite takes `ON` after a plain SELECT for a join.
            query.filter.sql("true");
        }
        out.append(query.into_fragment(syntax));
    }
}

fn write_columns(def: &'static TableDef, columns: &[usize], out: &mut Fragment) {
    out.sql(" (");
    write_names(def, columns, out);
    out.sql(") ");
}

fn write_names(def: &'static TableDef, columns: &[usize], out: &mut Fragment) {
    for (place, column) in columns.iter().enumerate() {
        if place > 0 {
            out.sql(", ");
        }
        out.name(def.columns[*column].name);
    }
}

fn write_rows(rows: Vec<Row>, out: &mut Fragment) {
    let mut separator = "VALUES (";
    for row in rows {
        out.sql(std::mem::replace(&mut separator, ", ("));
        for (index, (_, value)) in row.0.into_iter().enumerate() {
            if index > 0 {
                out.sql(", ");
            }
            out.append(value);
        }
        out.sql(")");
    }
}

/// A row of defaults only where `DEFAULT VALUES` cannot stand, which is before SQLite's ON CONFLICT: the default of one
/// column is written out.
fn write_defaults(def: &'static TableDef, dialect: DialectKind, out: &mut Fragment) {
    let counts_up = def.columns.iter().position(|column| column.auto_increment);
    let default = |column: &ColumnDef| column.default.and_then(|default| (default.0)(dialect));
    let defaulted = || def.columns.iter().position(|column| default(column).is_some());
    let column = counts_up.or_else(defaulted).unwrap_or_default();
    write_columns(def, &[column], out);
    out.sql("VALUES (");
    out.text(default(&def.columns[column]).unwrap_or_else(|| "NULL".to_owned()));
    out.sql(")");
}
