//! A prepared query, and a prepared write that returns rows.

use std::sync::OnceLock;

use futures_util::{FutureExt as _, StreamExt as _, TryFutureExt as _, TryStreamExt as _, stream};

use super::template::{self, Template};
use crate::{
    Error,
    dialect::Dialect,
    query::{fetch, parts::Parts, select::Select},
    render::Statement,
    run::{BoxFuture, BoxStream, Decode, Executor, Query},
    value::Value,
};

/// A query that is rendered: `A` is what each call gives it, `R` its row. See [`prepare`](super::prepare).
pub struct Prepared<D: Dialect, A, R> {
    statements: Vec<Template>,
    /// What a query has and a write with RETURNING has not, as it must run to its end.
    select: Option<Box<Variants>>,
    decode: Decode<D, R>,
    bind: fn(A) -> Vec<Value>,
}

impl<D: Dialect, A, R> Clone for Prepared<D, A, R> {
    fn clone(&self) -> Self {
        Prepared { statements: self.statements.clone(), select: self.select.clone(), ..*self }
    }
}

impl<D: Dialect, A, R> std::fmt::Debug for Prepared<D, A, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Prepared").field(&self.statements).finish()
    }
}

impl<D: Dialect, A, R: Send + 'static> Prepared<D, A, R> {
    fn queries(&self, values: A) -> Vec<Query<D, R>> {
        let decode = self.decode;
        template::fill(&self.statements, (self.bind)(values)).map(|statement| Query::new(statement, decode)).collect()
    }

    /// All rows.
    ///
    /// # Errors
    /// As [`Select::fetch_all`].
    pub fn fetch_all<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<Vec<R>, Error>> {
        match self.statements.as_slice() {
            [one] => {
                let query = Query::new(one.fill((self.bind)(values)), self.decode);
                Box::pin(executor.fetch_all(query))
            }
            _ => Box::pin(executor.fetch_batch(self.queries(values))),
        }
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`Select::fetch_one`].
    pub fn fetch_one<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<R, Error>> {
        let row = self.fetch_optional(executor, values);
        Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Select::fetch_optional`].
    pub fn fetch_optional<'e, E: Executor<D> + 'e>(
        &self,
        executor: E,
        values: A,
    ) -> BoxFuture<'e, Result<Option<R>, Error>> {
        if let Some(select) = &self.select {
            let statement = select.first.fill((self.bind)(values));
            return Box::pin(executor.fetch_optional(Query::new(statement, self.decode)));
        }
        let rows = self.fetch_all(executor, values);
        Box::pin(rows.map_ok(|rows| rows.into_iter().next()))
    }

    /// The rows one by one, as they arrive. Those of a write arrive when it is done.
    ///
    /// # Errors
    /// The stream yields what [`fetch_all`](Self::fetch_all) would return.
    pub fn fetch<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxStream<'e, Result<R, Error>> {
        match (&self.select, self.statements.as_slice()) {
            (Some(_), [all]) => {
                let query = Query::new(all.fill((self.bind)(values)), self.decode);
                Box::pin(executor.fetch(query))
            }
            _ => {
                let rows = stream::once(self.fetch_all(executor, values));
                Box::pin(rows.map_ok(|rows| stream::iter(rows).map(Ok)).try_flatten())
            }
        }
    }
}

/// The other statements of a query.
#[derive(Clone)]
struct Variants {
    /// Of the first row alone.
    first: Template,
    /// What the others are made of, when they are asked for.
    parts: Box<Parts>,
    count: OnceLock<Template>,
    exists: OnceLock<Template>,
}

impl<D: Dialect, A, R: Send + 'static> Prepared<D, A, R> {
    pub(super) fn of_select<S, X>(select: Select<D, S, R, X>, bind: fn(A) -> Vec<Value>) -> Self {
        let template = |query: Query<D, R>| Template::new(query.statement, D::SYNTAX);
        let variants = Variants {
            first: template(select.clone().into_query_of_one()),
            parts: select.parts.clone(),
            count: OnceLock::new(),
            exists: OnceLock::new(),
        };
        let decode = select.decode;
        Prepared { statements: vec![template(select.into_query())], select: Some(Box::new(variants)), decode, bind }
    }

    pub(super) fn of_write(statements: Vec<Statement>, decode: Decode<D, R>, bind: fn(A) -> Vec<Value>) -> Self {
        let statements = statements.into_iter().map(|statement| Template::new(statement, D::SYNTAX)).collect();
        Prepared { statements, select: None, decode, bind }
    }

    /// How many rows there are. A write with RETURNING is run, and its rows are counted.
    ///
    /// # Errors
    /// As [`Select::count`].
    pub fn count<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<i64, Error>> {
        let Some(select) = &self.select else {
            let rows = self.fetch_all(executor, values);
            return Box::pin(rows.map_ok(|rows| i64::try_from(rows.len()).unwrap_or(i64::MAX)));
        };
        let count = || Template::new(fetch::count_statement(select.parts.clone(), D::SYNTAX), D::SYNTAX);
        let statement = select.count.get_or_init(count).fill((self.bind)(values));
        fetch::run_count(executor, statement)
    }

    /// Whether there is a row. A write with RETURNING is run.
    ///
    /// # Errors
    /// As [`Select::exists`].
    pub fn exists<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<bool, Error>> {
        let Some(select) = &self.select else {
            return Box::pin(self.fetch_all(executor, values).map_ok(|rows| !rows.is_empty()));
        };
        let exists = || Template::new(fetch::exists_statement(select.parts.clone(), D::SYNTAX), D::SYNTAX);
        let statement = select.exists.get_or_init(exists).fill((self.bind)(values));
        fetch::run_exists(executor, statement)
    }
}
