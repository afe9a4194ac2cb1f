//! One row and what belongs to it, found by one statement instead of one for each relation.
//!
//! Each level is a CTE that has its keys from the one above, `= ANY(ARRAY(SELECT c1 FROM level))`, and the statement is
//! a UNION ALL of them: each has columns of its own, which are NULL in the rows of the others, behind the number of the level.
//! It is one round trip, and all that it finds is one state of the database, also inside of a transaction. For many rows
//! it is slower than a statement for each level, since each row has the columns of all: see `bench/README.md`.

use std::any::Any;

use super::{Plan, places::KeyPlace};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    query::{Numbered, write_number},
    relation::{Key, KeyColumn},
    render::{CommonTable, Definition, Fragment, Statement},
    run::{Decoder, Query, RowReader as _},
};

/// What the levels are called, beside each other.
const NAMES: [&str; 12] = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11"];

/// A row of some level.
type AnyRow = Box<dyn Any + Send>;

/// The number of a level, and a row of it.
pub(super) type LevelOf = (usize, AnyRow);

/// Reads a row of a level.
type Read<D> = dyn for<'a, 'r> Fn(&'a mut <D as Dialect>::Row<'r>) -> Result<AnyRow, Error> + Send + Sync;

/// A row, what it is found by, and its own keys.
pub(super) struct LevelRow<R, K> {
    pub(super) key: Option<Key>,
    pub(super) row: R,
    pub(super) keys: K,
}

/// The levels of one statement, each behind the one that it has its keys from.
pub struct Together<D: Dialect> {
    levels: Vec<Above>,
    readers: Vec<Box<Read<D>>>,
    /// How many columns they have, with the number of the level.
    width: usize,
    /// Whether one statement finds all of them.
    is_possible: bool,
}

/// A level, which others have their keys from.
#[derive(Clone)]
pub struct Above {
    table: CommonTable,
    places: Vec<KeyPlace>,
    width: usize,
}

/// The rows of each level, in the order in which the levels were added.
pub struct Levels(std::vec::IntoIter<Vec<AnyRow>>);

/// How many columns a statement returns at most on PostgreSQL, rounded.
const MOST_COLUMNS: usize = 1_600;

/// Whether the dialect has what it takes.
pub(super) fn is_possible(syntax: &Syntax) -> bool {
    syntax.spelling.lists_are_arrays
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
        out.sql(if several { ") IN (SELECT " } else { " = ANY(ARRAY(SELECT " });
        let mut separator = "";
        for place in self.above.places[self.which].numbers(self.above.width) {
            out.sql(std::mem::replace(&mut separator, ", "));
            write_number(out, place);
        }
        out.sql(" FROM ");
        out.cte(&self.above.table, "parents");
        out.sql(if several { ")" } else { "))" });
    }
}

impl<D: Dialect> Together<D> {
    pub(super) fn new() -> Self {
        Together { levels: Vec::new(), readers: Vec::new(), width: 1, is_possible: true }
    }

    /// Whether there is room for no more levels: a shape may hold itself.
    pub(super) fn is_full(&self) -> bool {
        self.levels.len() >= NAMES.len()
    }

    /// Says that one statement does not find what is asked for.
    pub(super) fn refuse(&mut self) {
        self.is_possible = false;
    }

    /// Adds a level: whose rows they are, where its keys are if it has them from a level above, and where those of the levels below are.
    pub(super) fn add<P: Plan<D>>(
        &mut self,
        Numbered { text, width }: Numbered,
        own: Option<KeyPlace>,
        places: Vec<KeyPlace>,
        plan: P,
    ) -> Above {
        let first = self.width;
        let own = own.map(|own| own.within(first, width));
        let keys: Vec<_> = places.iter().map(|place| place.within(first, width)).collect();
        self.readers.push(Box::new(move |row: &mut D::Row<'_>| {
            let key = own.map_or(Ok(None), |own| own.read(row))?;
            let keys = P::read_keys(&keys, row)?;
            row.seek(first);
            let row = plan.read(row)?;
            Ok(Box::new(LevelRow { key, row, keys }) as AnyRow)
        }));
        let definition = Definition { hint: "MATERIALIZED ", ..Definition::query(text) };
        let table = CommonTable::undefined("level").defined(definition);
        self.width += width;
        let level = Above { table, places, width };
        self.levels.push(level.clone());
        level
    }

    /// The query for all of them, whose rows are the number of a level and a row of it; `None` if they are too many.
    pub(super) fn finish(self) -> Option<Query<D, LevelOf>> {
        if !self.is_possible || self.levels.len() > NAMES.len() || self.width > MOST_COLUMNS {
            return None;
        }
        let statement = write(&self.levels, D::SYNTAX);
        let readers = self.readers;
        let decoder = Decoder::with(move |row: &mut D::Row<'_>| {
            let level = row.i64()?.and_then(|level| usize::try_from(level).ok());
            match level.and_then(|level| Some((level, readers.get(level)?))) {
                Some((level, read)) => Ok((level, read(row)?)),
                None => Err(row.mismatch("the number of a level", format!("{level:?}"))),
            }
        });
        Some(Query { statement, decoder })
    }
}

/// All rows of all levels, each with the number of its level. What a level has not is NULL: of which type, says the first
/// part, which has all columns.
fn write(levels: &[Above], syntax: &'static Syntax) -> Statement {
    let named: Vec<_> = levels.iter().zip(NAMES).collect();
    let mut out = Fragment::statement(syntax);
    for (number, (level, name)) in named.iter().enumerate() {
        out.sql(if number > 0 { " UNION ALL SELECT " } else { "SELECT " });
        out.number(number as u64);
        for (place, (other, name)) in named.iter().enumerate() {
            if place == number || number == 0 {
                out.sql(", ");
                out.name(name);
                out.sql(".*");
            } else {
                (0..other.width).for_each(|_| out.sql(", NULL"));
            }
        }
        out.sql(" FROM ");
        out.cte(&level.table, name);
        for (other, name) in named.iter().skip(1).filter(|_| number == 0) {
            out.sql(" LEFT JOIN ");
            out.cte(&other.table, name);
            out.sql(" ON false");
        }
    }
    out.into_statement()
}

/// The one row that was found, with what is loaded for it.
pub(super) fn join<D: Dialect, P: Plan<D>>(rows: Vec<LevelOf>, plan: P) -> Result<Option<P::With>, Error> {
    let mut levels = Levels::new(rows);
    let Some(LevelRow { row, keys, .. }) = levels.take::<P::Row, P::Keys>().next() else { return Ok(None) };
    let loaded = plan.take(&mut levels, vec![keys])?;
    Ok(loaded.into_iter().next().map(|loaded| P::join(row, loaded)))
}

impl Levels {
    fn new(rows: Vec<LevelOf>) -> Self {
        let mut levels: Vec<Vec<AnyRow>> = Vec::new();
        for (level, row) in rows {
            levels.resize_with(levels.len().max(level + 1), Vec::new);
            levels[level].push(row);
        }
        Levels(levels.into_iter())
    }

    /// The rows of the next level.
    pub(super) fn take<R: 'static, K: 'static>(&mut self) -> impl Iterator<Item = LevelRow<R, K>> {
        // All rows of a level are of the type that its reader makes.
        self.0.next().unwrap_or_default().into_iter().filter_map(|row| row.downcast().ok()).map(|row| *row)
    }
}
