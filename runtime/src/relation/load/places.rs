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
    /// Where the table has its columns: the row is one of it.
    Table,
    /// The first so many columns before the end, the others behind it.
    BeforeEnd(usize),
}

impl KeyPlace {
    pub(crate) fn read<R: RowReader>(&self, row: &mut R) -> Result<Option<Key>, Error> {
        Key::read(row, self.columns, |row, place| {
            row.seek(match self.at {
                At::Table => self.columns[place].index,
                At::BeforeEnd(columns) => row.width() - columns + place,
            });
        })
    }
}

/// Sees to it that a query has these keys; says where. Whole rows of one table have them; otherwise they are selected
/// after all else, and `more` columns after them.
pub(super) fn find(parts: &mut Parts, keys: &[KeyOf], more: usize) -> Vec<KeyPlace> {
    if parts.is_whole_table() {
        return keys.iter().map(|(_, columns)| KeyPlace { columns, at: At::Table }).collect();
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
