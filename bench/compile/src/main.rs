//! Generates crates that use mizzle and times how long the compiler takes for them alone.

mod generate;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use generate::Shape;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is generated; the empty crate shows what of the times is cargo's and the linker's own.
const CRATES: [(&str, Shape); 4] = [
    ("empty", Shape { tables: 0, columns: 0, queries: 0 }),
    ("30 tables of 12 columns", Shape { tables: 30, columns: 12, queries: 0 }),
    ("100 tables of 10 columns", Shape { tables: 100, columns: 10, queries: 0 }),
    ("100 tables of 10 columns, 300 queries", Shape { tables: 100, columns: 10, queries: 300 }),
];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let root = PathBuf::from(arguments.next().ok_or("usage: mizzle-bench-compile ROOT [RUNS]")?).canonicalize()?;
    let runs: u64 = arguments.next().map_or(Ok(5), |runs| runs.parse())?;
    let work = root.join("bench/target/compile");

    println!("median of {runs} runs, with the fastest and the slowest; dependencies are compiled before\n");
    println!("{:<40}{:<10}{:<26}{:<26}", "", "", "from nothing", "after an edit");
    for (name, shape) in CRATES {
        let project = Project::create(&root, &work, shape)?;
        for command in ["check", "build"] {
            let cold = project.time(command, runs, Start::FromNothing)?;
            let warm = project.time(command, runs, Start::AfterAnEdit)?;
            println!("{name:<40}{command:<10}{:<26}{:<26}", cold.to_string(), warm.to_string());
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Start {
    /// Nothing of the crate itself is compiled.
    FromNothing,
    /// The crate is compiled, and one function in it changes: its neighbours come from the incremental cache.
    AfterAnEdit,
}

/// A generated crate, a workspace of its own.
struct Project {
    folder: PathBuf,
    target: PathBuf,
    shape: Shape,
}

impl Project {
    fn create(root: &Path, work: &Path, shape: Shape) -> Result<Self> {
        let folder = work.join(format!("tables{}-queries{}", shape.tables, shape.queries));
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), generate::manifest(root))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let project = Project { folder, target: work.join("dependencies"), shape };
        project.write(0)?;
        project.cargo(&["check"])?;
        project.cargo(&["build"])?;
        Ok(project)
    }

    fn write(&self, edit: u64) -> Result<()> {
        for (name, text) in generate::files(self.shape, edit) {
            let file = self.folder.join("src").join(name);
            // Cargo looks at the time of a file: one that does not change is not written.
            if fs::read_to_string(&file).ok().as_ref() != Some(&text) {
                fs::write(file, text)?;
            }
        }
        Ok(())
    }

    fn time(&self, command: &str, runs: u64, start: Start) -> Result<Times> {
        let mut times = Vec::new();
        for run in 1..=runs {
            match start {
                Start::FromNothing => self.cargo(&["clean", "--package", generate::NAME])?,
                Start::AfterAnEdit => self.write(run)?,
            }
            let begin = Instant::now();
            self.cargo(&[command])?;
            times.push(begin.elapsed());
        }
        self.write(0)?;
        self.cargo(&[command])?;
        times.sort();
        Ok(Times(times))
    }

    fn cargo(&self, arguments: &[&str]) -> Result<()> {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--quiet")
            .arg("--target-dir")
            .arg(&self.target)
            .current_dir(&self.folder)
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!("cargo {arguments:?} in {}:\n{stderr}", self.folder.display()).into())
    }
}

struct Times(Vec<Duration>);

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = |at: usize| self.0[at].as_secs_f64();
        let last = self.0.len() - 1;
        write!(f, "{:.2} s ({:.2} to {:.2})", seconds(last / 2), seconds(0), seconds(last))
    }
}
