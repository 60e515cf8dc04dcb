//! Writes the results as tables and a chart.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{CONDITIONS, Sample};
use crate::pages::{PACKAGES, Page};

/// The medians of one page under one condition.
pub struct Row {
    bytes: f64,
    requests: f64,
    paint: f64,
    usable: f64,
    blocked: f64,
    heap: f64,
    /// The median and the 95th percentile of all answers, if any were given.
    answer: Option<(f64, f64)>,
}

impl Row {
    pub fn of(samples: &[Sample]) -> Self {
        let median = |of: fn(&Sample) -> f64| percentile(samples.iter().map(of).collect(), 50);
        let answers: Vec<f64> = samples.iter().flat_map(|sample| sample.answers.iter().copied()).collect();
        Self {
            bytes: median(|sample| sample.bytes),
            requests: median(|sample| sample.requests),
            paint: median(|sample| sample.paint),
            usable: median(|sample| sample.usable),
            blocked: median(|sample| sample.blocked),
            heap: median(|sample| sample.heap),
            answer: (!answers.is_empty()).then(|| (percentile(answers.clone(), 50), percentile(answers, 95))),
        }
    }
}

/// Returns a percentile of the values by the nearest-rank method, or 0 for an empty list.
fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(at).copied().unwrap_or_default()
}

/// Returns the load average of the last minute.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// Returns the folder for the results of a full run.
pub fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

const BEGIN: &str = "<!-- results -->\n";
const END: &str = "<!-- end of results -->\n";

/// Writes `docs/performance.md` into the folder `into`, with the results between its markers, and the chart beside it.
/// A full run passes `docs` itself.
pub fn write(into: &Path, pages: &[Page], conditions: &[Vec<Row>], runs: usize, chromium: &str, load_before: &str) {
    let mut text =
        format!("![Beside form libraries](pictures/performance.svg)\n\n{}", machine(runs, chromium, load_before));
    text += "\n";
    for page in pages {
        let _ = writeln!(text, "- {}: {}.", page.name, page.about);
    }
    for (condition, rows) in CONDITIONS.iter().zip(conditions) {
        let _ = write!(text, "\n### {}\n\n{}", condition.name, table(pages, rows));
    }
    let old = fs::read_to_string(docs().join("performance.md")).expect("docs/performance.md can be read");
    let (before, rest) = old.split_once(BEGIN).expect("docs/performance.md has a start marker");
    let (_, after) = rest.split_once(END).expect("docs/performance.md has an end marker");
    fs::create_dir_all(into.join("pictures")).expect("the folder can be created");
    fs::write(into.join("performance.md"), format!("{before}{BEGIN}{text}{END}{after}"))
        .expect("the report can be written");
    fs::write(into.join("pictures/performance.svg"), chart_svg(pages, &conditions[1], &conditions[2]))
        .expect("the chart can be written");
}

fn machine(runs: usize, chromium: &str, load_before: &str) -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor =
        processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|name| name.1);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let date = Command::new("date").arg("+%F").output().map(|output| output.stdout).unwrap_or_default();
    format!(
        "Measured {} on {cores} cores of {}, Linux, Chromium {chromium}, headless. Medians of {runs} runs after one that does \
         not count. Load of the machine before: {load_before}, after: {}. Packages: {}.\n",
        String::from_utf8_lossy(&date).trim(),
        processor.unwrap_or("an unknown processor"),
        load(),
        PACKAGES.map(|package| format!("`{package}`")).join(", "),
    )
}

fn table(pages: &[Page], rows: &[Row]) -> String {
    let mut table = String::from(
        "| page | over the wire | requests | first paint | first usable control | long tasks over 50 ms | answer to next \
         frame, median | p95 | heap |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    // The pages with stored reflections are not measured on a slow network.
    for (page, row) in pages.iter().zip(rows).filter(|(_, row)| row.requests > 0.0) {
        let (median, p95) = match row.answer {
            Some((median, p95)) => (format!("{median:.1} ms"), format!("{p95:.1} ms")),
            None => ("–".to_owned(), "–".to_owned()),
        };
        let _ = writeln!(
            table,
            "| {} | {:.1} KB | {} | {:.0} ms | {:.0} ms | {:.0} ms | {median} | {p95} | {:.1} MB |",
            page.name,
            row.bytes / 1000.0,
            row.requests,
            row.paint,
            row.usable,
            row.blocked,
            row.heap / 1e6,
        );
    }
    table
}

/// A bar chart of one measure.
struct Chart {
    title: &'static str,
    unit: &'static str,
    values: Vec<f64>,
}

/// Returns an SVG with a bar chart each of the transferred bytes, the first usable control, and long tasks.
fn chart_svg(pages: &[Page], slow: &[Row], slow_line: &[Row]) -> String {
    // Leaves out the last three pages, which repeat our page with stored reflections.
    let shown = pages.len() - 3;
    let values = |rows: &[Row], of: fn(&Row) -> f64| rows[..shown].iter().map(of).collect();
    let charts = [
        Chart { title: "Over the wire, brotli", unit: "KB", values: values(slow, |row| row.bytes / 1000.0) },
        Chart {
            title: "First usable control, CPU 4× slower, slow 4G",
            unit: "ms",
            values: values(slow_line, |row| row.usable),
        },
        Chart { title: "Long tasks over 50 ms, CPU 4× slower", unit: "ms", values: values(slow, |row| row.blocked) },
    ];
    const BAR: usize = 22;
    let height_of_chart = 40 + shown * BAR;
    let height = 20 + charts.len() * height_of_chart;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"{height}\" viewBox=\"0 0 720 {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<title>Between Us beside form libraries</title>\n\
         <rect width=\"720\" height=\"{height}\" fill=\"#fffdf8\"/>\n"
    );
    for (at, chart) in charts.iter().enumerate() {
        let top = 20 + at * height_of_chart;
        let max = chart.values.iter().copied().fold(1.0, f64::max);
        let _ = writeln!(
            svg,
            "<text x=\"20\" y=\"{}\" font-weight=\"600\" fill=\"#2d2233\">{}</text>",
            top + 14,
            chart.title
        );
        for (at, (page, value)) in pages.iter().zip(&chart.values).enumerate() {
            let y = top + 24 + at * BAR;
            let width = value / max * 440.0;
            let colour = if at == 0 { "#5b2a4f" } else { "#b9a9b6" };
            let _ = writeln!(
                svg,
                "<text x=\"130\" y=\"{}\" text-anchor=\"end\" fill=\"#2d2233\">{}</text>\
                 <rect x=\"140\" y=\"{y}\" width=\"{width:.1}\" height=\"16\" rx=\"2\" fill=\"{colour}\"/>\
                 <text x=\"{:.1}\" y=\"{}\" fill=\"#2d2233\">{value:.0} {}</text>",
                y + 13,
                page.name,
                146.0 + width,
                y + 13,
                chart.unit,
            );
        }
    }
    svg + "</svg>\n"
}
