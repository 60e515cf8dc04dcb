//! Lazily loaded chunks: they load by themselves once the page is ready, and screens show a placeholder until then.
//!
//! A quick site is not split, so everything is there from the start.

use crate::support::{Fault, Host, Journey, Stage, Visit, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_the_chunk_holds_opens_with_the_network_gone", network_gone),
    Journey::new("a_chunk_that_is_missing_is_said_and_comes_later", |stage| comes_later(stage, Fault::Missing)),
    Journey::new("a_chunk_that_was_changed_is_not_run_and_comes_later", |stage| comes_later(stage, Fault::Damaged)),
    Journey::new("a_sheet_without_its_chunk_shows_its_lines_and_the_rest_later", sheet),
];

/// Returns the file name of the chunk of a bundle.
fn chunk_of(bundle: &str) -> Option<String> {
    let names = std::fs::read_dir(built().join("assets")).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.find(|name| name.starts_with(&format!("{bundle}-chunk-")) && name.ends_with(".wasm"))
}

/// Opens a page of this host.
fn open<'a>(stage: &'a Stage, host: &Host, page: &str) -> Visit<'a> {
    let visit = stage.visit();
    visit.goto(&host.url(&format!("{}/{page}", stage.locale)));
    visit.wait_for("[data-app][data-state=ready]");
    visit
}

/// Waits until the chunk of this bundle has loaded.
fn wait_for_chunk(visit: &Visit, bundle: &str) {
    let Some(name) = chunk_of(bundle) else { return };
    let loaded = "return performance.getEntriesByType('resource')
        .some((one) => one.name.endsWith(arguments[0]) && one.responseEnd > 0)";
    until("the chunk is loaded", || visit.js::<bool>(loaded, &[name.clone().into()]).then_some(()));
}

fn network_gone(stage: &Stage) {
    let mut host = Host::start(built());
    let visit = open(stage, &host, "reflect/");
    visit.write("feelings-now", "from before");
    wait_for_chunk(&visit, "reflect");
    host.stop();
    visit.click("[data-app] [data-action=menu]");
    visit.wait_for_step("about-me");
    visit.back();
    assert_eq!(visit.next(), "keep");
    visit.go("answers");
    visit.click("[data-app] [data-action=sheet]");
    visit.wait_for_step("sheet");
    assert_eq!(visit.sheet_lines(), ["feelings-now"]);
    visit.wait_for(".sheet-side [data-action=print]");
}

fn comes_later(stage: &Stage, fault: Fault) {
    let Some(chunk) = chunk_of("reflect") else { return };
    let host = Host::start(built());
    host.add_fault(&chunk, fault);
    let visit = open(stage, &host, "reflect/");
    visit.write("feelings-now", "from before");
    visit.click("[data-app] [data-action=menu]");
    visit.wait_for("[data-app] [data-loading] h1");
    assert!(!visit.has("[data-broken]") && !visit.is_visible("[data-unable]"), "the app does not run");
    // Screens that need no chunk work, with all answers.
    visit.click("[data-app] [data-action=back]");
    visit.wait_for_step("feelings-now");
    assert_eq!(visit.free_text("feelings-now"), "from before");
    visit.click("[data-app] [data-action=menu]");
    let has_focus = |selector: &str| {
        let within = "return !!document.activeElement?.matches(arguments[0])";
        until("the heading has the focus", || visit.js::<bool>(within, &[selector.into()]).then_some(()));
    };
    has_focus("[data-loading] h1");
    host.clear_faults();
    visit.wait_for_step("about-me");
    has_focus("[data-step=about-me] h1");
}

fn sheet(stage: &Stage) {
    let Some(chunk) = chunk_of("sheet") else { return };
    let host = Host::start(built());
    host.add_fault(&chunk, Fault::Missing);
    let visit = open(stage, &host, "reflect/");
    visit.write("feelings-now", "from before");
    visit.next();
    visit.choose_storage(crate::support::StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.click("[data-app] [data-action=sheet]");
    visit.wait_for("[data-sheet] [data-sheet-line=feelings-now]");
    visit.wait_for(".sheet-side [data-loading]");
    visit.click("[data-action=table]");
    visit.wait_for("[data-loading] h1");
    visit.click("[data-app] [data-action=leave]");
    visit.wait_for("[data-sheet] [data-sheet-line=feelings-now]");
    host.clear_faults();
    visit.ready();
    assert!(visit.has(".sheet-side [data-action=print]"), "the sheet has no print button");
    visit.click("[data-action=table]");
    visit.wait_for("[data-table] [data-side=parent]");
}
