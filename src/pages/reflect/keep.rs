//! The first line of the own sheet, and where to keep.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{bar, line_text, motif, ways};
use crate::reflection::{Place, Sheet, Step};

/// The screen after the first question; it comes again before the overview while no place is chosen.
pub fn keep(app: App) -> AnyView {
    let text = &app.words.app.keep;
    let first = app.way().first().id();
    let has_line = app.with(|journal| journal.answer(&first).is_some_and(|answer| !answer.is_empty()));
    let title = if has_line { &text.title } else { &text.title_empty };
    let next = view! {
        <button class="button main" type="button" data-action="continue" on:click=move |_| app.next()>
            {app.words.app.common.next.clone()}
        </button>
    };
    view! {
        <div class="step" data-step=Step::Keep.id()>
            <header class="step-head">
                <h1 tabindex="-1">{title.clone()}</h1>
                {has_line.then(|| view! { <p class="hint">{text.lead.clone()}</p> })}
            </header>
            <div class="step-body">{has_line.then(|| first_line(app, first))} {place(app)}</div>
            {bar(app, next.into_any())} {ways(app)}
        </div>
    }
    .into_any()
}

/// The line as it will stand on the sheet, to talk about or to remove.
fn first_line(app: App, question: String) -> AnyView {
    let text = &app.words.app.keep;
    let answer = RwSignal::new(app.answer(&question));
    let question = StoredValue::new(question);
    let edit = move |change: fn(&mut crate::reflection::Answer)| {
        answer.set(question.with_value(|question| app.edit(question, change)));
    };
    let line = move || {
        answer.track();
        let sheet = app
            .with(|journal| Sheet::draw_up(&app.words.questionnaire, |id| journal.answer(id), journal.record().alone));
        let line = question.with_value(|question| sheet.lines().find(|line| line.question == *question).cloned());
        match line {
            Some(line) => line_text(app.words, &line),
            None => view! { <p class="state">{text.removed.clone()}</p> }.into_any(),
        }
    };
    view! {
        <section class="slip">
            {line}
            <div class="line-tools">
                <button
                    class="tool"
                    type="button"
                    data-action="talk"
                    aria-pressed=move || if answer.with(|answer| answer.talk) { "true" } else { "false" }
                    on:click=move |_| edit(|answer| answer.talk = !answer.talk)
                >
                    {motif::mark("talk", false, "mark")}
                    <span>{app.words.app.common.talk.clone()}</span>
                </button>
                <button
                    class="tool"
                    type="button"
                    data-action="remove"
                    on:click=move |_| edit(|answer| answer.off = !answer.off)
                >
                    {move || if answer.with(|answer| answer.off) { text.put_back.clone() } else { text.remove.clone() }}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Where to keep. Nothing is chosen beforehand.
fn place(app: App) -> AnyView {
    let text = &app.words.app.keep;
    let choice = |place: Place, value: &'static str, label: &'static String, note: &'static String| {
        let chosen = app.with(|journal| journal.place() == Some(place));
        view! {
            <label class="choice">
                <input type="radio" name="keep" value=value prop:checked=chosen on:change=move |_| app.keep(place) />
                <span>
                    {label.clone()} <small>{note.clone()}</small>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{text.ask.clone()}</legend>
            {choice(Place::Device, "device", &text.device, &text.device_note)}
            {choice(Place::Tab, "tab", &text.tab, &text.tab_note)}
        </fieldset>
        <p class="note">{text.later.clone()}</p>
    }
    .into_any()
}
