//! RETURNING: rows of an INSERT, UPDATE or DELETE.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{
    clause::{AllowedIn, RETURNING, SELECT},
    projection::{HoldsTogether, Projection},
    required::{AllSetIn, NoneRepeats},
    stands_in::StandsIn,
    write::Write,
};
use crate::{
    Error,
    dialect::{
        Dialect,
        names::{PostgreSQL, SQLite},
    },
    render::{Fragment, Statement},
    run::{BoxFuture, Decode, Executor, Query},
    table::{Col, Column, Table},
    value::SqlValue,
};

/// What a write over the scope `S` can return: columns and expressions of its rows. `R` is the row that it makes.
#[diagnostic::on_unimplemented(
    message = "this cannot be returned",
    label = "`{Self}` is neither a column nor an expression: a plain value is returned with `value(..)`"
)]
pub trait Returnable<D: Dialect, S, I, R> {
    /// Writes its columns.
    fn render(self, out: &mut Fragment);

    /// Reads a row.
    ///
    /// # Errors
    /// As [`Projection::read`].
    fn read(row: &mut D::Row<'_>) -> Result<R, Error>;
}

impl<D, S, I, H, R, P> Returnable<D, S, (I, H), R> for P
where
    D: Dialect,
    P: StandsIn<SELECT> + Projection<D, S, I, R, H, P::Fit>,
    H: HoldsTogether<All: AllowedIn<RETURNING>>,
{
    fn render(self, out: &mut Fragment) {
        Projection::render(self, out);
    }

    fn read(row: &mut D::Row<'_>) -> Result<R, Error> {
        <P as Projection<D, S, I, R, H, P::Fit>>::read(row)
    }
}

/// A scope of a write, of which the database `N` can return something.
#[diagnostic::on_unimplemented(
    message = "`RETURNING` of a DELETE that uses other tables is not supported by {N}",
    label = "deletes with `.using::<..>()`"
)]
pub trait ReturningScope<N> {
    /// What can be returned: columns of all tables, or only those of the table that is written to.
    type Scope;
}

#[diagnostic::do_not_recommend]
impl<T, N> ReturningScope<N> for (T,) {
    type Scope = (T,);
}

macro_rules! scopes {
    ($($other:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<T, $($other),+> ReturningScope<PostgreSQL> for (T, $($other),+) {
            type Scope = Self;
        }

        #[diagnostic::do_not_recommend]
        impl<T, $($other),+> ReturningScope<SQLite> for (T, $($other),+) {
            type Scope = (T,);
        }
    };
}

scopes!(A);
scopes!(A B);
scopes!(A B C);
scopes!(A B C D);
scopes!(A B C D E);
scopes!(A B C D E F);
scopes!(A B C D E F G);

/// A write that returns rows of the type `R`.
#[must_use = "a write does nothing until it is fetched"]
pub struct Returning<D: Dialect, R> {
    pub(super) write: Write,
    /// What stands after RETURNING.
    pub(super) returning: Fragment,
    pub(super) decode: Decode<D, R>,
}

impl<D: Dialect, R> std::fmt::Debug for Returning<D, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let statements = self.write.clone().statements(Some(&self.returning));
        f.debug_list().entries(statements.iter().map(|statement| &statement.sql)).finish()
    }
}

impl<D: Dialect, R> Returning<D, R> {
    pub(super) fn of<S, I, P: Returnable<D, S, I, R>>(write: Write, projection: P) -> Self {
        let mut returning = Fragment::clause(D::SYNTAX);
        projection.render(&mut returning);
        Returning { write, returning, decode: P::read }
    }

    pub(super) fn statements(self) -> Vec<Statement> {
        self.write.statements(Some(&self.returning))
    }
}

impl<D: Dialect, R: Send + 'static> Returning<D, R> {
    /// The SQL text and its parameters: of the first statement, where it needs several.
    pub fn to_sql(&self) -> Statement {
        let first = self.write.clone().statements(Some(&self.returning)).into_iter().next();
        first.map_or_else(Statement::nothing, Statement::now)
    }

    /// The queries, with what is computed when they are sent.
    fn queries(self) -> Vec<Query<D, R>> {
        let decode = self.decode;
        self.statements().into_iter().map(|statement| Query::new(statement.now(), decode)).collect()
    }

    /// Runs it and returns all rows.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn fetch_all<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Vec<R>, Error>> {
        Box::pin(executor.fetch_batch(self.queries()))
    }

    /// Runs it and returns the first row.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if nothing was written; otherwise as [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<R, Error>> {
        let row = self.fetch_optional(executor);
        Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
    }

    /// Runs it and returns the first row, if anything was written.
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Option<R>, Error>> {
        // All rows are read: a write that is left half-way is not done.
        let rows = executor.fetch_batch(self.queries());
        Box::pin(rows.map_ok(|rows| rows.into_iter().next()))
    }
}

/// The columns of the table `T` that a query's rows of the type `R` go into.
#[diagnostic::on_unimplemented(
    message = "the query gives what does not fit these columns of `{T}`",
    label = "the query gives `{R}`: one column of `{T}` for each value that it selects"
)]
pub trait ColumnList<T, R, I> {
    /// Their places in the table.
    fn places() -> Vec<usize>;
}

impl<T, R, I, C: ColumnListOf<T, R, I>> ColumnList<T, R, I> for C {
    fn places() -> Vec<usize> {
        C::list()
    }
}

/// What makes a [`ColumnList`]: implemented for tuples of columns.
#[diagnostic::on_unimplemented(
    message = "the query gives what does not fit these columns of `{T}`",
    label = "the query gives `{R}`: one column of `{T}` for each value that it selects"
)]
pub trait ColumnListOf<T, R, I> {
    /// Their places in the table.
    fn list() -> Vec<usize>;
}

/// A value of a query that fits into a column of the type `T`.
#[diagnostic::on_unimplemented(
    message = "the query gives `{Self}`, the column is `{T}`",
    label = "does not fit the column"
)]
pub trait FitsColumnType<T> {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> FitsColumnType<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> FitsColumnType<Option<T>> for T {}
#[diagnostic::do_not_recommend]
impl<T: SqlValue> FitsColumnType<Option<T>> for Option<T> {}

macro_rules! tuples {
    ($($column:ident $value:ident),+) => {
        impl<Tbl: Table, Index, $($column: Column<Write: super::assign::Writable<$column>>, $value),+>
            ColumnListOf<Tbl, ($($value,)+), Index> for ($(Col<$column, Tbl>,)+)
        where
            $($value: FitsColumnType<$column::Value>,)+
            ($($column,)+): NoneRepeats,
            Tbl::Required: AllSetIn<($($column,)+), Index>,
        {
            fn list() -> Vec<usize> {
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
