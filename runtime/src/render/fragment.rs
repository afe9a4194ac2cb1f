//! A piece of a query, before it is written out.

use std::borrow::Cow;

use crate::value::Value;

/// One piece of a clause.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// SQL text.
    Sql(Cow<'static, str>),
    /// A name, to be quoted.
    Name(&'static str),
    /// A column, to be quoted and qualified.
    Column {
        /// The name of the table or the alias.
        source: &'static str,
        /// The name of the column.
        column: &'static str,
    },
    /// The comma between two columns that are selected.
    NextColumn,
    /// Says that the key before it is that of whole rows of a table or alias; it is not written.
    WholeRow(&'static str),
    /// A value, to be bound.
    Value(Value),
    /// A value that stands so many more times in a list, if it is bound.
    Padding(Value, usize),
}

/// A clause, or a part of one: pieces in the order of the SQL text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fragment(pub(crate) Vec<Piece>);

impl Fragment {
    /// Nothing yet.
    pub const fn new() -> Self {
        Fragment(Vec::new())
    }

    /// A value.
    pub(crate) fn of(value: Value) -> Self {
        Fragment(vec![Piece::Value(value)])
    }

    /// Whether it is one value and nothing else.
    pub(crate) fn is_value(&self) -> bool {
        matches!(self.0.as_slice(), [Piece::Value(_)])
    }

    /// The value, if it is one and nothing else.
    pub(crate) fn into_value(self) -> Option<Value> {
        match self.0.into_iter().next() {
            Some(Piece::Value(value)) => Some(value),
            _ => None,
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many pieces it has.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes the pieces from a place on.
    pub(crate) fn split_off(&mut self, start: usize) -> Fragment {
        Fragment(self.0.split_off(start))
    }

    /// Adds SQL text.
    pub fn sql(&mut self, text: &'static str) {
        if !text.is_empty() {
            self.0.push(Piece::Sql(Cow::Borrowed(text)));
        }
    }

    /// Adds SQL text that was put together at run time, from escaped parts.
    pub(crate) fn text(&mut self, text: String) {
        self.0.push(Piece::Sql(Cow::Owned(text)));
    }

    /// Adds a number as SQL text.
    pub(crate) fn number(&mut self, number: u64) {
        self.0.push(Piece::Sql(Cow::Owned(number.to_string())));
    }

    /// How many values it binds.
    pub(crate) fn parameters(&self) -> usize {
        let values = |piece: &Piece| match piece {
            Piece::Value(_) => 1,
            Piece::Padding(_, count) => *count,
            _ => 0,
        };
        self.0.iter().map(values).sum()
    }

    /// Adds a name.
    pub fn name(&mut self, name: &'static str) {
        self.0.push(Piece::Name(name));
    }

    /// Adds a qualified column.
    pub fn column(&mut self, source: &'static str, column: &'static str) {
        self.0.push(Piece::Column { source, column });
    }

    /// Adds the comma between two columns that are selected.
    pub(crate) fn next_column(&mut self) {
        self.0.push(Piece::NextColumn);
    }

    /// Adds that the key before it is that of whole rows.
    pub(crate) fn whole_row(&mut self, source: &'static str) {
        self.0.push(Piece::WholeRow(source));
    }

    /// The columns of whole rows among these group keys that `condition` names, and that are no keys themselves.
    pub(crate) fn columns_in(&self, condition: &Fragment) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        for piece in &condition.0 {
            let Piece::Column { source, column } = piece else { continue };
            if self.0.contains(&Piece::WholeRow(source))
                && !self.0.contains(piece)
                && !found.contains(&(*source, *column))
            {
                found.push((*source, *column));
            }
        }
        found
    }

    /// Gives each selected column a name of its own.
    pub(crate) fn with_column_names(self) -> Fragment {
        let mut named = Fragment::new();
        let mut column = 1;
        let mut name = |named: &mut Fragment| {
            named.text(format!(" AS c{column}"));
            column += 1;
        };
        for piece in self.0 {
            if piece == Piece::NextColumn {
                name(&mut named);
            }
            named.0.push(piece);
        }
        name(&mut named);
        named
    }

    /// Adds a value.
    pub fn value(&mut self, value: Value) {
        self.0.push(Piece::Value(value));
    }

    /// Adds a value so many more times to a list. A definition has it once.
    pub(crate) fn padding(&mut self, value: Value, count: usize) {
        if count > 0 {
            self.0.push(Piece::Padding(value, count));
        }
    }

    /// Adds another fragment.
    pub fn append(&mut self, other: Fragment) {
        if self.0.is_empty() {
            self.0 = other.0;
        } else {
            self.0.extend(other.0);
        }
    }

    /// Adds `separator`, if something is there already.
    pub(crate) fn separate(&mut self, separator: &'static str) {
        if !self.is_empty() {
            self.sql(separator);
        }
    }
}
