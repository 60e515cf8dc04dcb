//! The marks beside an answer, which do not depend on its content.

use super::blocks::Node;
use super::{motif, view};
use crate::pages::app::App;
use crate::reflection::{Answer, Theme};

/// Returns the ids of the themes with an answer. Their leaves are open.
pub fn open_themes(app: App) -> Vec<&'static str> {
    let is_open = |theme: &&Theme| theme.questions.iter().any(|question| app.is_answered(&question.id));
    app.flow().questionnaire.themes.iter().filter(is_open).map(|theme| theme.id.as_str()).collect()
}

/// Returns the marks of an answer: a free text, and the wish to talk about it.
pub fn marks(app: App, answer: &Answer) -> Option<Node> {
    let labels = &app.catalog.app.common;
    let mut marks = Vec::new();
    if !answer.free_text.trim().is_empty() {
        marks.push(view! { <li>{motif::quill()}{&labels.with_words}</li> });
    }
    if answer.talk {
        marks.push(view! { <li>{motif::mark("talk", true, "mark")}{&labels.talk}</li> });
    }
    (!marks.is_empty()).then(|| view! { <List class="marks">{marks}</List> })
}
