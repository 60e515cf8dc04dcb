//! Tests of the ids under which the current screen of a reflection is stored.

use std::path::Path;

use between_us::content::Content;
use between_us::reflection::{Flow, SCREENS, Step};

#[test]
fn every_screen_is_found_by_its_reserved_id() {
    let content = Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let flow = Flow { questionnaire: &content.questionnaire, pace: None, undecided: false };
    for (id, screen) in &SCREENS {
        assert_eq!((screen.id().as_str(), flow.find(id).as_ref()), (*id, Some(screen)));
        assert!(Step::is_taken(id), "a question with the id {id} could not be reached");
    }
    for (_, question) in content.questionnaire.questions() {
        let door = Step::Door(question.id.clone());
        assert!(Step::is_taken(&door.id()) && !Step::is_taken(&question.id));
    }
}

#[test]
fn a_visit_resumes_at_questions_but_not_at_side_screens() {
    let side_screens: Vec<_> = SCREENS.iter().filter(|(_, screen)| !screen.resumes()).map(|(id, _)| *id).collect();
    assert_eq!(side_screens, ["about-me", "reflections", "restore", "sheet"]);
    assert!(Step::Question("feelings-now".into()).resumes() && Step::Door("closeness".into()).resumes());
}
