//! The prepared statements of a connection, by their text.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Which statements are prepared: the least recently used one gives way.
pub(super) struct Cache {
    capacity: usize,
    by_text: HashMap<Box<str>, Entry, RandomState>,
    /// Counts the uses.
    clock: u64,
}

/// What is known of a prepared statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Its number.
    pub(super) number: usize,
    /// It was too long for the calling task when it ran last.
    pub(super) is_long: bool,
    /// It may be long without SQLite asking whether to go on.
    pub(super) is_count: bool,
    /// It is always too long for the calling task.
    pub(super) is_heavy: bool,
    /// Whether its work is bounded by its text, once somebody asked.
    pub(super) is_bounded: Option<bool>,
}

struct Entry {
    known: Known,
    used: u64,
}

impl Cache {
    pub(super) fn new(capacity: usize) -> Self {
        Cache { capacity, by_text: HashMap::default(), clock: 0 }
    }

    /// Whether it keeps statements.
    pub(super) fn keeps(&self) -> bool {
        self.capacity > 0
    }

    pub(super) fn get(&mut self, sql: &str) -> Option<Known> {
        let entry = self.by_text.get_mut(sql)?;
        self.clock += 1;
        entry.used = self.clock;
        Some(entry.known)
    }

    /// Keeps a statement; says which other one has to go.
    pub(super) fn insert(&mut self, sql: &str, known: Known) -> Option<usize> {
        let evicted = if self.by_text.len() >= self.capacity { self.evict() } else { None };
        self.clock += 1;
        self.by_text.insert(sql.into(), Entry { known, used: self.clock });
        evicted
    }

    /// Notes what was learned of a statement.
    pub(super) fn learn(&mut self, sql: &str, known: Known) {
        if let Some(entry) = self.by_text.get_mut(sql).filter(|entry| entry.known.number == known.number) {
            entry.known = known;
        }
    }

    /// Forgets whose work is bounded: the tables may have triggers and foreign keys that they had not.
    pub(super) fn forget_bounds(&mut self) {
        for entry in self.by_text.values_mut() {
            entry.known.is_bounded = None;
        }
    }

    /// Looking at all of them takes a small part of the time that preparing the next one does.
    fn evict(&mut self) -> Option<usize> {
        let oldest = self.by_text.iter().min_by_key(|(_, entry)| entry.used)?.0.clone();
        self.by_text.remove(&oldest).map(|entry| entry.known.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(number: usize) -> Known {
        Known { number, is_long: false, is_count: false, is_heavy: false, is_bounded: None }
    }

    #[test]
    fn the_least_recently_used_statement_gives_way() {
        let mut cache = Cache::new(2);
        assert_eq!(cache.insert("a", known(1)), None);
        assert_eq!(cache.insert("b", known(2)), None);
        assert_eq!(cache.get("a"), Some(known(1)));
        assert_eq!(cache.insert("c", known(3)), Some(2));
        assert_eq!(cache.get("b"), None);
        assert_eq!(cache.get("a"), Some(known(1)));
    }

    #[test]
    fn what_is_learned_stays() {
        let mut cache = Cache::new(1);
        cache.insert("a", known(1));
        cache.learn("a", Known { is_long: true, ..known(1) });
        assert!(cache.get("a").is_some_and(|known| known.is_long));
        cache.learn("a", known(2));
        assert!(cache.get("a").is_some_and(|known| known.is_long));
        cache.learn("a", Known { is_bounded: Some(true), ..known(1) });
        cache.forget_bounds();
        assert!(cache.get("a").is_some_and(|known| known.is_bounded.is_none()));
    }
}
