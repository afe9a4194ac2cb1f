//! Pages by keys, of rows with their relations.

use futures_util::TryFutureExt as _;

use super::{
    HasPlace, HasRelations, Load, Loaded, Plan, Planned, TakesRelations, Way, places,
    plan::{join_all, read_with_keys},
};
use crate::{
    Error,
    dialect::Dialect,
    query::{
        ByKeys, CursorValues, Filter, Keyset, KeysetPage, Page, PagePlan, ScopeRow, Select, StartsAt, state::State,
    },
    run::{BoxFuture, Decode, Decoder, Executor, InSnapshot, Query, RowReader as _},
};

/// A query that is read page by page, with what relations of its rows lead to. See [`Keyset::with`].
#[must_use = "say how many rows a page has: `.page(20)`"]
pub struct LoadedKeyset<D: Dialect, S, R, C, X, L> {
    /// Reads nothing but the keys.
    pub(crate) keyset: Keyset<D, S, (), C, X>,
    pub(crate) read: Decode<D, R>,
    pub(crate) loads: L,
}

impl<D: Dialect, S, R, C, X, L: Clone> Clone for LoadedKeyset<D, S, R, C, X, L> {
    fn clone(&self) -> Self {
        LoadedKeyset { keyset: self.keyset.clone(), read: self.read, loads: self.loads.clone() }
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
        let (keyset, read) = self.without_rows();
        LoadedKeyset { keyset, read, loads: relation.after(()) }
    }
}

impl<D: Dialect, S: ScopeRow, R, X, L: LoadedFrom> Loaded<D, S, R, X, L> {
    /// Pages whose places are values of these keys, as [`Select::keyset`](crate::query::Select::keyset) says, of rows with what
    /// is loaded for them, or of shapes.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
    /// #[derive(Shape)]
    /// #[shape(table = User)]
    /// struct Profile {
    ///     name: String,
    ///     posts: Vec<Post>,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post }.create_tables(&db).await?;
    /// # for (id, name) in [(1, "Ann"), (2, "Bob"), (3, "Cid")] { User::insert().values((User::id.set(id), User::name.set(name))).execute(&db).await?; }
    /// let profiles = || User::query().shape::<Profile>().keyset((User::name.asc(), User::id.asc()));
    /// let page = profiles().page(2).fetch(&db).await?;
    /// assert_eq!((page.rows[1].name.as_str(), &page.next), ("Bob", &Some(("Bob".to_owned(), 2))));
    /// assert_eq!(profiles().after(page.next).page(2).fetch(&db).await?.rows[0].name, "Cid");
    /// # Ok(()) }
    /// ```
    pub fn keyset<K: ByKeys<D, S, L::State<X>, I, C>, I, C: CursorValues>(
        self,
        keys: K,
    ) -> LoadedKeyset<D, S, R, C, X, L> {
        let Select { parts, decode, .. } = self.select;
        LoadedKeyset { keyset: Keyset::of_keys(parts, keys.written()), read: decode, loads: self.loads }
    }
}

/// What is loaded, for a query that was in some state before.
pub trait LoadedFrom {
    /// How far the query is written without it, if it is written as `X` says: a shape is selected, but not by the user.
    type State<X>;
}

impl<D: Dialect, S, R, C: CursorValues, X, L> LoadedKeyset<D, S, R, C, X, L> {
    /// Loads another relation.
    pub fn with<A: Load<D, S, L, I, L2>, I, L2>(self, relation: A) -> LoadedKeyset<D, S, R, C, X, L2>
    where
        L: TakesRelations + HasPlace,
    {
        LoadedKeyset { keyset: self.keyset, read: self.read, loads: relation.after(self.loads) }
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
        LoadedPage { page: self.keyset.page(rows), read: self.read, loads: self.loads }
    }
}

/// The query of one page, with what relations of its rows lead to: `.fetch(&db)` it.
#[must_use = "a page is nothing until it is fetched"]
pub struct LoadedPage<D: Dialect, R, C, L> {
    page: KeysetPage<D, (), C>,
    read: Decode<D, R>,
    loads: L,
}

impl<D: Dialect, R, C, L: Clone> Clone for LoadedPage<D, R, C, L> {
    fn clone(&self) -> Self {
        LoadedPage { page: self.page.clone(), read: self.read, loads: self.loads.clone() }
    }
}

impl<D: Dialect, R, C, L> std::fmt::Debug for LoadedPage<D, R, C, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("LoadedPage").field(&self.page).finish()
    }
}

impl<D: Dialect, R: Send + 'static, C: CursorValues, L: Planned<D, R>> LoadedPage<D, R, C, L> {
    /// The page: all statements see one state of the database.
    ///
    /// # Errors
    /// As [`KeysetPage::fetch`].
    pub fn fetch<'e, E: Executor<D> + 'e>(mut self, executor: E) -> BoxFuture<'e, Result<Page<L::With, C>, Error>> {
        let loads = self.loads.plan(self.page.selection(), self.read);
        let cursor_width = self.page.key_count();
        let (mut parts, plan) = match self.page.planned() {
            Ok(planned) => planned,
            Err(reason) => return Box::pin(std::future::ready(Err(Error::Cursor { reason }))),
        };
        let keys = loads.columns();
        // The keys of the cursor come after all else but those of relations.
        let from_end = cursor_width + keys.iter().map(|(_, columns)| columns.len()).sum::<usize>();
        let places = places::find(&mut parts, &keys, 0);
        let statement = parts.into_statement(D::SYNTAX);
        if let Some(decode) = loads.alone() {
            let rows = Query { statement, decoder: with_cursor(from_end, move |row| decode(row)) };
            return Box::pin(executor.fetch_all(rows).map_ok(move |found| plan.page(found)));
        }
        let reads = loads.clone();
        let decoder = with_cursor(from_end, move |row: &mut D::Row<'_>| read_with_keys(&reads, &places, row));
        Box::pin(executor.snapshot(OnePage { rows: Query { statement, decoder }, plan, loads }))
    }
}

/// Reads a row, and then the keys of the cursor, so many columns before the end.
fn with_cursor<D: Dialect, T: 'static, C: CursorValues>(
    from_end: usize,
    read: impl Fn(&mut D::Row<'_>) -> Result<T, Error> + Send + Sync + 'static,
) -> Decoder<D, (T, C)> {
    Decoder::with(move |row: &mut D::Row<'_>| {
        let found = read(row)?;
        row.seek(row.width() - from_end);
        Ok((found, C::read(row)?))
    })
}

/// The rows of a page with the keys of their relations and of the cursors, and what to load by them.
struct OnePage<D: Dialect, C, P: Plan<D>> {
    rows: Query<D, ((P::Row, P::Keys), C)>,
    plan: PagePlan,
    loads: P,
}

impl<D: Dialect, C: CursorValues, P: Plan<D>> InSnapshot<D> for OnePage<D, C, P> {
    type Output = Page<P::With, C>;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<Self::Output, Error>> {
        let way = Way::new(self.loads.shape());
        Box::pin(async move {
            let (page, found) = self.plan.page(executor.fetch_all(self.rows).await?).take_rows();
            let (rows, keys): (Vec<P::Row>, Vec<P::Keys>) = found.into_iter().unzip();
            let loaded = self.loads.load(executor, keys, way).await?;
            Ok(page.with_rows(join_all::<D, P>(rows, loaded)))
        })
    }
}
