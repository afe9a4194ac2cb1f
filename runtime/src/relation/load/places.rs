//! Where the keys stand in the rows of a query.

use super::super::link::{Key, KeyColumn};
use crate::{Error, query::Parts, run::RowReader};

/// The columns of a key, and the name of the table that they are of.
pub type KeyOf = (&'static str, &'static [KeyColumn]);

/// Where a key stands in a row.
#[derive(Debug, Clone, Copy)]
pub struct KeyPlace {
    columns: &'static [KeyColumn],
    at: At,
}

#[derive(Debug, Clone, Copy)]
enum At {
    /// Where the table has its columns: so many columns are before it.
    Table(usize),
    /// The first so many columns before the end, the others behind it.
    BeforeEnd(usize),
}

impl KeyPlace {
    pub(crate) fn read<R: RowReader>(&self, row: &mut R) -> Result<Option<Key>, Error> {
        Key::read(row, self.columns, |row, place| row.seek(self.column(place, || row.width())))
    }

    /// Goes to the key, and says whether it is one integer.
    #[inline]
    pub(super) fn seek_integer<R: RowReader>(&self, row: &mut R) -> bool {
        let [column] = self.columns else { return false };
        row.seek(self.column(0, || row.width()));
        column.is_integer()
    }

    /// The column of one part of the key, in a row of this width.
    fn column(&self, place: usize, width: impl FnOnce() -> usize) -> usize {
        match self.at {
            At::Table(before) => before + self.columns[place].index,
            At::BeforeEnd(columns) => width() - columns + place,
        }
    }

    /// Where its columns are in a row of this width.
    pub(super) fn numbers(&self, width: usize) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).map(move |place| self.column(place, || width))
    }
}

/// Sees to it that a query has these keys; says where. Whole rows of one table have them; otherwise they are selected
/// after all else, and `more` columns after them.
pub(super) fn find(parts: &mut Parts, keys: &[KeyOf], more: usize) -> Vec<KeyPlace> {
    if parts.whole_table().is_some() {
        return keys.iter().map(|(_, columns)| KeyPlace { columns, at: At::Table(0) }).collect();
    }
    if keys.is_empty() {
        return Vec::new();
    }
    parts.select_also(|out| {
        for (source, columns) in keys {
            for column in *columns {
                out.next_column();
                out.column(source, column.name);
            }
        }
    });
    let mut behind = more + keys.iter().map(|(_, columns)| columns.len()).sum::<usize>();
    let place = |(_, columns): &KeyOf| {
        let place = KeyPlace { columns, at: At::BeforeEnd(behind) };
        behind -= columns.len();
        place
    };
    keys.iter().map(place).collect()
}
