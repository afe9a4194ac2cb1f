//! Where connections wait for their next use.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use tokio::{
    runtime,
    sync::{Semaphore, SemaphorePermit, TryAcquireError},
    task::spawn_blocking,
    time::timeout,
};

use super::{
    SqliteOptions,
    connection::{Connection, Role},
};
use crate::Error;

/// The connections of a pool.
pub(super) struct Home {
    pub(super) options: SqliteOptions,
    writer: Lane,
    /// If there is none, the writer reads too.
    readers: Option<Lane>,
    is_closed: AtomicBool,
}

/// Connections of one kind. Who has a permit has a connection, or may open one.
struct Lane {
    role: Role,
    size: u32,
    permits: Semaphore,
    idle: Mutex<Vec<Idle>>,
}

/// In a box: it moves from task to task.
type Idle = Box<Connection>;

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
        let readers = (!options.is_single()).then(|| Lane::new(Role::Reader, options.max_connections - 1));
        let home = Home { writer: Lane::new(Role::Writer, 1), readers, is_closed: AtomicBool::new(false), options };
        let first = home.open_connection(Role::Writer).await?;
        home.writer.put(first);
        Ok(Arc::new(home))
    }

    async fn open_connection(&self, role: Role) -> Result<Idle, Error> {
        let options = self.options.clone();
        let opening = spawn_blocking(move || Connection::open(&options, role).map(Box::new));
        opening.await.map_err(Error::connection)?
    }

    fn lane(&self, role: Role) -> &Lane {
        match (role, &self.readers) {
            (Role::Reader, Some(readers)) => readers,
            _ => &self.writer,
        }
    }

    /// Whether there are connections that only read.
    pub(super) fn has_readers(&self) -> bool {
        self.readers.is_some()
    }

    /// A connection, waiting for a free one if need be.
    pub(super) async fn checkout(self: &Arc<Self>, role: Role) -> Result<Checkout, Error> {
        let lane = self.lane(role);
        let permit = match lane.permits.try_acquire() {
            Ok(permit) => permit,
            Err(TryAcquireError::NoPermits) => self.wait(lane).await?,
            Err(TryAcquireError::Closed) => return Err(closed()),
        };
        if self.is_closed.load(SeqCst) {
            return Err(closed());
        }
        let connection = match lane.take() {
            Some(connection) => connection,
            None => self.open_connection(lane.role).await?,
        };
        permit.forget();
        Ok(Checkout { connection: Some(connection), home: Arc::clone(self), role: lane.role })
    }

    async fn wait<'l>(&self, lane: &'l Lane) -> Result<SemaphorePermit<'l>, Error> {
        match timeout(self.options.acquire_timeout, lane.permits.acquire()).await {
            Ok(permit) => permit.map_err(|_| closed()),
            Err(_) if self.has_readers() => Err(Error::connection("timed out while waiting for a free connection")),
            Err(_) => Err(Error::connection(
                "timed out while waiting for the one connection of this database: \
                 inside of a transaction, run queries on its handle, not on the pool",
            )),
        }
    }

    /// Takes a connection back.
    fn give_back(&self, role: Role, mut connection: Idle) {
        let lane = self.lane(role);
        let is_clean = connection.clean();
        // A database in memory is gone with its connection.
        let is_kept = is_clean || self.options.file.is_none();
        if is_kept && !self.is_closed.load(SeqCst) {
            lane.put(connection);
        } else {
            aside(move || drop(connection));
        }
        lane.permits.add_permits(1);
    }

    /// Waits until all connections are back, and closes them.
    pub(super) async fn close(&self) {
        self.is_closed.store(true, SeqCst);
        for lane in [Some(&self.writer), self.readers.as_ref()].into_iter().flatten() {
            let Ok(all) = lane.permits.acquire_many(lane.size).await else {
                continue;
            };
            let idle = lane.take_all();
            // It may copy the log into the database, and wait for the disk. That it panics is for it to say.
            let _ = spawn_blocking(move || drop(idle)).await;
            all.forget();
            lane.permits.close();
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(SeqCst)
    }

    /// How many connections are idle.
    pub(super) fn idle(&self) -> usize {
        let count = |lane: &Lane| lane.idle.lock().unwrap_or_else(PoisonError::into_inner).len();
        count(&self.writer) + self.readers.as_ref().map_or(0, count)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let mut idle = self.writer.take_all();
        idle.extend(self.readers.iter().flat_map(Lane::take_all));
        if !idle.is_empty() {
            aside(move || drop(idle));
        }
    }
}

impl Lane {
    fn new(role: Role, size: u32) -> Self {
        let permits = Semaphore::new(size.try_into().unwrap_or(Semaphore::MAX_PERMITS));
        Lane { role, size, permits, idle: Mutex::default() }
    }

    /// The one that was used last: its memory is warm.
    fn take(&self) -> Option<Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn take_all(&self) -> Vec<Idle> {
        std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, connection: Idle) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

impl Checkout {
    /// The connection; `None` once it is on its way home.
    pub(super) fn connection(&mut self) -> Option<&mut Connection> {
        self.connection.as_deref_mut()
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
        let (home, role) = (Arc::clone(&self.home), self.role);
        if connection.rollback_is_long() {
            aside(move || home.give_back(role, connection));
        } else {
            home.give_back(role, connection);
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

fn closed() -> Error {
    Error::connection("the pool is closed")
}
