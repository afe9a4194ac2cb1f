//! Several statements that belong together.

use super::{BoxFuture, Executor};
use crate::{Error, dialect::Dialect};

/// Statements of which later ones need what earlier ones found.
///
/// [`Executor::snapshot`] and [`Executor::atomic`] run them. A wrapper around an executor that wants to see them implements it for work of its
/// own, which hands the wrapped executor to the inner one.
pub trait InSnapshot<D: Dialect>: Send {
    /// What they find.
    type Output: Send;

    /// Runs them, on something that is in one transaction as long as they run.
    fn run<'e, E: Executor<D> + Copy + Sync + 'e>(self, executor: E) -> BoxFuture<'e, Result<Self::Output, Error>>
    where
        Self: 'e;
}
