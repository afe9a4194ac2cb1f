//! The results as Markdown.

use std::{fmt::Write as _, fs, path::Path};

use crate::{
    Result, machine,
    measure::{Cell, Measured, Row, Times},
    peers::{OURS, Peer},
    plot,
};

/// A peer that is at least this much faster than mizzle in the median of rounds is ahead; closer is level.
const LEVEL: f64 = 0.995;

pub(crate) fn write(measured: &[Measured], folder: &Path) -> Result<String> {
    let mut text = String::from("# Results\n\n`bench/run` wrote this; `README.md` says how it measures.\n\n");
    for (what, which) in machine::describe(folder) {
        writeln!(text, "- {what}: {which}")?;
    }
    for measured in measured {
        section(&mut text, measured, folder)?;
    }
    Ok(text)
}

fn section(text: &mut String, measured: &Measured, folder: &Path) -> Result<()> {
    let Measured { database, version, peers, rounds, batch, .. } = measured;
    let floor = peers[0].name;
    writeln!(text, "\n## {} {version}\n", database.title())?;
    writeln!(text, "![ratios to {floor}]({})\n", plot::file_name(*database))?;
    writeln!(
        text,
        "Wall time of one operation and, in brackets, the ratio to {floor}: medians of {rounds} rounds of {} ms. \
         **Bold: ahead of {OURS}.**\n",
        batch.as_millis(),
    )?;
    let mut notes = Notes::default();
    table(text, measured, &mut notes, &|times| (times.wall, times.ratio, times.to_ours))?;
    notes.write(text)?;

    writeln!(text, "\nThe time that the peer's process worked, on all of its threads, in the same way:\n")?;
    table(text, measured, &mut notes, &|times| (times.cpu, times.cpu_ratio, times.cpu_to_ours))?;

    writeln!(text, "\nAhead of {OURS}, by the wall time that it takes for {OURS}'s:\n")?;
    text.push_str(&ahead(measured));
    writeln!(
        text,
        "\nThe middle half of the rounds spreads by {:.0} % (median of all cells).",
        spread(measured) * 100.0
    )?;

    writeln!(text, "\n| peer | versions | how |\n|---|---|---|")?;
    for peer in peers {
        writeln!(text, "| {} | {} | {} |", peer.name, versions(peer, folder)?, peer.how)?;
    }
    Ok(())
}

/// A time, its ratio to the floor, its ratio to mizzle.
type Value<'a> = &'a dyn Fn(&Times) -> (f64, f64, f64);

fn table(text: &mut String, measured: &Measured, notes: &mut Notes, value: Value) -> Result<()> {
    let names: Vec<_> = measured.peers.iter().map(|peer| peer.name).collect();
    writeln!(text, "| | {} |", names.join(" | "))?;
    writeln!(text, "|---{}|", "|--:".repeat(names.len()))?;
    for Row { workload, cells } in &measured.rows {
        write!(text, "| {}", workload.name)?;
        for (peer, cell) in measured.peers.iter().zip(cells) {
            match cell {
                Cell::Took(times) => {
                    let (time, ratio, to_ours) = value(times);
                    let mark = if to_ours < LEVEL && !peer.is_ours() { "**" } else { "" };
                    write!(text, " | {mark}{} ({}){mark}", duration(time), two_digits(ratio))?;
                }
                Cell::Unsupported(reason) => write!(text, " | - {}", notes.number(reason))?,
            }
        }
        text.push_str(" |\n");
    }
    Ok(())
}

/// Why there is a dash.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn number(&mut self, reason: &str) -> String {
        let place = self.0.iter().position(|known| known == reason).unwrap_or_else(|| {
            self.0.push(reason.to_owned());
            self.0.len() - 1
        });
        format!("<sup>{}</sup>", place + 1)
    }

    fn write(&self, text: &mut String) -> Result<()> {
        for (place, reason) in self.0.iter().enumerate() {
            writeln!(text, "\n<sup>{}</sup> {reason}", place + 1)?;
        }
        Ok(())
    }
}

fn ahead(measured: &Measured) -> String {
    let mut lines = String::new();
    for Row { workload, cells } in &measured.rows {
        let mut faster: Vec<_> = measured
            .peers
            .iter()
            .zip(cells)
            .filter_map(|(peer, cell)| match cell {
                Cell::Took(times) if times.to_ours < LEVEL && !peer.is_ours() => Some((peer.name, times.to_ours)),
                _ => None,
            })
            .collect();
        faster.sort_by(|one, next| one.1.total_cmp(&next.1));
        let faster: Vec<_> = faster.into_iter().map(|(name, ratio)| format!("{name} {ratio:.2}")).collect();
        if !faster.is_empty() {
            let _ = writeln!(lines, "- {}: {}", workload.name, faster.join(", "));
        }
    }
    if lines.is_empty() { "- nobody, on anything\n".to_owned() } else { lines }
}

fn spread(measured: &Measured) -> f64 {
    let cells = measured.rows.iter().flat_map(|row| &row.cells);
    let mut spreads: Vec<_> = cells
        .filter_map(|cell| match cell {
            Cell::Took(times) => Some(times.spread),
            Cell::Unsupported(_) => None,
        })
        .collect();
    spreads.sort_by(f64::total_cmp);
    spreads.get(spreads.len() / 2).copied().unwrap_or(f64::NAN)
}

fn versions(peer: &Peer, folder: &Path) -> Result<String> {
    let lock = fs::read_to_string(folder.join(peer.lock).join("Cargo.lock"))?;
    let versions: Vec<_> = peer.crates.iter().map(|name| format!("{name} {}", machine::version(&lock, name))).collect();
    Ok(versions.join(", "))
}

/// Nanoseconds with a unit, in three digits.
fn duration(nanoseconds: f64) -> String {
    match nanoseconds {
        time if time < 1e3 => format!("{time:.0} ns"),
        time if time < 1e6 => format!("{} µs", three_digits(time / 1e3)),
        time => format!("{} ms", three_digits(time / 1e6)),
    }
}

fn three_digits(value: f64) -> String {
    match value {
        value if value < 10.0 => format!("{value:.2}"),
        value if value < 100.0 => format!("{value:.1}"),
        value => format!("{value:.0}"),
    }
}

pub(crate) fn two_digits(ratio: f64) -> String {
    match ratio {
        ratio if ratio < 10.0 => format!("{ratio:.2}"),
        ratio => format!("{ratio:.0}"),
    }
}
