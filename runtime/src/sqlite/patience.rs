//! Waiting for a lock without a thread.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long to wait yet.
pub(super) struct Patience {
    timeout: Duration,
    until: Option<Instant>,
    pauses: u32,
}

impl Patience {
    pub(super) const fn new(timeout: Duration) -> Self {
        Patience { timeout, until: None, pauses: 0 }
    }

    /// Pauses, for longer each time. Says whether it is worth trying again.
    pub(super) async fn pause(&mut self) -> bool {
        let now = Instant::now();
        let until = *self.until.get_or_insert(now + self.timeout);
        if now >= until {
            return false;
        }
        let pause = Duration::from_millis(1 << self.pauses.min(5));
        self.pauses += 1;
        sleep(pause.min(until - now)).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_ends_when_the_time_is_over() {
        let (start, mut patience) = (Instant::now(), Patience::new(Duration::from_millis(100)));
        while patience.pause().await {}
        assert_eq!(start.elapsed(), Duration::from_millis(100));
        assert!(!Patience::new(Duration::ZERO).pause().await);
    }
}
