//! Joins of derived tables and CTEs.

use super::{
    derived::QuerySource,
    join::Joining,
    parts::Origin,
    scope::{AllMaybe, Entry, Push, ScopeRow},
    select::{Select, read_scope},
    state::CanJoin,
};
use crate::dialect::{Dialect, FullJoin};

type Pushed<S, T> = <S as Push<T>>::Out;
type Widened<S> = <S as AllMaybe>::Out;

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    pub(super) fn joining_to<S2>(mut self, keyword: &'static str, origin: &Origin) -> Joining<D, S2, X> {
        self.parts.join_origin(keyword, origin);
        Joining::new(self.parts)
    }

    /// `INNER JOIN` with a derived table or a CTE: see [`derived`](Self::derived) and [`cte`](Self::cte).
    pub fn inner_join_to<Q: QuerySource<D, E>, E: Entry>(self, query: &Q) -> Joining<D, Pushed<S, E>, X>
    where
        S: Push<E>,
        X: CanJoin<S, E::Source>,
    {
        self.joining_to(" INNER JOIN ", &query.joined().0)
    }

    /// `LEFT JOIN` with a derived table or a CTE, whose columns become `Option`.
    pub fn left_join_to<Q: QuerySource<D, E>, E: Entry>(self, query: &Q) -> Joining<D, Pushed<S, E::Maybe>, X>
    where
        S: Push<E::Maybe>,
        X: CanJoin<S, E::Source>,
    {
        self.joining_to(" LEFT JOIN ", &query.joined().0)
    }

    /// `RIGHT JOIN` with a derived table or a CTE: all of its rows; the columns so far become `Option`.
    pub fn right_join_to<Q: QuerySource<D, E>, E: Entry>(self, query: &Q) -> Joining<D, Pushed<Widened<S>, E>, X>
    where
        S: AllMaybe<Out: Push<E>>,
        X: CanJoin<S, E::Source>,
    {
        self.joining_to(" RIGHT JOIN ", &query.joined().0)
    }

    /// `FULL JOIN` with a derived table or a CTE: all columns become `Option`. SQLite and PostgreSQL have it.
    pub fn full_join_to<Q: QuerySource<D, E>, E: Entry>(self, query: &Q) -> Joining<D, Pushed<Widened<S>, E::Maybe>, X>
    where
        S: AllMaybe<Out: Push<E::Maybe>>,
        X: CanJoin<S, E::Source>,
        D::Name: FullJoin,
    {
        self.joining_to(" FULL JOIN ", &query.joined().0)
    }

    /// `CROSS JOIN` with a derived table or a CTE: each row with each of its rows.
    pub fn cross_join_to<Q: QuerySource<D, E>, E: Entry>(
        mut self,
        query: &Q,
    ) -> Select<D, Pushed<S, E>, <Pushed<S, E> as ScopeRow>::Row, X>
    where
        S: Push<E, Out: ScopeRow>,
        X: CanJoin<S, E::Source>,
    {
        self.parts.join_origin(" CROSS JOIN ", &query.joined().0);
        Self::of_parts(self.parts, read_scope::<D, Pushed<S, E>>)
    }
}
