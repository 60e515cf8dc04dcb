//! What stands on a live page before the app does, or where it cannot run. Nothing in it answers to input, so that
//! nothing is lost when the app takes its place.

use leptos::prelude::*;

use super::{PageContext, no_suggestions};
use crate::content::fill;
use crate::pages::Page;
use crate::pages::components::blocks::{attr, element, text};
use crate::pages::components::motif;

/// The live root of a page and, beside it, what shows when the app cannot run.
pub fn live(cx: PageContext<'_>) -> AnyView {
    let (part, waiting) = match cx.page {
        Page::Sheet => ("sheet", sheet(cx)),
        _ => ("reflect", first_question(cx)),
    };
    view! {
        // It is never sent (`actions.js`): a form is where HTML says for all fields in it that no browser fills them in anew,
        // and checks or completes nothing that is typed.
        <form data-app=part data-state="loading" autocomplete="off" spellcheck="false" {..no_suggestions()}>
            {waiting}
        </form>
        <noscript>{unable(cx)}</noscript>
        <div data-unable="" hidden>
            {unable(cx)}
        </div>
        <div class="when-aside">
            <p class="note">{cx.locale.page.live.aside.clone()}</p>
            <button class="link" type="button" data-action="save">
                {cx.locale.page.frame.save.clone()}
            </button>
        </div>
    }
    .into_any()
}

/// The head of the first question, just where the app will draw it; for who comes back, a word in the same place.
fn first_question(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.live;
    let questionnaire = &cx.content.questionnaire;
    let Some(theme) = questionnaire.themes.first() else { return ().into_any() };
    let asked = &cx.locale.question[&theme.first().id];
    let n = [("n", "1"), ("total", &questionnaire.themes.len().to_string())];
    view! {
        <div class="step when-new">
            <header class="step-head">
                <p class="place">
                    {motif::mark(&theme.id, false, "mark").view()} <span>{cx.locale.theme[&theme.id].title.clone()}</span>
                    <span class="count">{fill(&cx.locale.app.ask.position, &n)}</span>
                </p>
                <h1>{asked.ask.to_string()}</h1>
                {asked.hint.as_ref().map(|hint| view! { <p class="hint">{hint.to_string()}</p> })}
                {motif::mark(&theme.id, false, "mark ornament").view()}
            </header>
            <p class="note">{text.loading.clone()}</p>
        </div>
        <div class="step when-kept">
            <header class="step-head">
                <p class="place">{motif::mark(&theme.id, false, "mark").view()}</p>
                {title(&text.resume)}
            </header>
            <p class="note">{text.loading.clone()}</p>
        </div>
    }
    .into_any()
}

/// The head of the sheet, just where the app will draw it.
fn sheet(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.app.sheet;
    view! {
        <div class="sheet">
            <header class="intro">
                <h1>{text.title.clone()}</h1>
                <p class="lead">{text.lead.clone()}</p>
            </header>
            <p class="note">{cx.locale.page.live.loading.clone()}</p>
        </div>
    }
    .into_any()
}

/// A heading of the first rank for a state that hides the page's own.
fn title(words: &str) -> AnyView {
    let attributes = vec![attr("class", "title"), attr("role", "heading"), attr("aria-level", "1")];
    element("p", attributes, vec![text(words)]).view()
}

/// Why the app is not here, kindly, and what is.
fn unable(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.live;
    let frame = &cx.locale.page.frame;
    view! {
        <div class="unable">
            {title(&text.unable_title)}
            <p class="lead">{text.unable_text.clone()}</p>
            <div class="actions">
                <a class="button main" href=cx.to(Page::Questions)>
                    {frame.to_questions.clone()}
                </a>
                <button class="button needs-script" type="button" data-action="save">
                    {frame.save.clone()}
                </button>
                <button class="button needs-script" type="button" data-action="erase">
                    {frame.erase.clone()}
                </button>
            </div>
        </div>
    }
    .into_any()
}
