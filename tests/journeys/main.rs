//! End-to-end tests ("journeys") of the site in real browsers.
//!
//! Each journey runs in every engine. Journeys that depend on the language run in all languages, one engine each. An
//! engine that is not installed is reported as ignored; with `CI=true` that is a failure. `JOURNEYS=all` runs the
//! product of all engines and languages.
//!
//! `cargo test --test journeys chromium` runs one engine, `cargo test --test journeys first_minute` one journey,
//! `… first_minute_ar` one language in every engine. Screenshots and sources of failed journeys are in
//! `target/tmp/journeys/`, with the duration of each journey.

mod access;
mod again;
mod all_questions;
mod alone;
mod asleep;
mod axe;
mod canary;
mod changed;
mod chunk;
mod clocks;
mod coming_back;
mod copies;
mod damaged;
mod exit;
mod first_minute;
mod gallery;
mod handing;
mod hostile;
mod hosting;
mod invitation;
mod jump;
mod keyboard;
mod kills;
mod languages;
mod layer;
mod leaving;
mod listen;
mod offline;
mod older_engines;
mod preferences;
mod promises;
mod roles;
mod screens;
mod storage;
mod support;
mod table;
mod unable;
mod versions;
mod weeks;

// nginx, as the hosting tests start it.
#[path = "../hosting/nginx.rs"]
mod nginx;

use libtest_mimic::{Arguments, Trial};

use support::{Engine, Journey};

const JOURNEYS: &[&[Journey]] = &[
    first_minute::JOURNEYS,
    all_questions::JOURNEYS,
    keyboard::JOURNEYS,
    coming_back::JOURNEYS,
    promises::JOURNEYS,
    exit::JOURNEYS,
    again::JOURNEYS,
    storage::JOURNEYS,
    asleep::JOURNEYS,
    damaged::JOURNEYS,
    kills::JOURNEYS,
    changed::JOURNEYS,
    languages::JOURNEYS,
    layer::JOURNEYS,
    leaving::JOURNEYS,
    preferences::JOURNEYS,
    table::JOURNEYS,
    alone::JOURNEYS,
    roles::JOURNEYS,
    weeks::JOURNEYS,
    listen::JOURNEYS,
    offline::JOURNEYS,
    versions::JOURNEYS,
    copies::JOURNEYS,
    hosting::JOURNEYS,
    invitation::JOURNEYS,
    handing::JOURNEYS,
    unable::JOURNEYS,
    older_engines::JOURNEYS,
    chunk::JOURNEYS,
    jump::JOURNEYS,
    hostile::JOURNEYS,
    clocks::JOURNEYS,
    canary::JOURNEYS,
    gallery::JOURNEYS,
    access::JOURNEYS,
];

/// The number of concurrent journeys. Three keep two cores busy with Chromium or Firefox; WebKitGTK's driver waits
/// often and needs more.
const THREADS: usize = 4;

fn journeys() -> impl Iterator<Item = &'static Journey> {
    JOURNEYS.iter().copied().flatten()
}

/// Checks that `docs/testing.md` lists every journey that some engine cannot run.
fn every_exception_is_listed() {
    let docs = include_str!("../../docs/testing.md");
    let unlisted: Vec<_> = journeys()
        .filter(|journey| journey.has_exceptions() && !docs.contains(&format!("`{}`", journey.name)))
        .map(|journey| journey.name)
        .collect();
    assert!(unlisted.is_empty(), "docs/testing.md does not name {unlisted:?}");
}

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(THREADS);
    support::record_panics();
    // Trials are ordered by engine, so that no more browsers are started than journeys run at once.
    let in_engine = |engine| journeys().flat_map(move |journey| journey.trials(engine));
    let mut trials: Vec<_> = Engine::ALL.into_iter().flat_map(in_engine).collect();
    trials.push(Trial::test("every_exception_is_listed", || {
        every_exception_is_listed();
        Ok(())
    }));
    let conclusion = libtest_mimic::run(&arguments, trials);
    support::close_all();
    conclusion.exit();
}
