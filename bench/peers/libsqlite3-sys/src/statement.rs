//! The few functions of SQLite's that the workloads need.

use std::{ffi::CString, ptr, slice};

use libsqlite3_sys as ffi;
use mizzle_bench_protocol::Result;

/// A private database in memory.
pub(crate) struct Connection(*mut ffi::sqlite3);

/// A prepared statement of a connection that outlives it.
pub(crate) struct Statement(*mut ffi::sqlite3_stmt);

fn ok(code: i32) -> Result<()> {
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(format!("SQLite: {code}").into()) }
}

impl Connection {
    pub(crate) fn open_in_memory() -> Result<Self> {
        let mut db = ptr::null_mut();
        let flags = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE | ffi::SQLITE_OPEN_NOMUTEX;
        // SAFETY: the name ends with a zero, `db` is valid for writes.
        ok(unsafe { ffi::sqlite3_open_v2(c":memory:".as_ptr(), &raw mut db, flags, ptr::null()) })?;
        Ok(Connection(db))
    }

    pub(crate) fn execute(&self, sql: &str) -> Result<()> {
        let sql = CString::new(sql)?;
        // SAFETY: the connection is open, `sql` ends with a zero.
        ok(unsafe { ffi::sqlite3_exec(self.0, sql.as_ptr(), None, ptr::null_mut(), ptr::null_mut()) })
    }

    pub(crate) fn prepare(&self, sql: &str) -> Result<Statement> {
        let mut statement = ptr::null_mut();
        let (flags, length) = (ffi::SQLITE_PREPARE_PERSISTENT, i32::try_from(sql.len())?);
        // SAFETY: the connection is open, `sql` has that length, `statement` is valid for writes.
        ok(unsafe {
            let text = sql.as_ptr().cast();
            ffi::sqlite3_prepare_v3(self.0, text, length, flags, &raw mut statement, ptr::null_mut())
        })?;
        Ok(Statement(statement))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: it is open, and its statements were dropped before.
        unsafe { ffi::sqlite3_close(self.0) };
    }
}

// SAFETY, for all of these: the statement is prepared, and on a row where a column is read.
impl Statement {
    pub(crate) fn bind_integer(&self, at: i32, value: i64) -> Result<()> {
        ok(unsafe { ffi::sqlite3_bind_int64(self.0, at, value) })
    }

    /// SQLite keeps a copy.
    pub(crate) fn bind_text(&self, at: i32, value: Option<&str>) -> Result<()> {
        let Some(value) = value else { return ok(unsafe { ffi::sqlite3_bind_null(self.0, at) }) };
        let length = i32::try_from(value.len())?;
        ok(unsafe { ffi::sqlite3_bind_text(self.0, at, value.as_ptr().cast(), length, ffi::SQLITE_TRANSIENT()) })
    }

    /// Whether there is a row; resets the statement when there is none.
    fn step(&self) -> Result<bool> {
        match unsafe { ffi::sqlite3_step(self.0) } {
            ffi::SQLITE_ROW => Ok(true),
            ffi::SQLITE_DONE => self.reset().map(|()| false),
            code => self.reset().and(ok(code).map(|()| false)),
        }
    }

    fn reset(&self) -> Result<()> {
        ok(unsafe { ffi::sqlite3_reset(self.0) })
    }

    pub(crate) fn execute(&self) -> Result<()> {
        self.step().map(drop)
    }

    pub(crate) fn row<R>(&self, read: impl Fn(&Self) -> Result<R>) -> Result<R> {
        if !self.step()? {
            return Err("no row".into());
        }
        let row = read(self);
        self.reset()?;
        row
    }

    pub(crate) fn rows<R>(&self, read: impl Fn(&Self) -> Result<R>) -> Result<Vec<R>> {
        let mut rows = Vec::new();
        while self.step()? {
            rows.push(read(self)?);
        }
        Ok(rows)
    }

    pub(crate) fn is_null(&self, column: i32) -> bool {
        unsafe { ffi::sqlite3_column_type(self.0, column) == ffi::SQLITE_NULL }
    }

    pub(crate) fn integer(&self, column: i32) -> i64 {
        unsafe { ffi::sqlite3_column_int64(self.0, column) }
    }

    pub(crate) fn text(&self, column: i32) -> Result<String> {
        self.nullable_text(column)?.ok_or_else(|| "NULL".into())
    }

    pub(crate) fn nullable_text(&self, column: i32) -> Result<Option<String>> {
        let bytes = unsafe {
            let text = ffi::sqlite3_column_text(self.0, column);
            if text.is_null() {
                return Ok(None);
            }
            slice::from_raw_parts(text, ffi::sqlite3_column_bytes(self.0, column) as usize)
        };
        Ok(Some(std::str::from_utf8(bytes)?.to_owned()))
    }
}

impl Drop for Statement {
    fn drop(&mut self) {
        // SAFETY: it was prepared, and its connection is still open.
        unsafe { ffi::sqlite3_finalize(self.0) };
    }
}
