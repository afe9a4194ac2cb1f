//! A query and the relations of its rows.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{
    HasPlace, Load, Plan, Planned, TakesRelations, Together, Way,
    at_once::FEW,
    places,
    plan::{join_all, read_with_keys},
};
use crate::{
    Error,
    dialect::Dialect,
    query::{
        Filter, RowCount, Select,
        state::{CanRun, OrderBy, Rows, Selected, State},
    },
    render::Statement,
    run::{BoxFuture, Decoder, Executor, InSnapshot, Query},
};

/// A query whose rows come with what their relations lead to: `(User, Vec<Post>)`. See [`Select::with`].
#[must_use = "a query does nothing until it is fetched"]
pub struct Loaded<D: Dialect, S, R, X, L> {
    pub(crate) select: Select<D, S, R, X>,
    pub(crate) loads: L,
}

impl<D: Dialect, S, R, X, L: Clone> Clone for Loaded<D, S, R, X, L> {
    fn clone(&self) -> Self {
        Loaded { select: self.select.clone(), loads: self.loads.clone() }
    }
}

impl<D: Dialect, S, R, X, L> std::fmt::Debug for Loaded<D, S, R, X, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Loaded").field(&self.select).finish()
    }
}

/// A query in the state `X`, whose rows are rows of tables, which have relations. `After` is the same state, but unknown where
/// there are none: that such a query cannot run is no second error.
#[diagnostic::on_unimplemented(
    message = "rows that are grouped, aggregated, made distinct or locked have no relations to load",
    label = "these are no rows of a table any more"
)]
pub trait HasRelations<After> {}
#[diagnostic::do_not_recommend]
impl HasRelations<Rows> for State<Rows> {}
#[diagnostic::do_not_recommend]
impl HasRelations<Selected<Rows>> for State<Selected<Rows>> {}

/// Never satisfied: it carries the words for a `.select(..)` after `.with(..)`.
#[diagnostic::on_unimplemented(
    message = "`.select(..)` comes before `.with(..)`",
    label = "says too late what the rows are"
)]
pub trait BeforeWith {}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// Loads what a relation of a table of this query leads to, beside each row: `(User, Vec<Post>)`. It takes one more
    /// statement, or one for every 8 000 keys or more (of several columns, 2 000) where a database cannot take all in one. A second call adds to the row: `(User, Vec<Post>, Vec<Group>)`.
    ///
    /// The relation may have conditions, an order, a limit for each row, columns of its own, and relations of its own:
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", has_many(posts = Post::author_id))] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts", has_many(comments = Comment::post_id))] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64, title: String }
    /// # #[derive(Table)] #[table(name = "comments")] struct Comment { #[column(primary_key)] id: i64, #[column(references = Post::id)] post_id: i64, text: String }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mizzle::Error> {
    /// # let db = SqlitePool::connect("sqlite::memory:").await?;
    /// # schema! { User, Post, Comment }.create_tables(&db).await?;
    /// # User::insert().values((User::id.set(1), User::name.set("Ann"))).execute(&db).await?;
    /// # for id in 1..=5 { Post::insert().values((Post::id.set(id), Post::author_id.set(1), Post::title.set("p"))).execute(&db).await?; }
    /// # Comment::insert().values((Comment::id.set(1), Comment::post_id.set(4), Comment::text.set("c"))).execute(&db).await?;
    /// let users: Vec<(User, Vec<(Post, Vec<Comment>)>)> = User::query()
    ///     .with(User::posts().order_by(Post::id.desc()).limit(3).with(Post::comments()))
    ///     .fetch_all(&db)
    ///     .await?;
    /// let (ann, posts) = &users[0];
    /// assert_eq!((ann.name.as_str(), posts.len()), ("Ann", 3));
    /// assert_eq!((posts[0].0.id, posts[1].1.len()), (5, 1));
    /// # Ok(()) }
    /// ```
    ///
    /// On PostgreSQL, one row and what belongs to it, or up to 50 rows if a limit says that there are no more, take one
    /// statement in all, unless arrays are among their columns, or text is among the keys of the relations; what it finds must
    /// be less than 1 GB.
    ///
    /// On a pool or a connection, all statements see the same state of the database; in a transaction, what that shows: on
    /// PostgreSQL that may be another one for each statement, unless it is `RepeatableRead`. A key that the database takes
    /// for equal to one that is written otherwise, as a collation without case does, is an [`Error::Decode`].
    pub fn with<A: Load<D, S, (), I, L>, I, L, X2>(self, relation: A) -> Loaded<D, S, R, X2, L>
    where
        State<X>: HasRelations<X2>,
    {
        Loaded { select: Self::of_parts(self.parts, self.decode), loads: relation.after(()) }
    }
}

impl<D: Dialect, S, R: Send + 'static, X, L> Loaded<D, S, R, X, L> {
    /// Loads another relation.
    pub fn with<A: Load<D, S, L, I, L2>, I, L2>(self, relation: A) -> Loaded<D, S, R, X, L2>
    where
        L: TakesRelations + HasPlace,
    {
        Loaded { select: self.select, loads: relation.after(self.loads) }
    }

    /// What is selected comes before what is loaded for it.
    #[doc(hidden)]
    pub fn select<P: BeforeWith>(self, _: P) -> Self {
        self
    }

    /// Adds a condition on the rows.
    pub fn filter<F: Filter<D, S, I>, I>(self, filter: F) -> Self {
        Loaded { select: self.select.filter(filter), ..self }
    }

    /// Sorts the rows.
    pub fn order_by<O: OrderBy<D, S, X, I>, I>(self, keys: O) -> Self {
        Loaded { select: self.select.order_by(keys), ..self }
    }

    /// At most this many rows.
    pub fn limit<N: RowCount>(self, rows: N) -> Self {
        Loaded { select: self.select.limit(rows), ..self }
    }

    /// Leaves out this many rows first.
    pub fn offset<N: RowCount>(self, rows: N) -> Self {
        Loaded { select: self.select.offset(rows), ..self }
    }

    /// Page `number`, counted from 1, of `size` rows each.
    pub fn page(self, number: u64, size: u64) -> Self {
        Loaded { select: self.select.page(number, size), ..self }
    }

    /// How many rows there are, of the query itself.
    ///
    /// # Errors
    /// As [`Select::fetch_all`].
    pub fn count<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<i64, Error>>
    where
        X: CanRun<S>,
    {
        self.select.count(executor)
    }

    /// Whether there is a row of the query itself.
    ///
    /// # Errors
    /// As [`Select::fetch_all`].
    pub fn exists<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<bool, Error>>
    where
        X: CanRun<S>,
    {
        self.select.exists(executor)
    }
}

impl<D: Dialect, S, R: Send + 'static, X, L: Planned<D, R>> Loaded<D, S, R, X, L> {
    /// The query, and what is made of its rows.
    pub(super) fn planned(mut self) -> (Select<D, S, R, X>, impl Plan<D, With = L::With> + use<D, S, R, X, L>) {
        let plan = self.loads.plan(&mut self.select.parts.projection, self.select.decode);
        (self.select, plan)
    }

    /// The SQL text and the parameters of the statement that finds the rows, perhaps with all that belongs to them;
    /// otherwise the statements of their relations are made of the keys that it finds, which it selects as well.
    pub fn to_sql(&self) -> Statement
    where
        X: CanRun<S>,
    {
        let (select, plan) = self.clone().planned();
        match plan.alone() {
            Some(decode) => select.read_by(decode).into_query().statement,
            None => match at_once(&select, &plan) {
                Some(query) => query.statement,
                None => Roots::of(select, plan).query.statement,
            },
        }
    }

    /// All rows.
    ///
    /// # Errors
    /// As [`Select::fetch_all`].
    pub fn fetch_all<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Vec<L::With>, Error>>
    where
        X: CanRun<S>,
    {
        let (select, plan) = self.planned();
        match plan.alone() {
            Some(decode) => Box::pin(executor.fetch_all(select.read_by(decode).into_query())),
            None => fetch(select, plan, executor),
        }
    }

    /// The first row.
    ///
    /// # Errors
    /// [`Error::RowNotFound`] if there is none; otherwise as [`Select::fetch_all`].
    pub fn fetch_one<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<L::With, Error>>
    where
        X: CanRun<S>,
    {
        let row = self.fetch_optional(executor);
        Box::pin(row.map(|row| row?.ok_or(Error::RowNotFound)))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Select::fetch_all`].
    pub fn fetch_optional<'e, E: Executor<D> + 'e>(self, executor: E) -> BoxFuture<'e, Result<Option<L::With>, Error>>
    where
        X: CanRun<S>,
    {
        let (select, plan) = self.planned();
        if let Some(decode) = plan.alone() {
            return Box::pin(executor.fetch_optional(select.read_by(decode).into_query_of_one()));
        }
        Box::pin(fetch(select.into_one(), plan, executor).map(|rows| Ok(rows?.into_iter().next())))
    }
}

/// All rows of a query with what belongs to them.
fn fetch<'e, D: Dialect, S, R: Send + 'static, X, P: Plan<D>, E: Executor<D> + 'e>(
    select: Select<D, S, R, X>,
    plan: P,
    executor: E,
) -> BoxFuture<'e, Result<Vec<P::With>, Error>> {
    match at_once(&select, &plan) {
        Some(query) => Box::pin(executor.fetch_all(query).map_ok(|rows| rows.into_iter().flatten().collect())),
        None => Box::pin(executor.snapshot(Roots::of(select, plan))),
    }
}

/// The query that finds the rows and what belongs to them by one statement, if there are few.
fn at_once<D: Dialect, S, R: Send + 'static, X, P: Plan<D>>(
    select: &Select<D, S, R, X>,
    plan: &P,
) -> Option<Query<D, Vec<P::With>>> {
    let mut together = Together::new();
    if !select.parts.limit.is_some_and(|rows| rows.is_within(FEW)) || !together.takes(&select.parts, &[], plan) {
        return None;
    }
    let mut parts = select.parts.clone();
    let places = places::find(&mut parts, &plan.columns(), 0);
    let rows = together.add(parts.into_numbered(None), None, places);
    together.below(&rows, plan);
    together.finish(plan.clone())
}

/// The rows of a query with their keys, and what to load by these.
pub(super) struct Roots<D: Dialect, P: Plan<D>> {
    pub(super) query: Query<D, (P::Row, P::Keys)>,
    pub(super) plan: P,
}

impl<D: Dialect, P: Plan<D>> Roots<D, P> {
    pub(super) fn of<S, R: Send + 'static, X>(mut select: Select<D, S, R, X>, plan: P) -> Self {
        let places = places::find(&mut select.parts, &plan.columns(), 0);
        let Query { statement, .. } = select.into_query();
        let reads = plan.clone();
        let decoder = Decoder::with(move |row: &mut D::Row<'_>| read_with_keys(&reads, &places, row));
        Roots { query: Query { statement, decoder }, plan }
    }
}

impl<D: Dialect, P: Plan<D>> InSnapshot<D> for Roots<D, P> {
    type Output = Vec<P::With>;

    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<Self::Output, Error>> {
        let way = Way::new(self.plan.shape());
        Box::pin(async move {
            let (rows, keys): (Vec<P::Row>, Vec<P::Keys>) = executor.fetch_all(self.query).await?.into_iter().unzip();
            let loaded = self.plan.load(executor, keys, way).await?;
            Ok(join_all::<D, P>(rows, loaded))
        })
    }
}
