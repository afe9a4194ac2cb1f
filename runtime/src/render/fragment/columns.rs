//! The columns in a text: those that it selects, and those of queries around it.

use super::{Fragment, Purpose};
use crate::{
    query::OutputColumns,
    render::{
        mark::{Marking, Place, What},
        quote,
    },
    table::TableDef,
};

impl Fragment {
    /// Adds a qualified column.
    pub fn column(&mut self, source: &'static str, column: &'static str) {
        if self.marking.has_columns() {
            self.mark(What::Column { source, column });
        }
        if self.purpose != Purpose::Definition {
            self.name(source);
            self.sql.push('.');
        }
        self.name(column);
    }

    /// Adds a qualified column whose text is known, unless that is empty.
    #[inline]
    pub(crate) fn known_column(&mut self, source: &'static str, column: &'static str, text: &'static str) {
        if text.is_empty() || self.purpose == Purpose::Definition || self.marking.has_columns() {
            return self.column(source, column);
        }
        self.sql(text);
    }

    /// Adds all columns of something in FROM, which is called by an alias unless it is a table.
    pub(crate) fn columns_of(&mut self, columns: OutputColumns, alias: Option<&'static str>) {
        match (columns, alias) {
            (OutputColumns::OfTable(def), alias) => self.columns_of_table(def(), alias),
            (OutputColumns::Listed(list), alias) => {
                for (place, (name, ..)) in list.iter().enumerate() {
                    if place > 0 {
                        self.next_column();
                    }
                    self.column(alias.unwrap_or_default(), name);
                }
            }
        }
    }

    /// Says that any of these columns may be used in what follows, where somebody asks for them.
    pub(crate) fn mention(&mut self, source: &'static str, columns: OutputColumns) {
        if self.marking.has_columns() {
            (0..columns.count()).for_each(|place| self.mark(What::Column { source, column: columns.name(place) }));
        }
    }

    /// Adds all columns of a table or alias.
    #[inline]
    fn columns_of_table(&mut self, def: &'static TableDef, alias: Option<&'static str>) {
        if alias.is_none() && self.marking == Marking::Nothing && self.purpose != Purpose::Definition {
            return self.sql(def.selection(self.syntax));
        }
        for (place, column) in def.columns.iter().enumerate() {
            if place > 0 {
                self.next_column();
            }
            self.column(alias.unwrap_or(def.name), column.name);
        }
    }

    /// Adds the comma between two columns that are selected.
    pub(crate) fn next_column(&mut self) {
        if self.marking.has_commas() {
            self.mark(What::NextColumn);
        }
        self.sql(", ");
    }

    /// Adds that the key before it is that of whole rows.
    pub(crate) fn whole_row(&mut self, source: &'static str) {
        if self.marking.has_columns() {
            self.mark(What::WholeRow(source));
        }
    }

    /// The columns of whole rows among the group keys that are marked before `keys_end`, which what comes after them
    /// names, and that are no keys themselves.
    pub(crate) fn columns_of_rows(&self, keys_end: Place) -> Vec<(&'static str, &'static str)> {
        let (keys, rest) = self.marks.split_at(keys_end.marks);
        let is_key = |what| keys.iter().any(|key| key.what == what);
        let mut found = Vec::new();
        for mark in rest {
            let What::Column { source, column } = mark.what else { continue };
            if is_key(What::WholeRow(source)) && !is_key(mark.what) && !found.contains(&(source, column)) {
                found.push((source, column));
            }
        }
        found
    }

    /// Gives each selected column a name of its own.
    pub(crate) fn with_column_names(self, write_name: impl Fn(&mut Fragment, usize)) -> Fragment {
        let mut named = self.part();
        let mut from = 0;
        let mut column = 0;
        let mut name = |named: &mut Fragment| {
            named.sql(" AS ");
            write_name(named, column);
            column += 1;
        };
        for mark in self.marks {
            named.sql.push_str(&self.sql[from..mark.at]);
            from = mark.at;
            match mark.what {
                What::NextColumn => name(&mut named),
                what => named.mark(what),
            }
        }
        named.sql.push_str(&self.sql[from..]);
        name(&mut named);
        named.values = self.values;
        named.ctes = self.ctes;
        named
    }

    /// Whether it names something so.
    pub(crate) fn names(&self, name: &str) -> bool {
        let mut quoted = String::new();
        quote(&mut quoted, name, self.syntax);
        self.sql.contains(&quoted)
    }

    /// The same with the columns of one table under another name, where columns are marked.
    pub(crate) fn with_source(self, from: &'static str, to: &'static str) -> Fragment {
        let mut renamed = Fragment { marking: self.marking, ..self.part() };
        let mut quoted = String::new();
        quote(&mut quoted, from, self.syntax);
        let mut end = 0;
        for mark in self.marks {
            renamed.sql.push_str(&self.sql[end..mark.at]);
            end = mark.at;
            match mark.what {
                What::Column { source, column } if source == from => {
                    renamed.mark(What::Column { source: to, column });
                    // What is only mentioned has no text.
                    if self.sql[mark.at..].starts_with(&quoted) {
                        renamed.name(to);
                        end += quoted.len();
                    }
                }
                what => renamed.mark(what),
            }
        }
        renamed.sql.push_str(&self.sql[end..]);
        renamed.values = self.values;
        renamed.ctes = self.ctes;
        renamed
    }

    /// Forgets the columns of these sources behind a place: they are those of a query inside, which has them itself.
    pub(crate) fn forget_columns(&mut self, start: Place, is_inside: impl Fn(&str) -> bool) {
        let mut place = 0;
        self.marks.retain(|mark| {
            place += 1;
            place <= start.marks || !matches!(mark.what, What::Column { source, .. } if is_inside(source))
        });
    }

    /// Adds a qualified column of a query around this one, which may find another name for its table.
    pub(crate) fn outer_column(&mut self, source: &'static str, column: &'static str) {
        let marking = self.remember(Marking::Columns);
        self.column(source, column);
        self.remember(marking);
    }
}
