//! The clauses of a SELECT, as they are collected.

mod keys;
mod write;

pub(crate) use keys::{Numbered, write_any_of};
pub(crate) use write::write_number;

use std::sync::Arc;

use super::{
    filter::Conditions,
    limit::Count,
    lock::Lock,
    order::{SortKey, SortList},
    output::{FromItem, OutputColumns, OutputRow as _},
    sides::{SetOperator, Sides},
    tail::{Clause, Tail},
};
use crate::{
    dialect::Syntax,
    render::{CommonTable, Fragment, Marking},
    table::{Source, Table as _, TableDef},
};

/// Something in FROM.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    selected: Selected,
    text: OriginText,
}

/// What all of its columns are.
#[derive(Debug, Clone, Copy)]
struct Selected {
    columns: OutputColumns,
    alias: Option<&'static str>,
}

impl Selected {
    /// What qualifies its columns.
    fn name(&self) -> &'static str {
        match (self.alias, self.columns) {
            (Some(alias), _) => alias,
            (None, OutputColumns::OfTable(def)) => def().name,
            (None, OutputColumns::Listed(_)) => "",
        }
    }
}

#[derive(Debug, Clone)]
enum OriginText {
    Table(&'static TableDef),
    /// A query in parentheses, or the name of a CTE, with its alias.
    Query(Arc<Fragment>),
}

impl Origin {
    fn of<T: Source>() -> Self {
        let selected = Selected { columns: T::Table::COLUMNS, alias: T::ALIAS };
        Origin { selected, text: OriginText::Table(T::Table::def()) }
    }

    /// A table, perhaps by another name.
    fn called<T: Source>(alias: Option<&'static str>) -> Self {
        let mut origin = Origin::of::<T>();
        origin.selected.alias = alias.or(origin.selected.alias);
        origin
    }

    /// A query, called by an alias, which stands in the text.
    pub(crate) fn query(columns: OutputColumns, alias: &'static str, text: Fragment) -> Self {
        Origin { selected: Selected { columns, alias: Some(alias) }, text: OriginText::Query(Arc::new(text)) }
    }

    /// What qualifies its columns, and those that are its primary key, which a query has not.
    fn keys(&self) -> (&'static str, &'static [&'static str]) {
        let (name, keys) = match self.text {
            OriginText::Table(def) => (def.name, def.primary_key),
            OriginText::Query(_) => ("", [].as_slice()),
        };
        (self.selected.alias.unwrap_or(name), keys)
    }

    /// Writes it and its alias.
    pub(crate) fn write(&self, out: &mut Fragment) {
        match &self.text {
            OriginText::Table(def) => {
                table_name(def, out);
                if let Some(alias) = self.selected.alias {
                    out.sql(" AS ");
                    out.name(alias);
                }
            }
            OriginText::Query(text) => out.append_copy(text),
        }
    }
}

/// The clauses of a SELECT.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    first: Origin,
    joined: Vec<Selected>,
    pub(crate) distinct: bool,
    /// Only aggregates are selected: there is exactly one row, whatever the tables hold.
    pub(crate) one_row: bool,
    /// Empty: all columns of all tables.
    pub(crate) projection: Fragment,
    pub(crate) tail: Tail,
    pub(crate) limit: Option<Count>,
    pub(crate) offset: Option<Count>,
    rare: Option<Box<Rare>>,
}

/// What few queries have.
#[derive(Debug, Clone)]
struct Rare {
    /// The keys of DISTINCT ON.
    distinct_on: Fragment,
    lock: Option<Lock>,
    /// Which indexes of the first table to use.
    hints: Fragment,
    /// The sides of a set operation, whose order and limits the others are.
    sides: Option<Sides>,
    /// What it may use of the query around it: names and columns.
    outer: Vec<(&'static str, OutputColumns)>,
    is_correlated: bool,
    /// Whether ORDER BY names the columns that are selected: each has a name of its own then.
    names_columns: bool,
    /// Whether ORDER BY and LIMIT are those of a query around it.
    ordered_outside: bool,
    /// Whether the keys of the rows are found first, and then the rows.
    deferred: bool,
    narrowing: Option<Narrowing>,
}

/// A query inside of another one, whose tables it uses without reading from them.
#[derive(Debug, Clone)]
struct Narrowing {
    /// What it reads from first.
    from: Fragment,
    /// Whether the next condition of a join is the one of `from`, which is part of WHERE.
    joins_first: bool,
}

/// Writes a table and its alias.
pub(crate) fn table_reference<T: Source>(out: &mut Fragment) {
    Origin::of::<T>().write(out);
}

/// Writes a table's name, with its schema.
pub(crate) fn table_name(def: &'static TableDef, out: &mut Fragment) {
    if let Some(schema) = def.schema {
        out.name(schema);
        out.sql(".");
    }
    out.name(def.name);
}

impl Parts {
    /// `FROM table`
    pub(crate) fn from<T: Source>(syntax: &'static Syntax) -> Box<Self> {
        Self::from_origin(Origin::of::<T>(), syntax)
    }

    /// `FROM table AS alias`
    pub(crate) fn from_called<T: Source>(alias: Option<&'static str>, syntax: &'static Syntax) -> Box<Self> {
        Self::from_origin(Origin::called::<T>(alias), syntax)
    }

    /// `FROM` this
    pub(crate) fn from_origin(first: Origin, syntax: &'static Syntax) -> Box<Self> {
        let mut projection = Fragment::clause(syntax);
        projection.remember(Marking::Commas);
        // It goes through every method of the query by value.
        Box::new(Parts {
            first,
            joined: Vec::new(),
            distinct: false,
            one_row: false,
            projection,
            tail: Tail::new(syntax),
            limit: None,
            offset: None,
            rare: None,
        })
    }

    /// The rows of two queries.
    pub(crate) fn combined(mut first: Box<Self>, operator: SetOperator, other: Box<Self>) -> Box<Self> {
        let is_cut = first.is_cut();
        if !is_cut && let Some(sides) = first.sides().filter(|sides| sides.can_be_followed_by(operator)) {
            sides.add(operator, other);
            first.tail.clear_order();
            return first;
        }
        let mut whole = Box::new(Parts {
            first: first.first.clone(),
            joined: Vec::new(),
            distinct: false,
            one_row: false,
            projection: first.projection.part(),
            tail: Tail::new(first.projection.syntax()),
            limit: None,
            offset: None,
            rare: None,
        });
        let mut sides = Sides::new(first);
        sides.add(operator, other);
        whole.rare().sides = Some(sides);
        whole
    }

    /// Remembers that it uses something of the query around it, where that may have to become a key of its groups.
    pub(crate) fn outer<T: FromItem>(&mut self) {
        self.tail.mark_columns();
        self.projection.remember(Marking::CommasAndColumns);
        self.rare().is_correlated = true;
        if !self.syntax().spelling.having_knows_rows {
            self.rare().outer.push((T::NAME, T::Row::COLUMNS));
        }
    }

    /// Whether it, or a side of it, uses something of the query around it.
    pub(crate) fn is_correlated(&self) -> bool {
        let Some(rare) = &self.rare else { return false };
        rare.is_correlated || rare.sides.iter().flat_map(Sides::all).any(Parts::is_correlated)
    }

    fn mention_outer(&self, out: &mut Fragment) {
        let Some(rare) = &self.rare else { return };
        for (name, columns) in &rare.outer {
            out.mention(name, *columns);
        }
        for side in rare.sides.iter().flat_map(Sides::all) {
            side.mention_outer(out);
        }
    }

    /// Whether it reads from something of this name itself.
    fn reads_from(&self, name: &str) -> bool {
        std::iter::once(&self.first.selected).chain(&self.joined).any(|source| source.name() == name)
    }

    fn sides(&mut self) -> Option<&mut Sides> {
        self.rare.as_mut()?.sides.as_mut()
    }

    pub(crate) fn is_combined(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| rare.sides.is_some())
    }

    pub(crate) fn syntax(&self) -> &'static Syntax {
        self.projection.syntax()
    }

    /// Gives each column that is selected a name of its own, for ORDER BY.
    pub(crate) fn name_columns(&mut self) {
        self.rare().names_columns = true;
    }

    /// Where to write what is selected.
    pub(crate) fn selection(&mut self) -> &mut Fragment {
        self.projection.reserve(96, 0);
        &mut self.projection
    }

    fn rare(&mut self) -> &mut Rare {
        let none = self.projection.part();
        self.rare.get_or_insert_with(|| {
            let (distinct_on, hints) = (none.clone(), none);
            Box::new(Rare {
                distinct_on,
                lock: None,
                hints,
                sides: None,
                outer: Vec::new(),
                is_correlated: false,
                names_columns: false,
                ordered_outside: false,
                deferred: false,
                narrowing: None,
            })
        })
    }

    /// A query inside of this one, which uses its tables.
    pub(crate) fn narrowing(&self) -> Box<Self> {
        let syntax = self.projection.syntax();
        let mut inner = Box::new(Parts {
            first: self.first.clone(),
            joined: Vec::new(),
            distinct: false,
            one_row: false,
            projection: Fragment::clause(syntax),
            tail: Tail::new(syntax),
            limit: None,
            offset: None,
            rare: None,
        });
        inner.rare().narrowing = Some(Narrowing { from: Fragment::clause(syntax), joins_first: false });
        inner
    }

    fn narrows(&mut self) -> Option<&mut Narrowing> {
        self.rare.as_mut().and_then(|rare| rare.narrowing.as_mut())
    }

    /// Finds the keys of the rows first, and then the rows.
    pub(crate) fn defer(&mut self) {
        self.rare().deferred = true;
    }

    fn is_deferred(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| rare.deferred)
    }

    /// ` JOIN table`
    pub(crate) fn join<T: Source>(&mut self, keyword: &'static str) {
        self.join_origin(keyword, &Origin::of::<T>());
    }

    /// ` JOIN` this
    pub(crate) fn join_origin(&mut self, keyword: &'static str, origin: &Origin) {
        let is_first = self.joined.is_empty() && [" INNER JOIN ", " CROSS JOIN "].contains(&keyword);
        if let Some(narrowing) = self.narrows().filter(|narrowing| is_first && narrowing.from.is_empty()) {
            narrowing.joins_first = keyword == " INNER JOIN ";
            return origin.write(&mut narrowing.from);
        }
        self.joined.push(origin.selected);
        self.tail.add(Clause::Joins, |out, _| {
            out.sql(keyword);
            origin.write(out);
        });
    }

    /// ` ON condition`
    pub(crate) fn on(&mut self, condition: impl FnOnce(&mut Conditions<'_>)) {
        if self.narrows().is_some_and(|narrowing| std::mem::take(&mut narrowing.joins_first)) {
            return self.add_conditions(Clause::Filter, condition);
        }
        self.tail.add(Clause::Joins, |out, _| {
            out.sql(" ON ");
            condition(&mut Conditions::all(out));
        });
    }

    /// Adds conditions to WHERE or HAVING.
    pub(crate) fn add_conditions(&mut self, clause: Clause, conditions: impl FnOnce(&mut Conditions<'_>)) {
        self.tail.add(clause, |out, start| conditions(&mut Conditions::since(out, start)));
    }

    /// Groups by keys. An earlier order was of rows, not of groups.
    pub(crate) fn group(&mut self, keys: impl FnOnce(&mut Fragment)) {
        self.tail.clear_order();
        self.tail.add(Clause::Group, |out, _| keys(out));
        if self.tail.has_totals() {
            self.projection.begin_totals();
        }
    }

    /// Says that sort keys which are columns of the result follow.
    pub(crate) fn begin_order_of_output(&mut self) {
        if self.tail.has_totals() && !self.syntax().spelling.sorts_totals {
            self.name_columns();
            self.rare().ordered_outside = true;
        }
    }

    /// Adds sort keys.
    pub(crate) fn add_order(&mut self, keys: impl FnOnce(&mut SortList<'_>)) {
        self.tail.add(Clause::Order, |out, start| keys(&mut SortList::since(out, start)));
    }

    /// Makes rows distinct by keys, which are the first ones that rows are ordered by.
    pub(crate) fn distinct_on(&mut self, keys: Vec<SortKey>) {
        self.tail.clear_order();
        let distinct_on = &mut self.rare().distinct_on;
        for key in &keys {
            distinct_on.separate(", ");
            distinct_on.append(key.expression.clone());
        }
        self.add_order(|list| keys.into_iter().for_each(|key| list.push_key(key)));
    }

    pub(crate) fn has_distinct_on(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| !rare.distinct_on.is_empty())
    }

    /// Forgets the order, unless it decides which rows there are.
    pub(crate) fn forget_order(&mut self) {
        if !self.has_distinct_on() {
            self.tail.clear_order();
        }
    }

    /// What the query says of the indexes of its first table.
    pub(crate) fn hints(&mut self) -> &mut Fragment {
        &mut self.rare().hints
    }

    /// Takes over what a query inside of this one says of the indexes of their first table.
    pub(crate) fn take_hints(&mut self, inner: &mut Parts) {
        let hints = inner.rare.as_mut().map(|rare| &mut rare.hints).filter(|hints| !hints.is_empty());
        if let Some(hints) = hints {
            let none = hints.part();
            self.hints().append(std::mem::replace(hints, none));
        }
    }

    /// Declares a CTE that it does not read from.
    pub(crate) fn declare(&mut self, table: &CommonTable) {
        match self.sides() {
            Some(sides) => sides.first().declare(table),
            None => self.hints().declare(table),
        }
    }

    pub(crate) fn lock(&mut self) -> &mut Option<Lock> {
        &mut self.rare().lock
    }

    pub(crate) fn has_lock(&self) -> bool {
        self.rare.as_ref().is_some_and(|rare| rare.lock.is_some())
    }

    pub(crate) fn unlock(&mut self) {
        if let Some(rare) = &mut self.rare {
            rare.lock = None;
        }
    }

    /// Whether rows are cut, grouped or made distinct after WHERE.
    pub(crate) fn shapes_rows(&self) -> bool {
        self.distinct
            || self.is_combined()
            || self.has_distinct_on()
            || self.one_row
            || self.limit.is_some()
            || self.offset.is_some()
            || !self.tail.is_empty(Clause::Group)
            || !self.tail.is_empty(Clause::Having)
    }

    /// Whether it has a LIMIT or OFFSET.
    pub(crate) fn is_cut(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }

    /// Whether it, or a side of it, has a LIMIT or OFFSET.
    pub(crate) fn holds_limit(&self) -> bool {
        let sides = self.rare.as_ref().and_then(|rare| rare.sides.as_ref());
        self.is_cut() || sides.is_some_and(|sides| sides.all().any(Parts::holds_limit))
    }
}
