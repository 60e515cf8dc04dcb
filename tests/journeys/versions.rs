//! From the frozen build of an earlier version to today's, both at once, and back: nothing that was kept is lost.
//!
//! The store is the one that the frozen build wrote. Pages of both builds stand at one address, one build after the other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{
    Engine, FROZEN_LOCALE, Host, Journey, Stage, StorageChoice, Trouble, Visit, built, frozen, until,
};

const NO_WORKER: &[(Engine, &str)] =
    &[(Engine::WebKit, "an automated WebKitGTK keeps nothing, and so has no service worker")];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("what_an_earlier_version_kept_opens_in_todays", upgrade),
    Journey::new("an_earlier_version_and_its_worker_give_way_to_todays", upgrade_with_worker).not_in(NO_WORKER),
    Journey::new("an_earlier_version_and_todays_side_by_side_lose_nothing", side_by_side),
    Journey::new("going_back_to_an_earlier_version_and_forth_loses_nothing", rollback),
];

/// The values that the frozen build kept, by the name of the store.
fn frozen_store() -> BTreeMap<String, BTreeMap<String, String>> {
    serde_json::from_str(include_str!("../fixtures/store-0.1.json")).expect("it is a map of stores")
}

const CHANGED: &str = "between-us:changed";

/// The texts of each store that its two reflections hold.
const TEXTS: [&str; 6] = ["first words", "second words", "own topic", "plan of two", "midwife on monday", "Pip"];

fn open(visit: &Visit, host: &Host, page: &str) {
    visit.goto(&host.url(&format!("{FROZEN_LOCALE}/{page}")));
}

/// A host of the frozen build whose service worker cannot be had: which build a page is of, the host alone decides.
fn host_without_worker() -> Host {
    let host = Host::start(frozen());
    host.trouble("/sw.js", Trouble::Missing);
    host
}

/// Puts what the frozen build kept into this store of the browser.
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

/// All that is kept, as one text.
fn all_kept(visit: &Visit) -> String {
    format!("{:?}", visit.kept())
}

#[track_caller]
fn holds(visit: &Visit, texts: &[&str]) {
    let kept = all_kept(visit);
    for text in texts {
        assert!(kept.contains(text), "{text} is lost: {kept}");
    }
    assert!(!visit.sees("[data-cover=broken]"), "something broke");
}

/// Returns whether the page is of the frozen build.
fn is_frozen(visit: &Visit) -> bool {
    visit.has("script[src$='shell-8bbe98c0.js']")
}

/// Returns whether each member of what was kept is kept still, whatever has been added.
#[track_caller]
fn is_kept_still(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    for (key, value) in before {
        let (Some(now), Ok(old)) = (after.get(key), serde_json::from_str::<Value>(value)) else {
            panic!("{key} is gone: {after:?}");
        };
        let now: Value = serde_json::from_str(now).expect("it can be read");
        for (member, old) in old.as_object().expect("it has members") {
            // Where somebody is, and by which version something was written, may change.
            let may_change = ["format", "step", "current", "revision", "pace"].contains(&member.as_str());
            assert!(may_change || now[member] == *old, "{member} of {key}: {old} became {}", now[member]);
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
        assert!(visit.text("[data-app]").contains("second words"), "the open reflection shows");
        let kept = visit.kept();
        is_kept_still(&before, if store == "local" { &kept.device } else { &kept.tab });
        holds(&visit, &TEXTS);
        open(&visit, &host, "reflect/");
        visit.ready();
        visit.at("pace");
        let step = visit.next();
        visit.write(&step, "after the upgrade");
        until("it is kept", || all_kept(&visit).contains("after the upgrade").then_some(()));
        holds(&visit, &TEXTS);
    }

    // What rested, rests.
    open(&visit, &host, "about/");
    visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
    seed(&visit, "local", true);
    open(&visit, &host, "reflect/");
    until("it rests still", || visit.url().ends_with("/changed/").then_some(()));
    holds(&visit, &TEXTS);
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
    assert!(is_frozen(&visit), "what is kept opens at once");
    until("today's version waits", || {
        let waits: bool = visit.js("return navigator.serviceWorker.getRegistration().then((it) => !!it.waiting)", &[]);
        waits.then_some(())
    });
    visit.click("[data-action=update]");
    until("today's version shows", || (!is_frozen(&visit)).then_some(()));
    visit.ready();
    holds(&visit, &TEXTS);
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
    until("it is kept", || all_kept(&old).contains("old tab").then_some(()));

    host.serve(built());
    let new = stage.visit();
    open(&new, &host, "reflect/");
    new.ready();
    assert!(is_frozen(&old) && !is_frozen(&new));
    // The same answer: each goes on with what the other wrote.
    new.at(&step);
    new.write(&step, ", new tab");
    until("the old tab has heard", || old.written(&step).contains("new tab").then_some(()));
    old.write(&step, ", old again");
    until("the new tab has heard", || new.written(&step).contains("old again").then_some(()));
    // Different answers.
    let next = old.next();
    old.write(&next, "only in the old");
    new.write(&step, ", new again");
    let texts = ["old tab", "new tab", "old again", "new again", "only in the old"];
    until("all of it is kept", || texts.iter().all(|text| all_kept(&new).contains(text)).then_some(()));
    for visit in [&old, &new] {
        holds(visit, &TEXTS);
        visit.reload();
        visit.ready();
        holds(visit, &texts);
    }
    assert!(!is_frozen(&old), "both are of today's version now");
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
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
    visit.menu();
    visit.tell("nickname", "Pip");
    visit.next();
    until("it is kept", || all_kept(&visit).contains("Pip").then_some(()));
    let before = visit.kept().device;

    host.serve(frozen());
    open(&visit, &host, "reflect/");
    visit.ready();
    assert!(is_frozen(&visit));
    visit.go("answers");
    assert!(visit.text("[data-app]").contains("new first"), "it opens what it knows");
    is_kept_still(&before, &visit.kept().device);
    visit.click("[data-answer=feelings-now] [data-action=change]");
    visit.at("feelings-now");
    visit.write("feelings-now", ", old second");
    until("it is kept", || all_kept(&visit).contains("new first, old second").then_some(()));

    host.serve(built());
    open(&visit, &host, "sheet/");
    visit.ready();
    assert!(!is_frozen(&visit));
    assert!(visit.text("[data-app]").contains("new first, old second"), "today's version goes on with it");
    holds(&visit, &["Pip"]);
    let before = before.into_iter().filter(|(key, _)| !key.ends_with(":feelings-now")).collect();
    is_kept_still(&before, &visit.kept().device);
}
