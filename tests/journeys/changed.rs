//! Something has changed: everything rests, nothing is lost, and it can be taken back.

use crate::support::{Journey, Place, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("after_a_change_everything_rests_at_every_step_and_can_wake", at_every_step),
    Journey::new("a_change_in_tab_mode_rests_in_that_tab", in_tab_mode),
    Journey::new("opening_the_page_for_a_change_writes_nothing", opening_it),
    Journey::new("a_change_reaches_the_other_tab", other_tab),
    Journey::new("erasing_after_a_change_leaves_nothing", erasing),
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
    visit.keep(Place::Device);
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
    visit.begin_and_keep(Place::Tab);
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
    visit.begin_and_keep(Place::Device);
    let before = visit.kept();
    visit.open("changed/");
    assert_eq!(visit.kept(), before);
    visit.open("reflect/");
    visit.ready();
}

fn other_tab(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(Place::Device);
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    rest(&visit);
    at_rest(&other);
}

fn erasing(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_and_keep(Place::Device);
    rest(&visit);
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is kept", || visit.kept().is_empty().then_some(()));
    visit.open("");
    visit.begin();
}
