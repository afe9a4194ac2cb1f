//! A connection in use by a task: on the task itself, or away on a thread for blocking work.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    sync::oneshot,
    task::{coop::consume_budget, spawn_blocking},
};

use super::{
    connection::{Connection, Job, Keep, Place, Pumped},
    failure,
    home::Checkout,
    patience::Patience,
};
use crate::{
    Error,
    render::Statement,
    run::{Begin, Done},
};

/// A connection in use.
pub struct Session {
    place: Whereabouts,
    busy_timeout: Duration,
    /// How many transactions and savepoints are open for the task.
    depth: usize,
    /// The connection has more open: those were dropped.
    is_behind: bool,
    /// The innermost one is not counted any more, but whoever ends it still waits for that.
    is_ending: bool,
}

enum Whereabouts {
    Here(Checkout),
    /// It comes back when what it was sent away with is done.
    Away(oneshot::Receiver<Checkout>),
}

impl Session {
    pub(super) fn new(checkout: Checkout) -> Self {
        let busy_timeout = checkout.home().options.busy_timeout;
        Session { place: Whereabouts::Here(checkout), busy_timeout, depth: 0, is_behind: false, is_ending: false }
    }

    /// Waits until the connection is here, and as the task thinks that it is.
    async fn here(&mut self) -> Result<&mut Connection, Error> {
        if self.is_behind || matches!(self.place, Whereabouts::Away(_)) {
            // In a box, here and below: what rarely happens takes no place in the futures of queries.
            Box::pin(self.come_here()).await?;
        }
        self.connection()
    }

    /// The same for what belongs to the open transaction: SQLite may have given that up in a statement whose error nobody
    /// waited for, and would now run it alone.
    async fn inside(&mut self) -> Result<&mut Connection, Error> {
        let connection = self.here().await?;
        if connection.has_given_up() {
            return Err(Error::given_up());
        }
        Ok(connection)
    }

    async fn come_here(&mut self) -> Result<(), Error> {
        if let Whereabouts::Away(back) = &mut self.place {
            let checkout = back.await.map_err(|_| lost())?;
            self.place = Whereabouts::Here(checkout);
        }
        if self.is_behind {
            self.roll_back().await?;
            self.is_behind = false;
        }
        Ok(())
    }

    fn connection(&mut self) -> Result<&mut Connection, Error> {
        match &mut self.place {
            Whereabouts::Here(checkout) => checkout.connection().ok_or_else(lost),
            Whereabouts::Away(_) => Err(lost()),
        }
    }

    /// Sends the connection away with some work. If nobody waits for it any more, it is told so, and comes back all the
    /// same.
    async fn away<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let cancel = self.connection()?.new_cancel();
        let (send, back) = oneshot::channel();
        let Whereabouts::Here(mut checkout) = std::mem::replace(&mut self.place, Whereabouts::Away(back)) else {
            return Err(lost());
        };
        let waiting = Waiting(Some(cancel));
        let task = spawn_blocking(move || {
            let result = checkout.connection().map(work);
            // If nobody is there to take it, it goes home.
            drop(send.send(checkout));
            result
        });
        let result = match task.await {
            Ok(result) => result.ok_or_else(lost),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(lost()),
        };
        waiting.end();
        if let Whereabouts::Away(back) = &mut self.place {
            self.place = Whereabouts::Here(back.await.map_err(|_| lost())?);
        }
        result
    }

    /// Makes a statement the running one.
    pub(super) async fn start(&mut self, statement: Statement) -> Result<Place, Error> {
        self.inside().await?.start(statement)
    }

    /// Takes the running statement away if it writes.
    pub(super) fn withdraw_write(&mut self) -> Option<Statement> {
        if self.reads_only() { None } else { self.connection().ok()?.withdraw() }
    }

    /// Whether the running statement leaves the database as it is.
    pub(super) fn reads_only(&mut self) -> bool {
        self.connection().is_ok_and(|connection| connection.reads_only())
    }

    /// Runs the statement that was started: to its end, or to as many rows as are asked for. Says what it changed if it
    /// is at its end.
    pub(super) async fn run<R: Send + 'static, K: Keep<R>>(
        &mut self,
        place: Place,
        job: &mut Job<R, K>,
    ) -> Result<Option<Done>, Error> {
        let pumped = match place {
            Place::Inline | Place::Short => self.pump_here(place, job)?,
            Place::Blocking => Pumped::Paused,
        };
        match pumped {
            Pumped::Finished => self.finish().await.map(Some),
            Pumped::Full => Ok(None),
            pumped => Box::pin(self.run_on(place, pumped, job)).await,
        }
    }

    /// Goes on with a statement and ends it, at its end or at as many rows as are asked for.
    pub(super) async fn run_out<R: Send + 'static, K: Keep<R>>(
        &mut self,
        place: Place,
        pumped: Pumped,
        job: &mut Job<R, K>,
    ) -> Result<Done, Error> {
        match self.run_on(place, pumped, job).await? {
            Some(done) => Ok(done),
            None => self.finish().await,
        }
    }

    /// Goes on with what is not done at once.
    async fn run_on<R: Send + 'static, K: Keep<R>>(
        &mut self,
        mut place: Place,
        mut pumped: Pumped,
        job: &mut Job<R, K>,
    ) -> Result<Option<Done>, Error> {
        let mut patience = Patience::new(self.busy_timeout);
        loop {
            match pumped {
                Pumped::Finished => return self.finish().await.map(Some),
                Pumped::Full => return Ok(None),
                Pumped::Paused | Pumped::Stopped => place = Place::Blocking,
                Pumped::Busy => {
                    if !patience.pause().await {
                        let locked = self.connection()?.locked();
                        self.stop();
                        return Err(locked);
                    }
                }
            }
            pumped = match place {
                Place::Inline | Place::Short => self.pump_here(place, job)?,
                Place::Blocking => self.pump_away(job).await.inspect_err(|_| self.stop())?,
            };
        }
    }

    fn pump_here<R: Send + 'static, K: Keep<R>>(&mut self, place: Place, job: &mut Job<R, K>) -> Result<Pumped, Error> {
        let connection = self.connection()?;
        let pumped = connection.pump_inline(job, place == Place::Inline);
        if pumped.is_err() {
            connection.finish();
        }
        pumped
    }

    async fn pump_away<R: Send + 'static, K: Keep<R>>(&mut self, job: &mut Job<R, K>) -> Result<Pumped, Error> {
        let mut taken = job.take();
        let (result, taken) = self
            .away(move |connection| {
                let result = connection.pump_blocking(&mut taken);
                (result, taken)
            })
            .await?;
        *job = taken;
        result
    }

    /// Ends the running statement.
    pub(super) async fn finish(&mut self) -> Result<Done, Error> {
        let (done, effort) = self.connection()?.finish();
        self.copy_log().await?;
        give_way(effort).await;
        Ok(done)
    }

    /// Ends the running statement, if it is here: on another thread, it has been told that nobody waits for it.
    pub(super) fn stop(&mut self) {
        // It may have come back, with the statement as it was left, before it could be told.
        if let Whereabouts::Away(back) = &mut self.place
            && let Ok(checkout) = back.try_recv()
        {
            self.place = Whereabouts::Here(checkout);
        }
        if let Ok(connection) = self.connection() {
            connection.finish();
        }
    }

    async fn copy_log(&mut self) -> Result<(), Error> {
        if self.connection()?.log_is_long() { Box::pin(self.away(Connection::checkpoint)).await } else { Ok(()) }
    }

    pub(crate) async fn begin(&mut self, begin: Begin) -> Result<(), Error> {
        let mut patience = Patience::new(self.busy_timeout);
        loop {
            let result = self.inside().await?.begin(begin);
            match result {
                Err(error) if failure::is_busy(&error) && patience.pause().await => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    self.depth += 1;
                    return Ok(());
                }
            }
        }
    }

    pub(crate) async fn commit(&mut self) -> Result<(), Error> {
        let mut patience = Patience::new(self.busy_timeout);
        loop {
            let connection = self.inside().await?;
            let result =
                if connection.commit_is_long() { self.away(Connection::commit).await? } else { connection.commit() };
            match result {
                Err(error) if failure::is_busy(&error) && patience.pause().await => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.is_ending = true;
                    self.copy_log().await?;
                    self.is_ending = false;
                    return Ok(());
                }
            }
        }
    }

    pub(crate) async fn rollback(&mut self) -> Result<(), Error> {
        self.start_rollback();
        self.is_ending = true;
        self.here().await?;
        self.is_ending = false;
        Ok(())
    }

    /// The innermost transaction is rolled back before the next statement, or when the connection goes home.
    pub(crate) fn start_rollback(&mut self) {
        if !std::mem::take(&mut self.is_ending) {
            self.depth = self.depth.saturating_sub(1);
        }
        self.is_behind = true;
        // What is short is done at once: it gives up its locks.
        let depth = self.depth;
        if let Ok(connection) = self.connection()
            && !connection.rollback_is_long()
        {
            connection.finish();
            self.is_behind = connection.rollback_to(depth).is_err();
        }
    }

    async fn roll_back(&mut self) -> Result<(), Error> {
        let depth = self.depth;
        let connection = self.connection()?;
        if connection.rollback_is_long() {
            self.away(move |connection| connection.rollback_to(depth)).await?
        } else {
            connection.rollback_to(depth)
        }
    }

    /// Whether SQLite gave the open transaction up by itself.
    pub(crate) fn has_given_up(&mut self) -> bool {
        self.connection().is_ok_and(|connection| connection.has_given_up())
    }
}

/// Counts work against the turn of a task: one that does nothing but short statements lets others have theirs.
pub(super) async fn give_way(effort: u32) {
    for _ in 0..effort {
        consume_budget().await;
    }
}

/// Somebody waits for the connection to come back.
struct Waiting(Option<Arc<AtomicBool>>);

impl Waiting {
    fn end(mut self) {
        self.0 = None;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(cancel) = &self.0 {
            cancel.store(true, Relaxed);
        }
    }
}

fn lost() -> Error {
    Error::connection("the connection was lost in a panic, or when the runtime was shut down")
}
