//! An answer in words: the chosen options, and own words as they were written.

use leptos::prelude::*;

use crate::content::Words;
use crate::reflection::Line;

/// One line of the sheet: what leads it, and the answer.
pub fn line_text(words: &'static Words, line: &Line) -> AnyView {
    view! {
        <div class="line-text">
            <p class="line-lead">{words.question(&line.question).line.clone()}</p>
            {answer_text(words, &line.question, &line.chosen, &line.words)}
        </div>
    }
    .into_any()
}

/// The chosen options, and own words. Those are text of their own: in their own direction, never markup.
pub fn answer_text(words: &'static Words, question: &str, chosen: &[String], own: &str) -> AnyView {
    let chosen: Vec<_> = chosen.iter().map(|option| words.option(question, option)).collect();
    let own = own.trim().to_owned();
    view! {
        {(!chosen.is_empty()).then(|| view! { <p class="said">{chosen.join(" · ")}</p> })}
        {(!own.is_empty()).then(|| view! { <p class="own" dir="auto">{own}</p> })}
    }
    .into_any()
}
