//! Where the keys stand in the rows of a query.

use super::super::link::{Key, KeyColumn};
use crate::{Error, query::Parts, run::RowReader, value::DataType};

/// Where a key stands in a row.
#[derive(Debug, Clone, Copy)]
pub struct KeyPlace {
    at: At,
    data_type: DataType,
}

#[derive(Debug, Clone, Copy)]
enum At {
    /// The column of this number, from 0.
    Column(usize),
    /// So many columns before the end.
    BeforeEnd(usize),
}

impl KeyPlace {
    pub(crate) fn read<R: RowReader>(&self, row: &mut R) -> Result<Option<Key>, Error> {
        row.seek(match self.at {
            At::Column(place) => place,
            At::BeforeEnd(columns) => row.width() - columns,
        });
        Key::read(row, self.data_type)
    }
}

/// Sees to it that a query has these columns, each of a table of this name; says where. Whole rows of one table have
/// them; otherwise they are selected after all else, and `more` columns after them.
pub(super) fn find(parts: &mut Parts, columns: &[(&'static str, &'static KeyColumn)], more: usize) -> Vec<KeyPlace> {
    if parts.is_whole_table() {
        let place =
            |(_, column): &(_, &KeyColumn)| KeyPlace { at: At::Column(column.index), data_type: column.data_type };
        return columns.iter().map(place).collect();
    }
    if columns.is_empty() {
        return Vec::new();
    }
    parts.select_also(|out| {
        for (source, column) in columns {
            out.next_column();
            out.column(source, column.name);
        }
    });
    let place = |(place, (_, column)): (usize, &(_, &KeyColumn))| KeyPlace {
        at: At::BeforeEnd(columns.len() + more - place),
        data_type: column.data_type,
    };
    columns.iter().enumerate().map(place).collect()
}
