//! Weeks of pregnancy, known, unknown, and past: only the order and choice of ideas and options depend on them.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("weeks_order_ideas_and_leave_out_what_cannot_be_yet", ideas),
    Journey::new("weeks_never_take_an_answer_away", kept_answers),
    Journey::new("weeks_that_have_passed_leave_in_silence", passed),
];

/// Sets a profile field by script, independent of the language.
fn set(visit: &Visit, field: &str, value: &str) {
    let body = "const field = document.querySelector(`[name='about.${arguments[0]}']`);
        field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(body, &[field.into(), value.into()]);
}

/// Returns the date this number of days from now, by the clock of the page.
fn in_days(visit: &Visit, days: i64) -> String {
    let body = "const day = new Date(); day.setDate(day.getDate() + arguments[0]);
        return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, '0')).join('-')";
    visit.js(body, &[days.into()])
}

/// Returns the ideas of the theme about contact.
fn contact(visit: &Visit) -> Vec<String> {
    let body = "return [...document.querySelectorAll('[data-theme=contact] .ideas li')].map((one) => one.textContent)";
    until("the ideas show", || {
        let ideas: Vec<String> = visit.js(body, &[]);
        (!ideas.is_empty()).then_some(ideas)
    })
}

fn themes_with(visit: &Visit, field: &str, value: &str) -> Vec<String> {
    visit.open_profile();
    set(visit, field, value);
    visit.next();
    visit.wait_for_step("themes");
    contact(visit)
}

fn ideas(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("themes");
    let without = contact(&visit);
    assert_eq!(without.len(), 3);
    assert_eq!(themes_with(&visit, "weeks", "10"), without[1..], "the idea about hearing shows at ten weeks");
    let known = themes_with(&visit, "weeks", "30");
    assert_eq!(known.len(), 3);
    assert_ne!(known[0], without[0], "the cautious variant shows although the week is known");
    assert_eq!(themes_with(&visit, "weeks", "soon"), without, "an invalid week has an effect");
    let due = in_days(&visit, 30 * 7);
    assert_eq!(themes_with(&visit, "due", &due), without[1..]);
    visit.reload();
    visit.ready();
    visit.wait_for_step("themes");
    assert_eq!(contact(&visit), without[1..], "the due date is not stored");
}

fn kept_answers(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("continue");
    visit.continue_to("contact-notice");
    let safety = visit.text("[data-app] .safety");
    visit.open_profile();
    set(&visit, "weeks", "10");
    visit.next();
    visit.wait_for_step("contact-notice");
    assert!(!visit.has("input[value=movement]"), "movement is offered at ten weeks");
    assert_eq!(visit.text("[data-app] .safety"), safety, "the safety text depends on the week");
    visit.open_profile();
    set(&visit, "weeks", "");
    visit.next();
    visit.choose("contact-notice", "movement");
    visit.open_profile();
    set(&visit, "weeks", "10");
    visit.next();
    visit.wait_for_step("contact-notice");
    assert!(visit.has_chosen("contact-notice", "movement"), "a date removed an answer");
    visit.open_sheet();
    assert_eq!(visit.sheet_lines(), ["contact-notice"]);
}

fn passed(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("themes");
    let without = contact(&visit);
    let before = visit.text("[data-app]");
    let yesterday = in_days(&visit, -1);
    assert_eq!(themes_with(&visit, "due", &yesterday), without);
    assert_eq!(visit.text("[data-app]"), before, "a past date changes the screen");
}
