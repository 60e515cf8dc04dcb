//! The whole way by keyboard alone, as somebody goes it who hears the page: at each step what has the focus, as what and by
//! which name, in which state, and what is said without being asked.

use thirtyfour::Key;

use crate::support::{Journey, Site, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[Journey::new("the_whole_way_is_heard_by_who_has_a_keyboard_alone", whole_way)];

const PARENT: &str = "[data-side=parent]";

/// What has the focus: its name. Its role must be this one.
#[track_caller]
fn hears(visit: &Visit, role: &str) -> String {
    // A button that is drawn anew has the focus again with the next frame.
    let (as_what, name) = until("one thing has the focus", || visit.heard_at_focus());
    assert_eq!(as_what, role, "{name:?}");
    assert!(!name.trim().is_empty(), "a {role} has no name");
    name.trim().to_owned()
}

/// Goes to a control by Tab, and hears it.
#[track_caller]
fn to(visit: &Visit, css: &str, role: &str) -> String {
    visit.tab_to(css);
    hears(visit, role)
}

/// Presses Enter on a control; a new screen follows, whose heading has the focus and is heard.
#[track_caller]
fn on(visit: &Visit, css: &str) -> String {
    let before = visit.text("h1");
    to(visit, css, "button");
    visit.press(Key::Enter);
    arrives(visit, &before)
}

/// Waits for a screen with another heading than before. It is the only one of the first rank, and has the focus.
#[track_caller]
fn arrives(visit: &Visit, before: &str) -> String {
    until("a new heading has the focus", || (visit.focus_is_on("h1") && visit.text("h1") != before).then_some(()));
    assert_eq!(visit.count("h1"), 1);
    hears(visit, "heading")
}

/// What is said about keeping, in a place that is announced when it changes.
fn said(visit: &Visit) -> String {
    visit.text("[role=status] [data-saved]").trim().to_owned()
}

/// Presses Space on a button that stays pressed, or comes up again: it says so, and keeps the focus.
#[track_caller]
fn toggles(visit: &Visit, css: &str) {
    let name = to(visit, css, "button");
    let is_pressed = || visit.focus_is_on("[aria-pressed=true]");
    let before = is_pressed();
    visit.press(Key::Space);
    until("its state is the other one", || (is_pressed() != before && visit.focus_is_on(css)).then_some(()));
    assert_eq!(hears(visit, "button"), name, "a state is told by the state, not by the name");
}

fn whole_way(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.exits_to(&there);
    let visit = stage.visit();
    first_minute(&visit);
    on_and_back(&visit);
    sheet(&visit);
    table(&visit);
    to(&visit, "header [data-action=exit]", "button");
    visit.press(Key::Enter);
    until("another address", || (visit.url() == there).then_some(()));
}

fn first_minute(visit: &Visit) {
    visit.press(Key::Tab);
    hears(visit, "link");
    assert!(visit.focus_is_on("[href='#main']"), "the first thing that Tab finds leads to the text");
    to(visit, "[data-action=begin]", "link");
    visit.press(Key::Enter);
    visit.ready();
    assert_eq!(visit.count("h1"), 1);

    let options = visit.attributes("[data-app] input[name=feelings-now]", "value");
    let group = visit.heard("[data-app] fieldset:has(input[name=feelings-now])");
    assert!(group.iter().all(|(role, name)| role == "group" && !name.is_empty()), "the options are {group:?}");
    let name = to(visit, &format!("input[value='{}']", options[0]), "checkbox");
    assert!(visit.says("feelings-now", &options[0]).contains(&name), "it is heard as it is read");
    assert!(!visit.focus_is_on(":checked"));
    visit.press(Key::Space);
    assert!(visit.focus_is_on(":checked"), "it says that it is chosen");
    to(visit, "textarea", "textbox");
    visit.keys("own words");
    let undecided = said(visit);
    assert!(!undecided.is_empty());

    on(visit, "[data-app] [data-action=continue]");
    visit.at("keep");
    toggles(visit, "[data-step=keep] [data-action=talk]");
    let group = visit.heard("fieldset:has(input[name=keep])");
    assert!(group.iter().all(|(role, name)| role == "group" && !name.is_empty()), "where to keep is {group:?}");
    to(visit, "input[name=keep]", "radio");
    assert!(!visit.has("input[name=keep]:checked"), "nothing is chosen beforehand");
    visit.press(Key::Space);
    visit.saved_is("yes");
    assert!(visit.focus_is_on(":checked"));
    assert_ne!(said(visit), undecided, "that it is kept is said");
    on(visit, "[data-app] [data-action=continue]");
    visit.at("pace");
}

/// The short way to the next question, one step back, and there again.
fn on_and_back(visit: &Visit) {
    let pace = visit.text("h1");
    let asked = on(visit, "[data-app] [data-action=continue]");
    assert!(visit.is_question());
    assert_eq!(on(visit, "[data-app] [data-action=back]"), pace.trim());
    assert_eq!(on(visit, "[data-app] [data-action=continue]"), asked);
    on(visit, "[data-app] [data-action=answers]");
    asks_first(visit, "[data-answer=feelings-now] [data-action=erase-answer]", "erase-answer-no");
    on(visit, "[data-app] [data-action=reflections]");
    asks_first(visit, "[data-reflection] [data-action=erase-one]", "keep-it");
    on(visit, "[data-app] [data-action=back]");
    to(visit, "[data-app] [data-action=sheet]", "link");
    visit.press(Key::Enter);
    visit.at("sheet");
}

/// Before something is erased it is asked: the harmless answer has the focus, and leads back to where one was.
#[track_caller]
fn asks_first(visit: &Visit, css: &str, harmless: &str) {
    to(visit, css, "button");
    visit.press(Key::Enter);
    until("it is asked", || visit.focus_is_on(&format!("[data-action={harmless}]")).then_some(()));
    hears(visit, "button");
    visit.press(Key::Enter);
    until("nothing is asked any more", || visit.focus_is_on(css).then_some(()));
}

/// A line to talk about, taken off and put back.
fn sheet(visit: &Visit) {
    assert_eq!(visit.count("h1"), 1);
    let line = "[data-sheet-line=feelings-now]";
    toggles(visit, &format!("{line} [data-action=talk]"));
    let lead = visit.text(&format!("{line} .line-lead"));
    to(visit, &format!("{line} [data-action=remove]"), "button");
    visit.press(Key::Enter);
    until("the focus is where the line can be put back", || visit.focus_is_on("[data-removed] button").then_some(()));
    assert!(hears(visit, "button").contains(lead.trim()), "which line it was is heard");
    visit.press(Key::Enter);
    until("the focus is at the line again", || visit.focus_is_on(&format!("{line} button")).then_some(()));
}

/// Line by line to what was agreed, a pause, and the sheet again.
fn table(visit: &Visit) {
    let before = visit.text("h1");
    visit.tab_to("[data-action=table]");
    hears(visit, "button");
    visit.press(Key::Enter);
    arrives(visit, &before);
    let sides = visit.heard("[data-side]");
    assert!(sides.iter().all(|(role, name)| role == "region" && !name.is_empty()), "the halves are {sides:?}");
    let reading = format!("{PARENT} [aria-live=polite]");
    to(visit, &format!("{PARENT} [data-action=continue]"), "button");
    while !visit.has(&format!("{PARENT} textarea")) {
        let before = visit.text(&reading);
        visit.press(Key::Enter);
        until("what is read aloud is another line", || (visit.text(&reading) != before).then_some(()));
        hears(visit, "button");
    }
    to(visit, &format!("{PARENT} textarea[name=agreed]"), "textbox");
    visit.keys("agreed");
    assert!(!said(visit).is_empty(), "that it is kept is said");
    to(visit, &format!("{PARENT} [data-action=pause]"), "button");
    visit.press(Key::Enter);
    until("the first way out has the focus", || visit.focus_is_on("[data-action=go-on]").then_some(()));
    hears(visit, "button");
    on(visit, "[data-action=leave]");
    visit.at("sheet");
}
