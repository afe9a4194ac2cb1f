//! RETURNING: rows of an INSERT, UPDATE or DELETE.

use super::{
    clause::{AllowedIn, RETURNING},
    projection::Projection,
    required::AllSetIn,
};
use crate::{
    Error,
    dialect::Dialect,
    render::Statement,
    run::{Executor, Query},
    table::{Col, Column, Table},
    value::SqlValue,
};

/// What a write to the table `T` can return: columns and expressions of its rows.
pub trait Returnable<D: Dialect, T, I>: Sized {
    /// The row.
    type Row;
    /// How it is written and read.
    type Projection: Projection<D, (T,), Self::Position, Row = Self::Row>;
    /// The positions of its columns.
    type Position;

    /// How it is written and read.
    fn projection(self) -> Self::Projection;
}

impl<D: Dialect, T, I, P: Projection<D, (T,), I, Aggregates: AllowedIn<RETURNING>>> Returnable<D, T, I> for P {
    type Row = P::Row;
    type Projection = P;
    type Position = I;

    fn projection(self) -> P {
        self
    }
}

/// A write that returns rows of the type `R`.
#[must_use = "a write does nothing until it is fetched"]
pub struct Returning<D: Dialect, R> {
    pub(crate) queries: Vec<Query<D, R>>,
}

impl<D: Dialect, R> std::fmt::Debug for Returning<D, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.queries.iter().map(|query| &query.statement.sql)).finish()
    }
}

impl<D: Dialect, R: Send + 'static> Returning<D, R> {
    /// The SQL text and its parameters: of the first statement, where it needs several.
    pub fn to_sql(&self) -> Statement {
        self.queries.first().map_or_else(|| Statement::new(crate::render::Fragment::new(), D::KIND), |query| query.statement.clone())
    }

    /// Runs it and returns all rows.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn fetch_all<E: Executor<D>>(self, executor: E) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        executor.fetch_batch(self.queries)
    }

    /// Runs it and returns the first row.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if nothing was written; otherwise as [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<E: Executor<D>>(self, executor: E) -> impl Future<Output = Result<R, Error>> + Send {
        let row = self.fetch_optional(executor);
        async move { row.await?.ok_or(Error::RowNotFound) }
    }

    /// Runs it and returns the first row, if anything was written.
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<E: Executor<D>>(self, executor: E) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        // All rows are read: a write that is left half-way is not done.
        let rows = executor.fetch_batch(self.queries);
        async move { Ok(rows.await?.into_iter().next()) }
    }
}

/// The columns of the table `T` that a query's rows of the type `R` go into.
pub trait ColumnList<T, R, I> {
    /// Their places in the table.
    fn places() -> Vec<usize>;
}

/// A value of a query that fits into a column of the type `T`.
#[diagnostic::on_unimplemented(message = "the query gives `{Self}`, the column is `{T}`", label = "does not fit the column")]
pub trait FitsColumnType<T> {}
impl<T: SqlValue> FitsColumnType<T> for T {}
impl<T: SqlValue> FitsColumnType<Option<T>> for T {}
impl<T: SqlValue> FitsColumnType<Option<T>> for Option<T> {}

macro_rules! tuples {
    ($($column:ident $value:ident),+) => {
        impl<Tbl: Table, Index, $($column: Column<Write: super::assign::Writable<$column>>, $value),+>
            ColumnList<Tbl, ($($value,)+), Index> for ($(Col<$column, Tbl>,)+)
        where
            $($value: FitsColumnType<$column::Value>,)+
            Tbl::Required: AllSetIn<($($column,)+), Index>,
        {
            fn places() -> Vec<usize> {
                vec![$($column::INDEX),+]
            }
        }
    };
}

tuples!(A VA);
tuples!(A VA, B VB);
tuples!(A VA, B VB, C VC);
tuples!(A VA, B VB, C VC, D VD);
tuples!(A VA, B VB, C VC, D VD, E VE);
tuples!(A VA, B VB, C VC, D VD, E VE, F VF);
tuples!(A VA, B VB, C VC, D VD, E VE, F VF, G VG);
tuples!(A VA, B VB, C VC, D VD, E VE, F VF, G VG, H VH);
