//! SELECT.

use std::marker::PhantomData;

use super::{
    clause::InHaving,
    filter::{Conditions, Filter},
    group::{GroupKeys, GroupedBy},
    limit::RowCount,
    order::{DistinctKeys, SortList},
    output::FromItem,
    parts::Parts,
    places::HavingPlaces,
    scope::{Around, FirstIsTable, NamesOuter, Outer, Push, ScopeRow},
    state::{
        CanRun, Distinct, Everything, FirstOfEach, Grouped, OneGroup, OrderBy, Rows, Selectable, Selected, Ungrouped,
    },
    tail::Clause,
};
use crate::{
    Error,
    dialect::{Dialect, DistinctOn, IndexHints},
    expr::{ExprIn, Logical, Render},
    render::Statement,
    run::Decode,
    table::Source,
};

/// A query over the scope `S` that returns rows of the type `R`.
///
/// It has the same type however many conditions it holds, so it can be built step by step, returned and kept.
/// `X` says how far it is written; see [`state`](super::state).
#[must_use = "a query does nothing until it is fetched"]
pub struct Select<D: Dialect, S, R, X = Rows> {
    pub(crate) parts: Box<Parts>,
    pub(crate) decode: Decode<D, R>,
    marker: PhantomData<fn() -> (S, X)>,
}

impl<D: Dialect, S, R, X> Clone for Select<D, S, R, X> {
    fn clone(&self) -> Self {
        Select { parts: self.parts.clone(), decode: self.decode, marker: PhantomData }
    }
}

impl<D: Dialect, S, R, X> std::fmt::Debug for Select<D, S, R, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Select").field(&self.statement().sql).finish()
    }
}

/// Reads the row of a scope.
pub(crate) fn read_scope<D: Dialect, S: ScopeRow>(row: &mut D::Row<'_>) -> Result<S::Row, Error> {
    S::read(row)
}

impl<D: Dialect, T: Source> Select<D, (T,), T::Table> {
    /// All rows of a table or alias.
    pub(crate) fn from_source() -> Self {
        Select { parts: Parts::from::<T>(D::SYNTAX), decode: read_scope::<D, (T,)>, marker: PhantomData }
    }
}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    pub(crate) fn of_parts<S2, R2, X2>(parts: Box<Parts>, decode: Decode<D, R2>) -> Select<D, S2, R2, X2> {
        Select { parts, decode, marker: PhantomData }
    }

    /// The same query, whose rows are read by another function.
    pub(crate) fn read_by<R2>(self, decode: Decode<D, R2>) -> Select<D, S, R2, X> {
        Self::of_parts(self.parts, decode)
    }

    /// Adds a condition; several must all hold. `None` adds nothing.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let name: Option<&str> = Some("A%");
    /// let query = User::query::<Sqlite>().filter(name.map(|name| User::name.like(name))).select(User::id);
    /// assert_eq!(query.to_sql().sql, r#"SELECT "users"."id" FROM "users" WHERE "users"."name" LIKE ?"#);
    /// ```
    pub fn filter<F: Filter<D, S, I>, I>(mut self, filter: F) -> Self {
        self.parts.add_conditions(Clause::Filter, |conditions| filter.add_to(conditions));
        self
    }

    /// Selects columns and expressions instead of whole rows: one, a tuple of them, or `row!(..)`.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Sqlite>().select((User::id, User::name.upper()));
    /// assert_eq!(query.to_sql().sql, r#"SELECT "users"."id", upper("users"."name") FROM "users""#);
    /// ```
    pub fn select<P: Selectable<D, S, X, I, R2, X2>, I, R2, X2>(mut self, selection: P) -> Select<D, S, R2, X2> {
        if P::FORGETS_ORDER {
            self.parts.tail.clear_order();
        }
        self.parts.one_row = P::ONE_ROW;
        selection.render(self.parts.selection());
        Self::of_parts(self.parts, P::read)
    }

    /// Groups by an expression, a whole row (`User::key()`), or a tuple of these; [`rollup`](super::rollup) and
    /// [`cube`](super::cube) add totals.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String }
    /// let query = User::query::<Sqlite>().group_by(User::city).having(count_star().gt(2)).select((User::city, count_star()));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."city", count(*) FROM "users" GROUP BY "users"."city" HAVING count(*) > ?"#
    /// );
    /// ```
    pub fn group_by<G: GroupKeys<D, S, K, I, S2>, K, I, S2, X2>(mut self, keys: G) -> Select<D, S2, R, X2>
    where
        X: Ungrouped<Grouped<K>, X2>,
    {
        self.parts.group(|out| keys.render(out));
        Self::of_parts(self.parts, self.decode)
    }

    /// A condition on groups: it may hold aggregates and group keys.
    pub fn having<E: Having<D, S, X, I, X2>, I, X2>(mut self, condition: E) -> Select<D, S, R, X2> {
        self.parts.add_conditions(Clause::Having, |conditions| condition.add_having(conditions));
        Self::of_parts(self.parts, self.decode)
    }

    /// Leaves out rows that repeat. It comes before `.select(..)`.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String }
    /// let query = User::query::<Sqlite>().distinct().select(User::city).order_by(User::city);
    /// assert_eq!(query.to_sql().sql, r#"SELECT DISTINCT "users"."city" FROM "users" ORDER BY "users"."city""#);
    /// ```
    pub fn distinct<X2>(mut self) -> Select<D, S, R, X2>
    where
        X: Ungrouped<Distinct<Everything>, X2>,
    {
        self.parts.distinct = true;
        self.parts.tail.clear_order();
        Self::of_parts(self.parts, self.decode)
    }

    /// `DISTINCT ON`: the first row of those that have these keys in common, by the order that follows. Rows are ordered
    /// by these keys before all others. PostgreSQL has it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, author_id: i64, views: i64 }
    /// let best = Post::query::<Postgres>().distinct_on(Post::author_id).order_by(Post::views.desc()).select(Post::id);
    /// assert_eq!(
    ///     best.to_sql().sql,
    ///     r#"SELECT DISTINCT ON ("posts"."author_id") "posts"."id" FROM "posts" ORDER BY "posts"."author_id", "posts"."views" DESC"#
    /// );
    /// # }
    /// ```
    pub fn distinct_on<K: DistinctKeys<D, S, I>, I, X2>(mut self, keys: K) -> Select<D, S, R, X2>
    where
        X: Ungrouped<FirstOfEach, X2>,
        D::Name: DistinctOn,
    {
        let mut list = Vec::new();
        keys.distinct_keys(&mut SortList::kept(&mut list));
        self.parts.distinct_on(list);
        Self::of_parts(self.parts, self.decode)
    }

    fn hint(mut self, words: &'static str, index: &'static str) -> Self {
        let hints = self.parts.hints();
        hints.sql(words);
        hints.name(index);
        hints.sql(")");
        self
    }

    /// `USE INDEX`: considers only these indexes of the first table. MySQL and MariaDB have it.
    ///
    /// ```
    /// # #[cfg(feature = "mysql")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users", index(name = "users_name", on = User::name))] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<MySql>().use_index("users_name").select(User::id);
    /// assert_eq!(query.to_sql().sql, "SELECT `users`.`id` FROM `users` USE INDEX (`users_name`)");
    /// # }
    /// ```
    pub fn use_index(self, index: &'static str) -> Self
    where
        D::Name: IndexHints,
        S: FirstIsTable,
    {
        self.hint(" USE INDEX (", index)
    }

    /// `FORCE INDEX`: reads the whole first table only if none of these indexes can be used. MySQL and MariaDB have it.
    pub fn force_index(self, index: &'static str) -> Self
    where
        D::Name: IndexHints,
        S: FirstIsTable,
    {
        self.hint(" FORCE INDEX (", index)
    }

    /// `IGNORE INDEX`: does not use this index of the first table. MySQL and MariaDB have it.
    pub fn ignore_index(self, index: &'static str) -> Self
    where
        D::Name: IndexHints,
        S: FirstIsTable,
    {
        self.hint(" IGNORE INDEX (", index)
    }

    /// Sorts by a key, or by a tuple of keys. A second call adds keys after the first ones.
    ///
    /// An `Option` of a key may add none, a `Vec` any number; [`sortable!`](crate::sortable) lists keys for others to choose.
    /// `.group_by(..)`, `.distinct()` and a `.select(..)` of aggregates only forget an earlier order: it was of rows,
    /// not of what becomes of them. What comes after them is checked against the groups, or what is selected.
    pub fn order_by<O: OrderBy<D, S, X, I>, I>(mut self, keys: O) -> Self {
        self.parts.add_order(|list| keys.keys(list));
        self
    }

    /// At most this many rows of the result, of groups if there are groups: a `u64`; an `Option` of it, of which `None`
    /// adds nothing; a `Param` of a prepared query.
    pub fn limit<N: RowCount>(mut self, rows: N) -> Self {
        self.parts.limit = rows.count().or(self.parts.limit);
        self
    }

    /// Leaves out this many rows of the result first.
    pub fn offset<N: RowCount>(mut self, rows: N) -> Self {
        self.parts.offset = rows.count().or(self.parts.offset);
        self
    }

    /// Page `number`, counted from 1, of `size` rows each. Order by something unique, or pages may overlap.
    pub fn page(self, number: u64, size: u64) -> Self {
        self.limit(size).offset(number.saturating_sub(1).saturating_mul(size))
    }

    /// Lets this query, as a subquery, use the columns of a table of the query around it.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, #[column(references = User::id)] author_id: i64 }
    /// let query = User::query::<Sqlite>()
    ///     .filter(exists(Post::query().outer::<User>().filter(Post::author_id.eq(User::id))))
    ///     .select(User::name);
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."name" FROM "users" WHERE EXISTS (SELECT 1 FROM "posts" WHERE "posts"."author_id" = "users"."id")"#
    /// );
    /// ```
    pub fn outer<T: FromItem>(mut self) -> Select<D, S::Out, R, X>
    where
        S: Push<Outer<T>>,
        Around: NamesOuter<S, T>,
    {
        self.parts.outer::<T>();
        Self::of_parts(self.parts, self.decode)
    }

    /// The SQL text and its parameters.
    pub fn to_sql(&self) -> Statement
    where
        X: CanRun<S>,
    {
        self.statement()
    }

    pub(crate) fn statement(&self) -> Statement {
        self.parts.clone().into_statement(D::SYNTAX)
    }
}

/// A condition on the groups of a query in the state `X`, which is in the state `After` then.
pub trait Having<D: Dialect, S, X, I, After> {
    /// Adds it.
    fn add_having(self, conditions: &mut Conditions<'_>);
}

/// A state in which HAVING makes sense.
#[diagnostic::on_unimplemented(
    message = "HAVING needs GROUP BY or an aggregate",
    label = "this query is not grouped: `.filter(..)` is for conditions on rows"
)]
pub trait HasGroups {
    /// The group keys.
    type Keys;
    /// The state after a condition, which may leave out what was the only group.
    type After;
}

#[diagnostic::do_not_recommend]
impl<K> HasGroups for Grouped<K> {
    type Keys = K;
    type After = Self;
}

#[diagnostic::do_not_recommend]
impl<K> HasGroups for Selected<Grouped<K>> {
    type Keys = K;
    type After = Self;
}

#[diagnostic::do_not_recommend]
impl HasGroups for Selected<OneGroup> {
    type Keys = ();
    type After = Selected<Grouped<()>>;
}

impl<D: Dialect, S, X, I, J, E> Having<D, S, X, (I, J), X::After> for E
where
    E: ExprIn<S, I, Base: Logical, Aggregates: InHaving> + Render<D> + GroupedBy<X::Keys, J>,
    X: HasGroups,
    J: HavingPlaces<D::Name>,
{
    fn add_having(self, conditions: &mut Conditions<'_>) {
        conditions.add::<D, E>(self);
    }
}
