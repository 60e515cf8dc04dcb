//! The talk at the table: every chosen line once, in the order of the sheet, and nothing that was kept off it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use between_us::content::{Catalog, Content, plain_sheet};
use between_us::reflection::{Answer, Journal, MemoryStore, Questionnaire, Sheet, Stop, StorageChoice, Table};
use proptest::prelude::*;

static CONTENT: LazyLock<Content> =
    LazyLock::new(|| Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the content holds"));
static QUESTIONNAIRE: LazyLock<&Questionnaire> = LazyLock::new(|| &CONTENT.questionnaire);

/// What is drawn at random for one question: how many options to leave out between two, and the marks.
type Pick = (usize, [bool; 5]);

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    prop::collection::vec((0usize..8, any::<[bool; 5]>()), QUESTIONNAIRE.questions().count())
}

fn answers(picks: &[Pick]) -> BTreeMap<String, Answer> {
    let answer = |((_, question), (step, [talk, off, alone, shown, written])): ((_, _), &Pick)| {
        let question: &between_us::reflection::Question = question;
        let mut answer = Answer::default();
        (answer.talk, answer.off) = (*talk, *off);
        for option in question.options.iter().step_by(step + 1).skip(usize::from(*written)) {
            answer.choose(option, true);
            answer.mark_alone(option, *alone);
            answer.mark_shown(option, *shown);
        }
        if *written {
            answer.free_text = format!("own words about {}", question.id);
        }
        (question.id.clone(), answer)
    };
    let questions = QUESTIONNAIRE.questions().map(|(theme, question)| (theme.id.clone(), question));
    questions.zip(picks).map(answer).collect()
}

fn lines(table: &Table) -> Vec<between_us::reflection::Line> {
    let stops = (0..=table.last()).map(|at| table.stop(at));
    stops.filter_map(|stop| if let Stop::Line { line, .. } = stop { Some(line.clone()) } else { None }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_chosen_line_comes_once_in_the_order_of_the_sheet(picks in picks(), alone in any::<bool>()) {
        let answers = answers(&picks);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), alone);
        let table = Table::of(&QUESTIONNAIRE, &sheet);
        prop_assert_eq!(lines(&table), sheet.lines().cloned().collect::<Vec<_>>());
        prop_assert_eq!(table.total(), sheet.lines().count());
    }

    #[test]
    fn what_is_off_or_not_ticked_or_for_a_moment_alone_never_comes(picks in picks(), alone in any::<bool>()) {
        let answers = answers(&picks);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), alone);
        for line in lines(&Table::of(&QUESTIONNAIRE, &sheet)) {
            let answer = &answers[&line.question];
            let (_, question) = QUESTIONNAIRE.find(&line.question).unwrap();
            prop_assert!(!answer.off, "{} was taken off", line.question);
            for option in &line.chosen {
                prop_assert!(answer.has(option) && !answer.alone.contains(option), "{option} shows by its name");
                prop_assert!(!question.sensitive.contains(option) || answer.shown.contains(option), "{option} shows");
            }
        }
    }

    #[test]
    fn the_line_for_a_moment_alone_never_comes(picks in picks()) {
        let answers = answers(&picks);
        let tables = [true, false].map(|alone| {
            Table::of(&QUESTIONNAIRE, &Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), alone))
        });
        prop_assert_eq!(&tables[0], &tables[1]);
    }

    #[test]
    fn it_begins_with_a_welcome_ends_with_what_was_agreed_and_stays_there(picks in picks(), beyond in 0usize..9) {
        let answers = answers(&picks);
        let sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), false);
        let table = Table::of(&QUESTIONNAIRE, &sheet);
        prop_assert_eq!(table.stop(0), &Stop::Welcome);
        prop_assert_eq!(table.stop(table.last() + beyond), &Stop::Agreed);
    }

    #[test]
    fn lines_of_one_theme_take_turns(picks in picks()) {
        let answers = answers(&picks);
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
fn what_was_agreed_is_kept_with_the_reflection_and_stands_on_its_sheet() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let open = || Journal::open(device.clone(), tab.clone(), || 7);
    let mut journal = open();
    journal.edit("talk-ask", &mut |answer| answer.free_text = "How do we go on?".into());
    assert!(journal.keep(StorageChoice::Device));
    journal.edit_state(&mut |record| {
        record.agreed = " One more talk. ".into();
        record.calls = "We call on Monday.".into();
        record.caregiver_reads = "en".into();
    });
    let journal = open();
    let sheet = Sheet::of(&QUESTIONNAIRE, &journal);
    assert_eq!(sheet.agreed, ["One more talk.", "We call on Monday."]);
    assert_eq!(journal.state().caregiver_reads, "en");
}

#[test]
fn the_plain_text_says_each_line_in_both_languages_and_own_words_once() {
    let mut answers = BTreeMap::new();
    let mut answer = Answer::default();
    answer.choose("worry", true);
    answer.free_text = "in my own way".into();
    answers.insert("feelings-now".to_owned(), answer);
    let mut sheet = Sheet::draw_up(&QUESTIONNAIRE, |id| answers.get(id), true);
    sheet.agreed[0] = "one more talk".into();
    let words: Vec<_> = CONTENT.locales.iter().map(|(_, locale)| Catalog::beside(locale)).collect();
    for (one, other) in words.iter().flat_map(|one| words.iter().map(move |other| (one, other))) {
        let text = plain_sheet(&sheet, one, Some(other), &[]);
        for words in [one, other] {
            let question = words.question("feelings-now");
            let line = format!("{}: {}", &*question.line, &*question.option["worry"]);
            assert!(text.lines().any(|said| said.ends_with(&line)), "{line} is not in {text}");
            assert!(text.contains(&words.app.sheet.alone) && text.contains(&words.app.sheet.agreed));
        }
        assert_eq!(text.matches("in my own way").count(), 1);
        assert_eq!(text.matches("one more talk").count(), 1);
    }
}
