//! What stands beside an answer, whatever it says.

use leptos::prelude::*;

use super::motif;
use crate::pages::app::App;
use crate::reflection::Answer;

/// The marks of an answer: own words, and a wish to talk.
pub fn marks(app: App, answer: &Answer) -> AnyView {
    let text = &app.words.app.common;
    let words = !answer.words.trim().is_empty();
    let talk = answer.talk;
    (words || talk)
        .then(|| {
            view! {
                <ul class="marks" role="list">
                    {words.then(|| view! { <li>{motif::quill()} {text.with_words.clone()}</li> })}
                    {talk.then(|| view! { <li>{motif::mark("talk", true, "mark")} {text.talk.clone()}</li> })}
                </ul>
            }
        })
        .into_any()
}
