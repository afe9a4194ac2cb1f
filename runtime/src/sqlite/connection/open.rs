//! Opening a connection. It may wait for the disk and for locks.

use std::ffi::{CString, c_int};

use libsqlite3_sys as ffi;

use super::Connection;
use crate::{
    Error,
    run::RowReader as _,
    sqlite::{
        SqliteOptions, Synchronous,
        cache::Cache,
        failure::Failure,
        raw::{Handle, Opening, c_text},
    },
};

/// From how many pages on the log is copied into the database: what SQLite itself does after a commit.
pub(super) const LOG: u32 = 1_000;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqlite) enum Role {
    /// It writes, and may read.
    Writer,
    /// It reads.
    Reader,
}

impl Connection {
    /// Opens a connection.
    ///
    /// # Errors
    /// [`Error::Connection`] if there is no such database, or another one if a pragma is refused.
    pub(in crate::sqlite) fn open(options: &SqliteOptions, role: Role) -> Result<Self, Error> {
        let filename = filename(options)?;
        let vfs = options.vfs.clone().map(c_text).transpose()?;
        let opening = Opening { filename: &filename, flags: flags(options), vfs: vfs.as_deref() };
        let mut connection = Connection {
            handle: Handle::open(&opening).map_err(|failure| not_opened(options, failure))?,
            cache: Cache::new(options.statement_cache_capacity),
            running: None,
            depth: 0,
            changes_at_begin: 0,
            timed: 0,
            is_durable: false,
            budget: options.inline_budget,
        };
        connection.set_up(options, role)?;
        Ok(connection)
    }

    fn set_up(&mut self, options: &SqliteOptions, role: Role) -> Result<(), Error> {
        let milliseconds = options.busy_timeout.as_millis().try_into().unwrap_or(u32::MAX);
        self.handle.wait_for_locks(milliseconds);
        self.handle.keep_plans(options.stable_plans)?;
        for (name, value) in &options.pragmas {
            self.pragma(name, value)?;
        }
        let is_set = |name: &str| options.pragmas.iter().any(|(set, _)| set.eq_ignore_ascii_case(name));
        if let Some(mode) = options.journal()
            && role == Role::Writer
            && !is_set("journal_mode")
        {
            self.pragma("journal_mode", mode.word())?;
        }
        if !is_set("synchronous") {
            self.pragma("synchronous", options.synchronous.word())?;
        }
        if !is_set("foreign_keys") {
            self.pragma("foreign_keys", if options.foreign_keys { "ON" } else { "OFF" })?;
        }
        if role == Role::Reader {
            self.pragma("query_only", "ON")?;
        }
        // The first to read it finds out whether it is a database, and recovers what a crash has left.
        self.query("SELECT count(*) FROM sqlite_schema", |row| row.i64())?;
        self.note_durability(options)?;
        // From now on the pool waits for locks, without a thread.
        self.handle.wait_for_locks(0);
        Ok(())
    }

    fn pragma(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.query(&format!("PRAGMA {name} = {value}"), |_| Ok(())).map(|_| ())
    }

    /// What SQLite made of the pragmas.
    fn note_durability(&mut self, options: &SqliteOptions) -> Result<(), Error> {
        let level = self.query("PRAGMA synchronous", |row| row.i64())?;
        let mode = self.query("PRAGMA journal_mode", |row| Ok(row.text()?.map(str::to_owned)))?;
        let is_wal = mode.into_iter().flatten().any(|mode| mode == "wal");
        let waits_from = if is_wal { Synchronous::Full } else { Synchronous::Normal };
        let waits = level.into_iter().flatten().any(|level| level >= waits_from as i64);
        self.is_durable = options.file.is_some() && waits;
        if is_wal && !waits {
            self.handle.watch_log();
        }
        Ok(())
    }
}

fn not_opened(options: &SqliteOptions, failure: Failure) -> Error {
    let Some(file) = options.file.as_ref().filter(|_| failure.is_cannot_open()) else {
        return failure.into();
    };
    let hint = if options.create_if_missing || options.read_only || file.exists() {
        ""
    } else {
        "; `?mode=rwc` or `.create_if_missing(true)` makes it"
    };
    failure.about(format_args!("`{}`{hint}", file.display())).into()
}

fn flags(options: &SqliteOptions) -> c_int {
    let access =
        match (options.file.is_some() && options.read_only, options.create_if_missing || options.file.is_none()) {
            (true, _) => ffi::SQLITE_OPEN_READONLY,
            (false, true) => ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE,
            (false, false) => ffi::SQLITE_OPEN_READWRITE,
        };
    access | ffi::SQLITE_OPEN_URI
}

/// What SQLite takes for a file's name: a URI where it has parameters, or where it would be taken for one.
fn filename(options: &SqliteOptions) -> Result<CString, Error> {
    let Some(file) = &options.file else {
        return Ok(c_text(":memory:")?);
    };
    let path = file.as_os_str().as_encoded_bytes();
    // For SQLite that is a temporary file: each connection would have its own.
    if path.is_empty() {
        return Err(Error::connection("the name of the database's file is empty"));
    }
    if !options.immutable && !path.starts_with(b"file:") {
        return Ok(c_text(path)?);
    }
    let mut uri = "file:".to_owned();
    uri.extend(percent_encoding::percent_encode(path, percent_encoding::NON_ALPHANUMERIC));
    if options.immutable {
        uri.push_str("?immutable=1");
    }
    Ok(c_text(uri)?)
}
