//! The screen of a question.

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

use crate::browser::page;
use crate::content::QuestionText;
use crate::pages::app::App;
use crate::pages::components::{bar, motif, safety, ways};
use crate::reflection::{Answer, Kind, Question, Step};

/// The screen of the question with this id.
pub fn question(app: App, id: &str) -> AnyView {
    let words = app.words;
    let Some((theme, question)) = words.questionnaire.find(id) else { return ().into_any() };
    let text = words.question(&question.id);
    let answer = RwSignal::new(app.answer(&question.id));
    follow_others(app, question, answer);

    view! {
        <div class="step" data-step=question.id.clone()>
            <header class="step-head">
                <p class="place">
                    {motif::mark(&theme.id, false, "mark")} <span>{words.theme(&theme.id).title.clone()}</span>
                    <span class="count">{app.position(&question.id)}</span>
                </p>
                <h1 tabindex="-1">{text.ask.clone()}</h1>
                {text.hint.clone().map(|hint| view! { <p class="hint">{hint}</p> })}
            </header>
            <div class="step-body">
                {(question.kind != Kind::Words).then(|| options(app, question, text, answer))}
                {question.agenda.then(|| alone(app, question, answer))} {own_words(app, question, text, answer)}
                {talk(app, question, answer)}
                {question.movement.then(|| safety(&words.safety, Some("../help/")))} {deeper(app, question)}
            </div>
            {bar(app, buttons(app))} {ways(app)}
        </div>
    }
    .into_any()
}

/// Takes over what another tab did to this answer.
fn follow_others(app: App, question: &'static Question, answer: RwSignal<Answer>) {
    Effect::watch(move || app.outside.get(), move |_, _, _| answer.set(app.answer(&question.id)), false);
}

fn options(app: App, question: &'static Question, text: &'static QuestionText, answer: RwSignal<Answer>) -> AnyView {
    let one = question.kind == Kind::One;
    let group = if one { &app.words.app.ask.choose_one } else { &app.words.app.ask.choose_many };
    let choice = |option: &'static String| {
        let change = move |event: web_sys::Event| {
            let on = event_target_checked(&event);
            answer.set(app.edit(&question.id, |answer| {
                if one { answer.choose_only(option, &question.options) } else { answer.choose(option, on) }
            }));
        };
        view! {
            <label class="choice">
                <input
                    type=if one { "radio" } else { "checkbox" }
                    name=question.id.clone()
                    value=option.clone()
                    autocomplete="off"
                    prop:checked=move || answer.with(|answer| answer.has(option))
                    on:change=change
                />
                <span>{text.option[option].clone()}</span>
            </label>
        }
    };
    view! {
        <fieldset class=if question.agenda { "choices chips" } else { "choices" }>
            <legend>{group.clone()}</legend>
            {question.options.iter().map(choice).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

fn own_words(app: App, question: &'static Question, text: &'static QuestionText, answer: RwSignal<Answer>) -> AnyView {
    let ask = &app.words.app.ask;
    let usual = if question.kind == Kind::Words { &ask.words_only } else { &ask.words };
    let label = text.words.as_ref().unwrap_or(usual);
    let field = NodeRef::<leptos::html::Textarea>::new();
    let typed = move |event: web_sys::Event| {
        let words = event_target_value(&event);
        // The field already shows what was typed, so nothing needs to follow.
        app.edit(&question.id, |answer| answer.words = words);
    };
    Effect::watch(
        move || answer.with(|answer| answer.words.clone()),
        move |words, _, _| {
            if let Some(field) = field.get_untracked() {
                take_over(&field, words);
            }
        },
        false,
    );
    view! {
        <p class="field">
            <label for="own-words">{label.clone()}</label>
            <textarea
                id="own-words"
                name=[&question.id, ".words"].concat()
                rows=if question.kind == Kind::Words { "5" } else { "2" }
                dir="auto"
                autocomplete="off"
                node_ref=field
                prop:value=answer.with_untracked(|answer| answer.words.clone())
                on:input=typed
            ></textarea>
        </p>
    }
    .into_any()
}

/// Shows words that came from outside, unless that would take away what is being typed.
fn take_over(field: &HtmlTextAreaElement, words: &str) {
    let here = field.value();
    if here != words && (!page::has_focus(field) || words.contains(&here)) {
        field.set_value(words);
    }
}

/// For each chosen topic a box "only when we are alone".
fn alone(app: App, question: &'static Question, answer: RwSignal<Answer>) -> AnyView {
    let ask = &app.words.app.ask;
    // A row comes and goes with its topic alone, so that marking one does not draw the others again.
    let row = |option: &'static String| {
        let chosen = Memo::new(move |_| answer.with(|answer| answer.has(option)));
        let change = move |event: web_sys::Event| {
            let on = event_target_checked(&event);
            answer.set(app.edit(&question.id, |answer| answer.mark_alone(option, on)));
        };
        view! {
            <Show when=move || chosen.get()>
                <label class="choice">
                    <input
                        type="checkbox"
                        name=[&question.id, ".alone"].concat()
                        value=option.clone()
                        prop:checked=move || answer.with(|answer| answer.alone.contains(option))
                        on:change=change
                    />
                    <span>{app.words.option(&question.id, option).to_owned()}</span>
                </label>
            </Show>
        }
    };
    let any = Memo::new(move |_| answer.with(|answer| question.options.iter().any(|option| answer.has(option))));
    view! {
        <fieldset class="choices alone" hidden=move || !any.get()>
            <legend>{ask.alone_group.clone()}</legend>
            {question.options.iter().map(row).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

fn talk(app: App, question: &'static Question, answer: RwSignal<Answer>) -> AnyView {
    let change = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        answer.set(app.edit(&question.id, |answer| answer.talk = on));
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                name=[&question.id, ".talk"].concat()
                prop:checked=move || answer.with(|answer| answer.talk)
                on:change=change
            />
            <span>{app.words.app.ask.talk.clone()}</span>
            {motif::mark("talk", false, "mark")}
        </label>
    }
    .into_any()
}

/// Leave it open, or on.
fn buttons(app: App) -> AnyView {
    let text = &app.words.app;
    let next = move || if app.returning.get() { text.ask.done.clone() } else { text.common.next.clone() };
    view! {
        <button class="button quiet" type="button" data-action="skip" on:click=move |_| app.next()>
            {text.ask.skip.clone()}
        </button>
        <button class="button main" type="button" data-action="continue" on:click=move |_| app.next()>
            {next}
        </button>
    }
    .into_any()
}

/// For who wants to go on in this theme. On the long way the deeper questions come by themselves.
fn deeper(app: App, question: &'static Question) -> Option<AnyView> {
    let way = app.way();
    let deeper = way.more(&question.id)?;
    let comes_anyway = way.next(&Step::Question(question.id.clone())) == deeper;
    let is_opening = way.pace.is_none();
    (!comes_anyway && !is_opening).then(|| {
        view! {
            <button class="button" type="button" data-action="more" on:click=move |_| app.go(deeper.clone())>
                {app.words.app.ask.more.clone()}
            </button>
        }
        .into_any()
    })
}
