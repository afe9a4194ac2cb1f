//! Which rows belong to which parent.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use foldhash::fast::RandomState;

use super::{super::link::Key, KeyPlace};
use crate::{Error, run::RowReader};

/// The rows that are asked for, by the keys that they must have. Several parents may have the same.
#[derive(Debug)]
pub(super) struct Parents {
    by_key: Option<HashMap<Key, usize, RandomState>>,
    /// For each key, the places of the parents that have it.
    places: Vec<Places>,
    /// The keys in the same order, if they are integers; ascending if there is no map.
    integers: Vec<i64>,
    /// Which key was looked for last: rows of one parent mostly come one after the other, and then those of the next.
    last: AtomicUsize,
}

#[derive(Debug)]
enum Places {
    One(usize),
    Several(Vec<usize>),
}

impl Places {
    fn add(&mut self, place: usize) {
        match self {
            Places::One(first) => *self = Places::Several(vec![*first, place]),
            Places::Several(places) => places.push(place),
        }
    }

    fn as_slice(&self) -> &[usize] {
        match self {
            Places::One(place) => std::slice::from_ref(place),
            Places::Several(places) => places,
        }
    }
}

impl Parents {
    /// The keys of all parents, in their order, and each of them once. What is NULL leads nowhere.
    pub(super) fn new(keys: Vec<Option<Key>>) -> (Self, Vec<Key>) {
        if let Some((integers, places)) = ascending(&keys) {
            let parents = Parents { by_key: None, places, integers, last: AtomicUsize::new(0) };
            return (parents, keys.into_iter().flatten().collect());
        }
        let mut by_key: HashMap<Key, usize, _> = HashMap::with_capacity_and_hasher(keys.len(), RandomState::default());
        let mut places: Vec<Places> = Vec::with_capacity(keys.len());
        let (mut integers, mut values) = (Vec::with_capacity(keys.len()), Vec::with_capacity(keys.len()));
        for (place, key) in keys.into_iter().enumerate() {
            let Some(key) = key else { continue };
            match by_key.entry(key) {
                Entry::Occupied(known) => places[*known.get()].add(place),
                Entry::Vacant(new) => {
                    if let Key::Integer(n) = new.key() {
                        integers.push(*n);
                    }
                    values.push(new.key().clone());
                    new.insert(places.len());
                    places.push(Places::One(place));
                }
            }
        }
        (Parents { by_key: Some(by_key), places, integers, last: AtomicUsize::new(0) }, values)
    }

    /// The places of the parents whose key a row has; `None` if it is NULL.
    #[inline]
    pub(super) fn find<R: RowReader>(&self, key: &KeyPlace, row: &mut R) -> Result<Option<&[usize]>, Error> {
        if key.seek_integer(row) {
            return Ok(row.i64()?.map(|n| self.of_integer(n)));
        }
        Ok(key.read(row)?.map(|key| self.of(&key)))
    }

    /// The places of the parents whose key this is.
    pub(super) fn of(&self, key: &Key) -> &[usize] {
        match key {
            Key::Integer(n) => self.of_integer(*n),
            key => self.look_up(key),
        }
    }

    #[inline]
    fn of_integer(&self, n: i64) -> &[usize] {
        let last = self.last.load(Relaxed);
        if self.integers.get(last) == Some(&n) {
            return self.places[last].as_slice();
        }
        let next = last + 1;
        if self.integers.get(next) == Some(&n) { self.found(next) } else { self.look_up(&Key::Integer(n)) }
    }

    fn look_up(&self, key: &Key) -> &[usize] {
        let known = match (&self.by_key, key) {
            (Some(by_key), key) => by_key.get(key).copied(),
            (None, Key::Integer(n)) => self.integers.binary_search(n).ok(),
            (None, _) => None,
        };
        known.map_or(&[], |known| self.found(known))
    }

    fn found(&self, known: usize) -> &[usize] {
        self.last.store(known, Relaxed);
        self.places[known].as_slice()
    }
}

/// The keys and their places, if they are integers that ascend, as those of rows that are read in their order are: no two
/// are the same, and they are found without a map.
fn ascending(keys: &[Option<Key>]) -> Option<(Vec<i64>, Vec<Places>)> {
    let (mut integers, mut places) = (Vec::with_capacity(keys.len()), Vec::with_capacity(keys.len()));
    for (place, key) in keys.iter().enumerate() {
        match key {
            None => {}
            Some(Key::Integer(n)) if integers.last().is_none_or(|last| last < n) => {
                integers.push(*n);
                places.push(Places::One(place));
            }
            Some(_) => return None,
        }
    }
    Some((integers, places))
}

/// A row, the place of its parent, and its own keys.
pub(super) struct Child<R, K> {
    pub(super) parent: usize,
    pub(super) row: R,
    pub(super) keys: K,
}

/// A row as often as there are parents that it belongs to.
pub(super) enum Found<R, K> {
    One(Child<R, K>),
    Several(Vec<Child<R, K>>),
}

impl<R, K> Found<R, K> {
    pub(super) fn as_mut_slice(&mut self) -> &mut [Child<R, K>] {
        match self {
            Found::One(child) => std::slice::from_mut(child),
            Found::Several(children) => children,
        }
    }

    pub(super) fn for_each(self, mut each: impl FnMut(Child<R, K>)) {
        match self {
            Found::One(child) => each(child),
            Found::Several(children) => children.into_iter().for_each(each),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(keys: &[Option<i64>], wanted: i64) -> Vec<usize> {
        let (parents, _) = Parents::new(keys.iter().map(|key| key.map(Key::Integer)).collect());
        // Whatever was looked for before.
        let found: Vec<Vec<usize>> = [i64::MIN, 1, 3, 5, 9]
            .into_iter()
            .map(|before| {
                parents.of(&Key::Integer(before));
                parents.of(&Key::Integer(wanted)).to_vec()
            })
            .collect();
        assert!(found.iter().all(|again| *again == found[0]), "{found:?}");
        found[0].clone()
    }

    #[test]
    fn a_key_is_where_its_parents_are() {
        let lists: [&[Option<i64>]; 5] = [
            &[Some(1), None, Some(3), Some(5), None],
            &[Some(5), None, Some(3), Some(1)],
            &[Some(1), Some(3), Some(3), Some(1), Some(5)],
            &[None, None],
            &[],
        ];
        for keys in lists {
            for wanted in 0..7 {
                let expected = keys.iter().enumerate().filter(|(_, key)| **key == Some(wanted)).map(|(place, _)| place);
                assert_eq!(places(keys, wanted), expected.collect::<Vec<_>>(), "{wanted} in {keys:?}");
            }
        }
    }

    #[test]
    fn each_key_is_asked_for_once() {
        let asked = |keys: &[i64]| Parents::new(keys.iter().map(|n| Some(Key::Integer(*n))).collect()).1;
        assert_eq!(asked(&[1, 2, 9]), [1, 2, 9].map(Key::Integer));
        assert_eq!(asked(&[2, 1, 2]), [2, 1].map(Key::Integer));
    }
}
