//! The page for when something has changed, such as after a loss. It asks no questions, does not mention a baby, and
//! lets the parent pause the site.

use leptos::prelude::*;

use super::PageContext;
use super::help::help_line;
use super::prose::section;
use crate::pages::Page;

/// The purpose, in `help.toml`, of help lines that offer support after a loss.
const LOSS: &str = "loss";

/// Renders the page for when something has changed.
pub fn changed(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.changed;
    let sections = text.section.iter().map(|part| {
        let beside = match part.id.as_deref() {
            Some("help") => loss(cx),
            Some("call") => cx.safety(Some("../help/"), false),
            _ => ().into_any(),
        };
        section(cx, part, beside)
    });
    view! {
        <article class="prose">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            <p class="when-unchanged">{text.worried.clone()}</p>
            {rest(cx)}
            {sections.collect::<Vec<_>>()}
        </article>
    }
    .into_any()
}

/// Renders the controls that pause the site and undo that. They are shown only if answers are stored.
fn rest(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.changed.rest;
    let paragraphs = text.text.iter().map(|paragraph| view! { <p>{paragraph.clone()}</p> });
    view! {
        <section id="rest" class="when-kept">
            <h2 class="when-unchanged">{text.title.clone()}</h2>
            <h2 class="when-changed" tabindex="-1">
                {text.resting.clone()}
            </h2>
            <div class="when-unchanged">{paragraphs.collect::<Vec<_>>()}</div>
            <p class="when-changed">{text.resting_text.clone()}</p>
            <p class="when-changed" role="alert" data-rest-failed="" hidden>
                {text.failed.clone()}
            </p>
            <div class="actions">
                <button class="button when-unchanged" type="button" data-action="rest">
                    {text.rest.clone()}
                </button>
                <button
                    class="button when-changed"
                    type="button"
                    data-action="wake"
                    data-to=cx.to(Page::Opening)
                >
                    {text.wake.clone()}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Renders the help lines for support after a loss: those of the site's country, and those of each other country in
/// collapsed details. Countries without such a line are omitted.
fn loss(cx: PageContext<'_>) -> AnyView {
    let help = &cx.locale.page.help;
    let home = &cx.content.site.default_country;
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for country in &cx.content.help.countries {
        let lines: Vec<_> =
            country.lines.iter().filter(|line| line.purpose == LOSS).map(|line| help_line(help, line)).collect();
        if lines.is_empty() {
            continue;
        }
        let lines = view! {
            <ul class="rows" role="list">
                {lines}
            </ul>
        };
        if country.id == *home {
            here.push(lines);
        } else {
            elsewhere.push(view! {
                <details>
                    <summary>{help.country[&country.id].clone()}</summary>
                    {lines}
                </details>
            });
        }
    }
    view! {
        <h3>{cx.locale.page.changed.loss.clone()}</h3>
        {here}
        {elsewhere}
    }
    .into_any()
}
