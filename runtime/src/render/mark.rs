//! Places in a text that are of interest later.

use super::with::CommonTable;

/// What is remembered of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Marking {
    #[default]
    Nothing,
    /// The commas between columns that are selected.
    Commas,
    /// Columns, and group keys that are whole rows.
    Columns,
    /// Both.
    CommasAndColumns,
}

impl Marking {
    pub(super) fn has_commas(self) -> bool {
        matches!(self, Marking::Commas | Marking::CommasAndColumns)
    }

    pub(super) fn has_columns(self) -> bool {
        matches!(self, Marking::Columns | Marking::CommasAndColumns)
    }
}

/// A place in the text that is of interest later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) at: usize,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The placeholder of the next value, which is not written yet.
    Placeholder,
    /// The comma between two columns that are selected.
    NextColumn,
    /// A column, where somebody asks for them.
    Column { source: &'static str, column: &'static str },
    /// The key before it is that of whole rows of a table or alias.
    WholeRow(&'static str),
    /// The name of a CTE, which is not written yet: its place in the list, how many values are bound before, and what
    /// it is called here; `None` where it is only declared.
    Cte { index: usize, values: usize, alias: Option<&'static str> },
}

/// A place in a text where something is missing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hole<'a> {
    Placeholder,
    Cte(Named<'a>),
}

/// A CTE that a text names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) table: &'a CommonTable,
    /// Where in the text.
    pub(super) at: usize,
    /// How many values are bound before.
    pub(super) values: usize,
    pub(super) alias: Option<&'static str>,
}

/// A place in a fragment, to be cut there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(super) sql: usize,
    pub(super) values: usize,
    pub(super) marks: usize,
}

impl What {
    /// The same in a text behind so many CTEs and values.
    pub(super) fn after(self, (ctes, before): (usize, usize)) -> What {
        match self {
            What::Cte { index, values, alias } => What::Cte { index: index + ctes, values: values + before, alias },
            what => what,
        }
    }

    pub(super) fn concerns_statements(self) -> bool {
        matches!(self, What::Placeholder | What::Cte { .. })
    }
}

impl Place {
    /// As far behind `new` as it was behind `old`.
    pub(crate) fn moved(self, old: Place, new: Place) -> Place {
        Place {
            sql: self.sql - old.sql + new.sql,
            values: self.values - old.values + new.values,
            marks: self.marks - old.marks + new.marks,
        }
    }
}
