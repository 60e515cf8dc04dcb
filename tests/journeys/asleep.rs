//! Pages that sleep while another tab changes or erases what they show: in the back/forward cache, frozen, discarded.

use serde_json::json;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};

const CHROMIUM_ONLY: &[(Engine, &str)] = &[
    (Engine::Firefox, "only Chromium's driver can freeze a page"),
    (Engine::WebKit, "only Chromium's driver can freeze a page"),
];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a_page_back_from_the_cache_shows_what_changed_meanwhile", cached_and_changed),
    Journey::new("a_page_back_from_the_cache_brings_nothing_erased_back", cached_and_erased),
    Journey::new("in_tab_mode_a_page_back_from_the_cache_brings_nothing_erased_back", cached_in_tab_mode),
    Journey::new("erasing_reaches_a_tab_mode_that_stands_on_another_page", erased_on_another_page),
    Journey::new("a_frozen_page_wakes_to_what_changed_and_what_was_erased", frozen).not_in(CHROMIUM_ONLY),
    Journey::new("a_discarded_page_comes_back_with_all_that_was_kept", discarded),
];

/// Keeps at this place, and stands at a question with these words in it.
fn writing(visit: &Visit, place: StorageChoice, words: &str) -> String {
    visit.begin_and_keep(place);
    let step = visit.next();
    visit.write(&step, words);
    visit.saved_is(if place == StorageChoice::Device { "yes" } else { "tab" });
    step
}

/// Another tab of the same parent, at the same question.
fn another<'a>(stage: &'a Stage, step: &str) -> Visit<'a> {
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    other.at(step);
    other
}

fn erase_everything(visit: &Visit) {
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is kept", || visit.kept().is_empty().then_some(()));
}

/// Goes to another page in such a way that the one that shows can go into the cache.
fn leave(visit: &Visit) {
    visit.js::<()>("window.slept = true", &[]);
    visit.click("footer a[href*='about/']");
    until("another page shows", || visit.url().contains("/about/").then_some(()));
}

/// The browser's Back. Where the engine has such a cache under its driver, the page must come from it, or nothing is proved.
fn come_back(visit: &Visit) {
    visit.browser_back();
    visit.ready();
    let from_cache = visit.js::<bool>("return !!window.slept", &[]);
    assert!(from_cache || visit.engine() != Engine::Chromium, "the page was loaded anew");
}

/// Nothing from before shows, is kept, or comes back with the next thing that is typed.
#[track_caller]
fn is_empty(visit: &Visit, words: &str) {
    visit.at("feelings-now");
    assert!(!visit.text("[data-app]").contains(words));
    assert_eq!(visit.written("feelings-now"), "");
    visit.write("feelings-now", "new");
    visit.saved_is("undecided");
    assert!(visit.kept().is_empty(), "something came back: {:?}", visit.kept());
}

fn cached_and_changed(stage: &Stage) {
    let visit = stage.visit();
    let step = writing(&visit, StorageChoice::Device, "before");
    leave(&visit);
    let other = another(stage, &step);
    other.write(&step, ", and meanwhile");
    other.saved_is("yes");
    come_back(&visit);
    until("what changed shows", || (visit.written(&step) == "before, and meanwhile").then_some(()));
    visit.write(&step, ", and after");
    until("the other tab shows it", || (other.written(&step) == "before, and meanwhile, and after").then_some(()));
}

fn cached_and_erased(stage: &Stage) {
    let visit = stage.visit();
    writing(&visit, StorageChoice::Device, "gone");
    leave(&visit);
    erase_everything(&stage.visit());
    come_back(&visit);
    is_empty(&visit, "gone");
}

fn cached_in_tab_mode(stage: &Stage) {
    let visit = stage.visit();
    writing(&visit, StorageChoice::Tab, "gone");
    leave(&visit);
    erase_everything(&visit);
    visit.browser_back();
    visit.browser_back();
    visit.ready();
    is_empty(&visit, "gone");
}

/// Pages without the app hear of it too.
fn erased_on_another_page(stage: &Stage) {
    let visit = stage.visit();
    writing(&visit, StorageChoice::Tab, "gone");
    leave(&visit);
    erase_everything(&stage.visit());
    until("the tab keeps nothing", || visit.kept().is_empty().then_some(()));
    come_back(&visit);
    is_empty(&visit, "gone");
}

fn frozen(stage: &Stage) {
    let visit = stage.visit();
    let step = writing(&visit, StorageChoice::Device, "before");
    let other = another(stage, &step);
    let state = |state: &str| drop(visit.cdp("Page.setWebLifecycleState", json!({ "state": state })));
    state("frozen");
    other.write(&step, ", and meanwhile");
    other.saved_is("yes");
    state("active");
    until("what changed shows", || (visit.written(&step) == "before, and meanwhile").then_some(()));
    state("frozen");
    erase_everything(&other);
    state("active");
    is_empty(&visit, "before");
}

/// A browser that needs room throws a page away, and loads it anew when it is looked at.
fn discarded(stage: &Stage) {
    for place in [StorageChoice::Device, StorageChoice::Tab] {
        let visit = stage.visit();
        let step = writing(&visit, place, "kept");
        visit.js::<()>("window.slept = true", &[]);
        visit.reload();
        visit.ready();
        assert!(!visit.js::<bool>("return !!window.slept", &[]), "the page was not thrown away");
        visit.at(&step);
        assert_eq!(visit.written(&step), "kept");
        erase_everything(&visit);
    }
}
