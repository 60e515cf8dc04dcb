//! The page with all questions, to read or print, without scripts.

use leptos::prelude::*;

use super::PageContext;
use crate::pages::components::motif;
use crate::reflection::{Kind, Question, Theme};

/// Renders the page with all questions.
pub fn questions(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.questions;
    let themes = cx.content.questionnaire.themes.iter().map(|theme| theme_questions(cx, theme));
    view! {
        <article class="prose questions">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            <div class="actions needs-script">
                <button class="button main" type="button" data-action="print">
                    {text.print.clone()}
                </button>
            </div>
            {themes.collect::<Vec<_>>()}
            {cx.safety(Some("../help/"), true)}
        </article>
    }
    .into_any()
}

fn theme_questions(cx: PageContext<'_>, theme: &Theme) -> AnyView {
    let text = &cx.locale.theme[&theme.id];
    let questions = theme.questions.iter().map(|question| paper_question(cx, question));
    view! {
        <section>
            <h2>{motif::mark(&theme.id, false, "mark").view()} {text.title.clone()}</h2>
            <p>{text.warm.to_string()}</p>
            {text.door.is_some().then(|| door(cx))}
            <ol class="asked" role="list">
                {questions.collect::<Vec<_>>()}
            </ol>
        </section>
    }
    .into_any()
}

fn paper_question(cx: PageContext<'_>, question: &Question) -> AnyView {
    let text = &cx.locale.question[&question.id];
    let words = match question.kind {
        Kind::FreeText => [&cx.locale.app.ask.words_only, ":"].concat(),
        _ => cx.locale.page.questions.words.clone(),
    };
    let app = &cx.locale.app;
    let mut options: Vec<_> = question.options.iter().map(|id| text.option[id].to_string()).collect();
    let mut hints = Vec::new();
    if question.agenda {
        // On paper a topic cannot be marked as private, so talking alone is one more box, with its warning.
        options.push([&app.sheet.alone, " ", &app.sheet.alone_note].concat());
    } else {
        hints.extend(text.hint.as_ref().map(ToString::to_string));
    }
    if question.kind == Kind::One {
        hints.push(app.ask.choose_one.clone());
    }
    let options: Vec<_> = options.into_iter().map(|option| view! { <li>{option}</li> }).collect();
    let hints: Vec<_> = hints.into_iter().map(|hint| view! { <p class="note">{hint}</p> }).collect();
    view! {
        <li>
            {text.door.is_some().then(|| door(cx))}
            <h3>{text.ask.to_string()}</h3>
            {hints}
            {(!options.is_empty()).then(|| view! { <ul class="boxes">{options}</ul> })}
            <p class="write">{words}</p>
        </li>
    }
    .into_any()
}

/// Renders the text of a door on paper, where it differs from the text on screen because nothing is hidden behind it.
fn door(cx: PageContext<'_>) -> AnyView {
    view! { <p class="note">{cx.locale.page.questions.door.clone()}</p> }.into_any()
}
