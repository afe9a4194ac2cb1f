//! One row and what belongs to it, found by one statement instead of one for each relation.
//!
//! Each level is a CTE that has its keys from the one above, `= ANY(ARRAY(SELECT c1 FROM level))`, and the statement is
//! all of their rows: those of each level in columns of its own, which the others leave NULL, behind the number of the level.
//! It is one round trip, and all that it finds is one state of the database, also inside of a transaction. For many rows
//! it is slower than a statement for each level, since each row has the columns of all: see `bench/README.md`.

use std::any::Any;

use super::{Loads, places::KeyPlace};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    query::{Numbered, write_number},
    relation::{Key, KeyColumn},
    render::{CommonTable, Definition, Fragment, Statement},
    run::{Decode, Decoder, Query, RowReader as _},
};

/// What the levels are called, beside each other.
const NAMES: [&str; 12] = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11"];

/// A row of some level.
type AnyRow = Box<dyn Any + Send>;

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
    levels: Vec<CommonTable>,
    readers: Vec<Box<Read<D>>>,
    /// How many columns they have, with the number of the level.
    width: usize,
}

/// A level that others have their keys from.
pub struct Above {
    table: CommonTable,
    places: Vec<KeyPlace>,
    width: usize,
}

/// The rows of each level, in the order in which the levels were added.
pub struct Levels(std::vec::IntoIter<Vec<AnyRow>>);

/// Whether one row is found so with so many levels below it, which are `None` if a row of theirs may belong to several
/// parents: it would have to be read several times.
pub(super) fn is_possible(syntax: &Syntax, below: Option<usize>) -> bool {
    syntax.spelling.lists_are_arrays && below.is_some_and(|levels| levels < NAMES.len())
}

/// The rows of the level above that keys are of.
#[derive(Clone, Copy)]
pub struct KeysOf<'a> {
    above: &'a Above,
    /// Which of its keys.
    which: usize,
}

impl Above {
    pub(super) fn keys(&self, which: usize) -> KeysOf<'_> {
        KeysOf { above: self, which }
    }
}

impl KeysOf<'_> {
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
        Together { levels: Vec::new(), readers: Vec::new(), width: 1 }
    }

    /// Adds a level: whose rows they are, where its keys are if it has them from a level above, and where those of the levels below are.
    pub(super) fn add<R: Send + 'static, L: Loads<D>>(
        &mut self,
        Numbered { text, width }: Numbered,
        own: Option<KeyPlace>,
        places: Vec<KeyPlace>,
        decode: Decode<D, R>,
    ) -> Above {
        let first = self.width;
        let own = own.map(|own| own.within(first, width));
        let keys: Vec<_> = places.iter().map(|place| place.within(first, width)).collect();
        self.readers.push(Box::new(move |row: &mut D::Row<'_>| {
            let key = own.map_or(Ok(None), |own| own.read(row))?;
            let keys = L::read_keys(&keys, row)?;
            row.seek(first);
            let row = decode(row)?;
            Ok(Box::new(LevelRow { key, row, keys }) as AnyRow)
        }));
        let definition = Definition { hint: "MATERIALIZED ", ..Definition::query(text) };
        let table = CommonTable::undefined("level").defined(definition);
        self.levels.push(table.clone());
        self.width += width;
        Above { table, places, width }
    }

    /// The query for all of them, whose rows are the number of a level and a row of it.
    pub(super) fn finish(self) -> Query<D, (usize, AnyRow)> {
        let statement = write(&self.levels, D::SYNTAX);
        let readers = self.readers;
        let decoder = Decoder::with(move |row: &mut D::Row<'_>| {
            let level = row.i64()?.and_then(|level| usize::try_from(level).ok());
            match level.and_then(|level| Some((level, readers.get(level)?))) {
                Some((level, read)) => Ok((level, read(row)?)),
                None => Err(row.mismatch("the number of a level", format!("{level:?}"))),
            }
        });
        Query { statement, decoder }
    }
}

/// All rows of all levels. What a level has not is NULL, of the type that it is in the others.
fn write(levels: &[CommonTable], syntax: &'static Syntax) -> Statement {
    let names = &NAMES[..levels.len().min(NAMES.len())];
    let mut out = Fragment::statement(syntax);
    for (number, (level, name)) in levels.iter().zip(names).enumerate() {
        out.sql(if number > 0 { " UNION ALL SELECT " } else { "SELECT " });
        out.number(number as u64);
        for name in names {
            out.sql(", ");
            out.name(name);
            out.sql(".*");
        }
        out.sql(" FROM ");
        out.cte(level, name);
        for (other, name) in levels.iter().zip(names).filter(|(_, other)| *other != name) {
            out.sql(" LEFT JOIN ");
            out.cte(other, name);
            out.sql(" ON false");
        }
    }
    out.into_statement()
}

impl Levels {
    pub(super) fn new(rows: Vec<(usize, AnyRow)>) -> Self {
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
