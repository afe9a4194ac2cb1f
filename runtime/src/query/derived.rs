//! Derived tables: queries in FROM.

use std::{marker::PhantomData, ops::Deref};

use super::{
    output::{FromItem, HasColumns, OutputRow, Returned},
    parts::{Origin, Parts},
    scope::{Entry, TopLevel},
    select::{Select, read_scope},
    state::{Complete, State},
};
use crate::{dialect::Dialect, render::Fragment, table::SourceId};

/// The name of a query in FROM, as a type: `alias!(totals)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a name for a query in FROM",
    label = "expected `alias!(name)`, or a type that `alias!(struct Name)` declares"
)]
pub trait Name: Copy + 'static {
    /// Its identity as a type, so that the same name twice in one query is refused.
    type Id: SourceId;
    /// The name.
    const NAME: &'static str;
}

/// A query in FROM in the scope of the query around it: `N` is what it is called, `R` its row.
pub struct Derived<N, R>(PhantomData<fn() -> (N, R)>);

impl<N, R> std::fmt::Debug for Derived<N, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Derived")
    }
}

impl<N: Name, R: OutputRow> FromItem for Derived<N, R> {
    type Row = R;
    type Id = N::Id;
    type Called = N;
    const NAME: &'static str = N::NAME;
    const ALIAS: Option<&'static str> = Some(N::NAME);
}

/// A query that another one can read from, called `N`: see [`Select::derived`]. Its fields are its columns, `R` is its
/// row.
pub struct DerivedTable<D, N, R> {
    query: Fragment,
    marker: PhantomData<fn() -> (D, N, R)>,
}

impl<D, N, R> Clone for DerivedTable<D, N, R> {
    fn clone(&self) -> Self {
        DerivedTable { query: self.query.clone(), marker: PhantomData }
    }
}

impl<D, N: Name, R> std::fmt::Debug for DerivedTable<D, N, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DerivedTable").field(&N::NAME).finish()
    }
}

impl<D, N: Name, R: OutputRow> Deref for DerivedTable<D, N, R> {
    type Target = R::Columns<Derived<N, R>>;

    fn deref(&self) -> &Self::Target {
        R::columns::<Derived<N, R>>()
    }
}

/// A query as it stands inside of another one: with a name for each column.
pub(super) fn inner_query<D: Dialect, R: OutputRow>(mut parts: Box<Parts>) -> Fragment {
    let mut query = Fragment::clause(D::SYNTAX);
    parts.write_derived(R::COLUMNS, &mut query);
    query
}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// A derived table: a query that others can read from, by the name that `alias!` makes. Its rows are those of a
    /// table or of `row!({ .. })`, whose fields become columns; those of a tuple are called by their places.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
    /// let totals = Post::query()
    ///     .group_by(Post::author_id)
    ///     .select(row!({ author: Post::author_id, n: count_star() }))
    ///     .derived(alias!(totals));
    /// let query = User::query::<Sqlite>()
    ///     .inner_join_to(&totals)
    ///     .on(totals.author.eq(User::id))
    ///     .filter(totals.n.gt(3))
    ///     .select((User::name, totals.n));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."name", "totals"."n" FROM "users" INNER JOIN (SELECT "posts"."author_id" AS "author", count(*) AS "n" FROM "posts" GROUP BY "posts"."author_id") AS "totals" ON "totals"."author" = "users"."id" WHERE "totals"."n" > ?"#
    /// );
    /// ```
    pub fn derived<N: Name, R2: OutputRow>(self, _: N) -> DerivedTable<D, N, R2>
    where
        Returned<R>: HasColumns<R, R2>,
        State<X>: Complete,
        Inside<S>: Independent,
    {
        DerivedTable { query: inner_query::<D, R2>(self.parts), marker: PhantomData }
    }
}

/// The text of a derived table with its name.
pub(super) fn derived_origin<N: Name, R: OutputRow>(keyword: &'static str, query: &Fragment) -> Origin {
    let mut text = query.part();
    text.sql(keyword);
    text.append_copy(query);
    text.sql(") AS ");
    text.name(N::NAME);
    Origin::query(R::COLUMNS, N::NAME, text)
}

impl<D: Dialect, N: Name, R: OutputRow> DerivedTable<D, N, R> {
    /// The same query by another name.
    pub fn alias<N2: Name>(&self, _: N2) -> DerivedTable<D, N2, R> {
        DerivedTable { query: self.query.clone(), marker: PhantomData }
    }

    /// `SELECT .. FROM (..) AS name`
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, views: i64 }
    /// let best = Post::query::<Sqlite>().order_by(Post::views.desc()).limit(3).derived(alias!(best));
    /// let query = best.query().select(best.views.sum());
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT sum("best"."views") FROM (SELECT "posts"."id", "posts"."views" FROM "posts" ORDER BY "posts"."views" DESC LIMIT 3) AS "best""#
    /// );
    /// ```
    pub fn query(&self) -> Select<D, (Derived<N, R>,), R> {
        Select::from_origin(self.origin())
    }

    fn origin(&self) -> Origin {
        derived_origin::<N, R>("(", &self.query)
    }
}

impl<D: Dialect, T: FromItem> Select<D, (T,), T::Row> {
    /// All rows of a query in FROM.
    pub(super) fn from_origin(origin: Origin) -> Self {
        Self::of_parts(Parts::from_origin(origin, D::SYNTAX), read_scope::<D, (T,)>)
    }
}

/// The scope of a query in FROM, in errors.
#[derive(Debug)]
pub struct Inside<S>(PhantomData<S>);

/// A query in FROM that names no table of the query around it.
#[diagnostic::on_unimplemented(
    message = "a derived table that uses columns of the query around it needs LATERAL",
    label = "correlated by `.outer::<..>()`: make it by `.lateral(..)` and join it by `.inner_join_lateral(..)`"
)]
pub trait Independent {}
#[diagnostic::do_not_recommend]
impl<S: TopLevel> Independent for Inside<S> {}

/// A query that `.inner_join_to(..)` and the like can join to a query of the dialect `D`; `E` is what it is in the
/// scope.
#[diagnostic::on_unimplemented(
    message = "this is not a derived table or a CTE",
    label = "expected `&query.derived(alias!(name))` or `&query.cte(alias!(name))`: a table is joined by `.inner_join::<..>()`"
)]
pub trait QuerySource<D: Dialect, E: Entry> {
    /// What stands in FROM.
    #[doc(hidden)]
    fn joined(&self) -> Joined;
}

/// What stands in FROM for a query.
#[derive(Debug)]
pub struct Joined(pub(super) Origin);

#[diagnostic::do_not_recommend]
impl<D: Dialect, N: Name, R: OutputRow> QuerySource<D, Derived<N, R>> for DerivedTable<D, N, R> {
    fn joined(&self) -> Joined {
        Joined(self.origin())
    }
}
