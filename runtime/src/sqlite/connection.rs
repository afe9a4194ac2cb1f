//! A connection, as the thread that has it sees it.

mod open;
mod pump;
mod transaction;

use std::time::Duration;

pub(super) use self::{
    open::Role,
    pump::{Job, Keep, Pumped},
};
use super::{
    cache::{Cache, Known},
    program::{Instruction, is_bounded, is_heavy},
    raw::{Handle, Step},
};
use crate::{
    Error,
    dialect::sqlite::SqliteReader,
    render::{Sql, Statement},
    run::{Done, RowReader as _},
    table::TableDef,
    value::{DataType, Value},
};

/// A connection and what is known of its statements.
pub(super) struct Connection {
    handle: Handle,
    cache: Cache,
    running: Option<Running>,
    /// How many transactions and savepoints are open.
    depth: usize,
    changes_at_begin: i64,
    /// How many statements ran that are timed now and then.
    timed: u8,
    /// Whether a commit waits for the disk.
    is_durable: bool,
    budget: Duration,
}

/// From how many instructions on a task has had its turn.
const MUCH: u32 = 128 * 256;

/// From how many bytes on the values of a statement are too large for the calling task.
const LARGE: usize = 64 * 1024;

/// The statement that was started.
struct Running {
    sql: Sql,
    table: Option<&'static TableDef>,
    known: Known,
    is_kept: bool,
    is_readonly: bool,
    changes_before: i64,
}

fn explain(error: Error, sql: &str, table: Option<&'static TableDef>) -> Error {
    error.with_sql(sql).completed_by(table)
}

/// Where a statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On the calling task; it can be stopped and run again elsewhere.
    Inline,
    /// On the calling task, to its end: it is short.
    Short,
    /// On a thread for blocking work.
    Blocking,
}

impl Connection {
    /// Makes a statement the running one.
    ///
    /// # Errors
    /// If it cannot be prepared, or a value not be bound.
    pub(super) fn start(&mut self, statement: Statement) -> Result<Place, Error> {
        self.finish();
        let Statement { sql, values, table, .. } = statement;
        let (known, is_kept) = self.prepare(&sql).map_err(|error| explain(error, &sql, table))?;
        let is_readonly = self.handle.is_readonly(known.number);
        let (known, mut place) = self.place(&sql, known, is_readonly);
        match self.handle.start(known.number, values) {
            // They are copied, parsed or written in one instruction.
            Ok(bytes) if bytes > LARGE => place = Place::Blocking,
            Ok(_) => {}
            Err(error) => {
                self.forget(known, is_kept);
                return Err(explain(error, &sql, table));
            }
        }
        let changes_before = if is_readonly { 0 } else { self.handle.total_changes() };
        self.running = Some(Running { sql, table, known, is_kept, is_readonly, changes_before });
        Ok(place)
    }

    /// Whether the running statement leaves the database as it is.
    #[inline]
    pub(super) fn reads_only(&self) -> bool {
        self.running.as_ref().is_none_or(|running| running.is_readonly)
    }

    fn prepare(&mut self, sql: &str) -> Result<(Known, bool), Error> {
        if let Some(known) = self.cache.get(sql) {
            return Ok((known, true));
        }
        let is_kept = self.cache.keeps();
        let (number, end) = self.handle.prepare(sql, is_kept)?;
        let number = number.ok_or_else(|| Error::encode("the text holds no statement"))?;
        if self.goes_on(sql.get(end..).unwrap_or_default()) {
            self.handle.discard(number);
            return Err(Error::encode("the text holds several statements: each is sent alone"));
        }
        // Counting a whole table is one instruction, which asks nobody whether to go on.
        let is_count = sql.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"count"));
        let known = Known { number, is_long: is_count, is_count, is_heavy: is_heavy(sql), is_bounded: None };
        if is_kept && let Some(evicted) = self.cache.insert(sql, known) {
            self.handle.discard(evicted);
        }
        Ok((known, is_kept))
    }

    /// Whether a text holds one more statement, and not just a comment.
    fn goes_on(&mut self, rest: &str) -> bool {
        if rest.trim().is_empty() {
            return false;
        }
        match self.handle.prepare(rest, false) {
            Ok((None, _)) => false,
            Ok((Some(number), _)) => {
                self.handle.discard(number);
                true
            }
            Err(_) => true,
        }
    }

    fn place(&mut self, sql: &str, known: Known, is_readonly: bool) -> (Known, Place) {
        let is_alone = self.handle.is_autocommit();
        if known.is_long || known.is_heavy || (!is_readonly && is_alone && self.is_durable) {
            return (known, Place::Blocking);
        }
        // What is stopped is undone, and so would be the transaction around it.
        if is_readonly || is_alone {
            return (known, Place::Inline);
        }
        let is_bounded = known.is_bounded.unwrap_or_else(|| self.is_bounded(sql).unwrap_or(false));
        let known = Known { is_bounded: Some(is_bounded), ..known };
        self.cache.learn(sql, known);
        (known, if is_bounded { Place::Short } else { Place::Blocking })
    }

    fn is_bounded(&mut self, sql: &str) -> Result<bool, Error> {
        let sequence =
            self.query("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_sequence'", |row| row.i64())?;
        let program = self.query(&format!("EXPLAIN {sql}"), |row| {
            let address = row.i64()?.unwrap_or_default();
            let opcode = row.text()?.unwrap_or_default().to_owned();
            let mut number = || Ok::<_, Error>(row.i64()?.unwrap_or_default());
            Ok(Instruction { address, opcode, p1: number()?, p2: number()?, p3: number()? })
        })?;
        Ok(is_bounded(&program, sequence.into_iter().flatten().next()))
    }

    /// Runs a statement of the pool's own, whose values nobody waits for.
    fn query<T>(
        &mut self,
        sql: &str,
        mut read: impl FnMut(&mut SqliteReader<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        let Some(number) = self.handle.prepare(sql, false)?.0 else {
            return Ok(rows);
        };
        // EXPLAIN has the parameters of what it explains.
        let values = vec![Value::Null(DataType::I64); self.handle.parameters(number)];
        let run = || {
            self.handle.start(number, values)?;
            self.handle.watch().begin(None);
            while self.handle.step()? == Step::Row {
                rows.push(read(&mut SqliteReader::from_row(self.handle.row()))?);
            }
            Ok(())
        };
        let result = run();
        self.handle.discard(number);
        result.map(|()| rows)
    }

    /// Runs a command without values.
    fn command(&mut self, sql: &str) -> Result<(), Error> {
        self.finish();
        let (known, is_kept) = self.prepare(sql)?;
        let mut run = || {
            self.handle.start(known.number, Vec::new())?;
            self.handle.watch().begin(None);
            while self.handle.step()? == Step::Row {}
            Ok(())
        };
        let result = run();
        self.handle.finish();
        self.forget(known, is_kept);
        result
    }

    /// Ends the running statement: what it changed, and how much work it was in units of some microseconds.
    pub(super) fn finish(&mut self) -> (Done, u32) {
        let (_, instructions) = self.handle.finish();
        let Some(running) = self.running.take() else {
            return (Done::default(), 0);
        };
        let done = if running.is_readonly {
            Done::default()
        } else {
            let has_changed = self.handle.total_changes() != running.changes_before;
            let rows = if has_changed { self.handle.changes() } else { 0 };
            Done { rows, id: Some(self.handle.last_insert_rowid()) }
        };
        if running.known.is_heavy {
            self.cache.forget_bounds();
        }
        if running.known.is_bounded.is_some() && self.handle.was_replanned(running.known.number) {
            // Somebody else has changed the tables: there may be a trigger now.
            self.cache.learn(&running.sql, Known { is_bounded: None, ..running.known });
        }
        self.forget(running.known, running.is_kept);
        // What writes does more than its instructions tell.
        let effort = 1 + instructions.min(MUCH) / 256 + if running.is_readonly { 0 } else { 4 };
        (done, effort)
    }

    #[inline]
    fn forget(&mut self, known: Known, is_kept: bool) {
        if !is_kept {
            self.handle.discard(known.number);
        }
    }

    /// Takes the running statement away, to be run elsewhere.
    pub(super) fn withdraw(&mut self) -> Option<Statement> {
        let (values, _) = self.handle.finish();
        let Running { sql, table, known, is_kept, .. } = self.running.take()?;
        self.forget(known, is_kept);
        Some(Statement { sql, values, table })
    }
}
