//! The overview of the themes, in a picture and in words. What was opened shows; what it says does not.

use leptos::prelude::*;

use crate::content::fill;
use crate::pages::app::App;
use crate::pages::components::{bar, motif, way_links};
use crate::reflection::{Answer, Step, Theme};

/// The overview of the themes.
pub fn themes(app: App) -> AnyView {
    let all = &app.words.app;
    let themes = &app.words.questionnaire.themes;
    let is_open = |theme: &Theme| theme.questions.iter().any(|question| !app.answer(&question.id).is_empty());
    let opened: Vec<bool> = themes.iter().map(is_open).collect();
    let count = opened.iter().filter(|open| **open).count();
    let picture = fill(&all.themes.picture, &[("n", &count.to_string()), ("total", &themes.len().to_string())]);
    let leaves = themes.iter().zip(&opened).filter(|(_, open)| **open).map(|(theme, _)| theme.id.as_str()).collect();
    let next = view! {
        <button class="button primary" data-action="continue" on:click=move |_| app.next()>
            {all.common.to_answers.clone()}
        </button>
    };
    view! {
        <section class="screen themes" data-step=Step::Themes.id()>
            <h1 tabindex="-1">{all.themes.title.clone()}</h1>
            <p class="lead">{all.themes.lead.clone()}</p>
            {motif::plant(leaves, picture)}
            <ul class="theme-list" role="list">
                {themes.iter().zip(opened).map(|(theme, open)| entry(app, theme, open)).collect::<Vec<_>>()}
            </ul>
            {bar(app, next.into_any())}
            {way_links(app)}
        </section>
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
                <button class="link" on:click=move |_| app.go(app.way().into_question(question))>
                    {app.words.question(&question.id).ask.clone()}
                </button>
                {marks(app, &answer)}
            </li>
        }
    });
    view! {
        <li class="theme" class:open=open>
            <button class="theme-enter" on:click=move |_| app.go(app.way().into_theme(theme))>
                {motif::mark(&theme.id)}
                <span class="theme-name">{text.title.clone()}</span>
                <span class="theme-state">{state.clone()}</span>
            </button>
            <p class="theme-warm">{text.warm.clone()}</p>
            <details>
                <summary>{all.themes.questions.clone()}</summary>
                <ul class="plain">{questions.collect::<Vec<_>>()}</ul>
            </details>
            <details>
                <summary>{all.themes.ideas.clone()}</summary>
                <ul class="ideas">{text.ideas.iter().map(|idea| view! { <li>{idea.clone()}</li> }).collect::<Vec<_>>()}</ul>
            </details>
        </li>
    }
    .into_any()
}

/// Whether there is an answer, own words, or a wish to talk; never what it says.
fn marks(app: App, answer: &Answer) -> AnyView {
    let all = &app.words.app;
    let marks = [
        (!answer.is_empty(), &all.themes.answered),
        (!answer.words.trim().is_empty(), &all.common.with_words),
        (answer.talk, &all.common.talk),
    ];
    let shown = marks.into_iter().filter(|(there, _)| *there);
    let marks: Vec<_> = shown.map(|(_, mark)| view! { <span class="mark">{mark.clone()}</span> }).collect();
    (!marks.is_empty()).then(|| view! { <span class="marks">{marks}</span> }).into_any()
}
