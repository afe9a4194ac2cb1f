//! LATERAL: derived tables that use the columns of the tables before them.

use std::{marker::PhantomData, ops::Deref};

use super::{
    derived::{Derived, Name, derived_origin, inner_query},
    join::Joining,
    output::{HasColumns, OutputRow, Returned},
    parts::Origin,
    scope::{Correlates, Maybe, Push, ScopeRow},
    select::{Select, read_scope},
    state::{CanJoin, Complete, State},
};
use crate::{
    dialect::{Dialect, Lateral},
    render::Fragment,
};

/// A derived table that uses columns of the query around it: see [`Select::lateral`]. Its fields are its columns, `R` is
/// its row, `S` its scope.
pub struct LateralTable<D, N, R, S> {
    query: Fragment,
    marker: PhantomData<fn() -> (D, N, R, S)>,
}

impl<D, N, R, S> Clone for LateralTable<D, N, R, S> {
    fn clone(&self) -> Self {
        LateralTable { query: self.query.clone(), marker: PhantomData }
    }
}

impl<D, N: Name, R, S> std::fmt::Debug for LateralTable<D, N, R, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("LateralTable").field(&N::NAME).finish()
    }
}

impl<D, N: Name, R: OutputRow, S> Deref for LateralTable<D, N, R, S> {
    type Target = R::Columns<Derived<N, R>>;

    fn deref(&self) -> &Self::Target {
        R::columns::<Derived<N, R>>()
    }
}

impl<D, N: Name, R: OutputRow, S> LateralTable<D, N, R, S> {
    fn origin(&self) -> Origin {
        derived_origin::<N, R>("LATERAL (", &self.query)
    }
}

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// A derived table that is made anew for each row of the tables before it, whose columns it can use: it names them by
    /// `.outer::<..>()`. It is joined by [`inner_join_lateral`](Self::inner_join_lateral) and the like. PostgreSQL and
    /// MySQL have it.
    pub fn lateral<N: Name, R2: OutputRow>(self, _: N) -> LateralTable<D, N, R2, S>
    where
        Returned<R>: HasColumns<R, R2>,
        D::Name: Lateral,
        State<X>: Complete,
    {
        LateralTable { query: inner_query::<D, R2>(self.parts), marker: PhantomData }
    }
}

type WholeRows<D, S, X> = Select<D, S, <S as ScopeRow>::Row, X>;
type Pushed<S, T> = <S as Push<T>>::Out;

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    /// `INNER JOIN LATERAL`: a derived table that is made anew for each row so far, whose columns it can use: it names
    /// their tables by `.outer::<..>()`. PostgreSQL and MySQL have it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, title: String, views: i64, #[column(references = User::id)] author_id: i64 }
    /// let best = Post::query()
    ///     .outer::<User>()
    ///     .filter(Post::author_id.eq(User::id))
    ///     .select(row!({ title: Post::title }))
    ///     .order_by(Post::views.desc())
    ///     .limit(2)
    ///     .lateral(alias!(best));
    /// let query = User::query::<Postgres>().cross_join_lateral(&best).select((User::name, best.title));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."name", "best"."title" FROM "users" CROSS JOIN LATERAL (SELECT "posts"."title" AS "title" FROM "posts" WHERE "posts"."author_id" = "users"."id" ORDER BY "posts"."views" DESC LIMIT 2) AS "best""#
    /// );
    /// # }
    /// ```
    pub fn inner_join_lateral<N: Name, T: OutputRow, Q, I>(
        self,
        query: &LateralTable<D, N, T, Q>,
    ) -> Joining<D, Pushed<S, Derived<N, T>>, X>
    where
        Q: Correlates<S, I>,
        S: Push<Derived<N, T>>,
        X: CanJoin<S, Derived<N, T>>,
    {
        self.joining_to(" INNER JOIN ", &query.origin())
    }

    /// `LEFT JOIN LATERAL`: all rows so far, also those for which the derived table is empty; its columns become
    /// `Option`. See [`inner_join_lateral`](Self::inner_join_lateral).
    pub fn left_join_lateral<N: Name, T: OutputRow, Q, I>(
        self,
        query: &LateralTable<D, N, T, Q>,
    ) -> Joining<D, Pushed<S, Maybe<Derived<N, T>>>, X>
    where
        Q: Correlates<S, I>,
        S: Push<Maybe<Derived<N, T>>>,
        X: CanJoin<S, Derived<N, T>>,
    {
        self.joining_to(" LEFT JOIN ", &query.origin())
    }

    /// `CROSS JOIN LATERAL`: each row so far with each row of the derived table that is made for it. See
    /// [`inner_join_lateral`](Self::inner_join_lateral).
    pub fn cross_join_lateral<N: Name, T: OutputRow, Q, I>(
        mut self,
        query: &LateralTable<D, N, T, Q>,
    ) -> WholeRows<D, Pushed<S, Derived<N, T>>, X>
    where
        Q: Correlates<S, I>,
        S: Push<Derived<N, T>, Out: ScopeRow>,
        X: CanJoin<S, Derived<N, T>>,
    {
        self.parts.join_origin(" CROSS JOIN ", &query.origin());
        Self::of_parts(self.parts, read_scope::<D, Pushed<S, Derived<N, T>>>)
    }
}
