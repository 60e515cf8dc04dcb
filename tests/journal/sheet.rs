//! The sheet: what it may show and what not.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use between_us::content::{Catalog, Content, plain_sheet};
use between_us::reflection::{Answer, FREE_TEXT, Journal, MemoryStore, Question, Sheet, Table, WISHES};
use proptest::prelude::*;

static CONTENT: LazyLock<Content> =
    LazyLock::new(|| Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the content holds"));

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sheet_shows_what_it_may_and_nothing_else(picks in prop::collection::vec((0usize..8, any::<[bool; 5]>()), 21)) {
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
        prop_assert!(lines[marked..].iter().all(|line| !line.talk), "marked lines lead");
        for line in lines {
            let answer = &answers[&line.question];
            let (_, question) = questionnaire.find(&line.question).unwrap();
            prop_assert!(!answer.off);
            for option in &line.chosen {
                prop_assert!(!answer.alone.contains(option), "{option} is for a moment alone");
                prop_assert!(!question.sensitive.contains(option) || answer.shown.contains(option), "{option} was not ticked");
            }
        }
    }
}

/// What is left at one question: the chosen options, the ones of them that are marked alone, the ones that may show, as bits;
/// then to talk about, off the sheet, own words, and whether they are marked alone.
type Left = (u32, u32, u32, [bool; 4]);

fn answer(question: &Question, (chosen, alone, shown, [talk, off, written, words_alone]): &Left) -> Answer {
    let mut answer = Answer::default();
    (answer.talk, answer.off) = (*talk, *off);
    for (at, option) in question.options.iter().enumerate() {
        let has = |bits: &u32| bits >> at & 1 == 1;
        answer.choose(option, has(chosen));
        // A mark may stand where nothing is chosen any more.
        answer.mark_alone(option, has(alone));
        answer.mark_shown(option, has(shown));
    }
    if *written {
        answer.free_text = format!("own words at {}", question.id);
    }
    answer.mark_alone(FREE_TEXT, *words_alone);
    answer
}

/// The same answer of somebody who never left the marked parts; none where nothing else was left.
fn never_left(answer: &Answer) -> Option<Answer> {
    let mut rest = Answer::default();
    (rest.talk, rest.off) = (answer.talk, answer.off);
    rest.chosen = answer.chosen.iter().filter(|option| !answer.alone.contains(option)).cloned().collect();
    rest.shown = answer.shown.iter().filter(|option| !answer.alone.contains(option)).cloned().collect();
    if !answer.alone.iter().any(|marked| marked == FREE_TEXT) {
        rest.free_text.clone_from(&answer.free_text);
    }
    (!rest.chosen.is_empty() || !rest.free_text.is_empty()).then_some(rest)
}

/// A journal with these answers, what the parent wishes for, and whether they added the line for a moment alone.
fn journal(answers: &[(String, Answer)], wish: Option<&str>, line: bool) -> Journal<MemoryStore> {
    let mut journal = Journal::open(MemoryStore::default(), MemoryStore::default(), || 7);
    for (question, answer) in answers {
        journal.edit(question, &mut |kept| answer.clone_into(kept));
    }
    journal.edit_profile(&mut |profile| wish.iter().for_each(|wish| profile.wish(wish, true)));
    journal.edit_state(&mut |state| state.alone = line);
    journal
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_alone_leave_no_trace_on_sheet_text_or_table(
        left in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>(), any::<[bool; 4]>()), 30),
        wish in prop::option::of(prop::sample::select(&WISHES[..])),
        line in any::<bool>(),
    ) {
        let questionnaire = &CONTENT.questionnaire;
        let answers: Vec<(String, Answer)> = questionnaire
            .questions()
            .zip(&left)
            .map(|((_, question), left)| (question.id.clone(), answer(question, left)))
            .collect();
        let rest: Vec<(String, Answer)> =
            answers.iter().filter_map(|(id, answer)| Some((id.clone(), never_left(answer)?))).collect();
        let (journal, twin) = (journal(&answers, wish, line), journal(&rest, wish, line));
        let (sheet, plain) = (Sheet::of(questionnaire, &journal), Sheet::of(questionnaire, &twin));
        prop_assert_eq!(&sheet, &plain);
        prop_assert_eq!(Table::of(questionnaire, &sheet), Table::of(questionnaire, &plain));
        prop_assert_eq!((sheet.is_empty(), sheet.has_lines()), (plain.is_empty(), plain.has_lines()));
        let forms = journal.profile().variants();
        let words: Vec<_> = CONTENT.locales.iter().map(|(_, locale)| Catalog::beside(locale)).collect();
        for (one, other) in words.iter().flat_map(|one| words.iter().map(move |other| (one, other))) {
            prop_assert_eq!(plain_sheet(&sheet, one, Some(other), &forms), plain_sheet(&plain, one, Some(other), &forms));
        }
    }
}

#[test]
fn only_its_own_box_puts_the_line_for_a_moment_alone_on_the_sheet() {
    let mut marked = Answer::default();
    marked.choose("relationship", true);
    marked.mark_alone("relationship", true);
    marked.talk = true;
    let answers = [("talk-topics".to_owned(), marked)];
    let sheet = Sheet::of(&CONTENT.questionnaire, &journal(&answers, None, false));
    assert_eq!(sheet, Sheet::default(), "a mark shows");
    assert!(sheet.is_empty());
    let sheet = Sheet::of(&CONTENT.questionnaire, &journal(&answers, None, true));
    assert_eq!(sheet, Sheet { alone: true, ..Sheet::default() });
    assert!(!sheet.is_empty() && !sheet.has_lines(), "it is no line for the table");
    assert_eq!(Table::of(&CONTENT.questionnaire, &sheet), Table::default());
}
