//! The commands of a peer's process, on its standard input: `check WORKLOAD` and `run WORKLOAD COUNT`.

use std::{env, io, process::ExitCode};

use crate::{Peer, Result, Unsupported, WORKLOADS, Workload, state::State};

/// What a peer's process is told to connect to: `BINARY VARIANT [URL]`.
pub struct Database {
    /// What the table of peers in the runner calls it, such as `sqlite` or `postgres`.
    pub variant: String,
    /// Where PostgreSQL is; empty for SQLite.
    pub url: String,
}

/// The arguments of this process.
pub fn database() -> Database {
    let mut arguments = env::args().skip(1);
    Database { variant: arguments.next().unwrap_or_default(), url: arguments.next().unwrap_or_default() }
}

/// Connects and does what standard input says, until it ends. All peers run on a tokio runtime of the same kind, inside
/// of which a whole batch is timed: of the current thread, or with BENCH_RUNTIME=threads of many.
pub fn serve<P: Peer>(connect: impl Future<Output = Result<P>>) -> ExitCode {
    let threads = env::var("BENCH_RUNTIME").is_ok_and(|value| value == "threads");
    let mut builder = if threads {
        tokio::runtime::Builder::new_multi_thread()
    } else {
        tokio::runtime::Builder::new_current_thread()
    };
    let served = builder.enable_all().build().map_err(Into::into).and_then(|runtime| {
        runtime.block_on(async {
            let mut peer = connect.await?;
            commands(&mut peer).await
        })
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn commands<P: Peer>(peer: &mut P) -> Result<()> {
    let mut state = None;
    for line in io::stdin().lines() {
        match command(peer, &mut state, &line?).await {
            Ok(answer) => println!("{answer}"),
            Err(error) if error.is::<Unsupported>() => println!("unsupported {error}"),
            Err(error) => println!("error {}", error.to_string().replace('\n', " ")),
        }
    }
    Ok(())
}

async fn command<P: Peer>(peer: &mut P, state: &mut Option<State>, line: &str) -> Result<String> {
    let words: Vec<_> = line.split_whitespace().collect();
    match words[..] {
        ["check", name] => {
            *state = None;
            *state = Some(State::check(peer, workload(name)?.kind).await?);
            Ok("ok".to_owned())
        }
        ["run", name, count] => {
            let kind = workload(name)?.kind;
            let state = state.as_mut().filter(|state| state.kind == kind).ok_or("check the workload first")?;
            let took = state.run(peer, count.parse()?).await?;
            Ok(format!("ok {} {}", took.wall.as_nanos(), took.cpu.as_nanos()))
        }
        _ => Err(format!("no such command: {line}").into()),
    }
}

fn workload(name: &str) -> Result<Workload> {
    let found = WORKLOADS.into_iter().find(|workload| workload.name == name);
    found.ok_or_else(|| format!("no such workload: {name}").into())
}
