//! `sql_query!`: whole statements that are written by hand.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{NamedRow, OutputRow, SingleValue};
use crate::{
    Error,
    dialect::Dialect,
    expr::{Expr, IntoExpr, Level, RawExpr, Render},
    render::{Fragment, Statement},
    run::{BoxFuture, BoxStream, Decode, Executor, Query, RowReader},
    value::FieldType,
};

/// What the rows of a [`sql_query!`](macro@crate::sql_query) become: a table, a tuple of values, one value, a struct
/// with `#[derive(SqlRow)]`, or `()` for a statement without rows. `K` is its kind.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a row",
    label = "expected a table, a tuple of values, or a struct with `#[derive(SqlRow)]`"
)]
pub trait SqlRow<K>: Sized + Send + 'static {
    /// How many columns it has.
    fn columns() -> usize;

    /// Reads it, column after column.
    ///
    /// # Errors
    /// [`Error::Decode`] if a column holds another kind of value than its field.
    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: OutputRow> SqlRow<NamedRow> for T {
    fn columns() -> usize {
        T::COLUMNS.count()
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        OutputRow::read(row)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FieldType> SqlRow<SingleValue> for T {
    fn columns() -> usize {
        1
    }

    fn read<R: RowReader>(row: &mut R) -> Result<Self, Error> {
        FieldType::read(row)
    }
}

/// A struct with `#[derive(SqlRow)]`, or `()`.
#[derive(Debug)]
pub struct WrittenRow;

#[diagnostic::do_not_recommend]
impl SqlRow<WrittenRow> for () {
    fn columns() -> usize {
        0
    }

    fn read<R: RowReader>(_: &mut R) -> Result<Self, Error> {
        Ok(())
    }
}

/// A statement that is written by hand, whose rows become `R`: what [`sql_query!`](macro@crate::sql_query) makes.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key, auto_increment)] id: i64, category: String, views: i64 }
/// #[derive(SqlRow, Debug, PartialEq)]
/// struct Total { category: String, views: Option<i64> }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { Post }.create_tables(&db).await?;
/// # Post::insert().values((Post::category.set("food"), Post::views.set(20))).execute(&db).await?;
///
/// let (least, categories) = (10, ["food", "tech"]);
/// let totals = sql_query!(
///     Total,
///     "SELECT {Post::category}, sum({Post::views}) FROM {Post}
///     WHERE {Post::views} > {least} AND {Post::category} IN ({categories}) GROUP BY 1 ORDER BY 2 DESC"
/// );
/// let totals = totals.fetch_all(&db).await?;
/// assert_eq!(totals, [Total { category: "food".to_owned(), views: Some(20) }]);
/// assert_eq!(sql_query!("UPDATE {Post} SET views = views + {1}").execute(&db).await?, 1);
/// let posts: Vec<Post> = sql_query!(Post, "SELECT * FROM {Post}").fetch_all(&db).await?;
/// # assert_eq!((posts[0].id, posts[0].views, posts[0].category.as_str()), (1, 21, "food"));
/// # Ok(()) }
/// ```
#[must_use = "a query does nothing until it is run"]
pub struct SqlQuery<D: Dialect, R> {
    out: Fragment,
    decode: Decode<D, R>,
}

impl<D: Dialect, R> Clone for SqlQuery<D, R> {
    fn clone(&self) -> Self {
        SqlQuery { out: self.out.clone(), decode: self.decode }
    }
}

impl<D: Dialect, R> std::fmt::Debug for SqlQuery<D, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SqlQuery").field(&self.out).finish()
    }
}

/// What `sql_query!` expands to: the text before the first argument.
#[doc(hidden)]
pub fn sql_query<D: Dialect, R: SqlRow<K>, K>(text: &'static str) -> SqlQuery<D, R> {
    let mut out = Fragment::statement(D::SYNTAX);
    out.sql(text);
    SqlQuery { out, decode: read_row::<D, R, K> }
}

impl<D: Dialect, R: Send + 'static> SqlQuery<D, R> {
    /// One argument more, and the text after it.
    #[doc(hidden)]
    pub fn then<E: IntoExpr<Expr: RawExpr + Render<D>>>(mut self, expression: E, text: &'static str) -> Self {
        let parentheses = <E::Expr as Expr>::LEVEL.needs_parentheses_in(Level::Raw);
        self.out.sql(if parentheses { "(" } else { "" });
        Render::<D>::render(expression.into_expr(), &mut self.out);
        self.out.sql(if parentheses { ")" } else { "" });
        self.out.sql(text);
        self
    }

    /// The SQL text and its parameters.
    pub fn to_sql(&self) -> Statement {
        self.out.clone().into_statement()
    }

    fn into_query(self) -> Query<D, R> {
        Query::new(self.out.into_statement(), self.decode)
    }

    /// All rows.
    ///
    /// # Errors
    /// What the database says, as an [`Error`]; [`Error::Decode`] if the row has another number of columns than `R`, or a
    /// column holds another kind of value than its field.
    pub fn fetch_all<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Vec<R>, Error>> {
        Box::pin(executor.fetch_all(self.into_query()))
    }

    /// The first row; the others are read as well, so that a write is done to its end.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if there is none; otherwise as [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<R, Error>> {
        let row = self.fetch_optional(executor);
        Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
    }

    /// The first row, if there is one; the others are read as well.
    ///
    /// # Errors
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Option<R>, Error>> {
        Box::pin(executor.fetch_all(self.into_query()).map_ok(|rows| rows.into_iter().next()))
    }

    /// The rows one by one, as they arrive: a [`Stream`](futures_core::Stream).
    ///
    /// # Errors
    /// The stream yields what [`fetch_all`](Self::fetch_all) would return.
    pub fn fetch<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxStream<'e, Result<R, Error>> {
        Box::pin(executor.fetch(self.into_query()))
    }

    /// Runs it and forgets its rows: how many rows it changed.
    ///
    /// # Errors
    /// What the database says, as an [`Error`].
    pub fn execute<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<u64, Error>> {
        Box::pin(executor.execute(self.out.into_statement()).map_ok(|done| done.rows))
    }
}

fn read_row<D: Dialect, R: SqlRow<K>, K>(row: &mut D::Row<'_>) -> Result<R, Error> {
    let (expected, found) = (R::columns(), row.width());
    if expected != found {
        let found = format!("{found} columns in the result, not {expected}");
        return Err(Error::decode(expected.min(row.width()), "*", std::any::type_name::<R>(), found));
    }
    R::read(row)
}
