//! One level of a transaction: whose turn it is on the connection, and when waiting for it would never end.

use std::{
    cell::RefCell,
    future::poll_fn,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering::SeqCst},
};

use futures_util::future::BoxFuture;
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

use crate::{Error, run::Driver};

/// A transaction or savepoint that a closure is working in.
pub(super) struct Level<'c, D: Driver> {
    connection: Mutex<&'c mut D::Connection>,
    state: State,
}

/// A [`Level`] without the lifetime of its connection, which would otherwise be part of every handle's type.
pub(super) trait Shared<D: Driver>: Send + Sync {
    /// Waits for the connection.
    fn turn(&self) -> BoxFuture<'_, Result<Turn<'_, D>, Error>>;

    fn state(&self) -> &State;
}

/// The connection, for one statement, one stream or one nested transaction.
pub(super) struct Turn<'l, D: Driver> {
    pub(super) connection: MappedMutexGuard<'l, D::Connection>,
    /// Whether an answer is on its way.
    pub(super) busy: bool,
    state: &'l State,
}

/// What is going on in a level.
#[derive(Default)]
pub(super) struct State {
    streaming: AtomicBool,
    given_up: AtomicBool,
    lost: AtomicBool,
    aborted: AtomicBool,
    unread: AtomicBool,
}

impl<'c, D: Driver> Level<'c, D> {
    pub(super) fn new(connection: &'c mut D::Connection) -> Self {
        Level { connection: Mutex::new(connection), state: State::default() }
    }

    /// Reads what a dropped stream has left behind.
    pub(super) async fn settle(&self) {
        self.lock().await.read_rest().await;
    }

    async fn lock(&self) -> Turn<'_, D> {
        let connection = MutexGuard::map(self.connection.lock().await, |connection| &mut **connection);
        Turn { connection, busy: false, state: &self.state }
    }
}

impl<D: Driver> Shared<D> for Level<'_, D> {
    fn turn(&self) -> BoxFuture<'_, Result<Turn<'_, D>, Error>> {
        Box::pin(async move {
            self.state.waiting_would_end()?;
            let mut turn = self.lock().await;
            turn.read_rest().await;
            // Whoever had it before may have lost the transaction.
            self.state.check()?;
            turn.busy = true;
            Ok(turn)
        })
    }

    fn state(&self) -> &State {
        &self.state
    }
}

impl<D: Driver> Turn<'_, D> {
    pub(super) async fn done<T>(mut self, result: Result<T, Error>) -> Result<T, Error> {
        let result = match result {
            Ok(value) => {
                self.state.aborted.store(false, SeqCst);
                Ok(value)
            }
            Err(error) => Err(self.failed(error).await),
        };
        self.busy = false;
        result
    }

    /// Reads what a dropped stream has left. An error in it belongs to no statement that anyone waits for, and must
    /// not be taken for the next one's.
    async fn read_rest(&mut self) {
        if self.state.is_lost() || !self.state.unread.swap(false, SeqCst) {
            return;
        }
        self.busy = true;
        if let Err(error) = D::read_rest(&mut self.connection).await {
            self.failed(error).await;
        }
        self.busy = false;
    }

    /// Finds out whether the transaction outlived an error.
    pub(super) async fn failed(&mut self, error: Error) -> Error {
        if D::gave_up(&mut self.connection, &error).await {
            self.state.give_up();
        }
        if D::aborts(&error) {
            self.state.aborted.store(true, SeqCst);
        }
        error
    }
}

impl<D: Driver> Drop for Turn<'_, D> {
    fn drop(&mut self) {
        if self.busy && !D::SURVIVES_DROPS {
            self.state.lose();
        }
    }
}

thread_local! {
    /// The levels whose nested transactions are being polled on this thread, the innermost last.
    static POLLED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

impl State {
    /// The database has no such transaction any more: nothing may run in it.
    pub(super) fn give_up(&self) {
        self.given_up.store(true, SeqCst);
    }

    /// Nobody knows what the connection will answer next: nothing may run on it.
    pub(super) fn lose(&self) {
        self.lost.store(true, SeqCst);
    }

    pub(super) fn is_lost(&self) -> bool {
        self.lost.load(SeqCst)
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.is_lost() {
            return refuse("a query in this transaction was dropped half-way, and the transaction with it");
        }
        if self.given_up.load(SeqCst) {
            return Err(Error::given_up());
        }
        Ok(())
    }

    /// Whether the database would really commit.
    pub(super) fn check_commit(&self) -> Result<(), Error> {
        if self.aborted.load(SeqCst) {
            return refuse(
                "a statement of this transaction has failed, so it cannot be committed: \
                 run what may fail in a nested transaction",
            );
        }
        Ok(())
    }

    /// Whether a stream that is dropped now would leave rows to be read.
    pub(super) fn leaves_rows(&self, leaves: bool) {
        self.unread.store(leaves, SeqCst);
    }

    /// Marks a stream of rows as open until the mark is dropped.
    pub(super) fn streaming(&self) -> Streaming<'_> {
        self.streaming.store(true, SeqCst);
        Streaming(self)
    }

    /// Runs a nested transaction of this level, so that the level recognises a statement that comes from inside of it.
    pub(super) async fn inside<F: Future>(&self, nested: F) -> F::Output {
        let mut nested = pin!(nested);
        poll_fn(|context| {
            let _polled = Polled::enter(self.id());
            nested.as_mut().poll(context)
        })
        .await
    }

    fn waiting_would_end(&self) -> Result<(), Error> {
        self.check()?;
        if POLLED.with_borrow(|levels| levels.contains(&self.id())) {
            return refuse("a nested transaction is open: run the query on its handle, not on the outer one");
        }
        if self.streaming.load(SeqCst) {
            return refuse("a stream of rows is open in this transaction: read it to its end, or use `fetch_all`");
        }
        Ok(())
    }

    /// A level does not move while its handles are about.
    fn id(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

fn refuse(reason: &'static str) -> Result<(), Error> {
    Err(Error::Transaction { reason })
}

/// A stream of rows is open.
pub(super) struct Streaming<'l>(&'l State);

impl Drop for Streaming<'_> {
    fn drop(&mut self) {
        self.0.streaming.store(false, SeqCst);
    }
}

/// A nested transaction is being polled.
struct Polled;

impl Polled {
    fn enter(level: usize) -> Self {
        POLLED.with_borrow_mut(|levels| levels.push(level));
        Polled
    }
}

impl Drop for Polled {
    fn drop(&mut self) {
        POLLED.with_borrow_mut(|levels| levels.pop());
    }
}
