//! Again, weeks later: a new reflection beside the earlier ones, which stay as they were.

use crate::support::{Journey, Place, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("beginning_again_keeps_the_earlier_sheet_as_it_was", beginning_again),
    Journey::new("erasing_one_reflection_asks_once_and_leaves_the_other", erasing_one),
    Journey::new("before_a_place_is_chosen_nobody_can_begin_again", undecided),
    Journey::new("the_link_for_the_other_parent_holds_the_address_alone", passing_on),
];

/// Answers the first question with this option and these words, and keeps it on the device.
fn reflect_once(visit: &Visit, option: &str, words: &str) {
    visit.choose("feelings-now", option);
    visit.write("feelings-now", words);
}

/// Goes to the list of reflections from wherever one is on the questions page.
fn to_reflections(visit: &Visit) {
    visit.go("answers");
    visit.go("reflections");
    visit.at("reflections");
}

fn two_reflections<'a>(stage: &'a Stage) -> Visit<'a> {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    visit.keep(Place::Device);
    to_reflections(&visit);
    visit.click("[data-action=begin-again]");
    visit.at("feelings-now");
    assert!(!visit.has_chosen("feelings-now", "doubt"), "the new one begins with the earlier answer");
    assert_eq!(visit.written("feelings-now"), "");
    reflect_once(&visit, "joy", "later");
    visit.next();
    visit
}

fn beginning_again(stage: &Stage) {
    let visit = two_reflections(stage);
    visit.go("answers");
    visit.to_sheet();
    assert!(visit.sheet_line("feelings-now").contains("later"));
    visit.open("reflect/");
    visit.ready();
    visit.go("reflections");
    assert_eq!(visit.count("[data-reflection]"), 2);
    visit.click("[data-action=open-reflection]");
    visit.at("answers");
    visit.to_sheet();
    let line = visit.sheet_line("feelings-now");
    assert!(line.contains("earlier") && !line.contains("later"), "the earlier sheet says: {line}");
}

fn erasing_one(stage: &Stage) {
    let visit = two_reflections(stage);
    to_reflections(&visit);
    visit.click("[data-reflection]:last-child [data-action=erase-one]");
    visit.click("[data-action=keep-it]");
    assert_eq!(visit.count("[data-reflection]"), 2);
    visit.click("[data-reflection]:last-child [data-action=erase-one]");
    visit.click("[data-action=erase-yes-one]");
    until("one is left", || (visit.count("[data-reflection]") == 1).then_some(()));
    let kept = format!("{:?}", visit.kept());
    assert!(kept.contains("later") && !kept.contains("earlier"), "kept: {kept}");
}

fn undecided(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    to_reflections(&visit);
    assert!(!visit.has("[data-action=begin-again]"), "memory holds one reflection only");
    assert!(visit.kept().is_empty());
}

fn passing_on(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "canary");
    visit.js::<()>("delete Navigator.prototype.share; location.hash = 'practice=canary'", &[]);
    visit.click("footer [data-action=pass-on]");
    let shown: String = visit.js("return document.querySelector('[data-pass-link]').value", &[]);
    assert_eq!(shown, stage.site.url(&format!("{}/", stage.locale)));
}
