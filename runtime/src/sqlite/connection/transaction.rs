//! Transactions and savepoints of a connection.

use super::Connection;
use crate::{Error, run::Begin};

/// After how many changed rows a commit or a rollback may take long.
const MANY: i64 = 1_000;

impl Connection {
    /// Begins a transaction, or a savepoint if one is open.
    pub(in crate::sqlite) fn begin(&mut self, begin: Begin) -> Result<(), Error> {
        match (self.depth, begin) {
            (0, Begin::Deferred) => self.command("BEGIN")?,
            (0, Begin::Immediate) => self.command("BEGIN IMMEDIATE")?,
            (0, Begin::Exclusive) => self.command("BEGIN EXCLUSIVE")?,
            // A savepoint begins in one way only.
            (depth, _) => self.command(&format!("SAVEPOINT mizzle_{depth}"))?,
        }
        if self.depth == 0 {
            self.changes_at_begin = self.handle.total_changes();
        }
        self.depth += 1;
        Ok(())
    }

    /// Commits the innermost one.
    pub(in crate::sqlite) fn commit(&mut self) -> Result<(), Error> {
        match self.depth {
            0 => return Ok(()),
            1 => self.command("COMMIT")?,
            depth => self.command(&format!("RELEASE mizzle_{}", depth - 1))?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// Rolls back until only so many are open.
    pub(in crate::sqlite) fn rollback_to(&mut self, depth: usize) -> Result<(), Error> {
        while self.depth > depth {
            // After some errors SQLite has rolled all back by itself.
            if !self.handle.is_autocommit() {
                match self.depth {
                    1 => self.command("ROLLBACK")?,
                    depth => {
                        self.command(&format!("ROLLBACK TO mizzle_{}", depth - 1))?;
                        self.command(&format!("RELEASE mizzle_{}", depth - 1))?;
                    }
                }
            }
            self.depth -= 1;
        }
        Ok(())
    }

    /// Whether SQLite gave the open transaction up by itself.
    pub(in crate::sqlite) fn has_given_up(&self) -> bool {
        self.depth > 0 && self.handle.is_autocommit()
    }

    /// Whether committing the innermost one waits for the disk, or has much to write.
    pub(in crate::sqlite) fn commit_is_long(&self) -> bool {
        self.depth == 1 && ((self.is_durable && self.handle.has_written()) || self.has_changed_much())
    }

    /// Whether rolling back may take long.
    pub(in crate::sqlite) fn rollback_is_long(&self) -> bool {
        !self.handle.is_autocommit() && self.has_changed_much()
    }

    fn has_changed_much(&self) -> bool {
        self.handle.total_changes() - self.changes_at_begin > MANY
    }

    /// Whether the log has grown so long that it should be copied into the database.
    #[inline]
    pub(in crate::sqlite) fn log_is_long(&self) -> bool {
        self.handle.watch().log() >= super::open::LOG
    }

    /// Copies the log into the database. If somebody is in the way, the next one does.
    pub(in crate::sqlite) fn checkpoint(&mut self) {
        self.handle.watch().note_log(0);
        let _ = self.handle.checkpoint();
    }

    /// Makes it as it was when it was opened. Says whether it is.
    #[inline]
    pub(in crate::sqlite) fn clean(&mut self) -> bool {
        self.finish();
        // One that was begun by hand was not counted.
        self.depth = usize::from(!self.handle.is_autocommit());
        self.depth == 0 || (self.rollback_to(0).is_ok() && self.handle.is_autocommit())
    }
}
