//! Transactions as closures.

mod level;

use std::{fmt, pin::pin};

use futures_core::Stream;
use futures_util::StreamExt;

use self::level::{Level, Shared, State};
use super::{BeginOf, Done, Driver, Executor, InSnapshot, Query, batch, held::Held, scope::Scope};
use crate::{Error, render::Statement};

/// Runs a closure in a transaction, on a pool, a connection or another transaction.
///
/// It commits if the closure returns `Ok`. It rolls back if the closure returns `Err`, if it panics, and if the
/// future is dropped before it is done.
///
/// ```
/// use mizzle::{Error, prelude::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// let answer = db.transaction(async |tx| {
///     // queries on `tx`: it is `Copy`, and goes to functions as it is
///     let inner: Result<(), Error> = tx.transaction(async |_tx| Err(Error::RowNotFound)).await;   // a savepoint
///     assert!(inner.is_err());
///     Ok(42)
/// }).await?;
/// assert_eq!(answer, 42);
/// # Ok(())
/// # }
/// ```
///
/// [`try_transaction`](Transactions::try_transaction) takes a closure whose error is your own, if [`Error`] converts
/// into it.
pub trait Transactions: Sized {
    /// The dialect.
    type Dialect: Driver;

    /// Runs a closure in a transaction that begins in a certain way; a savepoint always begins in the same.
    fn transaction_with<T, E, F>(
        self,
        begin: impl BeginOf<Self::Dialect>,
        work: F,
    ) -> impl Future<Output = Result<T, E>>
    where
        E: From<Error>,
        F: AsyncFnOnce(Tx<'_, Self::Dialect>) -> Result<T, E>;

    /// Runs a closure in a transaction.
    fn transaction<T, F>(self, work: F) -> impl Future<Output = Result<T, Error>>
    where
        F: AsyncFnOnce(Tx<'_, Self::Dialect>) -> Result<T, Error>,
    {
        self.transaction_with(<Self::Dialect as Driver>::Begin::default(), work)
    }

    /// Runs a closure with an error type of your own in a transaction.
    fn try_transaction<T, E, F>(self, work: F) -> impl Future<Output = Result<T, E>>
    where
        E: From<Error>,
        F: AsyncFnOnce(Tx<'_, Self::Dialect>) -> Result<T, E>,
    {
        self.transaction_with(<Self::Dialect as Driver>::Begin::default(), work)
    }
}

/// An open transaction, for queries to run on: what [`transaction`](Transactions::transaction) hands to the closure.
///
/// Statements that are sent at the same time (`join!`) take turns, and so do nested transactions. Using the outer
/// handle inside of a nested transaction would wait for itself and is an error; so is using a handle while a stream
/// of its rows is open.
///
/// ```
/// use mizzle::{Error, prelude::*};
///
/// async fn transfer(tx: Tx<'_, Sqlite>, from: i64, to: i64) -> Result<(), Error> {
///     // two updates on `tx`
/// #   let _ = (tx, from, to);
///     Ok(())
/// }
/// ```
pub struct Tx<'t, D: Driver> {
    level: &'t (dyn Shared<D> + 't),
}

impl<D: Driver> Clone for Tx<'_, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Driver> Copy for Tx<'_, D> {}

impl<D: Driver> fmt::Debug for Tx<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").field("dialect", &D::SYNTAX.name).finish_non_exhaustive()
    }
}

/// Runs a closure in a transaction of this connection.
pub(super) async fn run<D, T, E, F>(connection: &mut impl Held<D>, begin: D::Begin, work: F) -> Result<T, E>
where
    D: Driver,
    E: From<Error>,
    F: AsyncFnOnce(Tx<'_, D>) -> Result<T, E>,
{
    connection.is_busy();
    let around = State::default();
    let result = run_in::<D, T, E, F>(connection.connection(), begin, &around, work).await;
    if !around.is_lost() {
        connection.is_free();
    }
    result
}

/// Runs a closure in a transaction of this connection, or in a savepoint of the `outer` one.
async fn run_in<D, T, E, F>(connection: &mut D::Connection, begin: D::Begin, outer: &State, work: F) -> Result<T, E>
where
    D: Driver,
    E: From<Error>,
    F: AsyncFnOnce(Tx<'_, D>) -> Result<T, E>,
{
    let scope = Scope::<D>::begin(connection, begin).await?;
    let result = {
        let level = Level::<D>::new(scope.connection);
        let result = work(Tx { level: &level }).await;
        level.settle().await;
        match level.state().check() {
            Ok(()) => result.and_then(|value| level.state().check_commit().map(|()| value).map_err(E::from)),
            Err(error) if level.state().is_lost() => {
                outer.lose();
                // Rolling back would wait for an answer.
                return result.and(Err(error.into()));
            }
            Err(given_up) => {
                outer.give_up();
                result.and(Err(given_up.into()))
            }
        }
    };
    scope.end(result).await
}

impl<D: Driver> Transactions for Tx<'_, D> {
    type Dialect = D;

    async fn transaction_with<T, E, F>(self, begin: impl BeginOf<D>, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: AsyncFnOnce(Tx<'_, D>) -> Result<T, E>,
    {
        let begin = begin.begin();
        let mut turn = self.level.turn().await?;
        let outer = self.level.state();
        let result = outer.inside(run_in::<D, T, E, F>(&mut turn.connection, begin, outer, work)).await;
        turn.busy = false;
        result
    }
}

#[diagnostic::do_not_recommend]
impl<'t, D: Driver> Executor<D> for Tx<'t, D> {
    fn fetch<'e, R: Send + 'static>(self, query: Query<D, R>) -> impl Stream<Item = Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        async_stream::stream! {
            let mut turn = match self.level.turn().await {
                Ok(turn) => turn,
                Err(error) => {
                    yield Err(error);
                    return;
                }
            };
            let state = self.level.state();
            let _open = state.streaming();
            let error = {
                let mut rows = pin!(D::fetch(&mut turn.connection, query));
                loop {
                    match rows.next().await {
                        Some(Ok(row)) => {
                            turn.busy = false;
                            state.leaves_rows(true);
                            yield Ok(row);
                            state.leaves_rows(false);
                            turn.busy = true;
                        }
                        Some(Err(error)) => break error,
                        None => {
                            turn.busy = false;
                            return;
                        }
                    }
                }
            };
            let error = turn.failed(error).await;
            turn.busy = false;
            yield Err(error);
        }
    }

    async fn fetch_all<R: Send + 'static>(self, query: Query<D, R>) -> Result<Vec<R>, Error> {
        let mut turn = self.level.turn().await?;
        let result = D::fetch_all(&mut turn.connection, query).await;
        turn.done(result).await
    }

    async fn fetch_optional<R: Send + 'static>(self, query: Query<D, R>) -> Result<Option<R>, Error> {
        let mut turn = self.level.turn().await?;
        let result = D::fetch_optional(&mut turn.connection, query).await;
        turn.done(result).await
    }

    async fn execute(self, statement: Statement) -> Result<Done, Error> {
        let mut turn = self.level.turn().await?;
        let result = D::execute(&mut turn.connection, statement).await;
        turn.done(result).await
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> Result<Vec<R>, Error> {
        batch::fetch(self, queries).await
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> Result<Done, Error> {
        batch::execute(self, statements).await
    }

    async fn snapshot<W: InSnapshot<D>>(self, work: W) -> Result<W::Output, Error> {
        work.run(self).await
    }

    async fn atomic<W: InSnapshot<D>>(self, work: W) -> Result<W::Output, Error> {
        batch::atomic(self, work).await
    }
}
