//! How much further to go.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{sheet_link, way_links};
use crate::reflection::{Pace, Step};

/// Three minutes more, ten, or stop here.
pub fn pace(app: App) -> AnyView {
    let text = &app.words.app.pace;
    let choice = |action: &'static str, pace: Pace, label: &'static String, note: &'static String| {
        view! {
            <button class="card-button" data-action=action on:click=move |_| app.choose_pace(pace)>
                <strong>{label.clone()}</strong>
                <small>{note.clone()}</small>
            </button>
        }
    };
    view! {
        <section class="screen pace" data-step=Step::Pace.id()>
            <h1 tabindex="-1">{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            <div class="cards">
                {choice("continue", Pace::Short, &text.short, &text.short_note)}
                {choice("long", Pace::Long, &text.long, &text.long_note)}
                {sheet_link(app, "card-button", view! {
                    <strong>{text.stop.clone()}</strong>
                    <small>{text.stop_note.clone()}</small>
                }.into_any())}
            </div>
            {way_links(app)}
        </section>
    }
    .into_any()
}
