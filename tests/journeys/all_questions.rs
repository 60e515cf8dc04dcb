//! All questions of the long flow by keyboard alone, and the resulting answers.

use between_us::content::Content;
use between_us::reflection::{Kind, Questionnaire};
use thirtyfour::Key;

use crate::support::{Journey, Stage, StorageChoice, Visit, until};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("all_questions_by_keyboard", by_keyboard).in_each_language(),
    Journey::new("skipping_everything_leaves_an_empty_sheet", skipping),
    Journey::new("changing_an_answer_leads_back_to_all_answers", changing),
];

fn questionnaire() -> Questionnaire {
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    Content::load(&content).expect("the content is valid").questionnaire
}

/// Tabs to a control, presses Enter, and waits for another screen whose heading has the focus.
fn press_on(visit: &Visit, css: &str) -> String {
    let before = visit.step();
    visit.tab_to(css);
    visit.press(Key::Enter);
    let step = until("another screen", || {
        let step = visit.step();
        (step != before).then_some(step)
    });
    until("the focus is on the heading", || visit.focus_is_on("[data-app] h1").then_some(()));
    step
}

/// Tab, Space, Enter and typing are enough; the focus follows; the title contains no question; the flow never continues
/// by itself; and every answer is on the page of all answers and on the sheet.
fn by_keyboard(stage: &Stage) {
    let questionnaire = questionnaire();
    let visit = stage.visit();
    visit.tab_to("[data-action=begin]");
    visit.press(Key::Enter);
    visit.ready();
    let mut answered = Vec::new();
    let mut step = visit.step();
    while step != "answers" {
        assert!(answered.len() <= 40, "the flow does not end");
        match questionnaire.find(&step) {
            Some((_, question)) => {
                if question.kind == Kind::FreeText {
                    visit.tab_to("textarea");
                    visit.keys("own words");
                } else {
                    visit.tab_to(&format!("[data-app] input[name='{step}']"));
                    visit.press(Key::Space);
                }
                assert_eq!(visit.step(), step, "the flow continued by itself");
                let question_text = visit.text("[data-app] h1");
                assert!(!visit.title().contains(question_text.trim()), "the title names the question");
                answered.push(step.clone());
                step = press_on(&visit, "[data-app] [data-action=continue]");
            }
            None if step == "keep" => {
                visit.tab_to("input[name=keep]");
                visit.press(Key::Space);
                visit.wait_for_save_status("yes");
                step = press_on(&visit, "[data-app] [data-action=continue]");
            }
            None if step == "pace" => step = press_on(&visit, "[data-app] [data-action=long]"),
            None => step = press_on(&visit, "[data-app] [data-action=continue]"),
        }
    }
    let all: Vec<_> = questionnaire.questions().map(|(_, question)| question.id.clone()).collect();
    assert_eq!(answered, all, "the long flow does not ask every question once");
    assert_eq!(visit.attributes("[data-answer]", "data-answer"), all);

    visit.tab_to("[data-app] [data-action=sheet]");
    visit.press(Key::Enter);
    visit.wait_for_step("sheet");
    let on_sheet = visit.sheet_lines();
    for (_, question) in questionnaire.questions() {
        let shows = !question.sensitive.contains(question.options.first().unwrap_or(&String::new()));
        assert_eq!(on_sheet.contains(&question.id), shows, "{} on the sheet", question.id);
    }
}

/// Every question can be skipped, and one answer is enough.
fn skipping(stage: &Stage) {
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let mut step = visit.next();
    while step != "themes" {
        step = visit.skip();
    }
    visit.open_sheet();
    assert_eq!(visit.count("[data-sheet]"), 0, "an empty sheet shows");
    visit.click("[data-app] [data-action=begin]");
    visit.wait_for_step("feelings-now");
    visit.choose("feelings-now", "doubt");
    visit.next();
    visit.open_sheet();
    assert_eq!(visit.sheet_lines(), ["feelings-now"]);
}

fn changing(stage: &Stage) {
    let visit = stage.visit();
    visit.begin();
    visit.choose("feelings-now", "worry");
    visit.next();
    visit.go("answers");
    assert_eq!(visit.go("change"), "feelings-now");
    assert!(visit.has_chosen("feelings-now", "worry"));
    visit.choose("feelings-now", "joy");
    let joy = visit.option_text("feelings-now", "joy");
    assert_eq!(visit.next(), "answers");
    assert!(visit.text("[data-answer=feelings-now]").contains(&joy));
}
