//! The rounds: in each, every peer does a batch, and is compared with what the floor did in the same round.

use std::{
    env,
    time::{Duration, Instant},
};

use mizzle_bench_protocol::Workload;

use crate::{
    Result,
    choice::Choice,
    peers::{Database, OURS, Peer},
    process::{Answer, Process, Took},
};

/// What came out for one database.
pub(crate) struct Measured {
    pub(crate) database: Database,
    /// Of the server.
    pub(crate) version: String,
    pub(crate) peers: Vec<&'static Peer>,
    pub(crate) rows: Vec<Row>,
    pub(crate) rounds: usize,
    pub(crate) batch: Duration,
}

/// What came out for one workload.
pub(crate) struct Row {
    pub(crate) workload: Workload,
    /// One for each peer.
    pub(crate) cells: Vec<Cell>,
}

pub(crate) enum Cell {
    Took(Times),
    Unsupported(String),
}

/// Medians of all rounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// Nanoseconds of an operation.
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
    /// To the floor, of the same round.
    pub(crate) ratio: f64,
    pub(crate) cpu_ratio: f64,
    /// To mizzle, of the same round; not a number if it did not run.
    pub(crate) to_ours: f64,
    pub(crate) cpu_to_ours: f64,
    /// The half of the rounds in the middle is that far apart, as a part of the median.
    pub(crate) spread: f64,
}

/// A batch of one peer, by operation.
#[derive(Debug, Clone, Copy)]
struct Sample {
    wall: f64,
    cpu: f64,
}

pub(crate) fn measure(
    database: Database,
    version: String,
    peers: &[&'static Peer],
    mut processes: Vec<Process>,
    choice: &Choice,
) -> Result<Measured> {
    let rounds = setting("ROUNDS", 21)?;
    let batch = Duration::from_millis(setting("BATCH_MS", 10)? as u64);
    let mut rows = Vec::new();
    for workload in choice.workloads() {
        eprintln!("{}: {}", database.word(), workload.name);
        let checked = check(workload, peers, &mut processes)?;
        let mut counts = Vec::new();
        for (process, unsupported) in processes.iter_mut().zip(&checked) {
            counts.push(if unsupported.is_some() { 0 } else { calibrate(process, workload.name, batch)? });
        }
        let samples = run_rounds(workload, &mut processes, &counts, rounds)?;
        let cells = checked.into_iter().enumerate().map(|(place, unsupported)| match unsupported {
            Some(reason) => Cell::Unsupported(reason),
            None => Cell::Took(medians(&samples, place, peers.iter().position(|peer| peer.name == OURS))),
        });
        rows.push(Row { workload, cells: cells.collect() });
    }
    Ok(Measured { database, version, peers: peers.to_vec(), rows, rounds, batch })
}

fn setting(name: &str, default: usize) -> Result<usize> {
    let Ok(value) = env::var(name) else { return Ok(default) };
    let number = value.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("{name}={value} is no number above 0").into())
}

/// What takes longer than this is not timed.
const LONGEST: Duration = Duration::from_secs(15);

/// Nothing is timed before all peers gave the right rows. For each peer: why it cannot do this, if so.
fn check(workload: Workload, peers: &[&Peer], processes: &mut [Process]) -> Result<Vec<Option<String>>> {
    let mut unsupported = Vec::new();
    for (peer, process) in peers.iter().zip(processes) {
        let start = Instant::now();
        let answer = process.check(workload.name).map_err(|error| failure(peer, workload, &*error))?;
        unsupported.push(match answer {
            Answer::Ok(_) if start.elapsed() > LONGEST => {
                Some(format!("to do it once and to check it takes more than {} s", LONGEST.as_secs()))
            }
            Answer::Ok(_) => None,
            Answer::Unsupported(reason) => Some(reason),
        });
    }
    Ok(unsupported)
}

fn failure(peer: &Peer, workload: Workload, error: &dyn std::error::Error) -> String {
    format!("{} on {}, {}: {error}", peer.name, peer.database.word(), workload.name)
}

/// How many operations fill a batch. The runs before, which are not counted, fill caches.
fn calibrate(process: &mut Process, workload: &str, batch: Duration) -> Result<u64> {
    let fits = |took: Took, count: u64| {
        let one = took.wall.as_secs_f64() / count as f64;
        ((batch.as_secs_f64() / one.max(1e-9)) as u64).clamp(1, most(workload))
    };
    let count = fits(process.run(workload, 1)?, 1);
    let count = fits(process.run(workload, count)?, count);
    Ok(fits(process.run(workload, count)?, count))
}

/// A batch of inserts is read back to be checked, outside of what is timed: it must not become long.
fn most(workload: &str) -> u64 {
    match workload.strip_prefix("insert-").and_then(|rows| rows.parse::<u64>().ok()) {
        Some(rows) => (10_000 / rows).max(1),
        None => 50_000,
    }
}

/// By round, then by peer. Each round begins with another peer.
fn run_rounds(
    workload: Workload,
    processes: &mut [Process],
    counts: &[u64],
    rounds: usize,
) -> Result<Vec<Vec<Option<Sample>>>> {
    let mut samples = Vec::new();
    for round in 0..rounds {
        let mut row = vec![None; processes.len()];
        for step in 0..processes.len() {
            let place = (round + step) % processes.len();
            let count = counts[place];
            if count > 0 {
                let took = processes[place].run(workload.name, count)?;
                let by_operation = |time: Duration| time.as_nanos() as f64 / count as f64;
                row[place] = Some(Sample { wall: by_operation(took.wall), cpu: by_operation(took.cpu) });
            }
        }
        samples.push(row);
    }
    Ok(samples)
}

fn medians(samples: &[Vec<Option<Sample>>], place: usize, ours: Option<usize>) -> Times {
    let of = |value: &dyn Fn(&[Option<Sample>], Sample) -> Option<f64>| {
        sorted(samples.iter().filter_map(|row| value(row, row[place]?)).collect())
    };
    let walls = of(&|_, sample| Some(sample.wall));
    let wall = middle(&walls);
    Times {
        wall,
        cpu: middle(&of(&|_, sample| Some(sample.cpu))),
        ratio: middle(&of(&|row, sample| Some(sample.wall / row[0]?.wall))),
        cpu_ratio: middle(&of(&|row, sample| Some(sample.cpu / row[0]?.cpu))),
        to_ours: middle(&of(&|row, sample| Some(sample.wall / row[ours?]?.wall))),
        cpu_to_ours: middle(&of(&|row, sample| Some(sample.cpu / row[ours?]?.cpu))),
        spread: (walls[walls.len() * 3 / 4] - walls[walls.len() / 4]) / wall,
    }
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

fn middle(values: &[f64]) -> f64 {
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_the_same_round() {
        let sample = |wall| Some(Sample { wall, cpu: wall });
        // The second round was ten times slower for both.
        let samples =
            [vec![sample(1.0), sample(2.0)], vec![sample(10.0), sample(20.0)], vec![sample(1.0), sample(2.2)]];
        let times = medians(&samples, 1, Some(0));
        assert_eq!((times.wall, times.ratio, times.to_ours), (2.2, 2.0, 2.0));
    }

    #[test]
    fn the_median_of_an_even_number_is_between_two() {
        assert_eq!(middle(&[1.0, 2.0, 4.0, 5.0]), 3.0);
        assert!(middle(&[]).is_nan());
    }
}
