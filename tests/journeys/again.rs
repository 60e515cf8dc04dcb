//! A new reflection weeks later, beside earlier ones, which stay unchanged.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("beginning_again_keeps_the_earlier_sheet_as_it_was", beginning_again),
    Journey::new("erasing_one_reflection_asks_once_and_leaves_the_other", erasing_one),
    Journey::new("what_is_in_memory_only_is_not_left_behind_without_asking", undecided),
    Journey::new("a_new_one_shows_nothing_of_the_first_and_keeps_to_its_own_place", separate),
    Journey::new("a_duplicated_tab_takes_nothing_from_the_first", duplicated),
    Journey::new("what_two_tabs_agree_on_at_the_table_is_kept_of_both", agreed_in_two),
    Journey::new("the_link_for_the_other_parent_holds_the_address_alone", passing_on),
];

/// Answers the first question with this option and free text.
fn reflect_once(visit: &Visit, option: &str, text: &str) {
    visit.choose("feelings-now", option);
    visit.write("feelings-now", text);
}

/// Goes to the list of reflections from any screen of the questions page.
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
    visit.keep(StorageChoice::Device);
    to_reflections(&visit);
    visit.click("[data-action=begin-again]");
    visit.at("feelings-now");
    assert!(!visit.has_chosen("feelings-now", "doubt"), "the new reflection has the earlier answer");
    assert_eq!(visit.written("feelings-now"), "");
    reflect_once(&visit, "joy", "later");
    visit.saved_is("undecided");
    visit.next();
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
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
    assert!(line.contains("earlier") && !line.contains("later"), "the earlier sheet shows: {line}");
}

fn erasing_one(stage: &Stage) {
    let visit = two_reflections(stage);
    to_reflections(&visit);
    visit.click("[data-reflection]:last-child [data-action=erase-one]");
    visit.click("[data-action=keep-it]");
    assert_eq!(visit.count("[data-reflection]"), 2);
    visit.click("[data-reflection]:last-child [data-action=erase-one]");
    visit.click("[data-action=erase-yes-one]");
    until("one reflection is left", || (visit.count("[data-reflection]") == 1).then_some(()));
    let stored = format!("{:?}", visit.stored());
    assert!(stored.contains("later") && !stored.contains("earlier"), "stored: {stored}");
}

fn undecided(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    to_reflections(&visit);
    visit.click("[data-action=begin-again]");
    visit.wait_for("[data-unkept]");
    assert!(visit.kept().is_empty());
    visit.click("[data-unkept] [data-action=keep]");
    visit.at("keep");
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
    visit.next();
    visit.at("reflections");
    visit.click("[data-action=begin-again]");
    visit.at("feelings-now");
    reflect_once(&visit, "joy", "left behind");
    visit.next();
    to_reflections(&visit);
    visit.click("[data-action=open-reflection]");
    visit.wait_for("[data-unkept]");
    assert!(visit.text("[data-app] [role=alert]").len() > 1);
    visit.click("[data-action=leave-unkept]");
    visit.at("answers");
    let shown = visit.text("[data-app]");
    assert!(shown.contains("earlier") && !shown.contains("left behind"), "{shown}");
    assert!(!format!("{:?}", visit.kept()).contains("left behind"));
}

fn separate(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    visit.keep(StorageChoice::Device);
    visit.menu();
    visit.wish("no-touch");
    visit.role("carrying");
    visit.tell("nickname", "Pip");
    visit.tell("number", "010-123 45 67");
    visit.next();
    to_reflections(&visit);
    let before = visit.kept().device;
    visit.click("[data-action=begin-again]");
    visit.at("feelings-now");
    visit.menu();
    assert!(
        !visit.has("[data-app] :is([name='about.wish'], [name='about.role']):checked"),
        "the profile of the first reflection shows"
    );
    for field in ["nickname", "number"] {
        let typed: String =
            visit.js("return document.getElementById(arguments[0]).value", &[format!("about.{field}").into()]);
        assert_eq!(typed, "");
    }
    visit.role("partner");
    visit.next();
    reflect_once(&visit, "joy", "later");
    assert_eq!(visit.kept().device, before, "the first reflection changed before a storage is chosen");
    visit.next();
    visit.keep(StorageChoice::Tab);
    visit.saved_is("tab");
    assert_eq!(visit.kept().device, before, "the first reflection moved");
    let number =
        |visit: &Visit| visit.js::<u32>("return document.querySelectorAll('[href=\"tel:0101234567\"]').length", &[]);
    visit.open("help/");
    assert_eq!(number(&visit), 0, "another person's number shows");
    visit.open("reflect/");
    visit.ready();
    to_reflections(&visit);
    visit.click("[data-action=open-reflection]");
    visit.at("answers");
    visit.saved_is("yes");
    assert!(visit.text("[data-app]").contains("earlier"));
    visit.open("help/");
    assert!(number(&visit) > 0, "the number of the open reflection is missing");
    let other = stage.visit();
    other.open("help/");
    assert!(number(&other) > 0);
}

/// Drivers cannot duplicate a tab. Like a browser, the journey copies the session storage to another tab.
fn duplicated(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "often");
    visit.next();
    visit.keep(StorageChoice::Tab);
    visit.saved_is("tab");
    let copy = serde_json::json!(visit.kept().tab);
    let other = stage.visit();
    other.open("about/");
    other.js::<()>(
        "Object.entries(arguments[0]).forEach(([key, value]) => sessionStorage.setItem(key, value))",
        &[copy],
    );
    visit.back();
    visit.write("feelings-now", ", and more");
    until("the text is stored", || format!("{:?}", visit.kept().tab).contains("and more").then_some(()));
    other.open("reflect/");
    other.ready();
    other.at("keep");
    other.keep(StorageChoice::Device);
    other.saved_is("yes");
    visit.reload();
    visit.ready();
    visit.saved_is("yes");
    assert!(visit.text("[data-app]").contains("often, and more") || visit.written("feelings-now") == "often, and more");
    assert!(format!("{:?}", visit.kept().device).contains("often, and more") && visit.kept().tab.is_empty());
}

/// Opens the table and goes to what was agreed.
fn to_agreed(visit: &Visit) {
    visit.open("sheet/");
    visit.ready();
    visit.click("[data-action=table]");
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-action=to-agreed]");
    visit.wait_for("textarea[name=agreed]");
}

fn agreed_in_two(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    visit.keep(StorageChoice::Device);
    visit.saved_is("yes");
    let other = stage.visit();
    to_agreed(&visit);
    to_agreed(&other);
    visit.type_into("textarea[name=agreed]", "walks");
    let value = |visit: &Visit, name: &str| {
        visit.js::<String>("return document.getElementById(arguments[0]).value", &[name.into()])
    };
    until("the other tab shows the text", || (value(&other, "agreed") == "walks").then_some(()));
    other.type_into("textarea[name=calls]", "on monday");
    until("the first tab shows the text", || (value(&visit, "calls") == "on monday").then_some(()));
    other.type_into("textarea[name=agreed]", ", rest");
    until("the first tab shows the next text too", || (value(&visit, "agreed") == "walks, rest").then_some(()));
    visit.type_into("textarea[name=agreed]", ", sleep");
    until("everything is stored", || {
        let stored = format!("{:?}", visit.stored().device);
        (stored.contains("walks, rest, sleep") && stored.contains("on monday")).then_some(())
    });
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
