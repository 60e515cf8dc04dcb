//! For caregivers: a link to give, a card, and what to ask about each theme. Two minutes, nothing to fill in.

use leptos::prelude::*;

use super::Sight;
use super::prose::section;
use crate::content::fill;
use crate::pages::components::motif;
use crate::reflection::Theme;

/// The caregivers' page.
pub fn caregivers(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.caregivers;
    let sections = text.section.iter().map(|part| {
        let beside = match part.id.as_deref() {
            Some("link") => link(sight),
            Some("card") => card(sight),
            _ => ().into_any(),
        };
        section(sight, part, beside)
    });
    let themes = sight.content.questionnaire.themes.iter().map(|theme| theme_help(sight, theme));
    view! {
        <article class="prose">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            {sections.collect::<Vec<_>>()}
            <section>
                <h2>{text.themes.clone()}</h2>
                {themes.collect::<Vec<_>>()}
            </section>
            {sources(sight)}
        </article>
    }
    .into_any()
}

/// The link to give. `shell.js` fills in where this copy really stands.
fn link(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.caregivers;
    let link = [&sight.content.site.base_url, sight.id, "/"].concat();
    view! {
        <p class="field">
            <label for="invite">{text.link.clone()}</label>
            <input class="text-input" id="invite" type="text" readonly dir="ltr" data-invite-link="" value=link.clone() />
        </p>
        <blockquote class="card" data-message=text.message.clone()>
            {fill(&text.message, &[("link", &link)])}
        </blockquote>
    }
    .into_any()
}

fn card(sight: Sight<'_>) -> AnyView {
    let sentences = sight.locale.app.sheet.card.iter().map(|sentence| view! { <p>{sentence.clone()}</p> });
    view! { <blockquote class="card">{sentences.collect::<Vec<_>>()}</blockquote> }.into_any()
}

fn theme_help(sight: Sight<'_>, theme: &Theme) -> AnyView {
    let text = &sight.locale.page.caregivers;
    let theme_text = &sight.locale.theme[&theme.id];
    theme_text
        .caregiver
        .as_ref()
        .map(|caregiver| {
            let ask = caregiver.ask.iter().map(|ask| view! { <li>{ask.clone()}</li> });
            view! {
                <details>
                    <summary>{motif::mark(&theme.id, false, "mark").view()} {theme_text.title.clone()}</summary>
                    <h3>{text.ask.clone()}</h3>
                    <ul>{ask.collect::<Vec<_>>()}</ul>
                    <h3>{text.curious.clone()}</h3>
                    <p>{caregiver.curious.clone()}</p>
                </details>
            }
        })
        .into_any()
}

/// The sources, as the about page lists them.
fn sources(sight: Sight<'_>) -> AnyView {
    let about = &sight.locale.page.about.section;
    let sources = about.iter().find(|section| section.id.as_deref() == Some("sources"));
    sources
        .map(|sources| {
            let items = sources.list.iter().map(|item| view! { <li>{item.clone()}</li> });
            view! {
                <section>
                    <h2>{sight.locale.page.caregivers.sources.clone()}</h2>
                    <ul dir="auto">{items.collect::<Vec<_>>()}</ul>
                </section>
            }
        })
        .into_any()
}
