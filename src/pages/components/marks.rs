//! What stands beside an answer, whatever it says.

use super::blocks::{Node, container, list, text};
use super::motif;
use crate::pages::app::App;
use crate::reflection::{Answer, Theme};

/// The themes with an answer, whatever it says: their leaves are open.
pub fn open_themes(app: App) -> Vec<&'static str> {
    let is_open = |theme: &&Theme| theme.questions.iter().any(|question| app.is_answered(&question.id));
    app.flow().questionnaire.themes.iter().filter(is_open).map(|theme| theme.id.as_str()).collect()
}

/// The marks of an answer: own words, and a wish to talk.
pub fn marks(app: App, answer: &Answer) -> Option<Node> {
    let labels = &app.catalog.app.common;
    let mut marks = Vec::new();
    if !answer.free_text.trim().is_empty() {
        marks.push(container("li", "", vec![motif::quill(), text(&labels.with_words)]));
    }
    if answer.talk {
        marks.push(container("li", "", vec![motif::mark("talk", true, "mark"), text(&labels.talk)]));
    }
    (!marks.is_empty()).then(|| list("marks", marks))
}
