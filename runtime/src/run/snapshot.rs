//! Several queries that see the same state of the database.

use super::{BoxFuture, Executor};
use crate::{Error, dialect::Dialect};

/// Queries of which later ones need what earlier ones found, and that all see the same state of the database.
///
/// [`Executor::snapshot`] runs them. A wrapper around an executor that wants to see them implements it for work of its
/// own, which hands the wrapped executor to the inner one.
pub trait InSnapshot<D: Dialect>: Send + 'static {
    /// What they find.
    type Output: Send + 'static;

    /// Runs them, on something that shows one state of the database as long as they run.
    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<Self::Output, Error>>;
}
