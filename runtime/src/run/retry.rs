//! Transactions that run again when another one was in the way.

use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    time::Duration,
};

use super::{BeginOf, Driver, Transactions, Tx};
use crate::Error;

/// How often a transaction is tried, and how long to wait between two tries.
///
/// The pause doubles each time, up to `longest_pause`. Of each pause a random part is waited for, so that transactions
/// that were in each other's way do not meet again.
///
/// ```
/// use mizzle::run::Retry;
/// let patient = Retry { attempts: 50, ..Retry::default() };
/// assert_eq!(Retry::default().attempts, 10);
/// # assert_eq!(patient.attempts, 50);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often the transaction is tried, at least once.
    pub attempts: u32,
    /// The longest that the first pause can be.
    pub first_pause: Duration,
    /// The longest that any pause can be.
    pub longest_pause: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Retry { attempts: 10, first_pause: Duration::from_millis(5), longest_pause: Duration::from_secs(1) }
    }
}

impl Retry {
    /// The pause after so many failed attempts.
    fn pause(&self, failed: u32) -> Duration {
        let longest = self.first_pause.saturating_mul(2_u32.saturating_pow(failed - 1)).min(self.longest_pause);
        // Each hasher of the standard library has random keys.
        let random = RandomState::new().build_hasher().finish();
        longest.mul_f64(random as f64 / u64::MAX as f64)
    }
}

/// Runs a closure in a transaction, and again if that fails because another one was in the way: with
/// [`Error::is_retryable`]. For pools and connections; a part of a transaction cannot be run again by itself.
///
/// ```
/// use mizzle::{Error, prelude::*};
/// # #[derive(Table)] #[table(name = "accounts")] struct Account { #[column(primary_key)] id: i64, balance: i64 }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let db = SqlitePool::connect("sqlite::memory:").await?;
/// # schema! { Account }.create_tables(&db).await?;
/// # Account::insert().values((Account::id.set(1), Account::balance.set(10))).execute(&db).await?;
/// let balance = db.retry(async |tx| {
///     let balance = Account::query().filter(Account::id.eq(1)).select(Account::balance).fetch_one(tx).await?;
///     Account::update().set(Account::balance.set(balance + 1)).filter(Account::id.eq(1)).execute(tx).await?;
///     Ok(balance + 1)
/// }).await?;
/// assert_eq!(balance, 11);
/// # Ok(())
/// # }
/// ```
///
/// The closure may run several times, a clone of it each time: what it does outside of the database must be harmless to
/// repeat.
pub trait Retries: Transactions {
    /// Runs a closure in a transaction that begins in a certain way, as often as `retry` says.
    ///
    /// # Errors
    /// The error of the last attempt.
    fn retry_with<T, F>(
        self,
        retry: Retry,
        begin: impl BeginOf<Self::Dialect>,
        work: F,
    ) -> impl Future<Output = Result<T, Error>>
    where
        F: AsyncFnOnce(Tx<'_, Self::Dialect>) -> Result<T, Error> + Clone;

    /// Runs a closure in a transaction, up to ten times.
    ///
    /// # Errors
    /// The error of the last attempt.
    fn retry<T, F>(self, work: F) -> impl Future<Output = Result<T, Error>>
    where
        F: AsyncFnOnce(Tx<'_, Self::Dialect>) -> Result<T, Error> + Clone,
    {
        self.retry_with(Retry::default(), <Self::Dialect as Driver>::Begin::default(), work)
    }
}

/// The attempts at one transaction.
pub(crate) struct Attempts {
    retry: Retry,
    failed: u32,
}

impl Attempts {
    pub(crate) fn new(retry: Retry) -> Self {
        Attempts { retry, failed: 0 }
    }

    /// How long to wait before the next attempt; `None` if this one was the last.
    pub(crate) fn pause_after<T>(&mut self, result: &Result<T, Error>) -> Option<Duration> {
        self.failed += 1;
        let again = matches!(result, Err(error) if error.is_retryable()) && self.failed < self.retry.attempts;
        again.then(|| self.retry.pause(self.failed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        let retry = Retry::default();
        for failed in 1..40 {
            let longest = Duration::from_millis(5 << (failed - 1).min(20)).min(Duration::from_secs(1));
            assert!(retry.pause(failed) <= longest, "{failed}");
        }
        let pauses: Vec<Duration> = (0..20).map(|_| retry.pause(9)).collect();
        assert!(pauses.iter().any(|pause| pause != &pauses[0]), "they are random");
    }
}
