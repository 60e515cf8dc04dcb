//! A benchmark of the questions page against common form libraries and against plain HTML.
//!
//! `cargo test --test bench -- --ignored` fetches the libraries with npm, builds the site, measures each page in
//! Chromium, and writes the results into `docs/performance.md`. It asserts no timings, since these depend on the
//! machine; `tests/build/budgets.rs` tests the budgets that do not. `BENCH=short` measures once, to test the benchmark
//! itself, and leaves `docs` unchanged.

mod form;
mod measure;
mod pages;
mod report;

// The support code of the journeys, most of which is unused here.
#[allow(dead_code, unused_imports)]
#[path = "../journeys/support/mod.rs"]
mod support;

use libtest_mimic::{Arguments, Trial};

use measure::{CONDITIONS, Sample, measure};
use report::Row;
use support::Engine;
use support::browser::Browser;

/// The number of measured runs, after a warm-up run that is discarded.
const RUNS: usize = 5;

/// The factor on the time limits of the journeys: some pages are large, and the processor is slowed down.
const TIMEOUT_FACTOR: u32 = 4;

fn main() {
    let arguments = Arguments::from_args();
    let bench = Trial::test("compares_the_questions_page_with_form_libraries", || {
        run();
        Ok(())
    });
    let conclusion = libtest_mimic::run(&arguments, vec![bench.with_ignored_flag(true)]);
    support::close_all();
    conclusion.exit();
}

fn run() {
    let is_quick = std::env::var_os("SITE").is_some_and(|kind| kind == "quick");
    assert!(!is_quick, "SITE=quick builds an app that is larger and slower than the deployed one");
    let is_short = std::env::var_os("BENCH").is_some_and(|kind| kind == "short");
    let (runs, into) = if is_short { (1, pages::root()) } else { (RUNS, report::docs()) };
    support::multiply_timeout(TIMEOUT_FACTOR);
    let started = report::load();
    let pages = pages::all();
    let browser = Browser::take(Engine::Chromium);
    let mut samples: Vec<Vec<Vec<Sample>>> = vec![vec![Vec::new(); pages.len()]; CONDITIONS.len()];
    for run in 0..=runs {
        // Each run measures every page, so that a temporary load on the machine affects all of them.
        for (condition, of_condition) in CONDITIONS.iter().zip(&mut samples) {
            for (page, of_page) in pages.iter().zip(of_condition) {
                eprintln!("run {run}: {} at {}", page.name, condition.name);
                if condition.is_slow_network() && !page.stored.is_empty() {
                    continue;
                }
                let sample = measure(&browser, page, condition);
                if run > 0 {
                    of_page.push(sample);
                }
            }
        }
        // Written after each run, so that stopping early keeps the results so far.
        if run > 0 {
            let rows: Vec<Vec<Row>> =
                samples.iter().map(|pages| pages.iter().map(|one| Row::of(one)).collect()).collect();
            report::write(&into, &pages, &rows, run, &browser.version(), &started);
        }
    }
    browser.give_back();
}
