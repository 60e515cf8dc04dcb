//! Tests of the talk at the table: every line of the sheet once, in the same order, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use between_us::content::{Catalog, Content, plain_sheet};
use between_us::reflection::{Answer, Journal, MemoryStore, Questionnaire, Sheet, Stop, StorageChoice, Table};
use proptest::prelude::*;

static CONTENT: LazyLock<Content> = LazyLock::new(|| {
    Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the content should be valid")
});
static QUESTIONNAIRE: LazyLock<&Questionnaire> = LazyLock::new(|| &CONTENT.questionnaire);

/// Random input for one answer: the number of options to skip after each chosen one, and the marks.
type Input = (usize, [bool; 5]);

fn inputs() -> impl Strategy<Value = Vec<Input>> {
    prop::collection::vec((0usize..8, any::<[bool; 5]>()), QUESTIONNAIRE.questions().count())
}

fn answers(inputs: &[Input]) -> BTreeMap<String, Answer> {
    let answer = |((_, question), (step, [talk, off, alone, shown, written])): ((_, _), &Input)| {
        let question: &between_us::reflection::Question = question;
        let mut answer = Answer::default();
        (answer.talk, answer.off) = (*talk, *off);
        for option in question.options.iter().step_by(step + 1).skip(usize::from(*written)) {
            answer.choose(option, true);
            answer.mark_alone(option, *alone);
            answer.mark_shown(option, *shown);
        }
        if *written {
            answer.free_text = format!("free text about {}", question.id);
        }
        (question.id.clone(), answer)
    };
    let questions = QUESTIONNAIRE.questions().map(|(theme, question)| (theme.id.clone(), question));
    questions.zip(inputs).map(answer).collect()
}

fn lines(table: &Table) -> Vec<between_us::reflection::Line> {
    let stops = (0..=table.last()).map(|at| table.stop(at));
    stops.filter_map(|stop| if let Stop::Line { line, .. } = stop { Some(line.clone()) } else { None }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_appears_once_in_the_order_of_the_sheet(inputs in inputs(), alone in any::<bool>()) {
        let answers = answers(&inputs);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), alone);
        let table = Table::of(&QUESTIONNAIRE, &sheet);
        prop_assert_eq!(lines(&table), sheet.lines().cloned().collect::<Vec<_>>());
        prop_assert_eq!(table.total(), sheet.lines().count());
    }

    #[test]
    fn options_that_are_off_or_alone_or_not_ticked_never_appear(inputs in inputs(), alone in any::<bool>()) {
        let answers = answers(&inputs);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), alone);
        for line in lines(&Table::of(&QUESTIONNAIRE, &sheet)) {
            let answer = &answers[&line.question];
            let (_, question) = QUESTIONNAIRE.find(&line.question).unwrap();
            prop_assert!(!answer.off, "{} is off the sheet", line.question);
            for option in &line.chosen {
                prop_assert!(answer.has(option) && !answer.alone.contains(option), "{option} is not for the sheet");
                let is_permitted = !question.sensitive.contains(option) || answer.shown.contains(option);
                prop_assert!(is_permitted, "{option} was not ticked");
            }
        }
    }

    #[test]
    fn the_line_for_a_moment_alone_never_appears(inputs in inputs()) {
        let answers = answers(&inputs);
        let tables = [true, false].map(|alone| {
            Table::of(&QUESTIONNAIRE, &Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), alone))
        });
        prop_assert_eq!(&tables[0], &tables[1]);
    }

    #[test]
    fn the_stops_begin_with_welcome_and_end_with_agreed(inputs in inputs(), beyond in 0usize..9) {
        let answers = answers(&inputs);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), false);
        let table = Table::of(&QUESTIONNAIRE, &sheet);
        prop_assert_eq!(table.stop(0), &Stop::Welcome);
        prop_assert_eq!(table.stop(table.last() + beyond), &Stop::Agreed);
    }

    #[test]
    fn turns_count_the_lines_of_each_theme(inputs in inputs()) {
        let answers = answers(&inputs);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), false);
        let table = Table::of(&QUESTIONNAIRE, &sheet);
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for at in 0..=table.last() {
            if let Stop::Line { line, theme, turn } = table.stop(at) {
                prop_assert_eq!(&QUESTIONNAIRE.find(&line.question).unwrap().0.id, theme);
                let count = seen.entry(theme).or_default();
                prop_assert_eq!(*turn, *count);
                *count += 1;
            }
        }
    }
}

#[test]
fn agreements_are_stored_and_shown_on_the_sheet() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let open = || Journal::open(device.clone(), tab.clone(), || 7);
    let mut journal = open();
    journal.edit("talk-ask", &mut |answer| answer.free_text = "How do we go on?".into());
    assert!(journal.keep(StorageChoice::Device));
    journal.edit_state(&mut |state| {
        state.agreed = " One more talk. ".into();
        state.calls = "We call on Monday.".into();
        state.caregiver_reads = "en".into();
    });
    let journal = open();
    let sheet = Sheet::of(&QUESTIONNAIRE, &journal);
    assert_eq!(sheet.agreed, ["One more talk.", "We call on Monday."]);
    assert_eq!(journal.state().caregiver_reads, "en");
}

#[test]
fn plain_text_has_each_line_in_both_languages_and_free_text_once() {
    let mut answers = BTreeMap::new();
    let mut answer = Answer::default();
    answer.choose("worry", true);
    answer.free_text = "in my own way".into();
    answers.insert("feelings-now".to_owned(), answer);
    let mut sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), true);
    sheet.agreed[0] = "one more talk".into();
    let catalogs: Vec<_> = CONTENT.locales.iter().map(|(_, locale)| Catalog::beside(locale)).collect();
    for (one, other) in catalogs.iter().flat_map(|one| catalogs.iter().map(move |other| (one, other))) {
        let text = plain_sheet(&sheet, one, Some(other), &[]);
        for catalog in [one, other] {
            let question = catalog.question("feelings-now");
            let line = format!("{}: {}", &*question.line, &*question.option["worry"]);
            assert!(text.lines().any(|found| found.ends_with(&line)), "{line} is not in {text}");
            assert!(text.contains(&catalog.app.sheet.alone) && text.contains(&catalog.app.sheet.agreed));
        }
        assert_eq!(text.matches("in my own way").count(), 1);
        assert_eq!(text.matches("one more talk").count(), 1);
    }
}
