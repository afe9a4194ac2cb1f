//! What a write cannot do yet, or not any more: each says what is missing.

use std::future::Ready;

use super::{insert::InsertInto, returning::Returning, upsert::Upsert};
use crate::{Error, dialect::Dialect, relation::InsertWith};

/// Never satisfied: it carries the words for an insert without rows.
#[diagnostic::on_unimplemented(
    message = "an insert needs its rows: `.values(..)`, `.row(..)`, `.rows(..)` or `.from_query(..)`",
    label = "inserts nothing yet"
)]
pub trait HasRows {
    /// There are no rows, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

/// Never satisfied: it carries the words for a conflict of which nothing is said.
#[diagnostic::on_unimplemented(
    message = "say what happens on a conflict: `.do_nothing()`, `.do_update(..)` or `.do_update_all()`",
    label = "says nothing of rows that are in conflict"
)]
pub trait SettlesConflicts {
    /// Nothing is settled, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

/// Never satisfied: it carries the words for a write that returns rows which nobody fetches.
#[diagnostic::on_unimplemented(
    message = "a write with `.returning(..)` is fetched: `.fetch_all(..)`, `.fetch_one(..)` or `.fetch_optional(..)`",
    label = "returns rows"
)]
pub trait ReturnsNothing {
    /// It returns rows, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

/// Never satisfied: it carries the words for what must be said before RETURNING.
#[diagnostic::on_unimplemented(
    message = "`.returning(..)` comes last: say what happens on a conflict before it",
    label = "too late for this clause"
)]
pub trait BeforeReturning {
    /// It is too late, so there is nothing that this could return.
    fn never<T>(self) -> T;
}

impl<D, T> InsertInto<D, T> {
    #[doc(hidden)]
    pub fn execute<E>(self, _: E) -> Ready<Result<u64, Error>>
    where
        Self: HasRows,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn with<A>(self, _: A) -> InsertWith<D, T, (A,)>
    where
        Self: HasRows,
    {
        self.never()
    }
}

impl<D, T> Upsert<D, T> {
    #[doc(hidden)]
    pub fn execute<E>(self, _: E) -> Ready<Result<u64, Error>>
    where
        Self: SettlesConflicts,
    {
        self.never()
    }
}

impl<D: Dialect, R> Returning<D, R> {
    #[doc(hidden)]
    pub fn execute<E>(self, _: E) -> Ready<Result<u64, Error>>
    where
        Self: ReturnsNothing,
    {
        self.never()
    }

    #[doc(hidden)]
    pub fn on_conflict<K, T>(self, _: K) -> Upsert<D, T>
    where
        Self: BeforeReturning,
    {
        self.never()
    }
}
