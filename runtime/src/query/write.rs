//! A write as data: what an INSERT, UPDATE and DELETE are without the types of their table.

use super::{
    assign::{AssignmentList, target},
    each::Each,
    parts::table_name,
    rows::{self, Rows},
    upsert::Conflict,
};
use crate::{
    dialect::{DialectKind, OtherTables, Syntax},
    render::{Fragment, Statement},
    table::TableDef,
};

/// A write that is not rendered yet.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) def: &'static TableDef,
    pub(super) kind: DialectKind,
    pub(super) verb: Verb,
}

/// What is done to the table.
#[derive(Debug, Clone)]
pub(super) enum Verb {
    Insert { rows: Rows, conflict: Conflict },
    Update(UpdateText),
    Each(Each),
    Delete(DeleteText),
}

/// The clauses of an UPDATE.
#[derive(Debug, Clone)]
pub(super) struct UpdateText {
    pub(super) assignments: AssignmentList,
    /// Other tables, separated by commas.
    pub(super) others: Fragment,
    pub(super) filter: Fragment,
}

/// The clauses of a DELETE.
#[derive(Debug, Clone)]
pub(super) struct DeleteText {
    /// Other tables, separated by commas.
    pub(super) others: Fragment,
    pub(super) filter: Fragment,
}

/// Begins a text: of a statement, or of a part of one.
pub(super) type Begin = fn(&'static Syntax) -> Fragment;

impl Write {
    /// Gives the texts that say it to `each`: none if it changes nothing, several if its rows need them. `returning` is
    /// what stands after RETURNING.
    pub(super) fn texts(self, begin: Begin, returning: Option<&Fragment>, each: &mut impl FnMut(Fragment)) {
        let Write { def, kind, verb } = self;
        let out = begin(kind.syntax());
        let mut finish = |mut text: Fragment| {
            write_returning(returning, &mut text);
            each(text);
        };
        match verb {
            Verb::Insert { rows, conflict } => {
                let bound = returning.map_or(0, Fragment::parameters);
                insert(def, kind, rows, &conflict, bound, begin, &mut finish);
            }
            Verb::Update(update) => update.write(def, out).into_iter().for_each(finish),
            Verb::Each(rows) => {
                rows.write(def, returning.map_or(0, Fragment::parameters), begin, kind.syntax(), &mut finish)
            }
            Verb::Delete(delete) => finish(delete.write(def, out)),
        }
    }

    /// Whether it can begin with WITH.
    const fn begins_with(&self) -> bool {
        let writes = &self.kind.syntax().writes;
        if matches!(self.verb, Verb::Insert { .. }) { writes.with_insert } else { writes.with_update }
    }

    /// The statements that say it.
    pub(super) fn statements(self, returning: Option<&Fragment>) -> Vec<Statement> {
        let (def, begins_with) = (self.def, self.begins_with());
        let mut statements = Vec::new();
        self.texts(Fragment::statement, returning, &mut |text| {
            statements.push(text.into_write(begins_with).writing(def));
        });
        statements
    }

    /// A query of no rows, of the same columns: what a write returns that changes nothing.
    pub(super) fn nothing(&self, returning: &Fragment) -> Fragment {
        let mut out = Fragment::clause(self.kind.syntax());
        out.sql("SELECT ");
        out.append_copy(returning);
        out.sql(" FROM ");
        table_name(self.def, &mut out);
        if let Verb::Update(UpdateText { others, .. }) = &self.verb
            && !others.is_empty()
        {
            out.sql(", ");
            out.append_copy(others);
        }
        out.sql(" WHERE false");
        out
    }
}

fn write_returning(returning: Option<&Fragment>, out: &mut Fragment) {
    if let Some(returning) = returning {
        out.sql(" RETURNING ");
        out.append_copy(returning);
    }
}

/// Writes an INSERT: one text, unless rows exceed the parameter limit, or set different columns where `DEFAULT` cannot
/// stand for a value. `bound` is how many values RETURNING binds.
fn insert(
    def: &'static TableDef,
    kind: DialectKind,
    rows: Rows,
    conflict: &Conflict,
    bound: usize,
    begin: Begin,
    each: &mut impl FnMut(Fragment),
) {
    let syntax = kind.syntax();
    let mut finish = |mut out: Fragment, updated: &[usize]| {
        conflict.write(def, updated, &mut out);
        each(out);
    };
    match rows {
        Rows::Query { columns, query } => {
            let mut out = conflict.head(def, begin(syntax));
            Rows::write_query(def, &columns, query, conflict, &mut out);
            finish(out, &conflict.updated(def, &columns, |_| true));
        }
        Rows::Values(mut rows) => {
            if syntax.writes.default_value && !conflict.depends_on_rows() {
                rows = rows::fill_up(rows, def);
            }
            let parameters = syntax.max_parameters.saturating_sub(conflict.parameters() + bound);
            for batch in rows {
                // As many values as without arrays: PostgreSQL closes the connection on a statement of a gigabyte.
                batch.split(parameters, |batch| {
                    let mut out = conflict.head(def, begin(syntax));
                    let updated = conflict.updated(def, &batch.columns, |place| batch.is_given(place));
                    Rows::write_values(def, batch, conflict, kind, &mut out);
                    finish(out, &updated);
                });
            }
        }
    }
}

impl UpdateText {
    pub(super) fn new(def: &'static TableDef, syntax: &'static Syntax) -> Self {
        UpdateText {
            assignments: AssignmentList::default(),
            others: Fragment::clause(syntax),
            filter: Fragment::clause(syntax).of_write(target(def, syntax)),
        }
    }

    /// The text; `None` if it changes nothing.
    pub(super) fn write(mut self, def: &'static TableDef, mut out: Fragment) -> Option<Fragment> {
        if self.assignments.list.is_empty() {
            return None;
        }
        self.assignments.add_updated(def);
        let is_list = out.syntax().writes.other_tables == OtherTables::List && !self.others.is_empty();
        out.reserve(128 + self.filter.len(), 0);
        out.sql("UPDATE ");
        table_name(def, &mut out);
        let (listed, from) = if is_list { (Some(self.others), None) } else { (None, Some(self.others)) };
        if let Some(others) = listed {
            out.sql(", ");
            out.append(others);
        }
        let mut separator = " SET ";
        for assigned in self.assignments.list {
            out.sql(std::mem::replace(&mut separator, ", "));
            let column = def.columns[assigned.column].name;
            if is_list {
                out.column(def.name, column)
            } else {
                out.name(column)
            }
            out.sql(" = ");
            assigned.value.write(&mut out);
        }
        let is_alone = !is_list && from.as_ref().is_none_or(Fragment::is_empty);
        if let Some(others) = from.filter(|others| !others.is_empty()) {
            out.sql(" FROM ");
            out.append(others);
        }
        write_filter(def, self.filter, is_alone, &mut out);
        Some(out)
    }
}

impl DeleteText {
    pub(super) fn new(def: &'static TableDef, syntax: &'static Syntax) -> Self {
        // Other tables may still come, after the condition.
        let target = target(def, syntax).or((!syntax.writes.using_reads_its_table).then_some(def));
        let filter = Fragment::clause(syntax).of_write(target);
        DeleteText { others: Fragment::clause(syntax), filter }
    }

    /// Adds another table, which `write` writes.
    pub(super) fn using(&mut self, write: impl FnOnce(&mut Fragment)) {
        self.others.separate(", ");
        write(&mut self.others);
    }

    pub(super) fn write(self, def: &'static TableDef, mut out: Fragment) -> Fragment {
        out.reserve(128 + self.filter.len(), 0);
        out.sql("DELETE FROM ");
        table_name(def, &mut out);
        let is_alone = self.others.is_empty();
        if !is_alone {
            out.sql(" USING ");
            if out.syntax().writes.other_tables == OtherTables::List {
                table_name(def, &mut out);
                out.sql(", ");
            }
            out.append(self.others);
        }
        write_filter(def, self.filter, is_alone, &mut out);
        out
    }
}

/// Writes a WHERE, if there is a condition; `is_alone` if no other table belongs to it.
fn write_filter(def: &'static TableDef, filter: Fragment, is_alone: bool, out: &mut Fragment) {
    if filter.is_empty() {
        return;
    }
    out.sql(" WHERE ");
    if is_alone { write_condition(def, filter, out) } else { out.append(filter) }
}

/// Writes a condition of a write to this table. Where its subqueries cannot read the table for each row, the rows are found
/// before: `id IN (SELECT * FROM (SELECT users.id FROM users WHERE ..) AS listed)`.
pub(super) fn write_condition(def: &'static TableDef, filter: Fragment, out: &mut Fragment) {
    let key = def.row_key();
    if !filter.is_reread() || out.syntax().writes.reads_its_table || key.is_empty() {
        return out.append(filter);
    }
    let columns = |out: &mut Fragment| {
        for (place, column) in key.iter().enumerate() {
            out.sql(if place > 0 { ", " } else { "" });
            out.column(def.name, column);
        }
    };
    let (begin, end) = if key.len() > 1 { ("(", ")") } else { ("", "") };
    out.sql(begin);
    columns(out);
    out.sql(end);
    out.sql(" IN (SELECT * FROM (SELECT ");
    columns(out);
    out.sql(" FROM ");
    table_name(def, out);
    out.sql(" WHERE ");
    out.append(filter);
    out.sql(") AS ");
    out.name("listed");
    out.sql(")");
}
