//! Leaving and returning: reload, the browser's Back and Forward, other tabs.

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("reload_at_every_screen_resumes_there", |stage| reload_at_every_screen(stage, StorageChoice::Device)),
    Journey::new("reload_in_tab_mode_resumes_too", |stage| reload_at_every_screen(stage, StorageChoice::Tab)),
    Journey::new("a_closed_tab_resumes_on_the_same_screen", closed_tab),
    Journey::new("back_and_forward_go_one_screen_each", back_and_forward),
    Journey::new("the_pages_own_back_works_after_coming_back", own_back),
    Journey::new("two_tabs_show_each_others_answers", two_tabs),
    Journey::new("erasing_in_one_tab_empties_the_other", erasing),
];

fn reload_at_every_screen(stage: &Stage, choice: StorageChoice) {
    let visit = stage.visit();
    visit.begin_with_storage(choice);
    let mut step = visit.step();
    loop {
        visit.reload();
        visit.ready();
        visit.wait_for_step(&step);
        if step == "answers" {
            return;
        }
        if visit.is_question() {
            visit.write(&step, "kept");
            visit.reload();
            visit.ready();
            assert_eq!(visit.free_text(&step), "kept");
        }
        step = visit.next();
    }
}

fn closed_tab(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "tomorrow more");
    let again = stage.visit();
    again.click("[data-action=continue]");
    again.ready();
    again.wait_for_step(&step);
    assert_eq!(again.free_text(&step), "tomorrow more");
}

fn back_and_forward(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    let mut seen = vec![visit.step()];
    for _ in 0..5 {
        seen.push(visit.next());
    }
    for step in seen.iter().rev().skip(1) {
        visit.browser_back();
        visit.wait_for_step(step);
    }
    for step in &seen[1..] {
        visit.browser_forward();
        visit.wait_for_step(step);
    }
}

fn own_back(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.next();
    let first = visit.step();
    visit.next();
    let again = stage.visit();
    again.click("[data-action=continue]");
    again.ready();
    assert_eq!(again.back(), first);
}

/// Opens a second window of the same visitor, at the current screen.
fn second<'a>(stage: &'a Stage) -> Visit<'a> {
    let visit = stage.visit();
    visit.click("[data-action=continue]");
    visit.ready();
    visit
}

fn two_tabs(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    let other = second(stage);
    other.wait_for_step(&step);
    visit.write(&step, "from the first");
    until("the other tab shows the text", || (other.free_text(&step) == "from the first").then_some(()));
    other.write(&step, ", and the second");
    until("the first tab shows the text", || {
        (visit.free_text(&step) == "from the first, and the second").then_some(())
    });
}

fn erasing(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "not for ever");
    let other = second(stage);
    other.wait_for_step(&step);
    visit.open("privacy/");
    visit.click("main [data-action=erase]");
    visit.click("[data-action=erase-yes]");
    until("nothing is stored", || visit.stored().is_empty().then_some(()));
    other.wait_for_step("feelings-now");
    other.choose("feelings-now", "joy");
    other.wait_for_save_status("undecided");
    assert!(other.stored().is_empty(), "a stale tab brought something back: {:?}", other.stored());
}
