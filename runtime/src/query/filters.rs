//! Conditions that are collected at run time.

use std::marker::PhantomData;

use super::{
    filter::{Conditions, Filter, FilterOf},
    stands_in::Fits,
};
use crate::{dialect::Dialect, expr::Level, render::Fragment};

/// Conditions that grow at run time; the dialect and the scope are inferred from their use.
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
/// let mut filters = Filters::new();
/// filters.push(User::name.like("A%"));
/// filters.push(User::id.gt(3));
/// let query = User::query::<Sqlite>().filter(filters.any()).select(User::id);
/// assert_eq!(
///     query.to_sql().sql,
///     r#"SELECT "users"."id" FROM "users" WHERE ("users"."name" LIKE ? OR "users"."id" > ?)"#
/// );
/// ```
#[derive(Debug)]
pub struct Filters<D, S> {
    conditions: Vec<Fragment>,
    marker: PhantomData<fn() -> (D, S)>,
}

impl<D, S> Clone for Filters<D, S> {
    fn clone(&self) -> Self {
        Filters { conditions: self.conditions.clone(), marker: PhantomData }
    }
}

impl<D, S> Default for Filters<D, S> {
    fn default() -> Self {
        Filters { conditions: Vec::new(), marker: PhantomData }
    }
}

impl<D: Dialect, S> Filters<D, S> {
    /// No conditions yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a condition.
    pub fn push<F: Filter<D, S, I>, I>(&mut self, filter: F) {
        let mut condition = Fragment::clause(D::SYNTAX);
        filter.add_to(&mut Conditions::all(&mut condition));
        if !condition.is_empty() {
            self.conditions.push(condition);
        }
    }

    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// All of them must hold; of none it is true.
    pub fn all(self) -> Collected<D, S> {
        Collected { filters: self, level: Level::And }
    }

    /// One of them must hold; of none it says nothing.
    pub fn any(self) -> Collected<D, S> {
        Collected { filters: self, level: Level::Or }
    }
}

/// Collected conditions, joined by AND or OR.
#[derive(Debug, Clone)]
pub struct Collected<D, S> {
    filters: Filters<D, S>,
    level: Level,
}

impl<D: Dialect, S> FilterOf<D, S, (), Fits> for Collected<D, S> {
    fn add(self, conditions: &mut Conditions<'_>) {
        conditions.group(self.level, |conditions| {
            for condition in self.filters.conditions {
                conditions.fragment(condition, Level::And);
            }
        });
    }
}
