//! Inactive pages whose values another tab changes or erases: in the back/forward cache, frozen, discarded.

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

/// Chooses a storage, goes to a question and types this text into it.
fn type_answer(visit: &Visit, choice: StorageChoice, text: &str) -> String {
    visit.begin_with_storage(choice);
    let step = visit.next();
    visit.write(&step, text);
    visit.wait_for_save_status(if choice == StorageChoice::Device { "yes" } else { "tab" });
    step
}

/// Opens another tab of the same visitor, at the same question.
fn other_tab<'a>(stage: &'a Stage, step: &str) -> Visit<'a> {
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    other.wait_for_step(step);
    other
}

fn erase_everything(visit: &Visit) {
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || visit.stored().is_empty().then_some(()));
}

/// Follows a link to another page, so that the current one can go into the back/forward cache.
fn leave(visit: &Visit) {
    visit.js::<()>("window.slept = true", &[]);
    visit.click("footer a[href*='about/']");
    until("another page shows", || visit.url().contains("/about/").then_some(()));
}

/// Goes back in the browser's history. Chromium must restore the page from the cache, otherwise the journey proves
/// nothing.
fn come_back(visit: &Visit) {
    visit.browser_back();
    visit.ready();
    let from_cache = visit.js::<bool>("return !!window.slept", &[]);
    assert!(from_cache || visit.engine() != Engine::Chromium, "the page was reloaded");
}

/// Asserts that nothing from before shows, is stored, or comes back when text is typed.
#[track_caller]
fn assert_erased(visit: &Visit, text: &str) {
    visit.wait_for_step("feelings-now");
    assert!(!visit.text("[data-app]").contains(text));
    assert_eq!(visit.free_text("feelings-now"), "");
    visit.write("feelings-now", "new");
    visit.wait_for_save_status("undecided");
    assert!(visit.stored().is_empty(), "something came back: {:?}", visit.stored());
}

fn cached_and_changed(stage: &Stage) {
    let visit = stage.visit();
    let step = type_answer(&visit, StorageChoice::Device, "before");
    leave(&visit);
    let other = other_tab(stage, &step);
    other.write(&step, ", and meanwhile");
    other.wait_for_save_status("yes");
    come_back(&visit);
    until("the changed text shows", || (visit.free_text(&step) == "before, and meanwhile").then_some(()));
    visit.write(&step, ", and after");
    until("the other tab shows the text", || {
        (other.free_text(&step) == "before, and meanwhile, and after").then_some(())
    });
}

fn cached_and_erased(stage: &Stage) {
    let visit = stage.visit();
    type_answer(&visit, StorageChoice::Device, "gone");
    leave(&visit);
    erase_everything(&stage.visit());
    come_back(&visit);
    assert_erased(&visit, "gone");
}

fn cached_in_tab_mode(stage: &Stage) {
    let visit = stage.visit();
    type_answer(&visit, StorageChoice::Tab, "gone");
    leave(&visit);
    erase_everything(&visit);
    visit.browser_back();
    visit.browser_back();
    visit.ready();
    assert_erased(&visit, "gone");
}

/// Pages without the app receive the notification too.
fn erased_on_another_page(stage: &Stage) {
    let visit = stage.visit();
    type_answer(&visit, StorageChoice::Tab, "gone");
    leave(&visit);
    erase_everything(&stage.visit());
    until("nothing is stored in the tab", || visit.stored().is_empty().then_some(()));
    come_back(&visit);
    assert_erased(&visit, "gone");
}

fn frozen(stage: &Stage) {
    let visit = stage.visit();
    let step = type_answer(&visit, StorageChoice::Device, "before");
    let other = other_tab(stage, &step);
    let state = |state: &str| drop(visit.cdp("Page.setWebLifecycleState", json!({ "state": state })));
    state("frozen");
    other.write(&step, ", and meanwhile");
    other.wait_for_save_status("yes");
    state("active");
    until("the changed text shows", || (visit.free_text(&step) == "before, and meanwhile").then_some(()));
    state("frozen");
    erase_everything(&other);
    state("active");
    assert_erased(&visit, "before");
}

/// A browser that needs memory discards a page, and reloads it when it is shown again.
fn discarded(stage: &Stage) {
    for choice in [StorageChoice::Device, StorageChoice::Tab] {
        let visit = stage.visit();
        let step = type_answer(&visit, choice, "kept");
        visit.js::<()>("window.slept = true", &[]);
        visit.reload();
        visit.ready();
        assert!(!visit.js::<bool>("return !!window.slept", &[]), "the page was not discarded");
        visit.wait_for_step(&step);
        assert_eq!(visit.free_text(&step), "kept");
        erase_everything(&visit);
    }
}
