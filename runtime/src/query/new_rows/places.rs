//! Which of the rows that come back belongs into which place.

use std::collections::{HashMap, VecDeque};

use super::target::Target;
use crate::{Error, dialect::Dialect, relation::Key, run::Executor, table::Table};

/// Rows with their keys, each in its place once it has come back.
pub(super) type Places<T> = Vec<Option<(T, Key)>>;

impl<T: Table + 'static> Target<T> {
    /// Puts rows into the places of their keys.
    ///
    /// A database may hold another value than the one that was given, as a moment with fewer decimals. Which row that is, it
    /// tells.
    pub(super) async fn place_by_key<D: Dialect, E: Executor<D> + Copy>(
        &self,
        executor: E,
        found: &mut Places<T>,
        rows: Vec<(T, Key)>,
        (keys, places): (Vec<Key>, Vec<usize>),
    ) -> Result<(), Error> {
        let of_key: HashMap<&Key, usize> = keys.iter().zip(places.iter().copied()).collect();
        let mut others = Vec::new();
        for row in rows {
            match of_key.get(&row.1) {
                Some(place) => found[*place] = Some(row),
                None => others.push(row),
            }
        }
        let mut missing: Vec<(Key, usize)> = Vec::new();
        if !others.is_empty() {
            missing = keys.into_iter().zip(places).filter(|(_, place)| found[*place].is_none()).collect();
        }
        if let ([_], [(_, place)]) = (&others[..], &missing[..]) {
            found[*place] = others.pop();
            return Ok(());
        }
        for (key, place) in missing {
            found[place] = self.read::<D, E>(executor, &self.key, vec![key]).await?.pop();
        }
        Ok(())
    }

    /// What is said of a row that is not found again.
    pub(super) fn lost<D: Dialect>(&self) -> Error {
        let (name, table) = (D::SYNTAX.name, self.def.name);
        let key = self.key.iter().map(|column| column.name).collect::<Vec<_>>().join("`, `");
        Error::encode(format!("{name} holds another value than the one that was set in `{key}` of a row of `{table}`"))
    }
}

/// Puts rows whose keys count up into places.
pub(super) fn by_number<T>(found: &mut Places<T>, mut rows: Vec<(T, Key)>, places: &[usize]) -> Result<(), Error> {
    if rows.len() != places.len() {
        return Err(Error::RowNotFound);
    }
    rows.sort_by_key(|(_, key)| key.number());
    for (row, place) in rows.into_iter().zip(places) {
        found[*place] = Some(row);
    }
    Ok(())
}

/// Puts rows into places of rows that belong to the same one; `keys` are those of what the places belong to. Nothing tells
/// these apart: they come in the order in which the database reads them. Whether there is a row for each place.
pub(super) fn by_parent<T>(found: &mut Places<T>, rows: Vec<(T, Key)>, keys: Vec<Key>, places: Vec<usize>) -> bool {
    let mut of_parent: HashMap<Key, VecDeque<usize>> = HashMap::new();
    for (key, place) in keys.into_iter().zip(places) {
        of_parent.entry(key).or_default().push_back(place);
    }
    for row in rows {
        let Some(place) = of_parent.get_mut(&row.1).and_then(VecDeque::pop_front) else { return false };
        found[place] = Some(row);
    }
    of_parent.values().all(VecDeque::is_empty)
}
