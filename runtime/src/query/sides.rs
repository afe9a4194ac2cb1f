//! The text of a set operation.

use super::parts::Parts;
use crate::render::Fragment;

/// What is done with the rows of two queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetOperator {
    Union,
    UnionAll,
    Intersect,
    IntersectAll,
    Except,
    ExceptAll,
}

impl SetOperator {
    const fn words(self) -> &'static str {
        match self {
            SetOperator::Union => " UNION ",
            SetOperator::UnionAll => " UNION ALL ",
            SetOperator::Intersect => " INTERSECT ",
            SetOperator::IntersectAll => " INTERSECT ALL ",
            SetOperator::Except => " EXCEPT ",
            SetOperator::ExceptAll => " EXCEPT ALL ",
        }
    }

    /// Whether it is done before the others, but on SQLite.
    const fn binds_tightly(self) -> bool {
        matches!(self, SetOperator::Intersect | SetOperator::IntersectAll)
    }
}

/// The sides of a set operation: done from the first to the last.
#[derive(Debug, Clone)]
pub(crate) struct Sides {
    first: Box<Parts>,
    others: Vec<(SetOperator, Box<Parts>)>,
}

impl Sides {
    pub(crate) fn new(mut first: Box<Parts>) -> Self {
        forget_order(&mut first);
        Sides { first, others: Vec::new() }
    }

    pub(crate) fn add(&mut self, operator: SetOperator, mut other: Box<Parts>) {
        forget_order(&mut other);
        self.others.push((operator, other));
    }

    /// Whether the text of these can be followed by an operator as it is.
    pub(crate) fn can_be_followed_by(&self, operator: SetOperator) -> bool {
        !operator.binds_tightly() || self.others.iter().all(|(other, _)| other.binds_tightly())
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Parts> {
        std::iter::once(&*self.first).chain(self.others.iter().map(|(_, other)| &**other))
    }

    pub(crate) fn first(&mut self) -> &mut Parts {
        &mut self.first
    }

    /// Writes them; `name` writes the name of each column, by its place.
    pub(crate) fn write(&mut self, name: Option<&dyn Fn(&mut Fragment, usize)>, out: &mut Fragment) {
        write_side(&mut self.first, name, out);
        for (operator, other) in &mut self.others {
            out.sql(operator.words());
            write_side(other, None, out);
        }
    }
}

/// An order matters only to a query that is cut by it.
fn forget_order(side: &mut Parts) {
    if !side.is_cut() {
        side.forget_order();
    }
}

fn write_side(side: &mut Parts, name: Option<&dyn Fn(&mut Fragment, usize)>, out: &mut Fragment) {
    let stands_alone = !side.is_combined() && !side.is_cut() && !side.has_distinct_on();
    let (open, close) = match out.syntax().spelling.sides_in_parentheses {
        _ if stands_alone => ("", ""),
        true => ("(", ")"),
        false => ("SELECT * FROM (", ")"),
    };
    out.sql(open);
    match name {
        Some(name) => side.write_named(out, name),
        None => side.write(out),
    }
    out.sql(close);
}
