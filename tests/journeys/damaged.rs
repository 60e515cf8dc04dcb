//! Stored values that cannot be decoded: a message reports them, nothing is lost, and everything else works.

use serde_json::json;

use crate::storage::saved_file;
use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_cannot_be_read_is_offered_as_a_file_byte_for_byte", offered),
    Journey::new("where_all_can_be_read_nothing_speaks_of_damage", nothing_to_offer),
    Journey::new("what_a_newer_version_wrote_stays_and_is_told_as_such", newer),
    Journey::new("values_of_another_kind_stop_no_page", of_another_kind),
    Journey::new("an_absurd_entry_of_the_history_stops_no_page", absurd_history),
];

/// Each stored value that a script or a page reads is replaced by a value of another type.
fn of_another_kind(stage: &Stage) {
    stage.site.inject_script(
        "addEventListener('error', (event) => { window.failure = String(event.message) });
        addEventListener('unhandledrejection', (event) => { window.failure = String(event.reason) })",
    );
    let visit = stage.visit();
    visit.open("help/");
    let put =
        "for (const key of ['about', 'practice', 'locale']) localStorage.setItem('between-us:' + key, arguments[0])";
    for text in ["5", "null", "[]", "\"a\"", "{\"format\":2,\"number\":5,\"name\":7}", "{\"number\":{}}", "{", ""] {
        visit.js::<()>(put, &[json!(text)]);
        for page in ["help/", "caregivers/", "reflect/", ""] {
            visit.open(page);
            if page == "reflect/" {
                visit.ready();
            }
            if page == "caregivers/" {
                until("the link shows", || {
                    visit.js::<bool>("return !!document.querySelector('[data-invite-link]').value", &[]).then_some(())
                });
            }
            assert_eq!(visit.js::<Option<String>>("return window.failure ?? null", &[]), None, "{text:?} on {page:?}");
        }
    }
}

fn absurd_history(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "mine");
    for state in ["-1", "1e308", "NaN", "4294967295", "999999", "{}", "[7]", "'7'", "0.5"] {
        visit.js::<()>(&format!("history.replaceState({state}, '')"), &[]);
        visit.reload();
        visit.ready();
        visit.wait_for_step(&step);
        assert_eq!(visit.free_text(&step), "mine", "with {state}");
        let on = visit.next();
        assert_ne!(on, step);
        visit.js::<()>(
            &format!("history.replaceState({state}, ''); history.pushState({state}, ''); history.back()"),
            &[],
        );
        visit.go("answers");
        visit.back();
        visit.open("reflect/");
        visit.ready();
        visit.go("answers");
        visit.click(&format!("[data-answer={step}] [data-action=change]"));
        visit.wait_for_step(&step);
    }
}

const OFFER: &str = "[data-app] ~ .when-aside [data-action=save]";

fn is_offered(visit: &Visit) -> bool {
    visit.js("return !!document.querySelector(arguments[0])?.offsetParent", &[json!(OFFER)])
}

/// Delays fetches until after `pageshow`, so that the app starts late, as on a slow network.
const SLOW: &str = "const fetched = window.fetch;
    const loaded = new Promise((go) => addEventListener('pageshow', () => setTimeout(go, 100)));
    window.fetch = (...given) => loaded.then(() => fetched(...given));";

fn offered(stage: &Stage) {
    stage.site.inject_script(SLOW);
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let damaged = visit.next();
    visit.write(&damaged, "mine");
    let whole = visit.next();
    visit.write(&whole, "stays");
    visit.wait_for_save_status("yes");
    let break_it = "const key = Object.keys(localStorage).find((key) => key.endsWith(':' + arguments[0]));
        localStorage.setItem(key, localStorage.getItem(key).slice(0, -9) + '\\u0007');
        return localStorage.getItem(key)";
    // On a page without the app, which would quarantine the value when its page unloads.
    visit.open("help/");
    let bytes: String = visit.js(break_it, &[json!(damaged)]);
    visit.open("reflect/");
    visit.ready();
    visit.wait_for_step(&whole);
    assert_eq!(visit.free_text(&whole), "stays");
    until("the quarantined value is offered", || is_offered(&visit).then_some(()));
    let file: serde_json::Value = serde_json::from_str(&saved_file(&visit, OFFER)).expect("the file is JSON");
    let values = file["values"].as_object().expect("the file has the stored values");
    assert!(
        values.iter().any(|(key, value)| key.contains(":aside:") && *value == json!(bytes)),
        "{bytes:?} is not in {values:?}"
    );
}

fn nothing_to_offer(stage: &Stage) {
    let visit = stage.visit();
    assert!(!is_offered(&visit));
    visit.begin_with_storage(StorageChoice::Device);
    visit.reload();
    visit.ready();
    assert!(!is_offered(&visit));
}

fn newer(stage: &Stage) {
    const NEWER: &str = r#"{"format":9,"something":"else"}"#;
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let theirs = visit.next();
    visit.write(&theirs, "mine");
    visit.wait_for_save_status("yes");
    assert!(!visit.has("[data-newer]"));
    let replace = "const key = Object.keys(localStorage).find((key) => key.endsWith(':' + arguments[0]));
        localStorage.setItem(key, arguments[1])";
    let stored = "return Object.entries(localStorage).find(([key]) => key.endsWith(':' + arguments[0]))[1]";
    visit.open("help/");
    visit.js::<()>(replace, &[json!(theirs), json!(NEWER)]);
    visit.open("reflect/");
    visit.ready();
    visit.wait_for_step(&theirs);
    assert!(visit.is_visible("[data-newer]"));
    visit.go("answers");
    assert!(visit.has(&format!("[data-answer={theirs}]")), "the only answer is missing from the list");
    visit.back();
    visit.wait_for_step(&theirs);
    visit.write(&theirs, "written all the same");
    visit.wait_for_save_status("no");
    let skipped = visit.next();
    assert!(!visit.has("[data-newer]"), "{skipped} has an answer of a newer version");
    visit.back();
    assert_eq!(visit.free_text(&theirs), "written all the same", "the text is lost while the page is open");
    assert_eq!(visit.js::<String>(stored, &[json!(theirs)]), NEWER);
}
