//! The whole flow by keyboard alone, as a user of a screen reader goes through it: the role, name and state of the
//! focused element at each step, and the announcements.

use thirtyfour::Key;

use crate::support::{Journey, Site, Stage, Visit, until};

pub const JOURNEYS: &[Journey] = &[Journey::new("the_whole_way_is_heard_by_who_has_a_keyboard_alone", whole_flow)];

const PARENT: &str = "[data-side=parent]";

/// Returns the name of the focused element, and asserts its role.
#[track_caller]
fn focused(visit: &Visit, role: &str) -> String {
    // A button that is rendered again gets the focus back in the next frame.
    let (actual, name) = until("an element has the focus", || visit.focused_role_and_name());
    assert_eq!(actual, role, "{name:?}");
    assert!(!name.trim().is_empty(), "a {role} has no name");
    name.trim().to_owned()
}

/// Tabs to a control and returns its name.
#[track_caller]
fn focus(visit: &Visit, css: &str, role: &str) -> String {
    visit.tab_to(css);
    focused(visit, role)
}

/// Presses Enter on a control, and returns the name of the new screen's heading, which has the focus.
#[track_caller]
fn activate(visit: &Visit, css: &str) -> String {
    let before = visit.text("h1");
    focus(visit, css, "button");
    visit.press(Key::Enter);
    wait_for_heading(visit, &before)
}

/// Waits for a screen with another heading, which is its only `h1` and has the focus.
#[track_caller]
fn wait_for_heading(visit: &Visit, before: &str) -> String {
    until("a new heading has the focus", || (visit.focus_is_on("h1") && visit.text("h1") != before).then_some(()));
    assert_eq!(visit.count("h1"), 1);
    focused(visit, "heading")
}

/// Returns the announced save status.
fn save_status(visit: &Visit) -> String {
    visit.text("[role=status] [data-saved]").trim().to_owned()
}

/// Presses Space on a toggle button, which changes its state and keeps the focus.
#[track_caller]
fn toggle(visit: &Visit, css: &str) {
    let name = focus(visit, css, "button");
    let is_pressed = || visit.focus_is_on("[aria-pressed=true]");
    let before = is_pressed();
    visit.press(Key::Space);
    until("the state changes", || (is_pressed() != before && visit.focus_is_on(css)).then_some(()));
    assert_eq!(focused(visit, "button"), name, "the name changed with the state");
}

fn whole_flow(stage: &Stage) {
    let elsewhere = Site::start();
    let there = elsewhere.url("en/help/");
    stage.site.set_exit_target(&there);
    let visit = stage.visit();
    first_minute(&visit);
    forward_and_back(&visit);
    sheet(&visit);
    table(&visit);
    focus(&visit, "header [data-action=exit]", "button");
    visit.press(Key::Enter);
    until("another address", || (visit.url() == there).then_some(()));
}

fn first_minute(visit: &Visit) {
    visit.press(Key::Tab);
    focused(visit, "link");
    assert!(visit.focus_is_on("[href='#main']"), "the first focusable element is not the skip link");
    focus(visit, "[data-action=begin]", "link");
    visit.press(Key::Enter);
    visit.ready();
    assert_eq!(visit.count("h1"), 1);

    let options = visit.attributes("[data-app] input[name=feelings-now]", "value");
    let group = visit.roles_and_names("[data-app] fieldset:has(input[name=feelings-now])");
    assert!(group.iter().all(|(role, name)| role == "group" && !name.is_empty()), "the options are {group:?}");
    let name = focus(visit, &format!("input[value='{}']", options[0]), "checkbox");
    assert!(
        visit.option_text("feelings-now", &options[0]).contains(&name),
        "the name is not in the text of the option"
    );
    assert!(!visit.focus_is_on(":checked"));
    visit.press(Key::Space);
    assert!(visit.focus_is_on(":checked"), "the checked option lost the focus");
    focus(visit, "textarea", "textbox");
    visit.keys("own words");
    let undecided = save_status(visit);
    assert!(!undecided.is_empty());

    activate(visit, "[data-app] [data-action=continue]");
    visit.wait_for_step("keep");
    toggle(visit, "[data-step=keep] [data-action=talk]");
    let group = visit.roles_and_names("fieldset:has(input[name=keep])");
    assert!(group.iter().all(|(role, name)| role == "group" && !name.is_empty()), "the storage choice is {group:?}");
    focus(visit, "input[name=keep]", "radio");
    assert!(!visit.has("input[name=keep]:checked"), "a storage is chosen by default");
    visit.press(Key::Space);
    visit.wait_for_save_status("yes");
    assert!(visit.focus_is_on(":checked"));
    assert_ne!(save_status(visit), undecided, "the save status is not announced");
    activate(visit, "[data-app] [data-action=continue]");
    visit.wait_for_step("pace");
}

/// Continues the short flow to the next question, one step back, and to the question again.
fn forward_and_back(visit: &Visit) {
    let pace = visit.text("h1");
    let question = activate(visit, "[data-app] [data-action=continue]");
    assert!(visit.is_question());
    assert_eq!(activate(visit, "[data-app] [data-action=back]"), pace.trim());
    assert_eq!(activate(visit, "[data-app] [data-action=continue]"), question);
    activate(visit, "[data-app] [data-action=answers]");
    cancel_erase(visit, "[data-answer=feelings-now] [data-action=erase-answer]", "erase-answer-no");
    activate(visit, "[data-app] [data-action=reflections]");
    cancel_erase(visit, "[data-reflection] [data-action=erase-one]", "keep-it");
    activate(visit, "[data-app] [data-action=back]");
    focus(visit, "[data-app] [data-action=sheet]", "link");
    visit.press(Key::Enter);
    visit.wait_for_step("sheet");
}

/// A question comes before erasing: the harmless answer has the focus, and returns the focus to the control.
#[track_caller]
fn cancel_erase(visit: &Visit, css: &str, harmless: &str) {
    focus(visit, css, "button");
    visit.press(Key::Enter);
    until("the harmless answer has the focus", || {
        visit.focus_is_on(&format!("[data-action={harmless}]")).then_some(())
    });
    focused(visit, "button");
    visit.press(Key::Enter);
    until("the focus is back on the control", || visit.focus_is_on(css).then_some(()));
}

/// A line to talk about, removed and put back.
fn sheet(visit: &Visit) {
    assert_eq!(visit.count("h1"), 1);
    let line = "[data-sheet-line=feelings-now]";
    toggle(visit, &format!("{line} [data-action=talk]"));
    let lead = visit.text(&format!("{line} .line-lead"));
    focus(visit, &format!("{line} [data-action=remove]"), "button");
    visit.press(Key::Enter);
    until("the focus is on the button that puts the line back", || {
        visit.focus_is_on("[data-removed] button").then_some(())
    });
    assert!(focused(visit, "button").contains(lead.trim()), "the button does not name the line");
    visit.press(Key::Enter);
    until("the focus is in the line again", || visit.focus_is_on(&format!("{line} button")).then_some(()));
}

/// Line by line to what was agreed, a pause, and back to the sheet.
fn table(visit: &Visit) {
    let before = visit.text("h1");
    visit.tab_to("[data-action=table]");
    focused(visit, "button");
    visit.press(Key::Enter);
    wait_for_heading(visit, &before);
    let sides = visit.roles_and_names("[data-side]");
    assert!(sides.iter().all(|(role, name)| role == "region" && !name.is_empty()), "the halves are {sides:?}");
    let reading = format!("{PARENT} [aria-live=polite]");
    focus(visit, &format!("{PARENT} [data-action=continue]"), "button");
    while !visit.has(&format!("{PARENT} textarea")) {
        let before = visit.text(&reading);
        visit.press(Key::Enter);
        until("the announced line changes", || (visit.text(&reading) != before).then_some(()));
        focused(visit, "button");
    }
    focus(visit, &format!("{PARENT} textarea[name=agreed]"), "textbox");
    visit.keys("agreed");
    assert!(!save_status(visit).is_empty(), "the save status is not announced");
    focus(visit, &format!("{PARENT} [data-action=pause]"), "button");
    visit.press(Key::Enter);
    until("the first button of the pause has the focus", || visit.focus_is_on("[data-action=go-on]").then_some(()));
    focused(visit, "button");
    activate(visit, "[data-action=leave]");
    visit.wait_for_step("sheet");
}
