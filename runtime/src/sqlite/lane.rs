//! Connections of one kind, and who waits for one.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use super::{connection::Connection, home::Checkout};

/// In a box: it moves from task to task.
pub(super) type Idle = Box<Connection>;

/// Connections of one kind.
pub(super) struct Lane {
    size: u32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<Idle>,
    /// How many connections there are, with those in use and those that are being opened.
    open: u32,
    waiting: VecDeque<oneshot::Sender<Checkout>>,
    is_closed: bool,
    /// Told when the last connection is back, once the lane is closed.
    closing: Vec<oneshot::Sender<()>>,
}

impl State {
    fn lose(&mut self) {
        self.open = self.open.saturating_sub(1);
        // All ask again: the first of them may be gone, or go before it asks.
        self.waiting.clear();
        if self.open == 0 {
            self.closing.clear();
        }
    }
}

/// What a lane has for somebody who asks.
pub(super) enum Offer {
    /// A connection.
    Ready(Idle),
    /// A place for one that is not open yet.
    Open,
    /// A place in the queue: a connection comes, or nothing, and then it is worth asking again.
    Wait(oneshot::Receiver<Checkout>),
    Closed,
}

impl Lane {
    pub(super) fn new(size: u32) -> Self {
        Lane { size, state: Mutex::default() }
    }

    #[inline]
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection, if one is idle: the one that was used last, whose memory is warm.
    #[inline]
    pub(super) fn take(&self) -> Option<Idle> {
        let mut state = self.state();
        if state.is_closed { None } else { state.idle.pop() }
    }

    /// Asks for a connection.
    pub(super) fn ask(&self) -> Offer {
        let mut state = self.state();
        if state.is_closed {
            return Offer::Closed;
        }
        if let Some(connection) = state.idle.pop() {
            return Offer::Ready(connection);
        }
        if state.open < self.size {
            state.open += 1;
            return Offer::Open;
        }
        let (send, receive) = oneshot::channel();
        state.waiting.push_back(send);
        Offer::Wait(receive)
    }

    /// Takes a connection back, for who has waited longest.
    pub(super) fn put(&self, mut connection: Idle, checkout: impl Fn(Idle) -> Checkout) {
        loop {
            let mut state = self.state();
            let Some(waiting) = state.waiting.pop_front() else {
                state.idle.push(connection);
                if state.is_closed {
                    state.lose();
                }
                return;
            };
            drop(state);
            // Who waited may do so no more.
            match waiting.send(checkout(connection)).map_err(Checkout::into_connection) {
                Err(Some(back)) => connection = back,
                Ok(()) | Err(None) => return,
            }
        }
    }

    /// There is one connection less; who waits may open another one.
    pub(super) fn lose(&self) {
        self.state().lose();
    }

    /// Lets nobody have a connection any more. Says what ends when all are back.
    pub(super) fn close(&self) -> Option<oneshot::Receiver<()>> {
        let mut state = self.state();
        if !state.is_closed {
            state.is_closed = true;
            state.waiting.clear();
            state.open = state.open.saturating_sub(state.idle.len().try_into().unwrap_or(u32::MAX));
        }
        (state.open > 0).then(|| {
            let (send, receive) = oneshot::channel();
            state.closing.push(send);
            receive
        })
    }

    /// Those that are idle, to be closed.
    pub(super) fn take_idle(&self) -> Vec<Idle> {
        std::mem::take(&mut self.state().idle)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state().is_closed
    }

    pub(super) fn idle(&self) -> usize {
        self.state().idle.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_connection_is_opened_anew_by_who_still_waits() {
        let lane = Lane::new(1);
        assert!(matches!(lane.ask(), Offer::Open));
        let (Offer::Wait(first), Offer::Wait(mut second)) = (lane.ask(), lane.ask()) else {
            panic!("there is one place");
        };
        drop(first);
        lane.lose();
        assert!(matches!(second.try_recv(), Err(oneshot::error::TryRecvError::Closed)));
        assert!(matches!(lane.ask(), Offer::Open));
    }
}
