//! What SQLite asks while it runs a statement: whether to go on.

use std::{
    cell::{Cell, RefCell},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// When a running statement stops.
#[derive(Default)]
pub(super) struct Watch {
    limit: Cell<Option<Duration>>,
    /// When SQLite asked first: short statements never look at the clock.
    since: Cell<Option<Instant>>,
    has_stopped: Cell<bool>,
    heeds_cancel: Cell<bool>,
    cancel: RefCell<Arc<AtomicBool>>,
    log: Cell<u32>,
}

impl Watch {
    /// Stops the next statement once it has run for so long.
    #[inline]
    pub(super) fn begin(&self, limit: Option<Duration>) {
        self.limit.set(limit);
        self.since.set(None);
        self.has_stopped.set(false);
        self.heeds_cancel.set(false);
    }

    /// Stops the statement that was begun also when nobody waits for it any more.
    pub(super) fn heed_cancel(&self) {
        self.heeds_cancel.set(true);
    }

    /// What another thread sets when nobody waits any more. Each time another one: who waited for a panic sets it when
    /// somebody else has the connection.
    pub(super) fn new_cancel(&self) -> Arc<AtomicBool> {
        let cancel = Arc::default();
        self.cancel.replace(Arc::clone(&cancel));
        cancel
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.borrow().load(Relaxed)
    }

    /// SQLite's question, every so many instructions.
    pub(super) fn stops(&self) -> bool {
        if self.heeds_cancel.get() && self.is_cancelled() {
            return true;
        }
        let stops = self.is_over();
        self.has_stopped.set(stops);
        stops
    }

    /// Whether the time is over. The first call begins it.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        let Some(limit) = self.limit.get() else {
            return false;
        };
        match self.since.get() {
            Some(since) => since.elapsed() > limit,
            None => {
                self.since.set(Some(Instant::now()));
                false
            }
        }
    }

    /// Whether the statement was stopped because its time was over.
    #[inline]
    pub(super) fn has_stopped(&self) -> bool {
        self.has_stopped.get()
    }

    /// How many pages the log had after the last commit.
    pub(super) fn note_log(&self, pages: u32) {
        self.log.set(pages);
    }

    /// The same, until it is noted anew.
    #[inline]
    pub(super) fn log(&self) -> u32 {
        self.log.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_begins_with_the_first_question() {
        let watch = Watch::default();
        assert!(!watch.stops());
        watch.begin(Some(Duration::ZERO));
        assert!(!watch.stops());
        std::thread::sleep(Duration::from_millis(1));
        assert!(watch.stops() && watch.has_stopped());
        watch.begin(None);
        assert!(!watch.stops() && !watch.has_stopped());
    }

    #[test]
    fn only_what_heeds_it_is_cancelled() {
        let watch = Watch::default();
        let cancel = watch.new_cancel();
        cancel.store(true, Relaxed);
        assert!(!watch.stops());
        watch.heed_cancel();
        assert!(watch.stops() && !watch.has_stopped());
        watch.begin(None);
        assert!(!watch.stops());
        watch.new_cancel();
        watch.heed_cancel();
        assert!(!watch.stops(), "that was for another one");
    }
}
