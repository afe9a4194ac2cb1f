//! Some rows and what belongs to them, found by one statement instead of one for each relation.
//!
//! Each level is a CTE of one row that has an array for each column, `SELECT array_agg(c1), array_agg(c2) .. FROM (..)`,
//! and its keys from the array of the one above, `= ANY(COALESCE((SELECT c1 FROM level)))`. It is one round trip, all that
//! it finds is one state of the database, also inside of a transaction, and the driver has one row to read. But the server
//! works longer on it, has all of it in memory, and sends nothing before it has found all; for many rows, a statement for
//! each level is better: see `bench/README.md`.

use std::{any::TypeId, marker::PhantomData, slice};

use super::{
    Plan,
    places::KeyPlace,
    plan::{join_all, read_with_keys},
};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    query::{Numbered, Parts, write_number},
    relation::KeyColumn,
    render::{CommonTable, Definition, Fragment, Statement},
    run::{Decoder, Query},
    table::TableDef,
    value::DataType,
};

/// Queries that are known to find no more rows than this are loaded at once.
pub(super) const FEW: u64 = 50;

/// What the levels are called, beside each other.
const NAMES: [&str; 12] = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11"];

/// How many columns a statement returns at most on PostgreSQL, rounded.
const MOST_COLUMNS: usize = 1_600;

/// The levels of one statement, each behind the one that it has its keys from.
pub struct Together<D: Dialect> {
    levels: Vec<Above>,
    /// Those that the next level is within.
    shapes: Vec<TypeId>,
    /// Whether one statement finds all of them.
    is_possible: bool,
    marker: PhantomData<fn() -> D>,
}

/// A level, which others have their keys from.
#[derive(Clone)]
pub struct Above {
    name: CommonTable,
    places: Places,
}

/// Where the columns of a level are.
#[derive(Clone)]
pub(super) struct Places {
    /// Of the key that it has from the level above.
    pub(super) own: Option<KeyPlace>,
    /// Of those that the levels below have from it.
    pub(super) keys: Vec<KeyPlace>,
    width: usize,
    /// The table whose columns they are.
    table: Option<&'static TableDef>,
}

/// What that statement found, level by level in the order in which they were added.
pub struct Levels<'a, 'r, D: Dialect> {
    row: &'a mut D::Row<'r>,
    places: slice::Iter<'a, Places>,
}

/// The rows of the level above that keys are of.
#[derive(Clone, Copy)]
pub struct KeysAbove<'a> {
    above: &'a Above,
    /// Which of its keys.
    which: usize,
}

impl Above {
    pub(crate) fn keys(&self, which: usize) -> KeysAbove<'_> {
        KeysAbove { above: self, which }
    }
}

impl KeysAbove<'_> {
    /// Writes the condition that columns are one of the keys.
    pub(super) fn write(self, table: &'static str, columns: &'static [KeyColumn], out: &mut Fragment) {
        let several = columns.len() > 1;
        let mut separator = if several { "(" } else { "" };
        for column in columns {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.column(table, column.name);
        }
        // `ANY` of a query would compare with its rows.
        out.sql(if several { ") IN (SELECT " } else { " = ANY(COALESCE((SELECT " });
        let mut separator = "";
        for place in self.above.places.keys[self.which].numbers(self.above.places.width) {
            out.sql(std::mem::replace(&mut separator, ", "));
            out.sql(if several { "unnest(" } else { "" });
            write_number(out, place);
            out.sql(if several { ")" } else { "" });
        }
        out.sql(" FROM ");
        out.cte(&self.above.name, "parents");
        out.sql(if several { ")" } else { ")))" });
    }
}

impl<D: Dialect> Together<D> {
    pub(super) fn new() -> Self {
        let is_possible = D::SYNTAX.spelling.lists_are_arrays;
        Together { levels: Vec::new(), shapes: Vec::new(), is_possible, marker: PhantomData }
    }

    /// Whether the rows of this query, which are found by these columns and read so, can be a level of it. Arrays of arrays
    /// must be of equal length; text in a column has a collation, which another one may not go with; and a shape that holds
    /// itself is as deep as its rows are.
    pub(super) fn takes<P: Plan<D>>(&mut self, parts: &Parts, keys: &[KeyColumn], plan: &P) -> bool {
        let is_text = |key: &KeyColumn| key.data_type == DataType::Text;
        let is_within_itself = plan.shape().is_some_and(|shape| self.shapes.contains(&shape));
        let is_level = !is_within_itself && !parts.selects_arrays() && !keys.iter().any(is_text);
        self.is_possible &= is_level && self.levels.len() < NAMES.len();
        self.is_possible
    }

    /// Adds what belongs to the rows of a level.
    pub(super) fn below<P: Plan<D>>(&mut self, level: &Above, plan: &P) {
        let above = self.shapes.len();
        self.shapes.extend(plan.shape());
        plan.add_to(self, level);
        self.shapes.truncate(above);
    }

    /// Adds a level: where its keys are, if it has them from a level above, and where those of the levels below are.
    pub(super) fn add(&mut self, rows: Numbered, own: Option<KeyPlace>, keys: Vec<KeyPlace>) -> Above {
        let Numbered { text, width, table } = rows;
        // What a statement writes, its other parts do not see; statements after it do.
        self.is_possible &= !text.has_writes();
        let definition = Definition::query(as_arrays(text, width, D::SYNTAX));
        // No table of anyone's: raw SQL may name one, which would be hidden.
        let name = CommonTable::undefined("mizzle_level").defined(definition);
        let level = Above { name, places: Places { own, keys, width, table } };
        self.levels.push(level.clone());
        level
    }

    /// The query for all of them, whose one row is read as the rows of the first level with what belongs to them.
    pub(super) fn finish<P: Plan<D>>(self, plan: P) -> Option<Query<D, Vec<P::With>>> {
        let width: usize = self.levels.iter().map(|level| level.places.width).sum();
        if !self.is_possible || width > MOST_COLUMNS {
            return None;
        }
        let statement = write(&self.levels, D::SYNTAX);
        let places: Vec<Places> = self.levels.into_iter().map(|level| level.places).collect();
        let decoder =
            Decoder::with(move |row: &mut D::Row<'_>| join(plan.clone(), Levels { row, places: places.iter() }));
        Some(Query { statement, decoder })
    }
}

/// `SELECT array_agg(c1) AS c1, .. FROM (..) AS rows (c1, ..)`: in the order of the rows.
fn as_arrays(rows: Fragment, width: usize, syntax: &'static Syntax) -> Fragment {
    let mut out = Fragment::clause(syntax);
    out.reserve(rows.len() + 32 * (width + 1), 0);
    let mut separator = "SELECT ";
    for place in 0..width {
        out.sql(std::mem::replace(&mut separator, ", "));
        out.sql("array_agg(");
        write_number(&mut out, place);
        out.sql(") AS ");
        write_number(&mut out, place);
    }
    out.sql(" FROM (");
    out.append(rows);
    out.sql(") AS ");
    out.name("rows");
    let mut separator = " (";
    for place in 0..width {
        out.sql(std::mem::replace(&mut separator, ", "));
        write_number(&mut out, place);
    }
    out.sql(")");
    out
}

/// All columns of all levels, each of which has one row.
fn write(levels: &[Above], syntax: &'static Syntax) -> Statement {
    let mut out = Fragment::statement(syntax);
    out.sql("SELECT * FROM ");
    for (place, (level, name)) in levels.iter().zip(NAMES).enumerate() {
        out.sql(if place > 0 { ", " } else { "" });
        out.cte(&level.name, name);
    }
    out.into_statement()
}

/// The rows of the first level, with what is loaded for them.
fn join<D: Dialect, P: Plan<D>>(plan: P, mut levels: Levels<'_, '_, D>) -> Result<Vec<P::With>, Error> {
    let found = levels.read(|places, row| read_with_keys(&plan, &places.keys, row))?;
    let (rows, keys): (Vec<P::Row>, Vec<P::Keys>) = found.into_iter().unzip();
    let loaded = plan.take(&mut levels, keys)?;
    Ok(join_all::<D, P>(rows, loaded))
}

impl Places {
    /// The error with the name that the column has in its table, and not in the statement.
    #[cold]
    fn explain(&self, mut error: Error) -> Error {
        if let (Error::Decode(error), Some(table)) = (&mut error, self.table)
            && let Some(column) = table.columns.get(error.index)
        {
            error.column = column.name.to_owned();
        }
        error
    }
}

impl<D: Dialect> Levels<'_, '_, D> {
    /// Reads the rows of the next level.
    pub(super) fn read<T>(
        &mut self,
        mut each: impl FnMut(&Places, &mut D::Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        let Some(places) = self.places.next() else { return Ok(rows) };
        D::read_arrays(self.row, places.width, &mut |row, left| {
            rows.reserve(left);
            rows.push(each(places, row).map_err(|error| places.explain(error))?);
            Ok(())
        })?;
        Ok(rows)
    }
}
