//! The sheet: what it may show and what not.

use std::collections::BTreeMap;

use between_us::reflection::{Answer, Sheet};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sheet_shows_what_it_may_and_nothing_else(picks in prop::collection::vec((0usize..8, any::<[bool; 5]>()), 21)) {
        let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let questionnaire = between_us::content::Content::load(&content).unwrap().questionnaire;
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
            answer.words = if *written { "own".into() } else { "  ".into() };
            answers.insert(question.id.clone(), answer);
        }
        let sheet = Sheet::draw_up(&questionnaire, |id| answers.get(id), false);
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
