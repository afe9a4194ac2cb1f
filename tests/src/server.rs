//! Servers: where they are, and names for what belongs to one test.

use std::{
    error::Error,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// A server that tests use.
#[derive(Debug)]
pub(crate) struct Server {
    /// As people write it.
    pub(crate) name: &'static str,
    /// As `scripts/databases` calls it.
    pub(crate) script_name: &'static str,
    /// The environment variable with its address.
    pub(crate) variable: &'static str,
    /// Its address otherwise.
    pub(crate) default_url: &'static str,
    finished: Mutex<Vec<String>>,
    swept: AtomicBool,
}

/// How old a leftover of an earlier run is, in seconds, before it is dropped: no test takes that long.
const OLD: u64 = 3600;
const PREFIX: &str = "mizzle_test_";

impl Server {
    pub(crate) const fn new(
        name: &'static str,
        script_name: &'static str,
        variable: &'static str,
        default_url: &'static str,
    ) -> Self {
        let finished = Mutex::new(Vec::new());
        Server { name, script_name, variable, default_url, finished, swept: AtomicBool::new(false) }
    }

    pub(crate) fn url(&self) -> String {
        std::env::var(self.variable).unwrap_or_else(|_| self.default_url.to_owned())
    }

    /// What to do when the server does not answer: a test never passes for want of a server.
    pub(crate) fn no_answer(&self, error: &sqlx::Error) -> Box<dyn Error + Send + Sync> {
        let Server { name, script_name, variable, default_url, .. } = self;
        let place = if std::env::var(variable).is_ok() { format!("{variable} says") } else { default_url.to_string() };
        format!(
            "{name} does not answer where {place}: {error}\n\
             `scripts/databases start {script_name}` starts one, or set {variable}"
        )
        .into()
    }

    /// A name that nobody else uses.
    pub(crate) fn new_name(&self) -> String {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        format!("{PREFIX}{}_{}_{}", now(), std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// Says that a name is no longer used, once all clones of this are dropped.
    pub(crate) fn until_dropped(&'static self, name: &str) -> Arc<InUse> {
        Arc::new(InUse { server: self, name: name.to_owned() })
    }

    /// The names that can be dropped: those that tests of this process are done with, and, once, old ones among `all`.
    pub(crate) async fn leftovers(
        &self,
        all: impl AsyncFnOnce() -> sqlx::Result<Vec<String>>,
    ) -> sqlx::Result<Vec<String>> {
        let mut names = self.finished.lock().map(|mut names| std::mem::take(&mut *names)).unwrap_or_default();
        if !self.swept.swap(true, Ordering::Relaxed) {
            let now = now();
            names.extend(all().await?.into_iter().filter(|name| is_old(name, now)));
        }
        Ok(names)
    }
}

/// A name in use.
#[derive(Debug)]
pub(crate) struct InUse {
    server: &'static Server,
    name: String,
}

/// The next test drops it: by then this one's connections are closed, whatever way it ended.
impl Drop for InUse {
    fn drop(&mut self) {
        if let Ok(mut names) = self.server.finished.lock() {
            names.push(std::mem::take(&mut self.name));
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Whether a name is one of ours and an hour old.
fn is_old(name: &str, now: u64) -> bool {
    let time = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()).and_then(|time| time.parse().ok());
    time.is_some_and(|time: u64| time + OLD <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVER: Server = Server::new("None", "none", "NO_SUCH_URL", "nowhere");

    #[test]
    fn only_what_is_ours_and_old_is_dropped() {
        assert!(is_old("mizzle_test_1000_7_0", 4600));
        assert!(!is_old("mizzle_test_1000_7_0", 4599));
        for other in ["mizzle", "mizzle_test_", "mizzle_test_x_7", "public", "my_mizzle_test_1000_7_0"] {
            assert!(!is_old(other, u64::MAX - OLD), "{other}");
        }
        assert!(!is_old(&SERVER.new_name(), now()));
    }

    #[test]
    fn names_differ() {
        assert_ne!(SERVER.new_name(), SERVER.new_name());
    }

    #[tokio::test]
    async fn a_name_is_free_when_nothing_holds_it() -> sqlx::Result<()> {
        let holder = SERVER.until_dropped("a");
        let other = Arc::clone(&holder);
        drop(holder);
        let all = async || Ok(vec!["mizzle_test_1_1_1".to_owned(), "public".to_owned()]);
        assert_eq!(SERVER.leftovers(all).await?, ["mizzle_test_1_1_1"]);
        drop(other);
        assert_eq!(SERVER.leftovers(all).await?, ["a"]);
        assert!(SERVER.leftovers(all).await?.is_empty());
        Ok(())
    }

    #[test]
    fn a_server_that_is_not_there_is_an_error_that_says_what_to_do() {
        let error = SERVER.no_answer(&sqlx::Error::PoolTimedOut).to_string();
        assert!(error.contains("`scripts/databases start none`") && error.contains("NO_SUCH_URL"), "{error}");
    }
}
