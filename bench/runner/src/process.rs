//! A peer's process: a line in, a line out.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use crate::Result;

pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// Whether a peer did what it was told to.
pub(crate) enum Answer {
    Ok(String),
    /// It cannot, for this reason.
    Unsupported(String),
}

/// What operations took: from outside, and in the time that all threads of the process worked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

impl Process {
    pub(crate) fn start(binary: &Path, variant: &str, url: Option<String>) -> Result<Self> {
        let mut command = Command::new(binary);
        command.arg(variant).args(url).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", binary.display()))?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().ok_or("no output")?);
        Ok(Process { child, input, output })
    }

    fn ask(&mut self, command: &str) -> Result<Answer> {
        let input = self.input.as_mut().ok_or("the process has ended")?;
        writeln!(input, "{command}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let (word, rest) = line.trim_end().split_once(' ').unwrap_or((line.trim_end(), ""));
        match word {
            "ok" => Ok(Answer::Ok(rest.to_owned())),
            "unsupported" => Ok(Answer::Unsupported(rest.to_owned())),
            "error" => Err(rest.into()),
            _ => Err("the process ended without an answer".into()),
        }
    }

    /// Fills its tables for the workload, and compares what it gives with what it must.
    pub(crate) fn check(&mut self, workload: &str) -> Result<Answer> {
        self.ask(&format!("check {workload}"))
    }

    pub(crate) fn run(&mut self, workload: &str, count: u64) -> Result<Took> {
        let Answer::Ok(answer) = self.ask(&format!("run {workload} {count}"))? else {
            return Err("a workload is unsupported that was checked".into());
        };
        let (wall, cpu) = answer.split_once(' ').ok_or("an answer without two times")?;
        Ok(Took { wall: Duration::from_nanos(wall.parse()?), cpu: Duration::from_nanos(cpu.parse()?) })
    }
}

impl Drop for Process {
    /// It ends with its input.
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}
