//! The prerendered content of a live page, shown until the app runs, or if it cannot run. It accepts no input, so that
//! nothing is lost when the app replaces it.

use leptos::prelude::*;

use super::{PageContext, no_suggestions};
use crate::content::fill;
use crate::pages::Page;
use crate::pages::components::blocks::{attr, element, text};
use crate::pages::components::motif;

/// Renders the root of the live part and, next to it, the text that is shown if the app cannot run.
pub fn live(cx: PageContext<'_>) -> AnyView {
    let (part, waiting) = match cx.page {
        Page::Sheet => ("sheet", sheet(cx)),
        _ => ("reflect", first_question(cx)),
    };
    view! {
        // Never submitted (`public/shell/actions.js`). A form sets these attributes for all fields in it: browsers
        // neither restore them, nor check or complete what is typed.
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

/// Renders the header of the first question, at the position where the app renders it. For a returning visitor it is
/// replaced by a text that the reflection continues.
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

/// Renders the header of the sheet, at the position where the app renders it.
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

/// Renders a heading of level 1 for a state in which the heading of the page is hidden.
fn title(words: &str) -> AnyView {
    let attributes = vec![attr("class", "title"), attr("role", "heading"), attr("aria-level", "1")];
    element("p", attributes, vec![text(words)]).view()
}

/// Renders the explanation that the app cannot run, and what can be used instead: the questions on paper, and saving or
/// erasing the stored answers.
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
