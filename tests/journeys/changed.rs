//! Something has changed: everything rests, nothing is lost, and it can be taken back.

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

/// Lets everything rest, by the link that stands on every page.
fn rest(visit: &Visit) {
    visit.click("footer a[href$='changed/']");
    visit.click("[data-action=rest]");
    until("it rests", || visit.sees("[data-action=wake]").then_some(()));
}

/// Whether the page for a change shows.
fn at_rest(visit: &Visit) {
    until("the page that asks nothing", || visit.url().ends_with("/changed/").then_some(()));
}

/// Takes it back, and goes on where one was.
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
    visit.keep(StorageChoice::Device);
    let mut step = visit.next();
    for page in ["", "reflect/", "sheet/"].into_iter().cycle() {
        let before = visit.kept();
        rest(&visit);
        visit.open(page);
        at_rest(&visit);
        assert!(!visit.sees("footer a[href$='questions/']"), "a way to words about a baby stays");
        wake(&visit);
        visit.at(&step);
        assert_eq!(visit.kept(), before, "resting changed what is kept");
        if step == "answers" {
            return;
        }
        step = visit.next();
    }
}

fn in_tab_mode(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Tab);
    rest(&visit);
    assert!(visit.kept().device.is_empty(), "a change of this tab is written on the device");
    wake(&visit);
    visit.at("pace");
}

fn opening_it(stage: &Stage) {
    let visit = stage.visit();
    visit.open("changed/");
    assert!(visit.kept().is_empty());
    assert!(!visit.sees("[data-action=rest]"), "where nothing is kept there is nothing to rest");
    visit.open("");
    visit.begin_and_keep(StorageChoice::Device);
    let before = visit.kept();
    visit.open("changed/");
    assert_eq!(visit.kept(), before);
    visit.open("reflect/");
    visit.ready();
}

fn other_tab(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    rest(&visit);
    at_rest(&other);
}

fn erasing(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    rest(&visit);
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is kept", || visit.kept().is_empty().then_some(()));
    visit.open("");
    visit.begin();
}

/// A store with no room at all for anything more.
fn full_store(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    visit.open("changed/");
    // The last signs, one by one.
    let fill = "let size = 1 << 22, n = 0;
        while (size) { try { localStorage.setItem('fill' + n, 'x'.repeat(size)); n += 1 } catch { size >>= 1 } }
        for (const ends = ['', 'x']; ends.length;) { try { localStorage.setItem('f' + n, ends[0]); n += 1 } catch { ends.pop() } }";
    visit.js::<()>(fill, &[]);
    visit.click("[data-action=rest]");
    until("it is said", || visit.sees("[data-rest-failed]").then_some(()));
    assert!(visit.sees("[data-action=wake]"), "it does not rest here");
    assert!(!visit.kept().device.keys().any(|key| key.ends_with(":changed")), "the store had room");
    // The tab remembers it.
    visit.open("reflect/");
    at_rest(&visit);
    visit.click("[data-action=wake]");
    visit.click("[data-action=continue]");
    visit.ready();
}

fn no_room_at_all(stage: &Stage) {
    stage.site.first(FULL_WHEN_MARKED);
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    visit.open("changed/");
    visit.js::<()>("document.documentElement.dataset.full = ''", &[]);
    visit.click("[data-action=rest]");
    until("it is said", || visit.sees("[data-rest-failed]").then_some(()));
    assert!(visit.sees("[data-action=wake]"), "it does not rest here");
    visit.js::<()>("dispatchEvent(new Event('marks'))", &[]);
    assert!(visit.sees("[data-action=wake]"), "it does not rest here any more");
    visit.click("[data-action=wake]");
    visit.wait_for("[data-action=continue]");
}

const SAID: &str = "[data-ask=failed][open], [data-ask=own-browser][open], [data-ask=no-file][open]";

fn refused(stage: &Stage) {
    let says_so = |visit: &Visit| {
        until("it is said", || visit.sees(SAID).then_some(()));
        visit.click("[data-ask][open] [data-action=close]");
    };
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    visit.open("questions/");
    visit.js::<()>("window.print = undefined", &[]);
    visit.click("main [data-action=print]");
    says_so(&visit);
    visit.open("changed/");
    visit.js::<()>("URL.createObjectURL = () => { throw new TypeError('no') }", &[]);
    visit.click("main [data-action=save]");
    says_so(&visit);
    visit.click("[data-action=rest]");
    until("it rests", || visit.sees("[data-action=wake]").then_some(()));
    visit.js::<()>("Storage.prototype.removeItem = () => { throw new DOMException('no', 'SecurityError') }", &[]);
    visit.click("[data-action=wake]");
    says_so(&visit);
    assert!(visit.sees("[data-action=wake]"), "it still rests");
    visit.js::<()>("Object.keys = () => { throw new DOMException('no', 'SecurityError') }", &[]);
    visit.click("main [data-action=save]");
    says_so(&visit);
}

fn not_erased(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    visit.open("privacy/");
    visit.js::<()>("Storage.prototype.removeItem = () => { throw new DOMException('no', 'SecurityError') }", &[]);
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("it is said", || visit.sees("[data-ask=not-erased][open]").then_some(()));
    assert!(!visit.sees("[data-ask=erased]"), "what is still there is said to be gone");
    assert!(!visit.kept().is_empty());
}
