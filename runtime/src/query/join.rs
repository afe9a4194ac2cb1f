//! Joins.

use std::{future::Ready, marker::PhantomData};

use super::{
    clause::ON,
    filter::Condition,
    parts::Parts,
    scope::{AllMaybe, Maybe, Push, ScopeRow},
    select::{Select, read_scope},
    state::CanJoin,
};
use crate::{
    Error,
    dialect::{Dialect, FullJoin},
    render::Statement,
    table::{Source, TableIn},
};

/// A join that waits for its condition: `.on(..)`.
///
/// `S` is the scope with the joined table in it.
#[must_use = "a join needs its condition: `.on(..)`"]
pub struct Joining<D, S, X> {
    parts: Box<Parts>,
    marker: PhantomData<fn() -> (D, S, X)>,
}

impl<D, S, X> std::fmt::Debug for Joining<D, S, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Joining").field(&self.parts).finish()
    }
}

impl<D, S, X> Joining<D, S, X> {
    pub(super) fn new(parts: Box<Parts>) -> Self {
        Joining { parts, marker: PhantomData }
    }
}

type Pushed<S, T> = <S as Push<T>>::Out;
type Widened<S> = <S as AllMaybe>::Out;

impl<D: Dialect, S, R, X> Select<D, S, R, X> {
    fn joining<T: Source, S2>(mut self, keyword: &'static str) -> Joining<D, S2, X> {
        self.parts.join::<T>(keyword);
        Joining::new(self.parts)
    }

    /// `INNER JOIN`: rows that have a partner in `T`.
    ///
    /// ```
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// # #[derive(Table)] #[table(name = "posts")] struct Post { #[column(primary_key)] id: i64, title: String, #[column(references = User::id)] author_id: i64 }
    /// let query = User::query::<Sqlite>().inner_join::<Post>().on(Post::author_id.eq(User::id)).select((User::name, Post::title));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT "users"."name", "posts"."title" FROM "users" INNER JOIN "posts" ON "posts"."author_id" = "users"."id""#
    /// );
    /// ```
    pub fn inner_join<T: Source<Table: TableIn<D::Name>>>(self) -> Joining<D, Pushed<S, T>, X>
    where
        S: Push<T>,
        X: CanJoin<S, T>,
    {
        self.joining::<T, _>(" INNER JOIN ")
    }

    /// `LEFT JOIN`: all rows so far; the columns of `T` become `Option`.
    pub fn left_join<T: Source<Table: TableIn<D::Name>>>(self) -> Joining<D, Pushed<S, Maybe<T>>, X>
    where
        S: Push<Maybe<T>>,
        X: CanJoin<S, T>,
    {
        self.joining::<T, _>(" LEFT JOIN ")
    }

    /// `RIGHT JOIN`: all rows of `T`; the columns so far become `Option`.
    pub fn right_join<T: Source<Table: TableIn<D::Name>>>(self) -> Joining<D, Pushed<Widened<S>, T>, X>
    where
        S: AllMaybe<Out: Push<T>>,
        X: CanJoin<S, T>,
    {
        self.joining::<T, _>(" RIGHT JOIN ")
    }

    /// `FULL JOIN`: all rows of both sides; all columns become `Option`. SQLite and PostgreSQL have it.
    pub fn full_join<T: Source<Table: TableIn<D::Name>>>(self) -> Joining<D, Pushed<Widened<S>, Maybe<T>>, X>
    where
        S: AllMaybe<Out: Push<Maybe<T>>>,
        X: CanJoin<S, T>,
        D::Name: FullJoin,
    {
        self.joining::<T, _>(" FULL JOIN ")
    }

    /// `CROSS JOIN`: each row with each row of `T`.
    pub fn cross_join<T: Source<Table: TableIn<D::Name>>>(
        mut self,
    ) -> Select<D, Pushed<S, T>, <Pushed<S, T> as ScopeRow>::Row, X>
    where
        S: Push<T, Out: ScopeRow>,
        X: CanJoin<S, T>,
    {
        self.parts.join::<T>(" CROSS JOIN ");
        Self::of_parts(self.parts, read_scope::<D, Pushed<S, T>>)
    }
}

impl<D: Dialect, S: ScopeRow, X> Joining<D, S, X> {
    /// The condition of the join: it may use every table joined so far, and the new one.
    pub fn on<C: Condition<D, S, ON, I>, I>(mut self, condition: C) -> Select<D, S, S::Row, X> {
        self.parts.on(|conditions| condition.add_to(conditions));
        Select::<D, S, S::Row, X>::of_parts(self.parts, read_scope::<D, S>)
    }
}

/// Never satisfied: it carries the words for a join without a condition.
#[diagnostic::on_unimplemented(message = "a join needs its condition: add `.on(..)`", label = "has no `.on(..)` yet")]
pub trait HasCondition {
    /// There is no condition, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

/// What a [`Select`] can do and a join without its condition cannot: each says that `.on(..)` is missing.
impl<D: Dialect, S: ScopeRow, X> Joining<D, S, X> {
    #[doc(hidden)]
    pub fn fetch_all<E>(self, _: E) -> Ready<Result<Vec<S::Row>, Error>>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn fetch_one<E>(self, _: E) -> Ready<Result<S::Row, Error>>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn fetch_optional<E>(self, _: E) -> Ready<Result<Option<S::Row>, Error>>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn filter<F>(self, _: F) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn select<P>(self, _: P) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn order_by<O>(self, _: O) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn limit<N>(self, _: N) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn offset<N>(self, _: N) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn group_by<K>(self, _: K) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn distinct(self) -> Select<D, S, S::Row, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn inner_join<T>(self) -> Joining<D, S, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn left_join<T>(self) -> Joining<D, S, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn right_join<T>(self) -> Joining<D, S, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn full_join<T>(self) -> Joining<D, S, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn cross_join<T>(self) -> Joining<D, S, X>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn count<E>(self, _: E) -> Ready<Result<i64, Error>>
    where
        Self: HasCondition,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn to_sql(self) -> Statement
    where
        Self: HasCondition,
    {
        self.never()
    }
}
