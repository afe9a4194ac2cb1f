//! The types of a statement's columns, looked up once.

use sqlx::{
    Row as _, TypeInfo as _, ValueRef as _,
    postgres::{PgRow, PgTypeInfo, PgTypeKind, PgValueFormat},
};

use super::{PostgresReader, oid};

/// The types that come with the server have lower numbers, and are what they are.
const FIRST_OTHER: u32 = 10_000;

/// The numbers of the types of a statement's columns.
#[derive(Debug, Default)]
pub(crate) struct ColumnTypes {
    types: Vec<u32>,
    /// Where sqlx keeps the columns: all rows of a statement share them.
    place: usize,
}

impl ColumnTypes {
    /// Reads a row, which may be of another statement than the one before.
    pub(crate) fn reader<'r>(&'r mut self, row: &'r PgRow) -> PostgresReader<'r> {
        let columns = row.columns();
        let place = columns.as_ptr().addr();
        if self.place != place || self.types.len() != columns.len() {
            self.look_up(row);
            self.place = place;
        }
        PostgresReader::with_types(row, &self.types)
    }

    fn look_up(&mut self, row: &PgRow) {
        self.types.clear();
        self.types.extend((0..row.len()).map(|index| type_of(row, index)));
    }
}

/// The number of a column's type. What is in text format is of none: all rows of a statement are in the same format.
pub(super) fn type_of(row: &PgRow, index: usize) -> u32 {
    match row.try_get_raw(index) {
        Ok(value) if value.format() == PgValueFormat::Binary => resolve(&value.type_info()),
        _ => oid::TEXT_FORMAT,
    }
}

/// The number of a type: of what it is made of, if it is a domain, and of text, if it is sent as such.
pub(super) fn resolve(info: &PgTypeInfo) -> u32 {
    let oid = info.oid().map_or(oid::UNSPECIFIED, |oid| oid.0);
    match kind(info) {
        Some(PgTypeKind::Enum(_)) => oid::TEXT,
        Some(PgTypeKind::Domain(base)) => resolve(base),
        // The extension's type for text whose case does not matter.
        Some(PgTypeKind::Simple) if info.name().eq_ignore_ascii_case("citext") => oid::TEXT,
        _ => oid,
    }
}

/// What kind of type it is, if it is none that comes with the server.
fn kind(info: &PgTypeInfo) -> Option<&PgTypeKind> {
    // sqlx panics when it is asked for the kind of a type that it could not look up, which it names so.
    let is_known = info.oid().is_some_and(|oid| oid.0 >= FIRST_OTHER) && info.name() != "?";
    is_known.then(|| info.kind())
}
