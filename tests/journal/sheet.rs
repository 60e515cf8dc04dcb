//! Tests of the sheet: which lines it contains.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use between_us::content::{Catalog, Content, plain_sheet};
use between_us::reflection::{Answer, FREE_TEXT, Journal, MemoryStore, Question, Sheet, Table, WISHES};
use proptest::prelude::*;

static CONTENT: LazyLock<Content> = LazyLock::new(|| {
    Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the content should be valid")
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sheet_lists_permitted_options_only(picks in prop::collection::vec((0usize..8, any::<[bool; 5]>()), 21)) {
        let questionnaire = &CONTENT.questionnaire;
        let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
        for ((_, question), (pick, [talk, off, alone, shown, written])) in questionnaire.questions().zip(&picks) {
            let mut answer = Answer::default();
            for option in question.options.iter().step_by(pick + 1) {
                answer.choose(option, true);
                answer.mark_alone(option, *alone);
                answer.mark_shown(option, *shown);
            }
            answer.talk = *talk;
            answer.off = *off;
            answer.free_text = if *written { "own".into() } else { "  ".into() };
            answers.insert(question.id.clone(), answer);
        }
        let sheet = Sheet::draw_up(questionnaire, |id| answers.get(id), false);
        prop_assert!(sheet.start.len() <= 3 && sheet.also.len() <= 7);
        prop_assert!(sheet.start.len() == 3 || sheet.also.is_empty());
        let lines: Vec<_> = sheet.lines().collect();
        let marked = lines.iter().take_while(|line| line.talk).count();
        prop_assert!(lines[marked..].iter().all(|line| !line.talk), "lines marked to talk about should come first");
        for line in lines {
            let answer = &answers[&line.question];
            let (_, question) = questionnaire.find(&line.question).unwrap();
            prop_assert!(!answer.off);
            for option in &line.chosen {
                prop_assert!(!answer.alone.contains(option), "{option} is marked alone");
                let is_permitted = !question.sensitive.contains(option) || answer.shown.contains(option);
                prop_assert!(is_permitted, "{option} was not ticked");
            }
        }
    }
}

/// The input for one answer: as bits, the options that are chosen, marked alone, and marked to be shown; then whether
/// the answer is to be talked about, is off the sheet, and has free text, and whether the free text is marked alone.
type Input = (u32, u32, u32, [bool; 4]);

fn answer(question: &Question, (chosen, alone, shown, [talk, off, written, text_alone]): &Input) -> Answer {
    let mut answer = Answer::default();
    (answer.talk, answer.off) = (*talk, *off);
    for (at, option) in question.options.iter().enumerate() {
        let has = |bits: &u32| bits >> at & 1 == 1;
        answer.choose(option, has(chosen));
        // A mark may remain on an option that is no longer chosen.
        answer.mark_alone(option, has(alone));
        answer.mark_shown(option, has(shown));
    }
    if *written {
        answer.free_text = format!("free text at {}", question.id);
    }
    answer.mark_alone(FREE_TEXT, *text_alone);
    answer
}

/// Returns the answer without the parts that are marked alone, or `None` if nothing else remains.
fn without_alone(answer: &Answer) -> Option<Answer> {
    let mut rest = Answer::default();
    (rest.talk, rest.off) = (answer.talk, answer.off);
    rest.chosen = answer.chosen.iter().filter(|option| !answer.alone.contains(option)).cloned().collect();
    rest.shown = answer.shown.iter().filter(|option| !answer.alone.contains(option)).cloned().collect();
    if !answer.alone.iter().any(|marked| marked == FREE_TEXT) {
        rest.free_text.clone_from(&answer.free_text);
    }
    (!rest.chosen.is_empty() || !rest.free_text.is_empty()).then_some(rest)
}

/// Returns a journal with these answers and this wish, and with the line for a moment alone if `line` is set.
fn journal(answers: &[(String, Answer)], wish: Option<&str>, line: bool) -> Journal<MemoryStore> {
    let mut journal = Journal::open(MemoryStore::default(), MemoryStore::default(), || 7);
    for (question, answer) in answers {
        journal.edit(question, &mut |stored| answer.clone_into(stored));
    }
    journal.edit_profile(&mut |profile| wish.iter().for_each(|wish| profile.wish(wish, true)));
    journal.edit_state(&mut |state| state.alone = line);
    journal
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_alone_leave_no_trace_on_sheet_text_or_table(
        inputs in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>(), any::<[bool; 4]>()), 30),
        wish in prop::option::of(prop::sample::select(&WISHES[..])),
        line in any::<bool>(),
    ) {
        let questionnaire = &CONTENT.questionnaire;
        let answers: Vec<(String, Answer)> = questionnaire
            .questions()
            .zip(&inputs)
            .map(|((_, question), input)| (question.id.clone(), answer(question, input)))
            .collect();
        let rest: Vec<(String, Answer)> =
            answers.iter().filter_map(|(id, answer)| Some((id.clone(), without_alone(answer)?))).collect();
        let (journal, twin) = (journal(&answers, wish, line), journal(&rest, wish, line));
        let (sheet, plain) = (Sheet::of(questionnaire, &journal), Sheet::of(questionnaire, &twin));
        prop_assert_eq!(&sheet, &plain);
        prop_assert_eq!(Table::of(questionnaire, &sheet), Table::of(questionnaire, &plain));
        prop_assert_eq!((sheet.is_empty(), sheet.has_lines()), (plain.is_empty(), plain.has_lines()));
        let variants = journal.profile().variants();
        let catalogs: Vec<_> = CONTENT.locales.iter().map(|(_, locale)| Catalog::beside(locale)).collect();
        for (one, other) in catalogs.iter().flat_map(|one| catalogs.iter().map(move |other| (one, other))) {
            let text = |sheet: &Sheet| plain_sheet(sheet, one, Some(other), &variants);
            prop_assert_eq!(text(&sheet), text(&plain));
        }
    }
}

#[test]
fn only_its_checkbox_adds_the_line_for_a_moment_alone() {
    let mut marked = Answer::default();
    marked.choose("relationship", true);
    marked.mark_alone("relationship", true);
    marked.talk = true;
    let answers = [("talk-topics".to_owned(), marked)];
    let sheet = Sheet::of(&CONTENT.questionnaire, &journal(&answers, None, false));
    assert_eq!(sheet, Sheet::default(), "a mark is visible on the sheet");
    assert!(sheet.is_empty());
    let sheet = Sheet::of(&CONTENT.questionnaire, &journal(&answers, None, true));
    assert_eq!(sheet, Sheet { alone: true, ..Sheet::default() });
    assert!(!sheet.is_empty() && !sheet.has_lines(), "the line for a moment alone should not count as a line");
    assert_eq!(Table::of(&CONTENT.questionnaire, &sheet), Table::default());
}
