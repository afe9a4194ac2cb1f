//! Stepping through the rows of the running statement.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Instant,
};

use super::{Connection, Known, explain};
use crate::{
    Error,
    dialect::{Sqlite, sqlite::SqliteReader},
    run::Decoder,
    sqlite::{failure, raw::Step},
};

/// After how many rows the clock is looked at: SQLite does not count the time that reading them takes.
const ROWS: usize = 16;

/// What becomes of the rows.
pub(in crate::sqlite) struct Job<R, K = Vec<R>> {
    /// Reads one. None are read if there is nothing to read them with.
    decoder: Option<Decoder<Sqlite, R>>,
    pub(in crate::sqlite) rows: K,
    /// How many rows to stop at.
    most: usize,
}

/// Where rows are kept.
pub(in crate::sqlite) trait Keep<R>: Default + Send + 'static {
    /// Keeps one more; says how many there are.
    fn keep(&mut self, row: R) -> usize;

    fn count(&self) -> usize;

    fn clear(&mut self) {
        *self = Self::default();
    }
}

impl<R: Send + 'static> Keep<R> for Vec<R> {
    fn keep(&mut self, row: R) -> usize {
        self.push(row);
        self.len()
    }

    fn count(&self) -> usize {
        self.len()
    }
}

impl<R: Send + 'static> Keep<R> for Option<R> {
    fn keep(&mut self, row: R) -> usize {
        *self = Some(row);
        1
    }

    fn count(&self) -> usize {
        usize::from(self.is_some())
    }
}

/// How far stepping came.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::sqlite) enum Pumped {
    /// To the end.
    Finished,
    /// To as many rows as were asked for.
    Full,
    /// To a row after which the time was over: it can go on elsewhere.
    Paused,
    /// Not to the next row before the time was over: it begins anew elsewhere.
    Stopped,
    /// To a lock that another connection has: it begins anew later.
    Busy,
}

impl<R> Job<R> {
    pub(in crate::sqlite) const fn all(decoder: Decoder<Sqlite, R>) -> Self {
        Job { decoder: Some(decoder), rows: Vec::new(), most: usize::MAX }
    }

    pub(in crate::sqlite) const fn batch(decoder: Decoder<Sqlite, R>, most: usize) -> Self {
        Job { decoder: Some(decoder), rows: Vec::new(), most }
    }
}

impl<R> Job<R, Option<R>> {
    pub(in crate::sqlite) const fn first(decoder: Decoder<Sqlite, R>) -> Self {
        Job { decoder: Some(decoder), rows: None, most: 1 }
    }
}

impl Job<()> {
    /// For a statement whose rows nobody wants.
    pub(in crate::sqlite) const fn nothing() -> Self {
        Job { decoder: None, rows: Vec::new(), most: usize::MAX }
    }
}

impl<R, K: Keep<R>> Job<R, K> {
    /// The same, to be sent away; nothing is left.
    pub(in crate::sqlite) fn take(&mut self) -> Self {
        Job { rows: std::mem::take(&mut self.rows), decoder: self.decoder.clone(), most: self.most }
    }
}

impl Connection {
    /// Steps on, on the calling task for a short time.
    pub(in crate::sqlite) fn pump_inline<R, K: Keep<R>>(
        &mut self,
        job: &mut Job<R, K>,
        can_stop: bool,
    ) -> Result<Pumped, Error> {
        self.handle.watch().begin(can_stop.then_some(self.budget));
        let since = self.is_to_be_timed().then(Instant::now);
        let result = self.pump(job);
        let is_long = match result {
            Ok(Pumped::Paused | Pumped::Stopped) => true,
            _ => since.is_some_and(|since| since.elapsed() > self.budget),
        };
        if is_long {
            self.learn(true);
        }
        result
    }

    /// Steps on, on a thread for blocking work.
    pub(in crate::sqlite) fn pump_blocking<R, K: Keep<R>>(&mut self, job: &mut Job<R, K>) -> Result<Pumped, Error> {
        self.handle.watch().begin(None);
        // What is stopped in a transaction that has other changes would undo them too.
        if self.reads_only() || self.handle.is_autocommit() {
            self.handle.watch().heed_cancel();
        }
        let since = Instant::now();
        let result = self.pump(job);
        if matches!(result, Ok(Pumped::Finished | Pumped::Full)) && since.elapsed() < self.budget / 3 {
            self.learn(false);
        }
        if self.handle.watch().is_cancelled() {
            self.finish();
        }
        result
    }

    #[inline]
    fn pump<R, K: Keep<R>>(&mut self, job: &mut Job<R, K>) -> Result<Pumped, Error> {
        let stops_full = self.reads_only();
        loop {
            match self.handle.step() {
                Ok(Step::Done) => return Ok(Pumped::Finished),
                Ok(Step::Row) => {}
                Err(failure) if failure.is_interrupt() && self.handle.watch().has_stopped() => {
                    job.rows.clear();
                    self.handle.restart();
                    return Ok(Pumped::Stopped);
                }
                Err(failure) if failure.is_busy() => {
                    job.rows.clear();
                    self.handle.restart();
                    return Ok(Pumped::Busy);
                }
                Err(failure) => return Err(self.explain(failure)),
            }
            // What changes rows is always run to its end.
            if job.rows.count() < job.most
                && let Some(decoder) = &job.decoder
            {
                let row = decoder.decode(&mut SqliteReader::from_row(self.handle.row()));
                let count = job.rows.keep(row.map_err(|error| self.explain(error))?);
                if count == job.most && stops_full {
                    return Ok(Pumped::Full);
                }
                if count.is_multiple_of(ROWS) && self.handle.watch().is_over() {
                    return Ok(Pumped::Paused);
                }
            }
        }
    }

    /// The error that a lock is, if it is not waited for any longer.
    pub(in crate::sqlite) fn locked(&self) -> Error {
        self.explain(failure::locked())
    }

    fn explain(&self, error: impl Into<Error>) -> Error {
        match &self.running {
            Some(running) => explain(error.into(), &running.sql, running.table),
            None => error.into(),
        }
    }

    /// Whether it is a statement that may take long in one instruction, as to count a table or to write a large value:
    /// these are timed now and then.
    #[inline]
    fn is_to_be_timed(&mut self) -> bool {
        let may_be_long = self.running.as_ref().is_some_and(|running| running.known.is_count || !running.is_readonly);
        self.timed = self.timed.wrapping_add(u8::from(may_be_long));
        may_be_long && self.timed.is_multiple_of(16)
    }

    /// What tells it that nobody waits any more for what it is sent away with.
    pub(in crate::sqlite) fn new_cancel(&self) -> Arc<AtomicBool> {
        self.handle.watch().new_cancel()
    }

    fn learn(&mut self, is_long: bool) {
        let Some(running) = &mut self.running else {
            return;
        };
        if running.known.is_long != is_long {
            running.known = Known { is_long, ..running.known };
            self.cache.learn(&running.sql, running.known);
        }
    }
}
