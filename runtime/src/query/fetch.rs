//! The ends of a SELECT: what runs it.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{limit::Count, parts::Parts, select::Select, state::CanRun};
use crate::{
    Error,
    dialect::{Dialect, Syntax},
    render::{Fragment, Statement},
    run::{BoxFuture, BoxStream, Executor, Query, RowReader},
};

impl<D: Dialect, S, R: Send + 'static, X> Select<D, S, R, X> {
    pub(crate) fn into_query(self) -> Query<D, R> {
        Query::new(self.parts.into_statement(D::SYNTAX), self.decode)
    }

    /// The query of the first row.
    pub(crate) fn into_query_of_one(self) -> Query<D, R> {
        self.into_one().into_query()
    }

    /// Only the first row. A query that locks rows locks all of its rows.
    pub(crate) fn into_one(mut self) -> Self {
        if !self.parts.has_lock() && !self.parts.one_row {
            self.parts.limit = Some(Count::one(self.parts.limit));
        }
        self
    }

    /// All rows.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]; [`Error::Decode`] if a column holds another kind of value than its field.
    pub fn fetch_all<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Vec<R>, Error>>
    where
        X: CanRun<S>,
    {
        Box::pin(executor.fetch_all(self.into_query()))
    }

    /// The first row.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if there is none; otherwise as [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<R, Error>>
    where
        X: CanRun<S>,
    {
        let row = executor.fetch_optional(self.into_query_of_one());
        Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Option<R>, Error>>
    where
        X: CanRun<S>,
    {
        Box::pin(executor.fetch_optional(self.into_query_of_one()))
    }

    /// The rows one by one, as they arrive: a [`Stream`](futures_core::Stream).
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User }.create_tables(&db).await?;
    /// let mut users = User::query().order_by(User::id).fetch(&db);
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{}", user.name);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The stream yields what [`fetch_all`](Self::fetch_all) would return.
    pub fn fetch<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxStream<'e, Result<R, Error>>
    where
        X: CanRun<S>,
    {
        Box::pin(executor.fetch(self.into_query()))
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn count<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<i64, Error>>
    where
        X: CanRun<S>,
    {
        run_count(executor, count_statement(self.parts, D::SYNTAX))
    }

    /// Whether there is a row.
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn exists<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<bool, Error>>
    where
        X: CanRun<S>,
    {
        run_exists(executor, exists_statement(self.parts, D::SYNTAX))
    }
}

/// The statement that counts rows.
pub(super) fn count_statement(mut parts: Box<Parts>, syntax: &'static Syntax) -> Statement {
    parts.forget_order();
    parts.unlock();
    let mut out = Fragment::statement(syntax);
    out.reserve(parts.expected_length(), 0);
    if parts.shapes_rows() || !parts.projection.is_empty() {
        out.sql("SELECT count(*) FROM (");
        parts.write_numbered(&mut out);
        out.sql(") AS ");
        out.name("counted");
    } else {
        parts.write_of("SELECT count(*)", &mut out);
    }
    out.into_statement()
}

/// Counts rows.
pub(super) fn run_count<'e, D: Dialect, E: Executor<D> + 'e>(
    executor: E,
    statement: Statement,
) -> BoxFuture<'e, Result<i64, Error>> {
    let row = executor.fetch_optional(Query::new(statement, read_count::<D>));
    Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
}

/// The statement that finds whether there is a row.
pub(super) fn exists_statement(mut parts: Box<Parts>, syntax: &'static Syntax) -> Statement {
    parts.limit = Some(Count::one(parts.limit));
    parts.forget_order();
    parts.into_statement(syntax)
}

/// Finds whether there is a row.
pub(super) fn run_exists<'e, D: Dialect, E: Executor<D> + 'e>(
    executor: E,
    statement: Statement,
) -> BoxFuture<'e, Result<bool, Error>> {
    let row = executor.fetch_optional(Query::new(statement, read_nothing::<D>));
    Box::pin(row.map_ok(|row| row.is_some()))
}

fn read_count<D: Dialect>(row: &mut D::Row<'_>) -> Result<i64, Error> {
    row.i64()?.ok_or(Error::RowNotFound)
}

fn read_nothing<D: Dialect>(_: &mut D::Row<'_>) -> Result<(), Error> {
    Ok(())
}
