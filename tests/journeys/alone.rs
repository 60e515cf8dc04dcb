//! Parts marked "for a moment alone": they show in the questions and in a saved file, and nowhere else.

use serde_json::Value;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};
use crate::table::content;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("marks_alone_leave_no_trace_outside_the_questions", no_trace).in_each_language(),
    Journey::new("marks_alone_show_among_my_answers_and_in_a_saved_file_and_say_so", where_it_shows),
    Journey::new("the_line_for_a_moment_alone_is_offered_the_same_whatever_was_marked", offered),
];

/// Returns everything that can be read from the sheet: its whole document, its print, its copied and saved text, and
/// the whole document at each step of the table.
fn all_of_the_sheet(visit: &Visit) -> Vec<String> {
    let locales = content().locales.len();
    visit.open("sheet/");
    visit.ready();
    until("the languages are loaded", || (visit.count("[data-language]") == locales).then_some(()));
    let document = || visit.js::<String>("return document.documentElement.outerHTML", &[]);
    let mut all = vec![visit.title(), visit.url(), document()];
    // WebKitGTK's driver has no command to print.
    if visit.engine() != Engine::WebKit {
        all.push(visit.printed_text());
    }
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: {
        writeText: async (text) => { window.copied = text; } } })";
    visit.js::<()>(clipboard, &[]);
    visit.click("[data-action=copy]");
    all.push(until("a text is copied", || visit.js::<Option<String>>("return window.copied ?? null", &[])));
    all.extend(visit.attributes("[data-action=text]", "data-text"));
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    loop {
        let stop = document();
        let is_last = visit.has("[data-table] textarea[name=agreed]");
        all.push(stop.clone());
        if is_last {
            break;
        }
        visit.click("[data-side=parent] [data-action=continue]");
        until("the next step shows", || (document() != stop).then_some(()));
    }
    visit.click("[data-side=parent] [data-action=pause]");
    visit.click("[data-side=parent] [data-action=leave]");
    visit.wait_for("[data-sheet]");
    all
}

fn to_topics(visit: &Visit) {
    visit.open("reflect/");
    visit.ready();
    visit.wait_for_step("talk-topics");
}

fn mark(visit: &Visit, part: &str) {
    visit.click(&format!("[data-app] label:has(input[name='talk-topics.alone'][value='{part}'])"));
}

/// Opens a reflection with a line from the first question and one from the topics, at the topics.
fn with_topics(stage: &Stage) -> Visit<'_> {
    let visit = stage.visit();
    visit.answer_with_storage("worry", StorageChoice::Device);
    visit.next();
    visit.continue_to("talk-topics");
    visit.choose("talk-topics", "feeding");
    visit.toggle_talk("talk-topics");
    visit
}

fn no_trace(stage: &Stage) {
    let visit = with_topics(stage);
    // In two languages.
    let other = content()
        .locales
        .into_iter()
        .map(|(id, _)| id)
        .find(|id| *id != stage.locale)
        .expect("there is another locale");
    visit.open("sheet/");
    visit.ready();
    visit.click(&format!("[data-language={other}]"));
    visit.wait_for(&format!("[data-sheet] [lang={other}]"));
    let without = all_of_the_sheet(&visit);

    to_topics(&visit);
    for part in ["relationship", "substances", "birth-wishes"] {
        visit.choose("talk-topics", part);
        mark(&visit, part);
    }
    visit.write("talk-topics", "wordsfornobodyelse");
    mark(&visit, "words");
    assert_same(&all_of_the_sheet(&visit), &without);

    // A whole answer that is marked must equal no answer at all.
    to_topics(&visit);
    visit.choose("talk-topics", "feeding");
    let marked = all_of_the_sheet(&visit);
    let erase = "Object.keys(localStorage).filter((key) => key.endsWith('talk-topics'))
        .forEach((key) => localStorage.removeItem(key))";
    visit.js::<()>(erase, &[]);
    assert_same(&marked, &all_of_the_sheet(&visit));
}

fn assert_same(one: &[String], other: &[String]) {
    assert_eq!(one.len(), other.len(), "the numbers of steps differ");
    for (one, other) in one.iter().zip(other) {
        let at = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        let near = |text: &str| {
            String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..(at + 80).min(text.len())]).into_owned()
        };
        assert!(one == other, "a mark leaves a trace:\n{}\n{}", near(one), near(other));
    }
}

fn where_it_shows(stage: &Stage) {
    let locale = content().locales.into_iter().find(|(id, _)| id == stage.locale).expect("the locale is built").1;
    let visit = with_topics(stage);
    visit.choose("talk-topics", "relationship");
    mark(&visit, "relationship");
    assert!(
        visit.text("[data-app] fieldset.alone").contains(&locale.app.ask.alone_note),
        "the note about the mark is missing"
    );
    visit.write("talk-topics", "wordsfornobodyelse");
    mark(&visit, "words");
    assert!(visit.text("[data-app] .own-alone").contains(&locale.app.ask.alone));
    visit.click("[data-app] .ways [data-action=answers]");
    visit.wait_for_step("answers");
    let shown = visit.text("[data-answer='talk-topics']");
    let (before, behind) =
        shown.split_once(&locale.app.answers.alone).expect("the answers have the heading of the marked parts");
    let option = |id: &str| locale.question["talk-topics"].option[id].to_string();
    assert!(before.contains(&option("feeding")) && !before.contains(&option("relationship")), "{shown}");
    assert!(behind.contains(&option("relationship")) && behind.contains("wordsfornobodyelse"), "{shown}");
    visit.open("privacy/");
    let file: Value =
        serde_json::from_str(&crate::storage::saved_file(&visit, "[data-action=save]")).expect("the file is JSON");
    let values = file["values"].as_object().expect("the file has values");
    let (_, topics) = values.iter().find(|(key, _)| key.ends_with(":talk-topics")).expect("the file has the answer");
    assert_eq!(topics["alone"], serde_json::json!(["relationship", "words"]));
}

/// The box and its warning are the same with and without marks, and the box is off. Its line comes from the box alone,
/// and does not show at the table.
fn offered(stage: &Stage) {
    let visit = with_topics(stage);
    let box_of = || {
        visit.open("sheet/");
        visit.ready();
        visit.wait_for("[name='sheet.alone']:not(:checked)");
        let read = "return document.querySelector(\"[name='sheet.alone']\").closest('section').outerHTML";
        visit.js::<String>(read, &[])
    };
    let before = box_of();
    to_topics(&visit);
    visit.choose("talk-topics", "mood");
    mark(&visit, "mood");
    assert_eq!(box_of(), before);
    assert!(!visit.has("[data-sheet-line=alone]"));
    visit.click("label:has([name='sheet.alone'])");
    visit.wait_for("[data-sheet-line=alone]");
    let line = visit.text("[data-sheet-line=alone] .said");
    visit.click("[data-action=table]");
    visit.wait_for("[data-table]");
    loop {
        let table = visit.text("[data-table]");
        assert!(!table.contains(line.trim()), "the line shows at the table: {table}");
        if visit.has("[data-table] textarea[name=agreed]") {
            break;
        }
        visit.click("[data-side=parent] [data-action=continue]");
        until("the next step shows", || (visit.text("[data-table]") != table).then_some(()));
    }
}
