//! One page: the query of it, and what it returns.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{Cursor, CursorValues, Start, Written, condition};
use crate::{
    Error,
    dialect::Dialect,
    query::{limit::Count, parts::Parts, tail::Clause},
    render::{Fragment, Statement},
    run::{BoxFuture, Decode, Executor, Query},
};

/// A page of rows, and where its neighbours begin.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<R, C> {
    /// The rows.
    pub rows: Vec<R>,
    /// What the next page comes [`after`](super::Keyset::after); `None` on the last one.
    pub next: Option<C>,
    /// What the page before this one comes [`before`](super::Keyset::before); `None` on the first one. Of a page without
    /// rows nothing is known.
    pub previous: Option<C>,
    keys: u64,
}

impl<R, C: CursorValues> Page<R, C> {
    /// [`next`](Self::next) as a text for others to keep.
    pub fn next_cursor(&self) -> Option<Cursor> {
        self.next.clone().map(|values| Cursor::new(self.keys, &values.into_values()))
    }

    /// [`previous`](Self::previous) as a text for others to keep.
    pub fn previous_cursor(&self) -> Option<Cursor> {
        self.previous.clone().map(|values| Cursor::new(self.keys, &values.into_values()))
    }
}

impl<R, C> Page<R, C> {
    pub(crate) fn take_rows(self) -> (Page<(), C>, Vec<R>) {
        let Page { rows, next, previous, keys } = self;
        (Page { rows: Vec::new(), next, previous, keys }, rows)
    }

    pub(crate) fn with_rows<R2>(self, rows: Vec<R2>) -> Page<R2, C> {
        let Page { next, previous, keys, .. } = self;
        Page { rows, next, previous, keys }
    }
}

/// How a page is put together of the rows that are found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PagePlan {
    size: usize,
    /// Whether it begins at a place.
    started: bool,
    /// Whether its rows are found in the opposite order.
    backward: bool,
    keys: u64,
}

impl PagePlan {
    /// Puts the page together, of one row more than it has if there are more.
    pub(crate) fn page<R, C: CursorValues>(self, mut found: Vec<(R, C)>) -> Page<R, C> {
        let more = found.len() > self.size;
        found.truncate(self.size);
        if self.backward {
            found.reverse();
        }
        let (more_before, more_after) = if self.backward { (more, self.started) } else { (self.started, more) };
        let at = |row: Option<&(R, C)>, exists: bool| row.filter(|_| exists).map(|(_, values)| values.clone());
        Page {
            next: at(found.last(), more_after),
            previous: at(found.first(), more_before),
            rows: found.into_iter().map(|(row, _)| row).collect(),
            keys: self.keys,
        }
    }
}

/// The query of one page: `.fetch(&db)` it.
#[must_use = "a page is nothing until it is fetched"]
pub struct KeysetPage<D: Dialect, R, C> {
    parts: Box<Parts>,
    decode: Decode<D, (R, C)>,
    keys: Vec<Written>,
    start: Result<Start, &'static str>,
    size: u64,
}

impl<D: Dialect, R, C> Clone for KeysetPage<D, R, C> {
    fn clone(&self) -> Self {
        KeysetPage {
            parts: self.parts.clone(),
            decode: self.decode,
            keys: self.keys.clone(),
            start: self.start.clone(),
            size: self.size,
        }
    }
}

impl<D: Dialect, R, C> std::fmt::Debug for KeysetPage<D, R, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeysetPage").field("start", &self.start).field("size", &self.size).finish_non_exhaustive()
    }
}

impl<D: Dialect, R, C> KeysetPage<D, R, C> {
    pub(super) fn new(
        parts: Box<Parts>,
        decode: Decode<D, (R, C)>,
        keys: Vec<Written>,
        start: Result<Start, &'static str>,
        size: u64,
    ) -> Self {
        KeysetPage { parts, decode, keys, start, size }
    }

    /// The SQL text and its parameters. The values of the keys are selected after everything else, and one row more than
    /// the page has, to know whether there is one.
    ///
    /// # Errors
    /// [`Error::Cursor`] if the page begins at a cursor of another query.
    pub fn to_sql(&self) -> Result<Statement, Error> {
        self.clone().plan().map(|(statement, _)| statement).map_err(|reason| Error::Cursor { reason })
    }

    pub(crate) fn decode(&self) -> Decode<D, (R, C)> {
        self.decode
    }

    /// What the query selects beside the keys.
    pub(crate) fn selection(&mut self) -> &mut Fragment {
        &mut self.parts.projection
    }

    /// How many columns the keys are.
    pub(crate) fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// The statement, and what is done with its rows.
    pub(in crate::query) fn plan(self) -> Result<(Statement, PagePlan), &'static str> {
        self.planned().map(|(parts, plan)| (parts.into_statement(D::SYNTAX), plan))
    }

    /// What the statement is made of, and what is done with its rows.
    pub(crate) fn planned(self) -> Result<(Box<Parts>, PagePlan), &'static str> {
        let start = self.start?;
        let (mut parts, keys) = (self.parts, self.keys);
        parts.select_also(|columns| {
            for key in &keys {
                columns.next_column();
                key.write(columns);
            }
        });
        let (values, backward) = match &start {
            Start::First => (None, false),
            Start::After(values) => (Some(values), false),
            Start::Before(values) => (Some(values), true),
        };
        if let Some(values) = values {
            parts.add_conditions(Clause::Filter, |conditions| condition::add(&keys, values, backward, conditions));
        }
        parts.add_order(|list| keys.iter().for_each(|key| list.push_key(key.sort_key(backward))));
        parts.limit = Some(Count::of(self.size.saturating_add(1)));
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let plan = PagePlan { size, started: values.is_some(), backward, keys: Cursor::identity(&keys) };
        Ok((parts, plan))
    }
}

impl<D: Dialect, R: Send + 'static, C: CursorValues> KeysetPage<D, R, C> {
    /// The page.
    ///
    /// # Errors
    /// As [`Select::fetch_all`](crate::query::Select::fetch_all), and [`Error::Cursor`] if the page begins at a cursor of
    /// another query.
    pub fn fetch<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Page<R, C>, Error>> {
        let decode = self.decode;
        match self.plan() {
            Ok((statement, plan)) => {
                Box::pin(executor.fetch_all(Query::new(statement, decode)).map_ok(move |found| plan.page(found)))
            }
            Err(reason) => std::future::ready(Err(Error::Cursor { reason })).boxed(),
        }
    }
}
