//! All answers on one page, each with a link that changes it and comes back here.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{answer_text, bar, sheet_link, way_links};
use crate::reflection::{Question, Step, Theme};

/// All answers.
pub fn answers(app: App) -> AnyView {
    let text = &app.words.app.answers;
    let list = move || {
        app.outside.track();
        if app.with(|journal| journal.has_answers()) {
            let themes = app.words.questionnaire.themes.iter();
            themes.map(|theme| theme_answers(app, theme)).collect::<Vec<_>>().into_any()
        } else {
            view! { <p class="note">{text.none.clone()}</p> }.into_any()
        }
    };
    let to_sheet = sheet_link(app, "button primary", app.words.app.common.to_sheet.clone().into_any());
    view! {
        <section class="screen answers" data-step=Step::Answers.id()>
            <h1 tabindex="-1">{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            {list}
            {bar(app, to_sheet)}
            {way_links(app)}
        </section>
    }
    .into_any()
}

/// The questions of one theme: the first one always, the deeper ones once they have an answer.
fn theme_answers(app: App, theme: &'static Theme) -> AnyView {
    let shown = theme.questions.iter().enumerate().filter(|(at, question)| {
        *at == 0 || !app.answer(&question.id).is_empty()
    });
    view! {
        <section class="theme-answers">
            <h2>{app.words.theme(&theme.id).title.clone()}</h2>
            <dl>{shown.map(|(_, question)| entry(app, question)).collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}

fn entry(app: App, question: &'static Question) -> AnyView {
    let text = &app.words.app.answers;
    let asked = &app.words.question(&question.id).ask;
    let answer = app.answer(&question.id);
    let (shown, label) = if answer.is_empty() {
        (view! { <span class="left-open">{text.open.clone()}</span> }.into_any(), &text.answer)
    } else {
        (answer_text(app.words, &question.id, &answer.chosen, &answer.words), &text.change)
    };
    view! {
        <div class="entry" data-answer=question.id.clone()>
            <dt>{asked.clone()}</dt>
            <dd>
                {shown}
                {answer.talk.then(|| view! { <span class="mark">{app.words.app.common.talk.clone()}</span> })}
                <button
                    class="link"
                    data-change=question.id.clone()
                    on:click=move |_| app.go_and_return(app.way().into_question(question))
                >
                    {label.clone()}
                    <span class="visually-hidden">": "{asked.clone()}</span>
                </button>
            </dd>
        </div>
    }
    .into_any()
}
