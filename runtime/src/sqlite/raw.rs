//! SQLite's C library. All of the pool's `unsafe` is here, behind an interface that is safe.
//!
//! A connection and its statements are one object, [`Handle`]: nothing that points into SQLite leaves it but a [`Row`],
//! which borrows it. So a connection is used by one thread at a time, and may be opened without SQLite's own mutexes.

mod row;

use std::{
    ffi::{CStr, CString, c_char, c_int, c_uchar, c_uint, c_void},
    ptr::{self, NonNull},
    sync::Arc,
};

use libsqlite3_sys as ffi;

pub(crate) use self::row::Row;
use super::{failure::Failure, watch::Watch};
use crate::{Error, dialect::sqlite::Storage, value::Value};

/// How many instructions of its virtual machine SQLite runs between two looks at the [`Watch`].
const INSTRUCTIONS: c_int = 1_000;

/// A connection with its prepared statements, of which one may be running.
///
/// A statement is known by its number.
pub(super) struct Handle {
    db: NonNull<ffi::sqlite3>,
    statements: Vec<Option<Prepared>>,
    running: Option<Running>,
    /// SQLite has a pointer to it. Not in a `Box`, whose address only its owner may use.
    watch: Arc<Watch>,
}

// SAFETY: `db`, the statements made of it and the cells of `watch` are reached through this object alone: it is not
// `Sync`, its methods take `&mut self` or return what borrows it, and a `Row` is not `Send`. SQLite, compiled with
// SQLITE_THREADSAFE and opened with SQLITE_OPEN_NOMUTEX, lets a connection move between threads.
unsafe impl Send for Handle {}

struct Prepared {
    statement: NonNull<ffi::sqlite3_stmt>,
    parameters: usize,
    is_readonly: bool,
}

/// A statement between its first step and its reset.
struct Running {
    number: usize,
    /// What is bound: SQLite has pointers to the texts, so this is not touched until the bindings are cleared.
    values: Vec<Value>,
}

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Row,
    Done,
}

/// How a connection is opened.
pub(super) struct Opening<'o> {
    pub(super) filename: &'o CStr,
    pub(super) flags: c_int,
    pub(super) vfs: Option<&'o CStr>,
}

impl Handle {
    pub(super) fn open(opening: &Opening<'_>) -> Result<Self, Failure> {
        // SAFETY: it only says how the library was compiled.
        if unsafe { ffi::sqlite3_threadsafe() } == 0 {
            return Err(Failure::new(ffi::SQLITE_MISUSE, "SQLite is compiled for one thread".to_owned()));
        }
        let mut db = ptr::null_mut();
        let vfs = opening.vfs.map_or(ptr::null(), CStr::as_ptr);
        let flags = opening.flags | ffi::SQLITE_OPEN_NOMUTEX;
        // SAFETY: both texts end in NUL and outlive the call, `db` is a place for a pointer.
        let code = unsafe { ffi::sqlite3_open_v2(opening.filename.as_ptr(), &mut db, flags, vfs) };
        let db = NonNull::new(db).ok_or_else(|| Failure::new(code, "out of memory".to_owned()))?;
        // From here on it is closed when it is dropped, also if it could not be opened.
        let handle = Handle { db, statements: Vec::new(), running: None, watch: Arc::default() };
        handle.check(code)?;
        let watch = Arc::as_ptr(&handle.watch).cast_mut().cast();
        // SAFETY: `db` is open. The handler gets a pointer to what `handle` owns until after `db` is closed.
        unsafe {
            ffi::sqlite3_extended_result_codes(db.as_ptr(), 1);
            ffi::sqlite3_progress_handler(db.as_ptr(), INSTRUCTIONS, Some(on_progress), watch);
        }
        Ok(handle)
    }

    /// What it is watched with. It is never shared: its cells are for the thread that has the handle.
    #[inline]
    pub(super) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Whether plans stay as they are, whatever is bound: `SQLITE_DBCONFIG_ENABLE_QPSG`.
    pub(super) fn keep_plans(&mut self, keep: bool) -> Result<(), Failure> {
        let unasked: *mut c_int = ptr::null_mut();
        // SAFETY: this option takes an int and a pointer to an int, which may be null.
        self.check(unsafe {
            ffi::sqlite3_db_config(self.db.as_ptr(), ffi::SQLITE_DBCONFIG_ENABLE_QPSG, c_int::from(keep), unasked)
        })
    }

    /// How long SQLite itself waits for locks, in milliseconds.
    pub(super) fn wait_for_locks(&mut self, milliseconds: u32) {
        let milliseconds = c_int::try_from(milliseconds).unwrap_or(c_int::MAX);
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_busy_timeout(self.db.as_ptr(), milliseconds) };
    }

    /// Leaves checkpoints to the pool, which is told how long the log has grown.
    pub(super) fn watch_log(&mut self) {
        let watch = Arc::as_ptr(&self.watch).cast_mut().cast();
        // SAFETY: as for the progress handler; this replaces SQLite's own hook, which would run a checkpoint.
        unsafe { ffi::sqlite3_wal_hook(self.db.as_ptr(), Some(on_commit), watch) };
    }

    /// Copies the log into the database as far as nobody is in the way.
    pub(super) fn checkpoint(&mut self) -> Result<(), Failure> {
        let (all, unasked) = (ptr::null(), ptr::null_mut());
        // SAFETY: null means all databases, and that the counts are not asked for.
        self.check(unsafe {
            ffi::sqlite3_wal_checkpoint_v2(self.db.as_ptr(), all, ffi::SQLITE_CHECKPOINT_PASSIVE, unasked, unasked)
        })
    }

    /// Whether no transaction is open that `BEGIN` began.
    #[inline]
    pub(super) fn is_autocommit(&self) -> bool {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_get_autocommit(self.db.as_ptr()) != 0 }
    }

    /// Whether the open transaction has written.
    pub(super) fn has_written(&self) -> bool {
        // SAFETY: `db` is open; null means all databases.
        unsafe { ffi::sqlite3_txn_state(self.db.as_ptr(), ptr::null()) == ffi::SQLITE_TXN_WRITE }
    }

    /// The rows that the last INSERT, UPDATE or DELETE changed.
    #[inline]
    pub(super) fn changes(&self) -> u64 {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_changes64(self.db.as_ptr()) }.try_into().unwrap_or_default()
    }

    /// The rows that all statements changed.
    #[inline]
    pub(super) fn total_changes(&self) -> i64 {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_total_changes64(self.db.as_ptr()) }
    }

    #[inline]
    pub(super) fn last_insert_rowid(&self) -> i64 {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_last_insert_rowid(self.db.as_ptr()) }
    }

    /// Prepares the first statement of a text: its number, if there is one, and where the next statement begins.
    pub(super) fn prepare(&mut self, sql: &str, is_kept: bool) -> Result<(Option<usize>, usize), Failure> {
        let length = c_int::try_from(sql.len())
            .map_err(|_| Failure::new(ffi::SQLITE_TOOBIG, "the text is too long".to_owned()))?;
        let flags: c_uint = if is_kept { ffi::SQLITE_PREPARE_PERSISTENT } else { 0 };
        let (mut statement, mut tail) = (ptr::null_mut(), ptr::null());
        let start: *const c_char = sql.as_ptr().cast();
        // SQLite asks while it plans, too; the time of the statement before is not that of this one.
        self.watch.begin(None);
        // SAFETY: SQLite reads at most `length` bytes, and `tail` then points into them or to their end.
        let (code, tail) = unsafe {
            let code = ffi::sqlite3_prepare_v3(self.db.as_ptr(), start, length, flags, &mut statement, &mut tail);
            (code, if tail.is_null() { sql.len() } else { tail.offset_from(start).unsigned_abs() })
        };
        self.check(code)?;
        let Some(statement) = NonNull::new(statement) else {
            return Ok((None, tail));
        };
        // SAFETY: the statement was just prepared.
        let prepared = unsafe {
            Prepared {
                statement,
                parameters: ffi::sqlite3_bind_parameter_count(statement.as_ptr()).try_into().unwrap_or_default(),
                is_readonly: ffi::sqlite3_stmt_readonly(statement.as_ptr()) != 0,
            }
        };
        let free = self.statements.iter().position(Option::is_none);
        let number = free.unwrap_or_else(|| {
            self.statements.push(None);
            self.statements.len() - 1
        });
        self.statements[number] = Some(prepared);
        Ok((Some(number), tail))
    }

    /// Forgets a statement.
    pub(super) fn discard(&mut self, number: usize) {
        if self.running.as_ref().is_some_and(|running| running.number == number) {
            self.finish();
        }
        if let Some(slot) = self.statements.get_mut(number) {
            *slot = None;
        }
    }

    /// Whether a statement leaves the database as it is.
    #[inline]
    pub(super) fn is_readonly(&self, number: usize) -> bool {
        self.statements.get(number).and_then(Option::as_ref).is_some_and(|prepared| prepared.is_readonly)
    }

    /// How many parameters a statement has.
    pub(super) fn parameters(&self, number: usize) -> usize {
        self.statements.get(number).and_then(Option::as_ref).map_or(0, |prepared| prepared.parameters)
    }

    /// Binds values to a statement and makes it the running one. Says how many bytes the texts and blobs have.
    ///
    /// # Errors
    /// If SQLite cannot hold a value; then nothing is running.
    pub(super) fn start(&mut self, number: usize, values: Vec<Value>) -> Result<usize, Error> {
        self.finish();
        let Some(Some(prepared)) = self.statements.get(number) else {
            return Err(Error::encode("no such statement"));
        };
        if prepared.parameters != values.len() {
            let (takes, given) = (prepared.parameters, values.len());
            return Err(Error::encode(format!("the statement takes {takes} parameters, not {given}")));
        }
        let statement = prepared.statement;
        // What is bound must be owned by `self` before SQLite knows of it.
        let values = &self.running.insert(Running { number, values }).values;
        let bound = values.iter().enumerate().try_fold(0_usize, |bytes, (index, value)| {
            let bound = Storage::of(value).and_then(|storage| bind(statement, index + 1, &storage));
            bound.map(|more| bytes.saturating_add(more)).map_err(|error| error.at_parameter(index + 1))
        });
        if bound.is_err() {
            self.finish();
        }
        bound
    }

    /// Goes on with the running statement.
    #[inline]
    pub(super) fn step(&mut self) -> Result<Step, Failure> {
        let Some(prepared) = self.running() else {
            return Ok(Step::Done);
        };
        // SAFETY: the statement belongs to this handle, and what is bound to it is alive.
        match unsafe { ffi::sqlite3_step(prepared.statement.as_ptr()) } {
            ffi::SQLITE_ROW => Ok(Step::Row),
            ffi::SQLITE_DONE => Ok(Step::Done),
            code => Err(self.failure(code)),
        }
    }

    /// The row that the last step came to. Without one, it has no columns.
    #[inline]
    pub(super) fn row(&self) -> Row<'_> {
        let row = self.running().map(|prepared| {
            // The row is asked, not what was prepared: after ALTER TABLE, `*` is more columns.
            // SAFETY: the statement belongs to this handle.
            (prepared.statement, unsafe { ffi::sqlite3_data_count(prepared.statement.as_ptr()) })
        });
        let (statement, columns) = row.unwrap_or((NonNull::dangling(), 0));
        // SAFETY: it has these columns, and the next step needs the handle for itself.
        unsafe { Row::new(statement, columns) }
    }

    /// Puts the running statement back to its beginning, with the same values.
    pub(super) fn restart(&mut self) {
        if let Some(prepared) = self.running() {
            // SAFETY: the statement belongs to this handle. The result repeats the error of the last step.
            unsafe { ffi::sqlite3_reset(prepared.statement.as_ptr()) };
        }
    }

    /// Ends the running statement, if there is one. Says what was bound to it, and how many instructions it took.
    #[inline]
    pub(super) fn finish(&mut self) -> (Vec<Value>, u32) {
        let Some(running) = self.running.take() else {
            return (Vec::new(), 0);
        };
        let Some(Some(prepared)) = self.statements.get(running.number) else {
            return (running.values, 0);
        };
        let statement = prepared.statement.as_ptr();
        // SAFETY: the statement belongs to this handle. The values are let go after this.
        let instructions = unsafe {
            ffi::sqlite3_reset(statement);
            if prepared.parameters > 0 {
                ffi::sqlite3_clear_bindings(statement);
            }
            ffi::sqlite3_stmt_status(statement, ffi::SQLITE_STMTSTATUS_VM_STEP, 1)
        };
        (running.values, instructions.try_into().unwrap_or_default())
    }

    /// Whether a statement was planned anew since the last time that this was asked, as after a change of the tables.
    pub(super) fn was_replanned(&self, number: usize) -> bool {
        self.statements.get(number).and_then(Option::as_ref).is_some_and(|prepared| {
            // SAFETY: the statement belongs to this handle.
            unsafe { ffi::sqlite3_stmt_status(prepared.statement.as_ptr(), ffi::SQLITE_STMTSTATUS_REPREPARE, 1) != 0 }
        })
    }

    #[inline]
    fn running(&self) -> Option<&Prepared> {
        self.statements.get(self.running.as_ref()?.number)?.as_ref()
    }

    fn check(&self, code: c_int) -> Result<(), Failure> {
        if code == ffi::SQLITE_OK { Ok(()) } else { Err(self.failure(code)) }
    }

    fn failure(&self, code: c_int) -> Failure {
        // SAFETY: `db` is there, and its message is copied before anything else is asked of it.
        let message = unsafe {
            let message = ffi::sqlite3_errmsg(self.db.as_ptr());
            if message.is_null() { String::new() } else { CStr::from_ptr(message).to_string_lossy().into_owned() }
        };
        Failure::new(code, message)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.finish();
        self.statements.clear();
        // SAFETY: nothing uses `db` after this, and no statement of it is left.
        unsafe { ffi::sqlite3_close(self.db.as_ptr()) };
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // SAFETY: a statement is dropped before its connection is closed, and not used afterwards.
        unsafe { ffi::sqlite3_finalize(self.statement.as_ptr()) };
    }
}

/// Binds a value, which must not be touched until the bindings of the statement are cleared, unless it owns its text.
/// Says how many bytes it has.
fn bind(statement: NonNull<ffi::sqlite3_stmt>, parameter: usize, value: &Storage<'_>) -> Result<usize, Error> {
    use std::borrow::Cow;
    let statement = statement.as_ptr();
    let parameter = c_int::try_from(parameter).unwrap_or(c_int::MAX);
    let lifetime = |is_borrowed| if is_borrowed { ffi::SQLITE_STATIC() } else { ffi::SQLITE_TRANSIENT() };
    // SAFETY: the lengths are those of the texts. Borrowed ones are alive and in their place until the bindings are
    // cleared, as `Handle::start` and `Handle::finish` see to; SQLite copies the others.
    let code = unsafe {
        match value {
            Storage::Null => ffi::sqlite3_bind_null(statement, parameter),
            Storage::Integer(value) => ffi::sqlite3_bind_int64(statement, parameter, *value),
            Storage::Real(value) => ffi::sqlite3_bind_double(statement, parameter, *value),
            Storage::Text(text) => {
                let lifetime = lifetime(matches!(text, Cow::Borrowed(_)));
                let utf8 = ffi::SQLITE_UTF8 as c_uchar;
                ffi::sqlite3_bind_text64(statement, parameter, text.as_ptr().cast(), text.len() as u64, lifetime, utf8)
            }
            Storage::Blob(bytes) => {
                let lifetime = lifetime(matches!(bytes, Cow::Borrowed(_)));
                ffi::sqlite3_bind_blob64(statement, parameter, bytes.as_ptr().cast(), bytes.len() as u64, lifetime)
            }
        }
    };
    match code {
        ffi::SQLITE_OK => Ok(match value {
            Storage::Text(text) => text.len(),
            Storage::Blob(bytes) => bytes.len(),
            _ => 0,
        }),
        ffi::SQLITE_TOOBIG => Err(Error::encode("SQLite takes no text or blob of this length")),
        code => Err(Error::encode(format!("SQLite cannot bind it (code {code})"))),
    }
}

/// Asks the watch whether to go on.
unsafe extern "C" fn on_progress(watch: *mut c_void) -> c_int {
    // SAFETY: `Handle::open` gave the pointer, and it is called on the thread that uses the handle.
    let watch = unsafe { &*watch.cast_const().cast::<Watch>() };
    c_int::from(watch.stops())
}

/// Notes how many pages the log has.
unsafe extern "C" fn on_commit(watch: *mut c_void, _: *mut ffi::sqlite3, _: *const c_char, pages: c_int) -> c_int {
    // SAFETY: as in `on_progress`.
    let watch = unsafe { &*watch.cast_const().cast::<Watch>() };
    watch.note_log(pages.try_into().unwrap_or_default());
    ffi::SQLITE_OK
}

/// A text for C.
pub(super) fn c_text(text: impl Into<Vec<u8>>) -> Result<CString, Failure> {
    CString::new(text).map_err(|_| Failure::new(ffi::SQLITE_CANTOPEN, "the name holds a NUL".to_owned()))
}
