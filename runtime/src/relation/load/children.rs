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
    by_key: HashMap<Key, usize, RandomState>,
    /// For each key, the places of the parents that have it.
    places: Vec<Places>,
    /// The keys in the same order, if they are integers.
    integers: Vec<i64>,
    /// Which key was looked for last: rows of one parent mostly come one after the other.
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
        (Parents { by_key, places, integers, last: AtomicUsize::new(0) }, values)
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
        if self.integers.get(last) == Some(&n) { self.places[last].as_slice() } else { self.look_up(&Key::Integer(n)) }
    }

    fn look_up(&self, key: &Key) -> &[usize] {
        let Some(&known) = self.by_key.get(key) else { return &[] };
        self.last.store(known, Relaxed);
        self.places[known].as_slice()
    }
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
