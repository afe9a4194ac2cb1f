//! Stopping a future anywhere.

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::Thread,
    time::Duration,
};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls a future at most so many times, waiting for a wake between two polls, then drops it: at once, or
/// (`late`) when the answer that it waits for has come. Must run where blocking is allowed.
pub fn poll_times<F: Future>(future: F, times: usize, late: bool) -> Option<F::Output> {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    for n in 0..times {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        if n + 1 < times || late {
            std::thread::park_timeout(Duration::from_secs(5));
        }
    }
    None
}
