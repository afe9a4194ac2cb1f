//! Rows, read where SQLite has them.

use std::{
    ffi::{CStr, c_int, c_uchar},
    marker::PhantomData,
    ptr::NonNull,
    slice,
};

use libsqlite3_sys as ffi;

use super::Handle;
use crate::{
    dialect::sqlite::{Cell, Found},
    utf8,
};

/// A row that lies in SQLite's memory until the next step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r> {
    statement: NonNull<ffi::sqlite3_stmt>,
    columns: c_int,
    handle: PhantomData<&'r Handle>,
}

impl<'r> Row<'r> {
    /// The row that a statement is on, or one without columns.
    ///
    /// # Safety
    /// For as long as `'r`, the statement is on a row of so many columns, unless there are none.
    #[inline]
    pub(super) unsafe fn new(statement: NonNull<ffi::sqlite3_stmt>, columns: c_int) -> Self {
        Row { statement, columns, handle: PhantomData }
    }

    /// A value in its place.
    #[inline]
    pub(crate) fn cell(self, index: usize) -> Result<Cell<'r>, Found> {
        let column = self.column(index).ok_or("no such column")?;
        // SAFETY: the statement is on a row, which has this column. The value is "unprotected", for one thread only, as the
        // handle is. It is asked for in the type that it has, so it is not converted, and the pointers stay good until
        // the next step, which needs the handle for itself.
        unsafe {
            let value = ffi::sqlite3_column_value(self.statement.as_ptr(), column);
            match ffi::sqlite3_value_type(value) {
                ffi::SQLITE_INTEGER => Ok(Cell::Integer(ffi::sqlite3_value_int64(value))),
                ffi::SQLITE_FLOAT => Ok(Cell::Real(ffi::sqlite3_value_double(value))),
                ffi::SQLITE_TEXT => {
                    let start = ffi::sqlite3_value_text(value);
                    let bytes = bytes(start, ffi::sqlite3_value_bytes(value));
                    utf8::text(bytes).map(Cell::Text).ok_or("TEXT that is not UTF-8")
                }
                ffi::SQLITE_BLOB => {
                    let start = ffi::sqlite3_value_blob(value).cast();
                    Ok(Cell::Blob(bytes(start, ffi::sqlite3_value_bytes(value))))
                }
                _ => Ok(Cell::Null),
            }
        }
    }

    /// The name of a column.
    pub(crate) fn name(self, index: usize) -> Option<&'r str> {
        let column = self.column(index)?;
        // SAFETY: the column is there; its name stays in its place until the statement is prepared anew.
        unsafe {
            let name = ffi::sqlite3_column_name(self.statement.as_ptr(), column);
            if name.is_null() { None } else { CStr::from_ptr(name).to_str().ok() }
        }
    }

    /// How many columns it has.
    pub(crate) fn width(self) -> usize {
        usize::try_from(self.columns).unwrap_or_default()
    }

    #[inline]
    fn column(self, index: usize) -> Option<c_int> {
        c_int::try_from(index).ok().filter(|column| *column < self.columns)
    }
}

/// # Safety
/// `start` is null or points to `length` bytes that stay there for `'r`.
unsafe fn bytes<'r>(start: *const c_uchar, length: c_int) -> &'r [u8] {
    match usize::try_from(length) {
        // SAFETY: the caller says so.
        Ok(length) if length > 0 && !start.is_null() => unsafe { slice::from_raw_parts(start, length) },
        _ => &[],
    }
}
