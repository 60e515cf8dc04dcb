//! A door: everybody may go in, and leaving it is just as good.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{bar, motif, way_links};
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
    let controls = view! {
        <button class="button primary" data-action="continue" on:click=move |_| app.next()>
            {words.app.ask.enter.clone()}
        </button>
        <button class="button" data-action="skip" on:click=move |_| app.go(app.way().leave(&id))>
            {words.app.ask.leave.clone()}
        </button>
    };
    view! {
        <section class="screen door" data-step=step.id()>
            {motif::mark(&theme.id)}
            <h1 tabindex="-1">{words.theme(&theme.id).title.clone()}</h1>
            <p class="lead">{text}</p>
            {bar(app, controls.into_any())}
            {way_links(app)}
        </section>
    }
    .into_any()
}
