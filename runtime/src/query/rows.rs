//! The rows of an INSERT: which columns they set, and how many fit into a statement.

use super::{
    assign::{Assigned, AssignmentList, Written},
    parts::Parts,
    tail::Clause,
    unnest,
    upsert::Conflict,
};
use crate::{
    dialect::{DialectKind, NewRow},
    render::Fragment,
    table::{Cells, ColumnDef, InsertRow, TableDef},
    value::{Compute, Value},
};

/// Where the rows come from.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    Values(Vec<Batch>),
    Query { columns: Vec<usize>, query: Box<Parts> },
}

/// Rows that set the same columns, one row after the other.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    /// Their places in the table, in its order.
    pub(super) columns: Vec<usize>,
    pub(super) cells: Vec<Written>,
    /// How many rows there are; they may set nothing.
    pub(super) rows: usize,
}

/// One row.
pub(super) fn one(row: AssignmentList, def: &TableDef) -> Vec<Batch> {
    let mut batches = Vec::new();
    add(&mut batches, &mut { row.list }, 1, def);
    batches
}

/// Any number of rows: those that follow each other and set the same columns are together.
pub(super) fn several<R: InsertRow>(rows: impl IntoIterator<Item = R>, def: &TableDef) -> Vec<Batch> {
    let rows = rows.into_iter();
    let expected = rows.size_hint().0.min(1 << 16);
    let mut batches = Vec::new();
    let mut cells = Cells::default();
    for row in rows {
        row.cells(&mut cells);
        add(&mut batches, &mut cells.0, expected, def);
    }
    batches
}

/// Adds a row, with what mizzle computes itself in the columns that it leaves out.
pub(super) fn add(batches: &mut Vec<Batch>, row: &mut Vec<Assigned>, expected: usize, def: &TableDef) {
    for (index, column) in def.columns.iter().enumerate() {
        let Some(value) = column.default_fn.or(column.on_update_fn) else {
            continue;
        };
        if row.iter().all(|set| set.column != index) {
            row.push(Assigned {
                column: index,
                value: Written::Value(Value::Computed(column.data_type, Compute(value))),
            });
        }
    }
    if !row.is_sorted_by_key(|set| set.column) {
        row.sort_unstable_by_key(|set| set.column);
    }
    let is_like = |batch: &&mut Batch| batch.columns.iter().copied().eq(row.iter().map(|set| set.column));
    let batch = match batches.last_mut().filter(is_like) {
        Some(batch) => batch,
        None => {
            let expected = if batches.is_empty() { expected } else { 1 };
            let columns: Vec<usize> = row.iter().map(|set| set.column).collect();
            let cells = Vec::with_capacity(columns.len() * expected);
            batches.push_mut(Batch { columns, cells, rows: 0 })
        }
    };
    batch.rows += 1;
    batch.cells.extend(row.drain(..).map(|set| set.value));
}

/// Makes all rows set the same columns: `DEFAULT` where they set none.
pub(super) fn fill_up(batches: Vec<Batch>, def: &TableDef) -> Vec<Batch> {
    let rows = batches.iter().map(|batch| batch.rows).sum();
    let is_uniform = batches.len() == 1 && !batches[0].columns.is_empty();
    if rows < 2 || is_uniform {
        return batches;
    }
    let mut columns: Vec<usize> = batches.iter().flat_map(|batch| batch.columns.iter().copied()).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.is_empty() {
        columns.extend(def.columns.iter().position(|column| column.generated.is_none()));
    }
    let mut all = Vec::with_capacity(rows * columns.len());
    for batch in batches {
        let mut cells = batch.cells.into_iter();
        for column in (0..batch.rows).flat_map(|_| &columns) {
            let cell = if batch.columns.contains(column) { cells.next() } else { None };
            all.push(cell.unwrap_or(Written::Default));
        }
    }
    vec![Batch { columns, cells: all, rows }]
}

impl Batch {
    /// Sets a column to the same in all rows.
    pub(super) fn set(&mut self, assigned: &Assigned) {
        let width = self.columns.len();
        match self.columns.binary_search(&assigned.column) {
            Ok(place) => {
                let cells = self.cells.iter_mut().skip(place).step_by(width);
                cells.for_each(|cell| *cell = assigned.value.clone());
            }
            Err(place) => {
                let mut before = std::mem::take(&mut self.cells).into_iter();
                for _ in 0..self.rows {
                    self.cells.extend(before.by_ref().take(place));
                    self.cells.push(assigned.value.clone());
                    self.cells.extend(before.by_ref().take(width - place));
                }
                self.columns.insert(place, assigned.column);
            }
        }
    }

    /// Each row for itself.
    pub(super) fn one_by_one(self) -> impl Iterator<Item = Batch> {
        let Batch { columns, cells, rows } = self;
        let mut cells = cells.into_iter();
        (0..rows).map(move |_| {
            let cells = cells.by_ref().take(columns.len()).collect();
            Batch { columns: columns.clone(), cells, rows: 1 }
        })
    }

    /// Whether all rows set the column in this place, and mizzle does not compute it by itself.
    pub(super) fn is_given(&self, place: usize) -> bool {
        let mut cells = self.cells.iter().skip(place).step_by(self.columns.len());
        cells.all(|cell| !matches!(cell, Written::Value(Value::Computed(..)) | Written::Default))
    }

    /// Gives the same rows to `each`, in batches that bind at most so many values. Rows of nothing but defaults stand
    /// alone.
    pub(super) fn split(self, parameters: usize, mut each: impl FnMut(Batch)) {
        let fits = self.cells.iter().map(Written::parameters).sum::<usize>() <= parameters;
        if self.rows == 1 || (fits && !self.columns.is_empty()) {
            return each(self);
        }
        let width = self.columns.len();
        let mut cells = self.cells.into_iter();
        let mut left = self.rows;
        while left > 0 {
            let rows = rows_that_fit(cells.as_slice(), width, parameters);
            let cells = cells.by_ref().take(rows * width).collect();
            each(Batch { columns: self.columns.clone(), cells, rows });
            left -= rows;
        }
    }
}

/// How many rows bind at most so many values together: at least one.
fn rows_that_fit(cells: &[Written], width: usize, parameters: usize) -> usize {
    let mut free = parameters;
    let fit = |row: &&[Written]| {
        let needed = row.iter().map(Written::parameters).sum();
        let fits = free.checked_sub(needed);
        free = fits.unwrap_or_default();
        fits.is_some()
    };
    cells.chunks(width.max(1)).take_while(fit).count().max(1)
}

impl Rows {
    /// `(a, b) VALUES (..), (..)`
    pub(super) fn write_values(
        def: &'static TableDef,
        batch: Batch,
        conflict: &Conflict,
        dialect: DialectKind,
        out: &mut Fragment,
    ) {
        let writes = &dialect.syntax().writes;
        if !batch.columns.is_empty() {
            write_columns(def, &batch.columns, out);
            if unnest::fits(def, &batch, dialect.syntax()) {
                unnest::write_rows(def, batch, out);
            } else {
                write_rows(batch, out);
            }
        } else if conflict.is_empty() || writes.default_value {
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
        mut query: Box<Parts>,
        conflict: &Conflict,
        out: &mut Fragment,
    ) {
        write_columns(def, columns, out);
        if conflict.names_new_rows && out.syntax().writes.new_row == NewRow::Alias {
            // Only a derived table gives the selected rows a name and their columns the names of the table.
            out.sql("SELECT * FROM (");
            query.write(out);
            out.sql(") AS ");
            out.name("excluded");
            out.sql(" (");
            write_names(def, columns, out);
            return out.sql(")");
        }
        if !conflict.is_empty() && query.is_combined() {
            out.sql("SELECT * FROM (");
            query.write_numbered(out);
            out.sql(") AS ");
            out.name("combined");
            return out.sql(" WHERE true");
        }
        if !conflict.is_empty() && query.tail.is_empty(Clause::Filter) {
            // SQLite takes `ON` after a plain SELECT for a join.
            query.tail.add(Clause::Filter, |out, _| out.sql("true"));
        }
        query.write(out);
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

fn write_rows(batch: Batch, out: &mut Fragment) {
    let width = batch.columns.len();
    // `(?, ?), `, or `($10, $11), `
    let placeholder = if out.syntax().numbers_parameters { 8 } else { 3 };
    out.reserve(batch.rows * (placeholder * width + 2) + 8, batch.cells.len());
    let mut before = "VALUES (";
    for (place, cell) in batch.cells.into_iter().enumerate() {
        let begins_row = place % width == 0;
        out.sql(if begins_row { std::mem::replace(&mut before, "), (") } else { ", " });
        cell.write(out);
    }
    out.sql(")");
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
    out.text(default(&def.columns[column]).as_deref().unwrap_or("NULL"));
    out.sql(")");
}
