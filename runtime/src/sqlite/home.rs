//! Where connections wait for their next use.

use std::{
    borrow::Borrow,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{runtime, task::spawn_blocking, time::timeout};

use super::{
    SqliteOptions,
    connection::{Connection, Role},
    lane::{Idle, Lane, Offer},
};
use crate::Error;

/// The connections of a pool.
pub(super) struct Home {
    pub(super) options: SqliteOptions,
    writer: Lane,
    /// If there is none, the writer reads too.
    readers: Option<Lane>,
}

/// A connection in use; it goes home when it is dropped.
pub(super) struct Checkout {
    /// It is there until then.
    connection: Option<Idle>,
    home: Arc<Home>,
    role: Role,
}

impl Home {
    /// Opens the database: one connection, so that it is known whether that is possible.
    pub(super) async fn open(options: SqliteOptions) -> Result<Arc<Self>, Error> {
        let readers = (!options.is_single()).then(|| Lane::new(options.max_connections - 1));
        let home = Arc::new(Home { writer: Lane::new(1), readers, options });
        home.checkout(Role::Writer).await?;
        Ok(home)
    }

    /// Whether there are connections that only read.
    #[inline]
    pub(super) fn has_readers(&self) -> bool {
        self.readers.is_some()
    }

    #[inline]
    fn lane(&self, role: Role) -> &Lane {
        match (role, &self.readers) {
            (Role::Reader, Some(readers)) => readers,
            _ => &self.writer,
        }
    }

    /// A connection, if one is idle.
    #[inline]
    pub(super) fn lend(self: &Arc<Self>, role: Role) -> Option<Loan<&Arc<Self>>> {
        let connection = self.lane(role).take()?;
        Some(Loan { connection: Some(connection), home: self, role })
    }

    /// A connection, waiting for a free one if need be.
    pub(super) async fn checkout(self: &Arc<Self>, role: Role) -> Result<Checkout, Error> {
        match self.lane(role).ask() {
            Offer::Ready(connection) => Ok(self.checked_out(role, connection)),
            offer => Box::pin(self.checkout_later(role, offer)).await,
        }
    }

    async fn checkout_later(self: &Arc<Self>, role: Role, mut offer: Offer) -> Result<Checkout, Error> {
        let until = Instant::now().checked_add(self.options.acquire_timeout);
        let left = || until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
        loop {
            offer = match offer {
                Offer::Ready(connection) => return Ok(self.checked_out(role, connection)),
                Offer::Open => return self.open_connection(role).await,
                Offer::Closed => return Err(Error::connection("the pool is closed")),
                Offer::Wait(comes) => match timeout(left(), comes).await {
                    Ok(Ok(checkout)) => return Ok(checkout),
                    Ok(Err(_)) => self.lane(role).ask(),
                    Err(_) => return Err(self.timed_out(role)),
                },
            };
        }
    }

    async fn open_connection(self: &Arc<Self>, role: Role) -> Result<Checkout, Error> {
        let place = Place { home: self, role, is_taken: false };
        let options = self.options.clone();
        // The connection that writes is set up for that, even where it reads as well.
        let kind = if self.has_readers() { role } else { Role::Writer };
        let opening = spawn_blocking(move || Connection::open(&options, kind).map(Box::new));
        let connection = opening.await.map_err(Error::connection)??;
        Ok(place.take(connection))
    }

    #[inline]
    fn checked_out(self: &Arc<Self>, role: Role, connection: Idle) -> Checkout {
        Checkout { connection: Some(connection), home: Arc::clone(self), role }
    }

    fn timed_out(&self, role: Role) -> Error {
        Error::connection(match (role, self.has_readers()) {
            (Role::Reader, true) => "timed out while waiting for a free connection",
            (Role::Writer, true) => {
                "timed out while waiting for the connection that writes: \
                 inside of a transaction, write on its handle, not on the pool"
            }
            (_, false) => {
                "timed out while waiting for the one connection of this database: \
                 inside of a transaction, run queries on its handle, not on the pool"
            }
        })
    }

    /// Takes a connection back.
    fn give_back(self: &Arc<Self>, role: Role, mut connection: Idle) {
        let lane = self.lane(role);
        // A database in memory is gone with its connection.
        if connection.clean() || self.options.file.is_none() {
            lane.put(connection, |connection| self.checked_out(role, connection));
        } else {
            lane.lose();
            aside(move || drop(connection));
        }
    }

    /// Waits until all connections are back, and closes them.
    pub(super) async fn close(&self) {
        // All at once: nobody begins to write while readers are waited for.
        let lanes = || self.readers.iter().chain([&self.writer]);
        let in_use: Vec<_> = lanes().filter_map(Lane::close).collect();
        for all_back in in_use {
            // It ends when its other side is dropped.
            let _ = all_back.await;
        }
        let idle: Vec<Idle> = lanes().flat_map(Lane::take_idle).collect();
        // It may copy the log into the database, and wait for the disk. That it panics is for it to say.
        let _ = spawn_blocking(move || drop(idle)).await;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.writer.is_closed()
    }

    /// How many connections are idle.
    pub(super) fn idle(&self) -> usize {
        self.writer.idle() + self.readers.as_ref().map_or(0, Lane::idle)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let mut idle = self.writer.take_idle();
        idle.extend(self.readers.iter().flat_map(Lane::take_idle));
        if !idle.is_empty() {
            aside(move || drop(idle));
        }
    }
}

impl Checkout {
    /// The connection; `None` once it is on its way home.
    pub(super) fn connection(&mut self) -> Option<&mut Connection> {
        self.connection.as_deref_mut()
    }

    pub(super) fn into_connection(mut self) -> Option<Idle> {
        self.connection.take()
    }

    pub(super) fn home(&self) -> &Arc<Home> {
        &self.home
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if connection.rollback_is_long() {
            // It goes home also when the runtime ends before the work is begun.
            let loan = Loan { connection: Some(connection), home: Arc::clone(&self.home), role: self.role };
            aside(move || drop(loan));
        } else {
            self.home.give_back(self.role, connection);
        }
    }
}

/// A connection that goes home when this is dropped, then and there.
pub(super) struct Loan<H: Borrow<Arc<Home>>> {
    connection: Option<Idle>,
    home: H,
    role: Role,
}

impl<H: Borrow<Arc<Home>>> Loan<H> {
    /// The connection; `None` never.
    pub(super) fn connection(&mut self) -> Option<&mut Connection> {
        self.connection.as_deref_mut()
    }

    /// The same for longer.
    pub(super) fn into_checkout(mut self) -> Option<Checkout> {
        Some(self.home.borrow().checked_out(self.role, self.connection.take()?))
    }
}

impl<H: Borrow<Arc<Home>>> Drop for Loan<H> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.home.borrow().give_back(self.role, connection);
        }
    }
}

/// A place for a connection, which is free again if none comes.
struct Place<'h> {
    home: &'h Arc<Home>,
    role: Role,
    is_taken: bool,
}

impl Place<'_> {
    fn take(mut self, connection: Idle) -> Checkout {
        self.is_taken = true;
        self.home.checked_out(self.role, connection)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.is_taken {
            self.home.lane(self.role).lose();
        }
    }
}

/// Does what may take long on a thread for that, if there is one.
fn aside(work: impl FnOnce() + Send + 'static) {
    match runtime::Handle::try_current() {
        Ok(runtime) => drop(runtime.spawn_blocking(work)),
        Err(_) => work(),
    }
}
