//! The screen that a reflection comes back to, as it is kept.

use std::path::Path;

use between_us::content::Content;
use between_us::reflection::{Flow, SCREENS, Step};

#[test]
fn every_screen_is_found_again_by_its_id_and_no_question_may_have_it() {
    let content = Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let way = Flow { questionnaire: &content.questionnaire, pace: None, undecided: false };
    for (id, screen) in &SCREENS {
        assert_eq!((screen.id().as_str(), way.find(id).as_ref()), (*id, Some(screen)));
        assert!(Step::is_taken(id), "a question could be called {id}, and would never show");
    }
    for (_, question) in content.questionnaire.questions() {
        let door = Step::Door(question.id.clone());
        assert!(Step::is_taken(&door.id()) && !Step::is_taken(&question.id));
    }
}

#[test]
fn a_visit_goes_on_with_the_questions_and_never_beside_them() {
    let beside: Vec<_> = SCREENS.iter().filter(|(_, screen)| !screen.resumes()).map(|(id, _)| *id).collect();
    assert_eq!(beside, ["about-me", "reflections", "restore", "sheet"]);
    assert!(Step::Question("feelings-now".into()).resumes() && Step::Door("closeness".into()).resumes());
}
