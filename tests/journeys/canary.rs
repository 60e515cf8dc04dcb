//! A word of its own in every field, and then a search for each of them everywhere that it must not be.

use std::collections::BTreeSet;
use std::fs;

use between_us::reflection::{Key, PREFIX};
use serde_json::Value;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_is_written_goes_nowhere_and_is_gone_once_erased", |stage| {
        stage.site.first(LISTEN);
        canaries(stage);
    }),
    // Each page is then the very file, which the worker holds to its hash: nobody can listen to its console.
    Journey::new("what_is_written_is_in_no_cache_of_the_worker", |stage| {
        stage.site.with_worker();
        canaries(stage);
    })
    .not_in(&[(Engine::WebKit, "an automated WebKitGTK keeps nothing, and so has no service worker")]),
];

/// Part of every word that this journey writes, and of nothing else in the world.
const CANARY: &str = "kanarievogel";

/// Keeps what a page writes to the console where any driver can read it.
const LISTEN: &str = "
    for (const kind of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'table', 'dir']) {
        console[kind] = (...said) => { document.documentElement.dataset.console += '\\n' + said.map(String).join(' '); };
    }
    document.documentElement.dataset.console = '';";

fn canaries(stage: &Stage) {
    let outside = stage.browser.outside.asked().len();
    let visit = stage.visit();
    let mut written = 0;
    visit.begin();
    visit.click("[data-app] [data-action=menu]");
    visit.at("about-me");
    let told = ["nickname", "weeks", "number"];
    written += write_everywhere(&visit, "[data-app]", written);
    for field in told {
        assert!(visit.js::<String>(VALUE, &[format!("about.{field}").into()]).contains(CANARY), "{field} takes words");
    }
    tells_nothing(&visit, "what is said about oneself");
    visit.next();
    let mut step = visit.step();
    while step != "answers" {
        written += write_everywhere(&visit, "[data-app]", written);
        tells_nothing(&visit, &step);
        step = match step.as_str() {
            "keep" => {
                visit.keep(StorageChoice::Device);
                visit.saved_is("yes");
                visit.next()
            }
            "pace" => visit.go("long"),
            _ => visit.next(),
        };
        tells_nothing(&visit, &step);
    }
    let kept = visit.kept();
    let questions = kept.answers().iter().filter(|(_, value)| value.contains(CANARY)).count();
    assert_eq!(questions, 21, "every question takes own words: {kept:?}");
    let profile = kept.device.iter().find(|(key, _)| matches!(Key::parse(key), Some(Key::Profile(_))));
    let about: Value = serde_json::from_str(profile.expect("it is kept").1).expect("it is JSON");
    for field in told {
        assert!(about[field].as_str().is_some_and(|value| value.contains(CANARY)), "{field} is kept: {about}");
    }
    visit.to_sheet();
    written += write_everywhere(&visit, "[data-app]", written);
    tells_nothing(&visit, "the sheet");
    visit.reload();
    visit.ready();
    tells_nothing(&visit, "the sheet, come back to");
    written += at_the_table(&visit, written);
    assert!(
        visit
            .kept()
            .device
            .values()
            .any(|value| value.contains("agreed") && value.contains(&format!("{CANARY}{}", written - 1)))
    );
    practice(&visit, written);

    assert!(!stage.site.was_told(CANARY), "a request carries what was written");
    assert_eq!(stage.browser.strangers(outside), BTreeSet::new(), "something left the machine");
    if visit.engine() == Engine::Chromium {
        let log = visit.browser_log();
        assert!(!log.iter().any(|line| line.contains(CANARY)), "the browser's log tells: {log:?}");
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
    assert_eq!(files > 0, has_worker, "the worker keeps {files} files");
    assert!(cached.is_empty(), "the files for being offline hold what was written");
    for entry in walkdir::WalkDir::new(built()).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let bytes = fs::read(entry.path()).expect("the file can be read");
        let holds = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
        assert!(!holds, "{} holds what was written", entry.path().display());
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

/// Lays the sheet on the table, writes down what was agreed, and takes it off again. Tells how many words that took.
fn at_the_table(visit: &Visit, from: usize) -> usize {
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    tells_nothing(visit, "the table");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-action=to-agreed]");
    visit.wait_for("[data-table] textarea[name=agreed]");
    let written = write_everywhere(visit, "[data-app]", from);
    assert!(written >= 2, "what was agreed and who calls are written at the table, and {written} words were");
    tells_nothing(visit, "the table, with what was agreed");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    tells_nothing(visit, "the sheet, off the table");
    written
}

/// Names the practice as a caregiver does who lets this device remember it.
fn practice(visit: &Visit, from: usize) {
    visit.open("caregivers/");
    visit.wait_for("svg[data-qr=link] path[d^=M]");
    visit.click("[data-form] summary");
    visit.click("label:has([name=keep-practice])");
    assert!(write_everywhere(visit, "[data-form]", from) > 0, "the practice has a name");
    let is_kept = || visit.kept().device.get(&format!("{PREFIX}practice")).is_some_and(|kept| kept.contains(CANARY));
    until("the name is kept on this device", || is_kept().then_some(()));
    tells_nothing(visit, "the caregivers' page");
    visit.reload();
    tells_nothing(visit, "the caregivers' page, come back to");
}

/// What stands in a field.
const VALUE: &str = "return document.querySelector(`[name='${arguments[0]}']`).value";

/// Writes a word of its own into every field of this part of the screen. Tells how many there were.
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

/// Neither address, title, history nor console says what was written.
#[track_caller]
fn tells_nothing(visit: &Visit, place: &str) {
    let open = [visit.url(), visit.title()];
    assert!(!open.iter().any(|text| text.contains(CANARY)), "{place} tells in {open:?}");
    let hidden: [String; 2] =
        visit.js("return [JSON.stringify(history.state), document.documentElement.dataset.console ?? '']", &[]);
    assert!(!hidden.iter().any(|text| text.contains(CANARY)), "{place} tells in {hidden:?}");
}
