//! Waiting for a lock without a thread.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long to wait yet.
pub(super) struct Patience {
    timeout: Duration,
    since: Option<Instant>,
    pauses: u32,
}

impl Patience {
    pub(super) const fn new(timeout: Duration) -> Self {
        Patience { timeout, since: None, pauses: 0 }
    }

    /// Pauses, for longer each time. Says whether it is worth trying again.
    pub(super) async fn pause(&mut self) -> bool {
        let left = self.timeout.saturating_sub(self.since.get_or_insert_with(Instant::now).elapsed());
        if left.is_zero() {
            return false;
        }
        let pause = Duration::from_millis(1 << self.pauses.min(5));
        self.pauses = self.pauses.saturating_add(1);
        sleep(pause.min(left)).await;
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
        assert!(Patience::new(Duration::MAX).pause().await);
    }
}
