//! Rows that came as arrays, one for each column.

use super::{cell::Found, reader::PostgresReader};
use crate::{Error, run::RowReader as _};

const WANTED: &str = "an array for each column";

/// Reads the next columns, which are arrays of one length, as rows. Of no rows there are no arrays.
pub(super) fn read(
    row: &mut PostgresReader<'_>,
    columns: usize,
    each: &mut dyn FnMut(&mut PostgresReader<'_>, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    let (mut lists, mut types) = (Vec::with_capacity(columns), Vec::with_capacity(columns));
    for _ in 0..columns {
        if let Some((elements, of)) = row.next_array(WANTED, None)? {
            lists.push(elements);
            types.push(of);
        }
    }
    let rows = lists.first().map_or(0, ExactSizeIterator::len);
    if rows > 0 && (lists.len() < columns || lists.iter().any(|list| list.len() != rows)) {
        return Err(row.mismatch(WANTED, "arrays of other lengths".to_owned()));
    }
    let mut values = vec![None; columns];
    for left in (1..=rows).rev() {
        for (value, list) in values.iter_mut().zip(&mut lists) {
            *value = list.next().transpose().map_err(|found: Found| row.found(WANTED, found))?.flatten();
        }
        each(&mut PostgresReader::of_elements(&types, &values), left)?;
    }
    Ok(())
}
