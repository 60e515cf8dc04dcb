//! The overview of the themes, in a picture and in words. What was opened shows; what it says does not.

use leptos::prelude::*;

use crate::content::fill;
use crate::pages::app::App;
use crate::pages::components::{bar, marks, motif, ways};
use crate::reflection::{Step, Theme};

/// The overview of the themes.
pub fn themes(app: App) -> AnyView {
    let text = &app.words.app.themes;
    let themes = &app.words.questionnaire.themes;
    let is_open = |theme: &&Theme| theme.questions.iter().any(|question| !app.answer(&question.id).is_empty());
    let open: Vec<&str> = themes.iter().filter(is_open).map(|theme| theme.id.as_str()).collect();
    let picture = fill(&text.picture, &[("n", &open.len().to_string()), ("total", &themes.len().to_string())]);
    let entries = themes.iter().map(|theme| entry(app, theme, open.contains(&theme.id.as_str())));
    let next = view! {
        <button class="button main" type="button" data-action="continue" on:click=move |_| app.next()>
            {app.words.app.common.to_answers.clone()}
        </button>
    };
    view! {
        <div class="step" data-step=Step::Themes.id()>
            <header class="step-head">
                <h1 tabindex="-1">{text.title.clone()}</h1>
                <p class="hint">{text.lead.clone()}</p>
                {motif::plant(&open, Some(picture))}
            </header>
            <ul class="step-body rows" role="list">
                {entries.collect::<Vec<_>>()}
            </ul>
            {bar(app, next.into_any())} {ways(app)}
        </div>
    }
    .into_any()
}

fn entry(app: App, theme: &'static Theme, open: bool) -> AnyView {
    let all = &app.words.app;
    let text = app.words.theme(&theme.id);
    let state = if open { &all.themes.opened } else { &all.themes.closed };
    let questions = theme.questions.iter().map(|question| {
        let answer = app.answer(&question.id);
        view! {
            <li>
                <button class="link" type="button" on:click=move |_| app.go(app.way().into_question(question))>
                    {app.words.question(&question.id).ask.clone()}
                </button>
                {(!answer.is_empty()).then(|| view! { <span class="state">{all.themes.answered.clone()}</span> })}
                {marks(app, &answer)}
            </li>
        }
    });
    let ideas = text.ideas.iter().map(|idea| view! { <li>{idea.clone()}</li> });
    view! {
        <li data-theme=theme.id.clone() data-open=open.then_some("")>
            <button class="row" type="button" on:click=move |_| app.go(app.way().into_theme(theme))>
                {motif::mark(&theme.id, open, "mark large")}
                <span>
                    <b class="name">{text.title.clone()}</b>
                    <span class="state">{state.clone()}</span>
                </span>
            </button>
            <details>
                <summary>{all.themes.questions.clone()}</summary>
                <p class="hint">{text.warm.clone()}</p>
                <ul class="theme-questions">{questions.collect::<Vec<_>>()}</ul>
            </details>
            <details>
                <summary>{all.themes.ideas.clone()}</summary>
                <ul class="ideas">{ideas.collect::<Vec<_>>()}</ul>
            </details>
        </li>
    }
    .into_any()
}
