//! Pages by keys, of rows with their relations.

use super::{HasPlace, HasRelations, Load, Loads, TakesRelations, Way, places};
use crate::{
    Error,
    dialect::Dialect,
    query::{CursorValues, Filter, Keyset, KeysetPage, Page, PagePlan, StartsAt, state::State},
    run::{BoxFuture, Decoder, Executor, InSnapshot, Query, RowReader as _},
};

/// A query that is read page by page, with what relations of its rows lead to. See [`Keyset::with`].
#[must_use = "say how many rows a page has: `.page(20)`"]
pub struct LoadedKeyset<D: Dialect, S, R, C, X, L> {
    keyset: Keyset<D, S, R, C, X>,
    loads: L,
}

impl<D: Dialect, S, R, C, X, L: Clone> Clone for LoadedKeyset<D, S, R, C, X, L> {
    fn clone(&self) -> Self {
        LoadedKeyset { keyset: self.keyset.clone(), loads: self.loads.clone() }
    }
}

impl<D: Dialect, S, R, C, X, L> std::fmt::Debug for LoadedKeyset<D, S, R, C, X, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("LoadedKeyset").field(&self.keyset).finish()
    }
}

impl<D: Dialect, S, R, C: CursorValues, X> Keyset<D, S, R, C, X> {
    /// Loads what a relation leads to, beside each row of a page, as [`Select::with`](crate::query::Select::with) does.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// # for id in 1..=3 { User::insert().values((User::id.set(id), User::name.set("u"))).execute(&db).await?; }
    /// let page = User::query().keyset(User::id.asc()).with(User::posts()).page(2).fetch(&db).await?;
    /// let (first, posts): &(User, Vec<Post>) = &page.rows[0];
    /// assert_eq!((first.id, posts.len(), page.next), (1, 0, Some(2)));
    /// # Ok(()) }
    /// ```
    pub fn with<A: Load<D, S, (), I, L>, I, L, X2>(self, relation: A) -> LoadedKeyset<D, S, R, C, X, L>
    where
        State<X>: HasRelations<X2>,
    {
        LoadedKeyset { keyset: self, loads: relation.after(()) }
    }
}

impl<D: Dialect, S, R, C: CursorValues, X, L> LoadedKeyset<D, S, R, C, X, L> {
    /// Loads another relation.
    pub fn with<A: Load<D, S, L, I, L2>, I, L2>(self, relation: A) -> LoadedKeyset<D, S, R, C, X, L2>
    where
        L: TakesRelations + HasPlace,
    {
        LoadedKeyset { keyset: self.keyset, loads: relation.after(self.loads) }
    }

    /// Adds a condition on the rows.
    pub fn filter<F: Filter<D, S, I>, I>(self, filter: F) -> Self {
        LoadedKeyset { keyset: self.keyset.filter(filter), ..self }
    }

    /// The rows after this place, as [`Keyset::after`] says.
    pub fn after<P: StartsAt<C>>(self, place: P) -> Self {
        LoadedKeyset { keyset: self.keyset.after(place), ..self }
    }

    /// The rows before this place, as [`Keyset::before`] says.
    pub fn before<P: StartsAt<C>>(self, place: P) -> Self {
        LoadedKeyset { keyset: self.keyset.before(place), ..self }
    }

    /// How many rows the page has, at most.
    pub fn page(self, rows: u64) -> LoadedPage<D, R, C, L> {
        LoadedPage { page: self.keyset.page(rows), loads: self.loads }
    }
}

/// The query of one page, with what relations of its rows lead to: `.fetch(&db)` it.
#[must_use = "a page is nothing until it is fetched"]
pub struct LoadedPage<D: Dialect, R, C, L> {
    page: KeysetPage<D, R, C>,
    loads: L,
}

impl<D: Dialect, R, C, L: Clone> Clone for LoadedPage<D, R, C, L> {
    fn clone(&self) -> Self {
        LoadedPage { page: self.page.clone(), loads: self.loads.clone() }
    }
}

impl<D: Dialect, R, C, L> std::fmt::Debug for LoadedPage<D, R, C, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("LoadedPage").field(&self.page).finish()
    }
}

impl<D: Dialect, R: Send + 'static, C: CursorValues, L: Loads<D>> LoadedPage<D, R, C, L> {
    /// The page: all statements see one state of the database.
    ///
    /// # Errors
    /// As [`KeysetPage::fetch`].
    pub fn fetch<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Page<L::With<R>, C>, Error>> {
        let decode = self.page.decode();
        let (mut parts, plan) = match self.page.planned() {
            Ok(planned) => planned,
            Err(reason) => return Box::pin(std::future::ready(Err(Error::Cursor { reason }))),
        };
        let places = places::find(&mut parts, &self.loads.columns(), 0);
        let decoder = Decoder::with(move |row: &mut D::Row<'_>| {
            let keys = L::read_keys(&places, row)?;
            row.seek(0);
            let (row, cursor) = decode(row)?;
            Ok(((row, keys), cursor))
        });
        let rows = Query { statement: parts.into_statement(D::SYNTAX), decoder };
        Box::pin(executor.snapshot(OnePage { rows, plan, loads: self.loads }))
    }
}

/// The rows of a page with the keys of their relations and of the cursors, and what to load by them.
struct OnePage<D: Dialect, R, C, L: Loads<D>> {
    rows: Query<D, ((R, L::Keys), C)>,
    plan: PagePlan,
    loads: L,
}

impl<D: Dialect, R: Send + 'static, C: CursorValues, L: Loads<D>> InSnapshot<D> for OnePage<D, R, C, L> {
    type Output = Page<L::With<R>, C>;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<Self::Output, Error>> {
        Box::pin(async move {
            let (page, found) = self.plan.page(executor.fetch_all(self.rows).await?).take_rows();
            let (rows, keys): (Vec<R>, Vec<L::Keys>) = found.into_iter().unzip();
            let loaded = self.loads.load(executor, keys, Way::default()).await?;
            Ok(page.with_rows(rows.into_iter().zip(loaded).map(|(row, loaded)| L::join(row, loaded)).collect()))
        })
    }
}
