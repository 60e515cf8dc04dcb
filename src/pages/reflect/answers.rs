//! All answers on one page, each with a link that changes it and comes back here.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::{answer_text, bar, marks, motif, sheet_link, ways};
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
    let to_sheet = sheet_link(app, "button main", app.words.app.common.to_sheet.clone().into_any());
    view! {
        <div class="step" data-step=Step::Answers.id()>
            <header class="step-head">
                <h1 tabindex="-1">{text.title.clone()}</h1>
                <p class="hint">{text.lead.clone()}</p>
            </header>
            <div class="step-body">{list}</div>
            {bar(app, to_sheet)} {ways(app)}
        </div>
    }
    .into_any()
}

/// The questions of one theme: the first one always, the deeper ones once they have an answer.
fn theme_answers(app: App, theme: &'static Theme) -> AnyView {
    let is_answered = |question: &Question| !app.answer(&question.id).is_empty();
    let shown = theme.questions.iter().enumerate().filter(|(at, question)| *at == 0 || is_answered(question));
    view! {
        <section class="group">
            <h2>
                {motif::mark(&theme.id, theme.questions.iter().any(is_answered), "mark")}
                {app.words.theme(&theme.id).title.clone()}
            </h2>
            <ul class="rows" role="list">
                {shown.map(|(_, question)| entry(app, question)).collect::<Vec<_>>()}
            </ul>
        </section>
    }
    .into_any()
}

fn entry(app: App, question: &'static Question) -> AnyView {
    let text = &app.words.app.answers;
    let asked = &app.words.question(&question.id).ask;
    let answer = app.answer(&question.id);
    let (shown, label) = if answer.is_empty() {
        (view! { <p class="state">{text.open.clone()}</p> }.into_any(), &text.answer)
    } else {
        (answer_text(app.words, &question.id, &answer.chosen, &answer.words), &text.change)
    };
    view! {
        <li class="answer" data-answer=question.id.clone()>
            <p class="line-lead">{asked.clone()}</p>
            {shown} {marks(app, &answer)}
            <button
                class="link"
                type="button"
                data-change=question.id.clone()
                on:click=move |_| app.go_and_return(app.way().into_question(question))
            >
                {label.clone()}
                <span class="visually-hidden">{[": ", asked].concat()}</span>
            </button>
        </li>
    }
    .into_any()
}
