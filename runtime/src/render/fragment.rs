//! SQL text in the making.

mod append;
mod columns;

use super::{
    Statement,
    mark::{Hole, Mark, Marking, Named, What},
    push_number, quote,
    with::{CommonTable, CommonTables, names_table},
};
use crate::{
    dialect::Syntax,
    hash,
    table::TableDef,
    value::{DataType, Value},
};

/// Stands for a list in the text of a prepared query: no SQL holds this character.
pub(crate) const LIST: char = '\0';

/// A clause, a part of one, or a statement in the making: SQL text and the values that it binds, in order.
///
/// The text is final, but for the numbers of the placeholders where a dialect numbers them: these stay holes until the
/// clause becomes part of a statement.
#[derive(Debug, Clone)]
pub struct Fragment {
    sql: String,
    values: Vec<Value>,
    marks: Vec<Mark>,
    /// The CTEs that it names.
    ctes: CommonTables,
    syntax: &'static Syntax,
    purpose: Purpose,
    marking: Marking,
    /// The table of the write that it is a clause of, if its subqueries cannot just read it.
    target: Option<&'static TableDef>,
    /// Whether a subquery reads that table for each row anew.
    rereads: bool,
    /// Whether it is about groups with totals.
    has_totals: bool,
    /// Whether arrays are among what it selects.
    selects_arrays: bool,
}

/// What a text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A part of a statement: nobody knows yet how many values stand before it.
    Clause,
    /// A statement, from its first word on.
    Statement,
    /// A part of a table's definition: values are literals, columns stand unqualified.
    Definition,
}

impl Fragment {
    const fn new(syntax: &'static Syntax, purpose: Purpose) -> Self {
        Fragment {
            sql: String::new(),
            values: Vec::new(),
            marks: Vec::new(),
            ctes: CommonTables::none(),
            syntax,
            purpose,
            marking: Marking::Nothing,
            target: None,
            rereads: false,
            has_totals: false,
            selects_arrays: false,
        }
    }

    /// A clause of a write to this table, which its subqueries cannot just read.
    pub(crate) fn of_write(self, target: Option<&'static TableDef>) -> Self {
        Fragment { target, ..self }
    }

    /// The same of a clause that is there.
    pub(crate) fn set_target(&mut self, target: Option<&'static TableDef>) {
        self.target = target;
    }

    /// The table that it is about, if this is a clause of a write whose subqueries cannot just read it.
    pub(crate) fn target(&self) -> Option<&'static TableDef> {
        self.target
    }

    /// Says that a subquery of this clause reads the table that is written for each row anew.
    pub(crate) fn rereads_target(&mut self) {
        self.rereads = true;
    }

    /// Whether one does.
    pub(crate) fn is_reread(&self) -> bool {
        self.rereads
    }

    /// Whether it names a table where one reads from it.
    pub(crate) fn reads(&self, table: &TableDef) -> bool {
        let mut name = String::new();
        quote(&mut name, &table.name.to_lowercase(), self.syntax);
        names_table(&self.sql.to_lowercase(), &name)
    }

    /// A part of a statement.
    #[inline]
    pub(crate) const fn clause(syntax: &'static Syntax) -> Self {
        Self::new(syntax, Purpose::Clause)
    }

    /// A statement.
    #[inline]
    pub(crate) const fn statement(syntax: &'static Syntax) -> Self {
        Self::new(syntax, Purpose::Statement)
    }

    /// A part of a table's definition.
    pub(crate) const fn definition(syntax: &'static Syntax) -> Self {
        Self::new(syntax, Purpose::Definition)
    }

    /// Nothing yet, to become a part of `self`.
    #[inline]
    pub(crate) fn part(&self) -> Self {
        let purpose = if self.purpose == Purpose::Definition { Purpose::Definition } else { Purpose::Clause };
        let Fragment { marking, target, has_totals, .. } = *self;
        Fragment { marking, target, has_totals, ..Self::new(self.syntax, purpose) }
    }

    /// What the dialect's SQL looks like.
    pub(crate) fn syntax(&self) -> &'static Syntax {
        self.syntax
    }

    /// Whether it says nothing.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.sql.is_empty() && self.marks.is_empty()
    }

    /// How many values it binds.
    pub(crate) fn parameters(&self) -> usize {
        self.values.len()
    }

    /// Makes room for more text and values.
    #[inline]
    pub(crate) fn reserve(&mut self, sql: usize, values: usize) {
        self.sql.reserve(sql);
        self.values.reserve(values);
    }

    /// How long its text is.
    pub(crate) fn len(&self) -> usize {
        self.sql.len()
    }

    /// Adds SQL text.
    #[inline]
    pub fn sql(&mut self, text: &'static str) {
        self.sql.push_str(text);
    }

    /// Adds SQL text that was put together at run time, from escaped parts.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    /// Lets a function write SQL text.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.sql);
    }

    /// Adds a number as SQL text.
    #[inline]
    pub(crate) fn number(&mut self, number: u64) {
        push_number(&mut self.sql, number);
    }

    /// Adds a name.
    #[inline]
    pub fn name(&mut self, name: &'static str) {
        quote(&mut self.sql, name, self.syntax);
    }

    /// Adds a value.
    #[inline]
    pub fn value(&mut self, value: Value) {
        match self.purpose {
            Purpose::Clause if self.syntax.numbers_parameters => self.mark(What::Placeholder),
            Purpose::Clause | Purpose::Statement => self.placeholder(&value),
            Purpose::Definition => {
                let before = self.sql.len();
                (self.syntax.literal)(&mut self.sql, &value);
                if self.sql.len() > before {
                    return;
                }
            }
        }
        self.values.push(value);
    }

    #[inline]
    fn placeholder(&mut self, value: &Value) {
        write_placeholder(&mut self.sql, self.values.len() + 1, value, self.syntax);
    }

    #[inline]
    fn mark(&mut self, what: What) {
        self.marks.push(Mark { at: self.sql.len(), what });
    }

    /// Adds a value so many more times to a list. A definition has it once.
    pub(crate) fn padding(&mut self, value: &Value, count: usize) {
        if self.purpose != Purpose::Definition {
            for _ in 0..count {
                self.sql(", ");
                self.value(value.clone());
            }
        }
    }

    /// Adds the place of a list that is not there yet: a prepared query writes as many placeholders as it is given values.
    pub(crate) fn list(&mut self, argument: Value) {
        self.sql.push(LIST);
        self.values.push(argument);
    }

    /// Adds the name of a CTE, which is called `alias` here.
    pub(crate) fn cte(&mut self, table: &CommonTable, alias: &'static str) {
        self.name_cte(table, Some(alias));
    }

    /// Adds a CTE that nothing reads from.
    pub(crate) fn declare(&mut self, table: &CommonTable) {
        self.name_cte(table, None);
    }

    fn name_cte(&mut self, table: &CommonTable, alias: Option<&'static str>) {
        self.mark(What::Cte { index: self.ctes.len(), values: self.values.len(), alias });
        self.ctes.push(table.clone());
    }

    /// What is missing in its text, in that order.
    pub(super) fn holes(&self) -> impl Iterator<Item = (usize, Hole<'_>)> {
        self.marks.iter().filter_map(|mark| match mark.what {
            What::Placeholder => Some((mark.at, Hole::Placeholder)),
            What::Cte { index, values, alias } => {
                let table = self.ctes.get(index)?;
                Some((mark.at, Hole::Cte(Named { table, at: mark.at, values, alias })))
            }
            _ => None,
        })
    }

    /// Whether there is a write among the CTEs that it names, and those that these name.
    pub(crate) fn has_writes(&self) -> bool {
        self.named_ctes().any(|named| named.table.has_writes())
    }

    /// The CTEs that it names, in the order of the text.
    pub(super) fn named_ctes(&self) -> impl Iterator<Item = Named<'_>> {
        self.holes().filter_map(|(_, hole)| match hole {
            Hole::Cte(named) => Some(named),
            Hole::Placeholder => None,
        })
    }

    /// Its text so far, without what is missing.
    pub(super) fn content(&self) -> &str {
        &self.sql
    }

    /// The values that it binds.
    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    /// Adds values whose placeholders are there.
    pub(super) fn bound(&mut self, values: &[Value]) {
        self.values.extend_from_slice(values);
    }

    /// Says what to remember from now on; returns what it was before.
    #[inline]
    pub(crate) fn remember(&mut self, marking: Marking) -> Marking {
        std::mem::replace(&mut self.marking, marking)
    }

    /// Says that what follows is about groups with totals.
    pub(crate) fn begin_totals(&mut self) {
        self.has_totals = true;
    }

    /// Says that values of this kind are among what it selects.
    #[inline]
    pub(crate) fn selects(&mut self, data_type: DataType) {
        self.selects_arrays |= matches!(data_type, DataType::Array(_));
    }

    /// Whether arrays are among what it selects, as [`Fragment::selects`] was told.
    pub(crate) fn selects_arrays(&self) -> bool {
        self.selects_arrays
    }

    /// Whether it is about groups with totals.
    pub(crate) fn has_totals(&self) -> bool {
        self.has_totals
    }

    /// `IS NULL` and `IS NOT NULL`, as they are written here.
    pub(crate) fn null_tests(&self) -> (&'static str, &'static str) {
        if self.has_totals { self.syntax.spelling.null_in_totals } else { (" IS NULL", " IS NOT NULL") }
    }

    /// A hash of its text and values, after another one.
    pub(crate) fn hash(&self, before: u64) -> u64 {
        hash::and(hash::and(before, self.sql.as_bytes()), format!("{:?}", self.values).as_bytes())
    }

    /// The statement.
    pub(crate) fn into_statement(self) -> Statement {
        if !self.ctes.is_empty() {
            return super::with::declare(self);
        }
        Statement { sql: self.sql.into(), values: self.values, table: None }
    }

    /// The text of a definition; `None` if the dialect has no literal for one of its values.
    pub(crate) fn into_definition(self) -> Option<String> {
        self.values.is_empty().then_some(self.sql)
    }
}

pub(super) fn write_placeholder(sql: &mut String, n: usize, value: &Value, syntax: &Syntax) {
    match value {
        // What stands around a placeholder depends on the type alone.
        Value::Argument(data_type, _) | Value::Computed(data_type, _) => {
            (syntax.placeholder)(sql, n, &Value::Null(*data_type));
        }
        value => (syntax.placeholder)(sql, n, value),
    }
}
