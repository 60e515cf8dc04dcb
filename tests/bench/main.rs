//! The questions page beside the form libraries that a team would otherwise pick, and beside plain HTML.
//!
//! `cargo test --test bench -- --ignored` fetches the libraries with npm, builds the site, measures all of it in Chromium,
//! and writes what it found into `docs/performance.md`. It asserts no timings: these belong to a machine, and the promises that
//! can be held are held in `tests/build/budgets.rs`. `BENCH=short` measures once, to see that all of it works, and leaves
//! `docs` as it is.

mod form;
mod measure;
mod pages;
mod report;

// What journeys stand on serves here too. Most of it is not needed.
#[allow(dead_code, unused_imports)]
#[path = "../journeys/support/mod.rs"]
mod support;

#[allow(dead_code)]
#[path = "../../src/bin/site/headers.rs"]
mod headers;
#[allow(dead_code)]
#[path = "../../src/bin/site/serve.rs"]
mod serve;

use libtest_mimic::{Arguments, Trial};

use measure::{CONDITIONS, Sample, measure};
use report::Row;
use support::Engine;
use support::browser::Browser;

/// How often each page is measured under each condition, after a first time that does not count.
const RUNS: usize = 5;

/// How many times as long as a journey a page may take here: some are heavy, and the processor is slowed.
const PATIENCE: u32 = 4;

fn main() {
    let arguments = Arguments::from_args();
    let bench = Trial::test("the_questions_page_beside_others", || {
        run();
        Ok(())
    });
    let conclusion = libtest_mimic::run(&arguments, vec![bench.with_ignored_flag(true)]);
    support::close_all();
    conclusion.exit();
}

fn run() {
    let is_quick = std::env::var_os("SITE").is_some_and(|kind| kind == "quick");
    assert!(!is_quick, "SITE=quick makes an app that is larger and slower than the real one");
    let is_short = std::env::var_os("BENCH").is_some_and(|kind| kind == "short");
    let (runs, into) = if is_short { (1, pages::root()) } else { (RUNS, report::docs()) };
    support::multiply_timeout(PATIENCE);
    let started = report::load();
    let pages = pages::all();
    let browser = Browser::take(Engine::Chromium);
    let mut samples: Vec<Vec<Vec<Sample>>> = vec![vec![Vec::new(); pages.len()]; CONDITIONS.len()];
    for run in 0..=runs {
        // One after the other within each run, so that a busy minute meets all of them.
        for (condition, of_condition) in CONDITIONS.iter().zip(&mut samples) {
            for (page, of_page) in pages.iter().zip(of_condition) {
                eprintln!("run {run}: {} at {}", page.name, condition.name);
                if condition.is_slow_line() && !page.kept.is_empty() {
                    continue;
                }
                let sample = measure(&browser, page, condition);
                if run > 0 {
                    of_page.push(sample);
                }
            }
        }
        // Whoever stops it early has what was measured until then.
        if run > 0 {
            let rows: Vec<Vec<Row>> =
                samples.iter().map(|pages| pages.iter().map(|one| Row::of(one)).collect()).collect();
            report::write(&into, &pages, &rows, run, &browser.version(), &started);
        }
    }
    browser.give_back();
}
