//! A door: everybody may go in, and leaving it is just as good.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{bar, motif, ways};
use crate::reflection::Step;

/// The door in front of the theme or question with this id.
pub fn door(app: App, id: &str) -> AnyView {
    let words = app.words;
    let theme = words.questionnaire.theme(id).or_else(|| Some(words.questionnaire.find(id)?.0));
    let Some(theme) = theme else { return ().into_any() };
    let text = match words.theme.get(id) {
        Some(text) => text.door.clone(),
        None => words.question(id).door.clone(),
    };
    let step = Step::Door(id.to_owned());
    let id = id.to_owned();
    view! {
        <div class="step" data-step=step.id()>
            <header class="step-head">
                <p class="place">
                    {motif::mark(&theme.id, false, "mark")} <span>{words.theme(&theme.id).title.clone()}</span>
                </p>
                <h1 tabindex="-1">{text}</h1>
            </header>
            <div class="step-body paths">
                <button class="path" type="button" data-action="continue" on:click=move |_| app.next()>
                    <b class="name">{words.app.ask.enter.clone()}</b>
                </button>
                <button class="path" type="button" data-action="skip" on:click=move |_| app.go(app.way().leave(&id))>
                    <b class="name">{words.app.ask.leave.clone()}</b>
                </button>
            </div>
            {bar(app, ().into_any())} {ways(app)}
        </div>
    }
    .into_any()
}
