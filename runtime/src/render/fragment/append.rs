//! Putting texts together, and taking them apart.

use super::{Fragment, Purpose, write_placeholder};
use crate::render::{
    Statement,
    mark::{Mark, Place, What},
    with,
};

impl Fragment {
    /// Adds another fragment.
    pub fn append(&mut self, mut other: Fragment) {
        if self.is_empty() && self.purpose == other.purpose {
            let Fragment { marking, target, has_totals, .. } = *self;
            *self = Fragment { marking, target, has_totals, ..other };
            return;
        }
        self.append_text(&other);
        if self.values.is_empty() {
            self.values = other.values;
        } else {
            self.values.append(&mut other.values);
        }
    }

    /// Adds a copy of another fragment.
    pub(crate) fn append_copy(&mut self, other: &Fragment) {
        self.append_text(other);
        self.values.extend_from_slice(&other.values);
    }

    #[inline]
    fn append_text(&mut self, other: &Fragment) {
        let moved = self.sql.len();
        let mut from = 0;
        let before = (self.ctes.len(), self.values.len());
        match self.purpose {
            Purpose::Clause => {
                self.marks
                    .extend(other.marks.iter().map(|mark| Mark { at: mark.at + moved, what: mark.what.after(before) }));
            }
            // The placeholders get their numbers.
            Purpose::Statement if self.syntax.numbers_parameters || !other.ctes.is_empty() => {
                let mut values = (self.values.len() + 1..).zip(&other.values);
                for mark in other.marks.iter().filter(|mark| mark.what.concerns_statements()) {
                    self.sql.push_str(&other.sql[from..mark.at]);
                    from = mark.at;
                    match mark.what {
                        What::Placeholder => {
                            if let Some((n, value)) = values.next() {
                                write_placeholder(&mut self.sql, n, value, self.syntax);
                            }
                        }
                        what => self.mark(what.after(before)),
                    }
                }
            }
            Purpose::Statement | Purpose::Definition => {}
        }
        self.sql.push_str(&other.sql[from..]);
        self.ctes.extend(&other.ctes);
        self.rereads |= other.rereads;
    }

    /// The statement, with its CTEs in the places where they are read unless it can begin with WITH.
    pub(crate) fn into_write(self, begins_with: bool) -> Statement {
        let text = if begins_with || self.ctes.is_empty() { self } else { with::inline(self) };
        text.into_statement()
    }

    /// Adds another fragment, if there is one.
    pub(crate) fn append_some(&mut self, other: Option<Fragment>) {
        if let Some(other) = other {
            self.append(other);
        }
    }

    /// Adds `separator`, if something is there already.
    #[inline]
    pub(crate) fn separate(&mut self, separator: &'static str) {
        if !self.is_empty() {
            self.sql(separator);
        }
    }

    /// Where it ends.
    #[inline]
    pub(crate) fn end(&self) -> Place {
        Place { sql: self.sql.len(), values: self.values.len(), marks: self.marks.len() }
    }

    /// Forgets what is behind a place.
    pub(crate) fn truncate(&mut self, place: Place) {
        self.sql.truncate(place.sql);
        self.values.truncate(place.values);
        self.marks.truncate(place.marks);
    }

    /// Takes what is behind a place.
    pub(crate) fn split_off(&mut self, place: Place) -> Fragment {
        let mut rest = self.part();
        if place != self.end() {
            rest.sql = self.sql.split_off(place.sql);
            rest.values = self.values.split_off(place.values);
            rest.marks = self.marks.split_off(place.marks);
            for mark in &mut rest.marks {
                mark.at -= place.sql;
                if let What::Cte { values, .. } = &mut mark.what {
                    *values -= place.values;
                }
            }
            rest.ctes.clone_from(&self.ctes);
        }
        rest
    }
}
