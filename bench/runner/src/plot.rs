//! The ratios as a picture: a panel for each workload, a bar for each peer, on a logarithmic axis.

use std::fmt::Write as _;

use crate::{
    measure::{Cell, Measured, Row},
    peers::{Database, OURS},
    report::two_digits,
};

const COLUMNS: usize = 3;
const WIDTH: f64 = 330.0;
const NAMES: f64 = 100.0;
const BAR: f64 = 15.0;
const HEAD: f64 = 22.0;
/// The axis of ratios: from half of the floor's time to two hundred times of it.
const AXIS: (f64, f64) = (0.5, 200.0);

pub(crate) fn file_name(database: Database) -> String {
    format!("RESULTS-{}.svg", database.word())
}

pub(crate) fn draw(measured: &Measured) -> String {
    let height = HEAD + BAR * measured.peers.len() as f64 + 18.0;
    let lines = measured.rows.len().div_ceil(COLUMNS);
    let (width, whole) = (WIDTH * COLUMNS as f64, height * lines as f64 + 24.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {whole}\" font-family=\"sans-serif\" \
         font-size=\"11\">\n<rect width=\"{width}\" height=\"{whole}\" fill=\"#fff\"/>\n\
         <text x=\"8\" y=\"16\" font-weight=\"bold\">{}: time of one operation, as a multiple of {}'s (logarithmic; \
         shorter is better)</text>\n",
        measured.database.title(),
        measured.peers[0].name,
    );
    for (place, row) in measured.rows.iter().enumerate() {
        let (x, y) = ((place % COLUMNS) as f64 * WIDTH, (place / COLUMNS) as f64 * height + 24.0);
        let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">");
        panel(&mut svg, measured, row);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, measured: &Measured, row: &Row) {
    let _ = writeln!(svg, "<text x=\"8\" y=\"15\" font-weight=\"bold\">{}</text>", row.workload.name);
    for (place, (peer, cell)) in measured.peers.iter().zip(&row.cells).enumerate() {
        let y = HEAD + BAR * place as f64;
        let base = y + 10.0;
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}</text>", NAMES - 4.0, peer.name);
        let Cell::Took(times) = cell else {
            let _ = writeln!(svg, "<text x=\"{NAMES}\" y=\"{base}\" fill=\"#888\">-</text>");
            continue;
        };
        let length = along(times.ratio);
        let color = if peer.name == OURS { "#d9480f" } else { "#8aa4c0" };
        let top = y + 1.0;
        let _ = writeln!(
            svg,
            "<rect x=\"{NAMES}\" y=\"{top}\" width=\"{length:.1}\" height=\"11\" fill=\"{color}\"/>\
             <text x=\"{:.1}\" y=\"{base}\">{}</text>",
            NAMES + length + 3.0,
            two_digits(times.ratio),
        );
    }
    let (x, end) = (NAMES + along(1.0), HEAD + BAR * measured.peers.len() as f64);
    let _ = writeln!(svg, "<path d=\"M{x:.1} {HEAD}V{end}\" stroke=\"#333\" stroke-dasharray=\"2 2\"/>");
}

/// How long the bar of a ratio is.
fn along(ratio: f64) -> f64 {
    let (low, high) = AXIS;
    let part = (ratio.clamp(low, high) / low).ln() / (high / low).ln();
    part.max(0.005) * (WIDTH - NAMES - 40.0)
}

#[cfg(test)]
mod tests {
    use super::along;

    #[test]
    fn bars_grow_with_the_logarithm() {
        assert!((along(2.0) - along(1.0) - (along(8.0) - along(4.0))).abs() < 1e-9);
        assert!(along(1e9) <= 190.0 && along(0.0) > 0.0);
    }
}
