//! What building and rendering a query costs: nanoseconds and allocations, the executor's boxed futures included.
//!
//! `cargo bench -p mizzle --bench render [--features postgres] [-- NAME]`

mod counting;
mod queries;

use std::time::{Duration, Instant};

/// The best of many short runs: other programs only make a run slower.
fn nanoseconds(run: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    run();
    let once = start.elapsed().as_nanos().max(100);
    let times = (2_000_000 / once).clamp(1, 5_000) as u32;
    let mut best = Duration::MAX;
    for _ in 0..200 {
        let start = Instant::now();
        (0..times).for_each(|_| run());
        best = best.min(start.elapsed());
    }
    best.as_nanos() as f64 / f64::from(times)
}

fn measure(name: &str, mut run: Box<dyn FnMut()>) {
    run();
    let count = counting::allocations(&mut run);
    println!("{name:<48}{:>12.0} ns{count:>8} allocations", nanoseconds(&mut run));
}

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let mut cases: Vec<_> =
        queries::sqlite().into_iter().map(|(name, _, run)| (format!("sqlite: {name}"), run)).collect();
    #[cfg(feature = "postgres")]
    cases.extend(queries::postgres().into_iter().map(|(name, _, run)| (format!("postgres: {name}"), run)));
    cases.push(("the 1,000 rows alone".to_owned(), Box::new(queries::rows)));
    for (name, run) in cases {
        if only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            measure(&name, run);
        }
    }
}
