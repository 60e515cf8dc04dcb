//! Upgrades from the frozen build of an earlier version, both versions at once, and downgrades: stored values are never
//! lost.
//!
//! The stored values were written by the frozen build. Pages of both builds are served at one address, one build after
//! the other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Engine, FROZEN_LOCALE, Fault, Host, Journey, Stage, StorageChoice, Visit, built, frozen, until};

const NO_WORKER: &[(Engine, &str)] =
    &[(Engine::WebKit, "an automated WebKitGTK stores nothing and has no service worker")];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_an_earlier_version_kept_opens_in_todays", upgrade),
    Journey::new("an_earlier_version_and_its_worker_give_way_to_todays", upgrade_with_worker).not_in(NO_WORKER),
    Journey::new("an_earlier_version_and_todays_side_by_side_lose_nothing", side_by_side),
    Journey::new("going_back_to_an_earlier_version_and_forth_loses_nothing", rollback),
];

/// Returns the values stored by the frozen build, by the name of the store.
fn frozen_store() -> BTreeMap<String, BTreeMap<String, String>> {
    serde_json::from_str(include_str!("../fixtures/store-0.1.json")).expect("the fixture is a map of stores")
}

const CHANGED: &str = "between-us:changed";

/// Texts that the two reflections of each store contain.
const TEXTS: [&str; 6] = ["first words", "second words", "own topic", "plan of two", "midwife on monday", "Pip"];

fn open(visit: &Visit, host: &Host, page: &str) {
    visit.goto(&host.url(&format!("{FROZEN_LOCALE}/{page}")));
}

/// Starts a host of the frozen build without a service worker, so that the host alone decides the version of a page.
fn host_without_worker() -> Host {
    let host = Host::start(frozen());
    host.add_fault("/sw.js", Fault::Missing);
    host
}

/// Writes the values of the frozen build into this store of the browser.
fn seed(visit: &Visit, store: &str, with_change: bool) {
    let mut values = frozen_store().remove(store).expect("the fixture has this store");
    if !with_change {
        values.remove(CHANGED);
    }
    let write = format!(
        "{store}Storage.clear(); for (const [key, value] of Object.entries(arguments[0])) {store}Storage.setItem(key, value)"
    );
    visit.js::<()>(&write, &[json!(values)]);
}

/// Returns all stored values as one text.
fn all_stored(visit: &Visit) -> String {
    format!("{:?}", visit.stored())
}

#[track_caller]
fn assert_contains(visit: &Visit, texts: &[&str]) {
    let stored = all_stored(visit);
    for text in texts {
        assert!(stored.contains(text), "{text} is lost: {stored}");
    }
    assert!(!visit.is_visible("[data-cover=broken]"), "the app broke");
}

/// Returns whether the page is of the frozen build.
fn is_frozen(visit: &Visit) -> bool {
    visit.has("script[src$='shell-8bbe98c0.js']")
}

/// Asserts that each stored field is unchanged. New fields are allowed.
#[track_caller]
fn assert_preserved(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    for (key, value) in before {
        let (Some(now), Ok(old)) = (after.get(key), serde_json::from_str::<Value>(value)) else {
            panic!("{key} is gone: {after:?}");
        };
        let now: Value = serde_json::from_str(now).expect("the value is JSON");
        for (field, old) in old.as_object().expect("the value is an object") {
            // The position in the flow and the version that wrote a value may change.
            let may_change = ["format", "step", "current", "revision", "pace"].contains(&field.as_str());
            assert!(may_change || now[field] == *old, "{field} of {key}: {old} became {}", now[field]);
        }
    }
}

fn upgrade(stage: &Stage) {
    let mut host = host_without_worker();
    let visit = stage.visit();
    for store in ["local", "session"] {
        host.serve(frozen());
        open(&visit, &host, "about/");
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
        seed(&visit, store, false);
        let before = frozen_store().remove(store).expect("the fixture has this store");
        let before = before.into_iter().filter(|(key, _)| key != CHANGED).collect();
        open(&visit, &host, "reflect/");
        visit.ready();
        assert!(is_frozen(&visit));

        host.serve(built());
        open(&visit, &host, "sheet/");
        visit.ready();
        assert!(!is_frozen(&visit));
        assert!(visit.text("[data-app]").contains("second words"), "the open reflection does not show");
        let stored = visit.stored();
        assert_preserved(&before, if store == "local" { &stored.device } else { &stored.tab });
        assert_contains(&visit, &TEXTS);
        open(&visit, &host, "reflect/");
        visit.ready();
        visit.wait_for_step("pace");
        let step = visit.next();
        visit.write(&step, "after the upgrade");
        until("the text is stored", || all_stored(&visit).contains("after the upgrade").then_some(()));
        assert_contains(&visit, &TEXTS);
    }

    // A site at rest stays at rest.
    open(&visit, &host, "about/");
    visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
    seed(&visit, "local", true);
    open(&visit, &host, "reflect/");
    until("the site still rests", || visit.url().ends_with("/changed/").then_some(()));
    assert_contains(&visit, &TEXTS);
}

fn upgrade_with_worker(stage: &Stage) {
    let mut host = Host::start(frozen());
    let visit = stage.visit();
    open(&visit, &host, "about/");
    seed(&visit, "local", false);
    let ready: bool = visit.js("return navigator.serviceWorker.ready.then(() => true)", &[]);
    assert!(ready);
    host.serve(built());
    open(&visit, &host, "reflect/");
    visit.ready();
    assert!(is_frozen(&visit), "the page is not of the stored version");
    until("the current version waits", || {
        let waits: bool = visit.js("return navigator.serviceWorker.getRegistration().then((it) => !!it.waiting)", &[]);
        waits.then_some(())
    });
    visit.click("[data-action=update]");
    until("the current version shows", || (!is_frozen(&visit)).then_some(()));
    visit.ready();
    assert_contains(&visit, &TEXTS);
    host.stop();
    open(&visit, &host, "sheet/");
    visit.ready();
    assert!(!is_frozen(&visit) && visit.text("[data-app]").contains("second words"));
}

fn side_by_side(stage: &Stage) {
    let mut host = host_without_worker();
    let old = stage.visit();
    open(&old, &host, "about/");
    seed(&old, "local", false);
    open(&old, &host, "reflect/");
    let step = old.next();
    old.write(&step, "old tab");
    until("the text is stored", || all_stored(&old).contains("old tab").then_some(()));

    host.serve(built());
    let new = stage.visit();
    open(&new, &host, "reflect/");
    new.ready();
    assert!(is_frozen(&old) && !is_frozen(&new));
    // The same answer: each tab continues with the text of the other.
    new.wait_for_step(&step);
    new.write(&step, ", new tab");
    until("the old tab shows the change", || old.free_text(&step).contains("new tab").then_some(()));
    old.write(&step, ", old again");
    until("the new tab shows the change", || new.free_text(&step).contains("old again").then_some(()));
    // Different answers.
    let next = old.next();
    old.write(&next, "only in the old");
    new.write(&step, ", new again");
    let texts = ["old tab", "new tab", "old again", "new again", "only in the old"];
    until("everything is stored", || texts.iter().all(|text| all_stored(&new).contains(text)).then_some(()));
    for visit in [&old, &new] {
        assert_contains(visit, &TEXTS);
        visit.reload();
        visit.ready();
        assert_contains(visit, &texts);
    }
    assert!(!is_frozen(&old), "a reloaded tab is of the frozen build");
}

fn rollback(stage: &Stage) {
    let mut host = host_without_worker();
    host.serve(built());
    let visit = stage.visit();
    open(&visit, &host, "");
    visit.begin();
    visit.choose("feelings-now", "joy");
    visit.write("feelings-now", "new first");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.open_profile();
    visit.fill_profile("nickname", "Pip");
    visit.next();
    until("the profile is stored", || all_stored(&visit).contains("Pip").then_some(()));
    let before = visit.stored().device;

    host.serve(frozen());
    open(&visit, &host, "reflect/");
    visit.ready();
    assert!(is_frozen(&visit));
    visit.go("answers");
    assert!(visit.text("[data-app]").contains("new first"), "the answer does not show");
    assert_preserved(&before, &visit.stored().device);
    visit.click("[data-answer=feelings-now] [data-action=change]");
    visit.wait_for_step("feelings-now");
    visit.write("feelings-now", ", old second");
    until("the text is stored", || all_stored(&visit).contains("new first, old second").then_some(()));

    host.serve(built());
    open(&visit, &host, "sheet/");
    visit.ready();
    assert!(!is_frozen(&visit));
    assert!(visit.text("[data-app]").contains("new first, old second"), "the text of the older version does not show");
    assert_contains(&visit, &["Pip"]);
    let before = before.into_iter().filter(|(key, _)| !key.ends_with(":feelings-now")).collect();
    assert_preserved(&before, &visit.stored().device);
}
