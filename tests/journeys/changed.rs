//! "Something has changed": the site rests, nothing is lost, and resting can be undone.

use crate::promises::FULL_WHEN_MARKED;
use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("after_a_change_everything_rests_at_every_step_and_can_wake", at_every_step),
    Journey::new("a_change_in_tab_mode_rests_in_that_tab", in_tab_mode),
    Journey::new("opening_the_page_for_a_change_writes_nothing", opening_it),
    Journey::new("a_change_reaches_the_other_tab", other_tab),
    Journey::new("erasing_after_a_change_leaves_nothing", erasing),
    Journey::new("a_change_that_a_full_store_refuses_rests_all_the_same_and_says_so", full_store),
    Journey::new("a_change_that_every_store_refuses_rests_on_its_page", no_room_at_all),
    Journey::new("a_button_that_cannot_do_its_work_says_so", refused),
    Journey::new("erasing_that_a_store_refuses_does_not_say_that_all_is_erased", not_erased),
];

/// Puts the site to rest, by the link in the footer.
fn rest(visit: &Visit) {
    visit.click("footer a[href$='changed/']");
    visit.click("[data-action=rest]");
    until("the site rests", || visit.is_visible("[data-action=wake]").then_some(()));
}

/// Waits for the page of a site at rest.
fn wait_for_rest(visit: &Visit) {
    until("the page without questions shows", || visit.url().ends_with("/changed/").then_some(()));
}

/// Ends the rest, and continues where the parent was.
fn wake(visit: &Visit) {
    visit.click("[data-action=wake]");
    visit.click("[data-action=continue]");
    visit.ready();
}

fn at_every_step(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "doubt");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    let mut step = visit.next();
    for page in ["", "reflect/", "sheet/"].into_iter().cycle() {
        let before = visit.stored();
        rest(&visit);
        visit.open(page);
        wait_for_rest(&visit);
        assert!(!visit.is_visible("footer a[href$='questions/']"), "a link to texts about a baby still shows");
        wake(&visit);
        visit.wait_for_step(&step);
        assert_eq!(visit.stored(), before, "resting changed stored values");
        if step == "answers" {
            return;
        }
        step = visit.next();
    }
}

fn in_tab_mode(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Tab);
    rest(&visit);
    assert!(visit.stored().device.is_empty(), "the rest of a tab is stored on the device");
    wake(&visit);
    visit.wait_for_step("pace");
}

fn opening_it(stage: &Stage) {
    let visit = stage.visit();
    visit.open("changed/");
    assert!(visit.stored().is_empty());
    assert!(!visit.is_visible("[data-action=rest]"), "the rest is offered although nothing is stored");
    visit.open("");
    visit.begin_with_storage(StorageChoice::Device);
    let before = visit.stored();
    visit.open("changed/");
    assert_eq!(visit.stored(), before);
    visit.open("reflect/");
    visit.ready();
}

fn other_tab(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    rest(&visit);
    wait_for_rest(&other);
}

fn erasing(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    rest(&visit);
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || visit.stored().is_empty().then_some(()));
    visit.open("");
    visit.begin();
}

/// A store without any room left.
fn full_store(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open("changed/");
    // Fill the last characters one by one.
    let fill = "let size = 1 << 22, n = 0;
        while (size) { try { localStorage.setItem('fill' + n, 'x'.repeat(size)); n += 1 } catch { size >>= 1 } }
        for (const ends = ['', 'x']; ends.length;) { try { localStorage.setItem('f' + n, ends[0]); n += 1 } catch { ends.pop() } }";
    visit.js::<()>(fill, &[]);
    visit.click("[data-action=rest]");
    until("the failure shows", || visit.is_visible("[data-rest-failed]").then_some(()));
    assert!(visit.is_visible("[data-action=wake]"), "the page does not rest");
    assert!(!visit.stored().device.keys().any(|key| key.ends_with(":changed")), "the store had room");
    // The tab remembers the rest.
    visit.open("reflect/");
    wait_for_rest(&visit);
    visit.click("[data-action=wake]");
    visit.click("[data-action=continue]");
    visit.ready();
}

fn no_room_at_all(stage: &Stage) {
    stage.site.inject_script(FULL_WHEN_MARKED);
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open("changed/");
    visit.js::<()>("document.documentElement.dataset.full = ''", &[]);
    visit.click("[data-action=rest]");
    until("the failure shows", || visit.is_visible("[data-rest-failed]").then_some(()));
    assert!(visit.is_visible("[data-action=wake]"), "the page does not rest");
    visit.js::<()>("dispatchEvent(new Event('marks'))", &[]);
    assert!(visit.is_visible("[data-action=wake]"), "the page no longer rests");
    visit.click("[data-action=wake]");
    visit.wait_for("[data-action=continue]");
}

const MESSAGES: &str = "[data-ask=failed][open], [data-ask=own-browser][open], [data-ask=no-file][open]";

fn refused(stage: &Stage) {
    let close_message = |visit: &Visit| {
        until("a message shows", || visit.is_visible(MESSAGES).then_some(()));
        visit.click("[data-ask][open] [data-action=close]");
    };
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open("questions/");
    visit.js::<()>("window.print = undefined", &[]);
    visit.click("main [data-action=print]");
    close_message(&visit);
    visit.open("changed/");
    visit.js::<()>("URL.createObjectURL = () => { throw new TypeError('no') }", &[]);
    visit.click("main [data-action=save]");
    close_message(&visit);
    visit.click("[data-action=rest]");
    until("the site rests", || visit.is_visible("[data-action=wake]").then_some(()));
    visit.js::<()>("Storage.prototype.removeItem = () => { throw new DOMException('no', 'SecurityError') }", &[]);
    visit.click("[data-action=wake]");
    close_message(&visit);
    assert!(visit.is_visible("[data-action=wake]"), "the site no longer rests");
    visit.js::<()>("Object.keys = () => { throw new DOMException('no', 'SecurityError') }", &[]);
    visit.click("main [data-action=save]");
    close_message(&visit);
}

fn not_erased(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.open("privacy/");
    visit.js::<()>("Storage.prototype.removeItem = () => { throw new DOMException('no', 'SecurityError') }", &[]);
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("the failure shows", || visit.is_visible("[data-ask=not-erased][open]").then_some(()));
    assert!(!visit.is_visible("[data-ask=erased]"), "the message says that everything is erased");
    assert!(!visit.stored().is_empty());
}
