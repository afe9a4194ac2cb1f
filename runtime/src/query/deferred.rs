//! Deep pages of wide tables: first the keys, then the rows.

use super::{
    select::Select,
    state::{Rows, Selected, State},
};
use crate::{
    dialect::Dialect,
    table::{KeyColumns, Source, UniqueKeys, Yes},
};

/// A scope of one table, which has a primary key.
#[diagnostic::on_unimplemented(
    message = "`.deferred()` is for queries of one table, whose rows it finds by their primary key",
    label = "joins other tables"
)]
pub trait OneKeyedTable {}

impl<T: Source<Table: UniqueKeys>> OneKeyedTable for (T,) where
    <<T::Table as UniqueKeys>::Primary as KeyColumns>::Some: IsKeyed<T::Table>
{
}

/// A truth: whether the table `T` has a primary key.
#[diagnostic::on_unimplemented(
    message = "table `{T}` has no primary key, by which `.deferred()` would find its rows",
    label = "`{T}` has no primary key"
)]
pub trait IsKeyed<T> {}
#[diagnostic::do_not_recommend]
impl<T> IsKeyed<T> for Yes {}

/// A query whose rows are rows of tables.
#[diagnostic::on_unimplemented(
    message = "rows that are grouped, aggregated, made distinct or locked cannot be deferred",
    label = "these are no rows of a table any more"
)]
pub trait Deferrable {}
#[diagnostic::do_not_recommend]
impl Deferrable for State<Rows> {}
#[diagnostic::do_not_recommend]
impl Deferrable for State<Selected<Rows>> {}

/// A query over the scope `S` that can be deferred.
pub trait CanDefer<S> {}
impl<X, S: OneKeyedTable> CanDefer<S> for X where State<X>: Deferrable {}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// The same rows in the same order, found in two steps: a subquery finds the primary keys of the page, and only
    /// their rows are read whole. It is faster for deep pages of wide tables, whose rows would be read to be left out,
    /// if an index has what the query filters and sorts by.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Sqlite>().order_by((User::name, User::id)).page(100, 20).deferred();
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     concat!(
    ///         r#"SELECT "users"."id", "users"."name" FROM "users" INNER JOIN ("#,
    ///         r#"SELECT "users"."id" FROM "users" ORDER BY "users"."name", "users"."id" LIMIT 20 OFFSET 1980"#,
    ///         r#") AS "deferred_keys" ON "users"."id" = "deferred_keys"."id" ORDER BY "users"."name", "users"."id""#,
    ///     )
    /// );
    /// ```
    pub fn deferred(mut self) -> Self
    where
        X: CanDefer<S>,
    {
        self.parts.defer();
        self
    }
}
