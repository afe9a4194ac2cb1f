//! How tightly operators bind.

/// How tightly an expression binds, from loose to tight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Text that mizzle knows nothing about.
    Raw,
    /// `OR`
    Or,
    /// `AND`
    And,
    /// `NOT`
    Not,
    /// `=`, `<`, `LIKE`, `IN`, `BETWEEN`, `IS NULL`
    Comparison,
    /// `+`, `-`
    Sum,
    /// `*`, `/`, `%`
    Product,
    /// `||`
    Concat,
    /// `-x`
    Sign,
    /// Columns, values, function calls.
    Atom,
}

impl Level {
    /// Whether an operand of this level needs parentheses inside `parent`.
    pub const fn needs_parentheses_in(self, parent: Level) -> bool {
        match parent {
            Level::Atom => false,
            Level::Raw => !matches!(self, Level::Atom),
            Level::Or | Level::And => (self as u8) < parent as u8,
            _ => self as u8 <= parent as u8,
        }
    }
}
