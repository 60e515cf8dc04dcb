//! Something has changed: a page that asks nothing, uses no words about a baby, and lets everything rest.

use leptos::prelude::*;

use super::Sight;
use super::help::help_line;
use super::prose::section;
use crate::pages::Page;

/// What a help line is for that supports after a loss, as `help.toml` says it.
const LOSS: &str = "loss";

/// The page for when something has changed.
pub fn changed(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.changed;
    let sections = text.section.iter().map(|part| {
        let beside = if part.id.as_deref() == Some("help") { loss(sight) } else { ().into_any() };
        section(sight, part, beside)
    });
    view! {
        <article class="prose">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            {rest(sight)}
            {sections.collect::<Vec<_>>()}
        </article>
    }
    .into_any()
}

/// Letting it rest, and taking that back. Where nothing is kept there is nothing that could come.
fn rest(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.changed.rest;
    let paragraphs = text.text.iter().map(|paragraph| view! { <p>{paragraph.clone()}</p> });
    view! {
        <section id="rest" class="when-kept">
            <h2 class="when-unchanged">{text.title.clone()}</h2>
            <h2 class="when-changed" tabindex="-1">
                {text.resting.clone()}
            </h2>
            <div class="when-unchanged">{paragraphs.collect::<Vec<_>>()}</div>
            <p class="when-changed">{text.resting_text.clone()}</p>
            <div class="actions">
                <button class="button when-unchanged" type="button" data-action="rest">
                    {text.rest.clone()}
                </button>
                <button
                    class="button when-changed"
                    type="button"
                    data-action="wake"
                    data-to=sight.to(Page::Opening)
                >
                    {text.wake.clone()}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Support after a loss, in each country where it is known, the own country first.
fn loss(sight: Sight<'_>) -> AnyView {
    let home = &sight.content.site.default_country;
    let names = &sight.locale.page.help.country;
    let mut countries: Vec<_> = sight.content.help.countries.iter().collect();
    countries.sort_by_key(|country| country.id != *home);
    let lists = countries.into_iter().filter_map(|country| {
        let lines: Vec<_> = country
            .lines
            .iter()
            .filter(|line| line.purpose == LOSS)
            .map(|line| help_line(&sight.locale.page.help, line))
            .collect();
        let name = names[&country.id].clone();
        (!lines.is_empty()).then(|| {
            view! {
                <h4>{name}</h4>
                <ul class="rows" role="list">
                    {lines}
                </ul>
            }
        })
    });
    view! {
        <h3>{sight.locale.page.changed.loss.clone()}</h3>
        {lists.collect::<Vec<_>>()}
    }
    .into_any()
}
