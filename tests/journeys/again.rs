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
    visit.wait_for_step("reflections");
}

fn two_reflections<'a>(stage: &'a Stage) -> Visit<'a> {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    to_reflections(&visit);
    visit.click("[data-action=begin-again]");
    visit.wait_for_step("feelings-now");
    assert!(!visit.has_chosen("feelings-now", "doubt"), "the new reflection has the earlier answer");
    assert_eq!(visit.free_text("feelings-now"), "");
    reflect_once(&visit, "joy", "later");
    visit.wait_for_save_status("undecided");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit
}

fn beginning_again(stage: &Stage) {
    let visit = two_reflections(stage);
    visit.go("answers");
    visit.open_sheet();
    assert!(visit.sheet_line("feelings-now").contains("later"));
    visit.open("reflect/");
    visit.ready();
    visit.go("reflections");
    assert_eq!(visit.count("[data-reflection]"), 2);
    visit.click("[data-action=open-reflection]");
    visit.wait_for_step("answers");
    visit.open_sheet();
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
    assert!(visit.stored().is_empty());
    visit.click("[data-unkept] [data-action=keep]");
    visit.wait_for_step("keep");
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
    visit.next();
    visit.wait_for_step("reflections");
    visit.click("[data-action=begin-again]");
    visit.wait_for_step("feelings-now");
    reflect_once(&visit, "joy", "left behind");
    visit.next();
    to_reflections(&visit);
    visit.click("[data-action=open-reflection]");
    visit.wait_for("[data-unkept]");
    assert!(visit.text("[data-app] [role=alert]").len() > 1);
    visit.click("[data-action=leave-unkept]");
    visit.wait_for_step("answers");
    let shown = visit.text("[data-app]");
    assert!(shown.contains("earlier") && !shown.contains("left behind"), "{shown}");
    assert!(!format!("{:?}", visit.stored()).contains("left behind"));
}

fn separate(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    reflect_once(&visit, "doubt", "earlier");
    visit.next();
    visit.choose_storage(StorageChoice::Device);
    visit.open_profile();
    visit.toggle_wish("no-touch");
    visit.choose_role("carrying");
    visit.fill_profile("nickname", "Pip");
    visit.fill_profile("number", "010-123 45 67");
    visit.next();
    to_reflections(&visit);
    let before = visit.stored().device;
    visit.click("[data-action=begin-again]");
    visit.wait_for_step("feelings-now");
    visit.open_profile();
    assert!(
        !visit.has("[data-app] :is([name='about.wish'], [name='about.role']):checked"),
        "the profile of the first reflection shows"
    );
    for field in ["nickname", "number"] {
        let typed: String =
            visit.js("return document.getElementById(arguments[0]).value", &[format!("about.{field}").into()]);
        assert_eq!(typed, "");
    }
    visit.choose_role("partner");
    visit.next();
    reflect_once(&visit, "joy", "later");
    assert_eq!(visit.stored().device, before, "the first reflection changed before a storage is chosen");
    visit.next();
    visit.choose_storage(StorageChoice::Tab);
    visit.wait_for_save_status("tab");
    assert_eq!(visit.stored().device, before, "the first reflection moved");
    let number =
        |visit: &Visit| visit.js::<u32>("return document.querySelectorAll('[href=\"tel:0101234567\"]').length", &[]);
    visit.open("help/");
    assert_eq!(number(&visit), 0, "another person's number shows");
    visit.open("reflect/");
    visit.ready();
    to_reflections(&visit);
    visit.click("[data-action=open-reflection]");
    visit.wait_for_step("answers");
    visit.wait_for_save_status("yes");
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
    visit.choose_storage(StorageChoice::Tab);
    visit.wait_for_save_status("tab");
    let copy = serde_json::json!(visit.stored().tab);
    let other = stage.visit();
    other.open("about/");
    other.js::<()>(
        "Object.entries(arguments[0]).forEach(([key, value]) => sessionStorage.setItem(key, value))",
        &[copy],
    );
    visit.back();
    visit.write("feelings-now", ", and more");
    until("the text is stored", || format!("{:?}", visit.stored().tab).contains("and more").then_some(()));
    other.open("reflect/");
    other.ready();
    other.wait_for_step("keep");
    other.choose_storage(StorageChoice::Device);
    other.wait_for_save_status("yes");
    visit.reload();
    visit.ready();
    visit.wait_for_save_status("yes");
    assert!(
        visit.text("[data-app]").contains("often, and more") || visit.free_text("feelings-now") == "often, and more"
    );
    assert!(format!("{:?}", visit.stored().device).contains("often, and more") && visit.stored().tab.is_empty());
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
    visit.choose_storage(StorageChoice::Device);
    visit.wait_for_save_status("yes");
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
