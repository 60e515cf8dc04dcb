//! What stands on a live page before the app does, or where it cannot run. Nothing in it answers to input, so that
//! nothing is lost when the app takes its place.

use leptos::prelude::*;

use super::Sight;
use crate::pages::Page;
use crate::pages::components::motif;

/// The live root of a page and, beside it, what shows when the app cannot run.
pub fn live(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.live;
    let (part, title) = match sight.page {
        Page::Sheet => ("sheet", sight.locale.app.sheet.title.clone()),
        _ => ("reflect", first_question(sight)),
    };
    view! {
        <div data-app=part data-state="loading">
            <div class="waiting when-new">
                <h1>{title}</h1>
                <p class="note loading">{text.loading.clone()}</p>
            </div>
            <div class="waiting when-kept">
                {motif::mark("feelings", false, "mark large")} <p class="title">{text.resume.clone()}</p>
                <p class="note loading">{text.loading.clone()}</p>
            </div>
        </div>
        <noscript>{unable(sight)}</noscript>
        <div data-unable="" hidden>
            {unable(sight)}
        </div>
    }
    .into_any()
}

fn first_question(sight: Sight<'_>) -> String {
    let themes = &sight.content.questionnaire.themes;
    themes.first().map(|theme| sight.locale.question[&theme.first().id].ask.clone()).unwrap_or_default()
}

/// Why the app is not here, kindly, and what is.
fn unable(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.live;
    let frame = &sight.locale.page.frame;
    view! {
        <div class="waiting unable">
            <h2>{text.unable_title.clone()}</h2>
            <p class="lead">{text.unable_text.clone()}</p>
            <div class="actions">
                <a class="button main" href=sight.to(Page::Questions)>
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
