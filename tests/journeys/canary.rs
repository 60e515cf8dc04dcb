//! A word of its own in every field, and then a search for each of them everywhere that it must not be.

use std::fs;

use serde_json::Value;

use crate::support::{Journey, Place, Stage, Visit, built, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_is_written_goes_nowhere_and_is_gone_once_erased", |stage| {
        stage.site.first(LISTEN);
        canaries(stage);
    }),
    // Each page is then the very file, which the worker holds to its hash: nobody can listen to its console.
    Journey::new("what_is_written_is_in_no_cache_of_the_worker", |stage| {
        stage.site.with_worker();
        canaries(stage);
    }),
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
    let visit = stage.visit();
    let mut written = 0;
    visit.begin();
    visit.click("[data-app] [data-action=menu]");
    visit.at("about-me");
    written += write_everywhere(&visit, written);
    tells_nothing(&visit, "what is said about oneself");
    visit.next();
    let mut step = visit.step();
    while step != "answers" {
        written += write_everywhere(&visit, written);
        tells_nothing(&visit, &step);
        step = match step.as_str() {
            "keep" => {
                visit.keep(Place::Device);
                visit.saved_is("yes");
                visit.next()
            }
            "pace" => visit.go("long"),
            _ => visit.next(),
        };
        tells_nothing(&visit, &step);
    }
    assert!(written >= 21, "every question takes own words, and {written} were written");
    visit.to_sheet();
    written += write_everywhere(&visit, written);
    tells_nothing(&visit, "the sheet");
    let kept = visit.kept();
    assert!(kept.device.values().any(|value| value.contains(CANARY)), "the words are kept on the device");
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

    assert!(!stage.site.was_told(CANARY), "a request carries what was written");
    let outside = stage.browser.outside.asked();
    assert!(!outside.iter().any(|line| line.contains(CANARY)), "something left the machine");
    assert_eq!(visit.cookies(), 0, "a cookie was set");
    let cached: Vec<String> = visit.js(
        "return (async (canary) => {
        const names = 'caches' in window ? await caches.keys() : [];
        const texts = [];
        for (const name of names) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                texts.push(request.url + (await (await cache.match(request)).text()));
            }
        }
        return texts.filter((text) => text.includes(canary));
        })(arguments[0])",
        &[CANARY.into()],
    );
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
    let written = write_everywhere(visit, from);
    assert!(written >= 2, "what was agreed and who calls are written at the table, and {written} words were");
    tells_nothing(visit, "the table, with what was agreed");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    tells_nothing(visit, "the sheet, off the table");
    written
}

/// Writes a word of its own into every field of the screen. Tells how many there were.
fn write_everywhere(visit: &Visit, from: usize) -> usize {
    let body = "const fields = [...document.querySelectorAll('[data-app] textarea, [data-app] input[type=text], \
            [data-app] input[type=tel], [data-app] input[type=search], [data-app] input:not([type])')];
        fields.forEach((field, at) => {
            field.value = arguments[0] + (arguments[1] + at);
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
        });
        return fields.length;";
    visit.js(body, &[CANARY.into(), from.into()])
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
