//! Starts all peers, has them check their results, times them round by round, and writes what came out.
//!
//! `bench/run` builds the peers and calls this: `mizzle-bench-runner BENCH_FOLDER BINARIES [FILTER ..]`.

mod choice;
mod machine;
mod measure;
mod peers;
mod plot;
mod postgres;
mod process;
mod report;

use std::{env, error::Error, fs, path::PathBuf, process::ExitCode};

use choice::Choice;
use measure::Measured;
use peers::{Database, PEERS};
use postgres::Databases;
use process::Process;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match bench() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn bench() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let binaries = PathBuf::from(arguments.next().ok_or("where are the binaries?")?);
    let choice = Choice::new(arguments.collect())?;

    let mut measured = Vec::new();
    for database in [Database::Sqlite, Database::Postgres] {
        if choice.takes(database) {
            measured.push(measure_database(database, &choice, &binaries)?);
        }
    }
    let text = report::write(&measured, &folder)?;
    if choice.is_everything() {
        fs::write(folder.join("RESULTS.md"), text)?;
        for measured in &measured {
            fs::write(folder.join(plot::file_name(measured.database)), plot::draw(measured))?;
        }
        eprintln!("written: {}", folder.join("RESULTS.md").display());
    } else {
        println!("{text}");
    }
    Ok(())
}

fn measure_database(database: Database, choice: &Choice, binaries: &std::path::Path) -> Result<Measured> {
    let peers: Vec<_> = PEERS.iter().filter(|peer| peer.database == database && choice.takes_peer(peer)).collect();
    let databases = match database {
        Database::Sqlite => None,
        Database::Postgres => Some(Databases::create(peers.len())?),
    };
    let mut processes = Vec::new();
    for (place, peer) in peers.iter().enumerate() {
        let url = databases.as_ref().map(|databases| databases.url(place));
        processes.push(Process::start(&binaries.join(peer.binary), peer.variant, url)?);
    }
    let version = databases.as_ref().map_or_else(|| Ok(String::new()), Databases::version)?;
    measure::measure(database, version, &peers, processes, choice)
}
