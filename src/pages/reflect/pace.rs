//! How much further to go.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{bar, sheet_link, ways};
use crate::reflection::{Pace, Step};

/// Three minutes more, ten, or stop here.
pub fn pace(app: App) -> AnyView {
    let text = &app.words.app.pace;
    let choice = |action: &'static str, pace: Pace, label: &'static String, note: &'static String| {
        view! {
            <button class="path" type="button" data-action=action on:click=move |_| app.choose_pace(pace)>
                <span>
                    <b class="name">{label.clone()}</b>
                    <span class="state">{note.clone()}</span>
                </span>
            </button>
        }
    };
    let stop = view! {
        <span>
            <b class="name">{text.stop.clone()}</b>
            <span class="state">{text.stop_note.clone()}</span>
        </span>
    };
    view! {
        <div class="step" data-step=Step::Pace.id()>
            <header class="step-head">
                <h1 tabindex="-1">{text.title.clone()}</h1>
                <p class="hint">{text.lead.clone()}</p>
            </header>
            <div class="step-body paths">
                {choice("continue", Pace::Short, &text.short, &text.short_note)}
                {choice("long", Pace::Long, &text.long, &text.long_note)} {sheet_link(app, "path", stop.into_any())}
            </div>
            {bar(app, ().into_any())} {ways(app)}
        </div>
    }
    .into_any()
}
