//! WITH: common table expressions, and the names that they get in a statement.

use std::sync::Arc;

use super::{
    Fragment, Statement,
    fragment::write_placeholder,
    mark::{Hole, Named},
    quote,
};
use crate::{query::OutputColumns, table::TableDef};

/// A CTE as texts name it.
#[derive(Debug, Clone)]
pub(crate) struct CommonTable {
    /// What it is called, unless something else in the statement is; two CTEs are the same if they share it.
    identity: Arc<Identity>,
    /// `None` inside of its own definition.
    definition: Option<Arc<Definition>>,
}

/// The name of a CTE; where it stands in memory tells it from others of that name.
#[derive(Debug)]
struct Identity(&'static str);

/// What a CTE consists of.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) query: Fragment,
    pub(crate) is_recursive: bool,
    /// What stands before its parenthesis.
    pub(crate) hint: &'static str,
    /// Of a write: the table that it writes to, and what it returns.
    pub(crate) written: Option<(&'static TableDef, OutputColumns)>,
}

impl Definition {
    /// A CTE that is a query.
    pub(crate) fn query(query: Fragment) -> Self {
        Definition { query, is_recursive: false, hint: "", written: None }
    }

    /// A CTE that is a write to this table, and returns these columns.
    pub(crate) fn write(text: Fragment, table: &'static TableDef, columns: OutputColumns) -> Self {
        Definition { written: Some((table, columns)), ..Self::query(text) }
    }

    /// ` (a, b)`: a write does not say itself what the columns are called that it returns, unless they are a table's.
    fn write_columns(&self, sql: &mut String, text: &Fragment) {
        let Some((_, columns @ OutputColumns::Listed(_))) = self.written else { return };
        let mut separator = " (";
        for place in 0..columns.count() {
            sql.push_str(std::mem::replace(&mut separator, ", "));
            quote(sql, columns.name(place), text.syntax());
        }
        sql.push(')');
    }
}

impl CommonTable {
    /// A CTE that is about to be defined.
    pub(crate) fn undefined(name: &'static str) -> Self {
        CommonTable { identity: Arc::new(Identity(name)), definition: None }
    }

    pub(crate) fn defined(self, definition: Definition) -> Self {
        CommonTable { definition: Some(Arc::new(definition)), ..self }
    }

    /// The same with another hint: another CTE, to those that have this one.
    pub(crate) fn hinted(self, hint: &'static str) -> Self {
        // A write happens once, whoever reads from it, and a hint would make another one of it.
        let Some(definition) = self.definition.clone().filter(|definition| definition.written.is_none()) else {
            return self;
        };
        let definition = Definition { hint, ..Arc::unwrap_or_clone(definition) };
        // What is inside of a recursive one knows it by its name.
        let identity = if definition.is_recursive { self.identity } else { Arc::new(Identity(self.identity.0)) };
        CommonTable { identity, definition: Some(Arc::new(definition)) }
    }

    /// Whether it is a write, or names one.
    pub(super) fn has_writes(&self) -> bool {
        self.definition.as_ref().is_some_and(|of| of.written.is_some() || of.query.has_writes())
    }

    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.identity, &other.identity)
    }
}

/// The CTEs that a text names. Few do, so that none take no room.
#[derive(Debug, Clone, Default)]
#[expect(clippy::box_collection, reason = "every text has this field, and it is moved often")]
pub(super) struct CommonTables(Option<Box<Vec<CommonTable>>>);

impl CommonTables {
    pub(super) const fn none() -> Self {
        CommonTables(None)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |tables| tables.len())
    }

    pub(super) fn get(&self, index: usize) -> Option<&CommonTable> {
        self.0.as_ref()?.get(index)
    }

    pub(super) fn push(&mut self, table: CommonTable) {
        self.0.get_or_insert_default().push(table);
    }

    pub(super) fn extend(&mut self, others: &Self) {
        if let Some(others) = &others.0 {
            self.0.get_or_insert_default().extend_from_slice(others);
        }
    }
}

/// The CTEs of a statement with their names, each behind those that it reads from.
#[derive(Debug, Default)]
struct Tables<'a>(Vec<(&'a CommonTable, &'a Definition, String)>);

impl<'a> Tables<'a> {
    fn of(body: &'a Fragment) -> Self {
        let mut tables = Tables::default();
        tables.collect(body);
        tables.name(body);
        tables
    }

    fn collect(&mut self, text: &'a Fragment) {
        for named in text.named_ctes() {
            let Some(definition) = named.table.definition.as_deref() else { continue };
            if self.0.iter().all(|(table, ..)| !table.is(named.table)) {
                self.collect(&definition.query);
                self.0.push((named.table, definition, String::new()));
            }
        }
    }

    /// Finds a name for each that nothing else in the statement has: it would hide a table of that name.
    fn name(&mut self, body: &Fragment) {
        let texts: Vec<String> = self
            .0
            .iter()
            .map(|(_, definition, _)| &definition.query)
            .chain([body])
            .map(|text| text.content().to_lowercase())
            .collect();
        let (mut last, mut is_named) = ("", false);
        for place in 0..self.0.len() {
            let wanted = self.0[place].0.identity.0;
            if wanted != last {
                // Mostly nothing is called like that at all.
                let word = wanted.to_lowercase();
                (last, is_named) = (wanted, texts.iter().any(|text| text.contains(&word)));
            }
            let is_used = |name: &str| {
                let mut quoted = String::new();
                quote(&mut quoted, &name.to_lowercase(), body.syntax());
                texts.iter().any(|text| names_table(text, &quoted))
            };
            let is_free = |name: &str| {
                self.0.iter().all(|(.., taken)| !taken.eq_ignore_ascii_case(name)) && !(is_named && is_used(name))
            };
            let name = std::iter::once(wanted.to_owned())
                .chain((2..).map(|n| format!("{wanted}_{n}")))
                .find(|name| is_free(name))
                .unwrap_or_default();
            self.0[place].2 = name;
        }
    }

    fn name_of(&self, table: &CommonTable) -> &str {
        self.0.iter().find(|(other, ..)| other.is(table)).map_or(table.identity.0, |(.., name)| name)
    }

    /// Adds a text with the names of its CTEs, and with numbers for its placeholders, of which so many are before it.
    fn write(&self, text: &Fragment, placeholders: usize, sql: &mut String) {
        let (content, values) = (text.content(), text.values());
        let mut from = 0;
        let mut written = 0;
        for (at, hole) in text.holes() {
            sql.push_str(&content[from..at]);
            from = at;
            match hole {
                Hole::Placeholder => {
                    write_placeholder(sql, placeholders + written + 1, &values[written], text.syntax());
                    written += 1;
                }
                Hole::Cte(Named { table, alias: Some(alias), .. }) => {
                    let name = self.name_of(table);
                    quote(sql, name, text.syntax());
                    if name != alias {
                        sql.push_str(" AS ");
                        quote(sql, alias, text.syntax());
                    }
                }
                Hole::Cte(_) => {}
            }
        }
        sql.push_str(&content[from..]);
    }
}

/// Whether a text names a table so. Columns have a dot behind their table, and an alias has `AS` before it.
pub(super) fn names_table(text: &str, quoted: &str) -> bool {
    text.match_indices(quoted).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + quoted.len()..]);
        !after.starts_with('.')
            && [" from", " join", ",", ".", " into", "update", " using"]
                .iter()
                .any(|word| before.trim_end().ends_with(word))
    })
}

/// The statement, which declares its CTEs first. Where placeholders are numbered, those of the CTEs come last.
pub(super) fn declare(body: Fragment) -> Statement {
    let tables = Tables::of(&body);
    let is_numbered = body.syntax().numbers_parameters;
    let mut values = if is_numbered { body.values().to_vec() } else { Vec::new() };
    let is_recursive = tables.0.iter().any(|(_, definition, _)| definition.is_recursive);
    let queries = tables.0.iter().map(|(_, definition, _)| definition.query.len() + 64);
    let mut sql = String::with_capacity(2 * body.len() + queries.sum::<usize>());
    let mut separator = if is_recursive { "WITH RECURSIVE " } else { "WITH " };
    let mut table = None;
    for (_, definition, name) in &tables.0 {
        let Definition { query, hint, written, .. } = definition;
        table = table.or(written.map(|(table, _)| table));
        sql.push_str(std::mem::replace(&mut separator, ", "));
        quote(&mut sql, name, body.syntax());
        definition.write_columns(&mut sql, &body);
        sql.push_str(" AS ");
        sql.push_str(hint);
        sql.push('(');
        tables.write(query, values.len(), &mut sql);
        sql.push(')');
        values.extend_from_slice(query.values());
    }
    sql.push(' ');
    tables.write(&body, 0, &mut sql);
    if !is_numbered {
        values.extend_from_slice(body.values());
    }
    Statement { sql: sql.into(), values, table }
}

/// The same statement with its CTEs in the places where they are read, as derived tables.
pub(super) fn inline(body: Fragment) -> Fragment {
    let mut out = Fragment::statement(body.syntax());
    let mut from = 0;
    let mut bound = 0;
    for named in body.named_ctes() {
        out.text(&body.content()[from..named.at]);
        out.bound(&body.values()[bound..named.values]);
        (from, bound) = (named.at, named.values);
        let Some(alias) = named.alias else { continue };
        let mut query = Fragment::statement(body.syntax());
        query.sql("SELECT * FROM ");
        query.cte(named.table, named.table.identity.0);
        let query = declare(query);
        out.sql("(");
        out.text(&query.sql);
        out.sql(") AS ");
        out.name(alias);
        out.bound(&query.values);
    }
    out.text(&body.content()[from..]);
    out.bound(&body.values()[bound..]);
    out
}
