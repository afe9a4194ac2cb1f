//! What it ran on, for the head of the results.

use std::{fs, path::Path, process::Command};

/// Lines of `what: which`.
pub(crate) fn describe(folder: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("date", output("date", &["-u", "+%Y-%m-%d %H:%M UTC"], folder)),
        ("commit", commit(folder)),
        ("machine", machine()),
        ("load when it ended", load()),
        ("rustc", output("rustc", &["--version"], folder)),
    ]
}

fn commit(folder: &Path) -> String {
    let commit = output("git", &["rev-parse", "--short=12", "HEAD"], folder);
    // What this writes itself is no change.
    let changes = output("git", &["status", "--porcelain", "--", ":/", ":!*RESULTS*"], folder);
    if changes.is_empty() { commit } else { format!("{commit}, with changes") }
}

fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut models = processors.lines().filter_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = models.next().map_or("unknown", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{model}, {cores} cores, Linux {}", kernel.trim())
}

/// Of the last minute and more; on a machine of its own, a benchmark leaves it near 1.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

fn output(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The version of a crate in a lock file; of mizzle, that of its own.
pub(crate) fn version(lock: &str, name: &str) -> String {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let found = lock.split_once(&entry).and_then(|(_, rest)| rest.split_once('"'));
    found.map_or_else(|| "?".to_owned(), |(version, _)| version.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"diesel-async\"\nversion = \"0.9.2\"\n\n[[package]]\nname = \"diesel\"\nversion = \"2.3.14\"\n";
        assert_eq!(super::version(lock, "diesel"), "2.3.14");
        assert_eq!(super::version(lock, "sqlx"), "?");
    }
}
