//! Types a unique word into every field, and then searches for each of them everywhere that it must not be.

use std::collections::BTreeSet;
use std::fs;

use between_us::reflection::{Key, PREFIX};
use serde_json::Value;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_is_written_goes_nowhere_and_is_gone_once_erased", |stage| {
        stage.site.inject_script(CAPTURE_CONSOLE);
        canaries(stage);
    }),
    // The worker verifies the hash of each page, so no script can be injected and the console is not captured.
    Journey::new("what_is_written_is_in_no_cache_of_the_worker", |stage| {
        stage.site.serve_worker();
        canaries(stage);
    })
    .not_in(&[(Engine::WebKit, "an automated WebKitGTK stores nothing and has no service worker")]),
];

/// The beginning of every word that this journey types. It occurs nowhere else.
const CANARY: &str = "kanarievogel";

/// Copies what a page writes to the console into an attribute, where any driver can read it.
const CAPTURE_CONSOLE: &str = "
    for (const kind of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'table', 'dir']) {
        console[kind] = (...values) => { document.documentElement.dataset.console += '\\n' + values.map(String).join(' '); };
    }
    document.documentElement.dataset.console = '';";

fn canaries(stage: &Stage) {
    let before = stage.browser.proxy.requests().len();
    let visit = stage.visit();
    let mut written = 0;
    visit.begin();
    visit.click("[data-app] [data-action=menu]");
    visit.wait_for_step("about-me");
    let fields = ["nickname", "weeks", "number"];
    written += write_everywhere(&visit, "[data-app]", written);
    for field in fields {
        assert!(
            visit.js::<String>(VALUE, &[format!("about.{field}").into()]).contains(CANARY),
            "{field} does not accept text"
        );
    }
    assert_no_trace(&visit, "the profile");
    visit.next();
    let mut step = visit.step();
    while step != "answers" {
        written += write_everywhere(&visit, "[data-app]", written);
        assert_no_trace(&visit, &step);
        step = match step.as_str() {
            "keep" => {
                visit.choose_storage(StorageChoice::Device);
                visit.wait_for_save_status("yes");
                visit.next()
            }
            "pace" => visit.go("long"),
            _ => visit.next(),
        };
        assert_no_trace(&visit, &step);
    }
    let stored = visit.stored();
    let questions = stored.answers().iter().filter(|(_, value)| value.contains(CANARY)).count();
    assert_eq!(questions, 21, "not every question accepts free text: {stored:?}");
    let value = stored.device.iter().find(|(key, _)| matches!(Key::parse(key), Some(Key::Profile(_))));
    let profile: Value = serde_json::from_str(value.expect("the profile is stored").1).expect("the profile is JSON");
    for field in fields {
        assert!(
            profile[field].as_str().is_some_and(|value| value.contains(CANARY)),
            "{field} is not stored: {profile}"
        );
    }
    visit.open_sheet();
    written += write_everywhere(&visit, "[data-app]", written);
    assert_no_trace(&visit, "the sheet");
    visit.reload();
    visit.ready();
    assert_no_trace(&visit, "the sheet after a reload");
    written += at_the_table(&visit, written);
    assert!(
        visit
            .stored()
            .device
            .values()
            .any(|value| value.contains("agreed") && value.contains(&format!("{CANARY}{}", written - 1)))
    );
    practice(&visit, written);

    assert!(!stage.site.has_received(CANARY), "a request contains typed text");
    assert_eq!(stage.browser.foreign_hosts(before), BTreeSet::new(), "a request left the machine");
    if visit.engine() == Engine::Chromium {
        let log = visit.browser_log();
        assert!(!log.iter().any(|line| line.contains(CANARY)), "the browser's log contains typed text: {log:?}");
    }
    assert_eq!(visit.cookies(), 0, "a cookie was set");
    let has_worker = stage.site.has_worker();
    let (files, cached): (usize, Vec<String>) = visit.js(
        "return (async (canary, hasWorker) => {
        if (hasWorker) await navigator.serviceWorker.ready;
        const names = 'caches' in window ? await caches.keys() : [];
        const texts = [];
        for (const name of names) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                texts.push(request.url + (await (await cache.match(request)).text()));
            }
        }
        return [texts.length, texts.filter((text) => text.includes(canary))];
        })(arguments[0], arguments[1])",
        &[CANARY.into(), has_worker.into()],
    );
    assert_eq!(files > 0, has_worker, "the worker stores {files} files");
    assert!(cached.is_empty(), "the worker's cache contains typed text");
    for entry in walkdir::WalkDir::new(built()).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let bytes = fs::read(entry.path()).expect("the file can be read");
        let contains = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!contains, "{} contains typed text", entry.path().display());
    }

    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("every store of the browser is empty", || {
        let left: Value = visit.js(
            "return (async () => [
                Object.entries(localStorage), Object.entries(sessionStorage),
                'databases' in indexedDB ? await indexedDB.databases() : [],
                'caches' in window ? await caches.keys() : [], document.cookie,
            ])()",
            &[],
        );
        (left == serde_json::json!([[], [], [], [], ""])).then_some(())
    });
}

/// Opens the table, types what was agreed, and closes it. Returns the number of words typed.
fn at_the_table(visit: &Visit, from: usize) -> usize {
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    assert_no_trace(visit, "the table");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-action=to-agreed]");
    visit.wait_for("[data-table] textarea[name=agreed]");
    let written = write_everywhere(visit, "[data-app]", from);
    assert!(written >= 2, "the table has {written} fields instead of at least two");
    assert_no_trace(visit, "what was agreed at the table");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    assert_no_trace(visit, "the sheet after the table");
    written
}

/// Names the practice, as a caregiver does who lets this device remember it.
fn practice(visit: &Visit, from: usize) {
    visit.open("caregivers/");
    visit.wait_for("svg[data-qr=link] path[d^=M]");
    visit.click("[data-form] summary");
    visit.click("label:has([name=keep-practice])");
    assert!(write_everywhere(visit, "[data-form]", from) > 0, "no field for the practice");
    let is_stored =
        || visit.stored().device.get(&format!("{PREFIX}practice")).is_some_and(|stored| stored.contains(CANARY));
    until("the name is stored on this device", || is_stored().then_some(()));
    assert_no_trace(visit, "the caregivers' page");
    visit.reload();
    assert_no_trace(visit, "the caregivers' page after a reload");
}

/// Returns the value of a field.
const VALUE: &str = "return document.querySelector(`[name='${arguments[0]}']`).value";

/// Types a unique word into every field in this part of the page. Returns the number of fields.
fn write_everywhere(visit: &Visit, within: &str, from: usize) -> usize {
    let body =
        "const kinds = ['textarea', 'input[type=text]', 'input[type=tel]', 'input[type=search]', 'input:not([type])'];
        const fields = [...document.querySelector(arguments[2]).querySelectorAll(kinds.join())];
        fields.forEach((field, at) => {
            field.value = arguments[0] + (arguments[1] + at);
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
        });
        return fields.length;";
    visit.js(body, &[CANARY.into(), from.into(), within.into()])
}

/// Asserts that address, title, history state and console contain no typed text.
#[track_caller]
fn assert_no_trace(visit: &Visit, place: &str) {
    let visible = [visit.url(), visit.title()];
    assert!(!visible.iter().any(|text| text.contains(CANARY)), "{place}: typed text in {visible:?}");
    let hidden: [String; 2] =
        visit.js("return [JSON.stringify(history.state), document.documentElement.dataset.console ?? '']", &[]);
    assert!(!hidden.iter().any(|text| text.contains(CANARY)), "{place}: typed text in {hidden:?}");
}
