//! Which rows belong to which parent.

use std::collections::{HashMap, hash_map::Entry};

use foldhash::fast::RandomState;

use super::super::link::Key;

/// The rows that are asked for, by the keys that they must have. Several parents may have the same.
#[derive(Debug)]
pub(super) struct Parents {
    by_key: HashMap<Key, usize, RandomState>,
    /// For each key, the places of the parents that have it.
    places: Vec<Places>,
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
        let mut values = Vec::with_capacity(keys.len());
        for (place, key) in keys.into_iter().enumerate() {
            let Some(key) = key else { continue };
            match by_key.entry(key) {
                Entry::Occupied(known) => places[*known.get()].add(place),
                Entry::Vacant(new) => {
                    values.push(new.key().clone());
                    new.insert(places.len());
                    places.push(Places::One(place));
                }
            }
        }
        (Parents { by_key, places }, values)
    }

    /// The places of the parents whose key this is.
    pub(super) fn of(&self, key: &Key) -> &[usize] {
        self.by_key.get(key).map_or(&[], |known| self.places[*known].as_slice())
    }
}

/// A row as often as there are parents that it belongs to: the place of each, the row, and its own keys.
pub(super) struct Found<R, K> {
    pub(super) first: Option<(usize, R, K)>,
    pub(super) others: Vec<(usize, R, K)>,
}
