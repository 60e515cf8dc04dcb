//! The page for caregivers, ordered by reading time: twenty seconds, the invitation, two minutes, and the long part.

mod invite;
mod poster;

use leptos::prelude::*;

use super::PageContext;
use super::prose::section;
use crate::pages::components::motif;
use crate::reflection::Theme;

/// The site of Connect2Grow, on whose folder the themes are based. It offers tools of its own.
const SOURCE: &str = "https://www.connect2grow.info/";

/// Renders the caregivers' page.
pub fn caregivers(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers;
    let sections = text.section.iter().map(|part| {
        let beside = match part.id.as_deref() {
            Some("source") => source(),
            _ => ().into_any(),
        };
        section(cx, part, beside)
    });
    view! {
        <article class="prose">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            {brief(cx)} {invite::invite(cx)} {poster::poster(cx)} {elements(cx)} {themes(cx)}
            {indicators(cx)} {moments(cx)} {sections.collect::<Vec<_>>()} {sources(cx)}
        </article>
    }
    .into_any()
}

/// Renders the part of twenty seconds: three lines, a question to ask, a sentence to begin with, and the card.
fn brief(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers.brief;
    let lines = text.lines.iter().map(|line| view! { <li>{line.clone()}</li> });
    let card = cx.locale.app.sheet.card.iter().map(|sentence| view! { <p>{sentence.clone()}</p> });
    view! {
        <section id="brief">
            <h2>{text.title.clone()}</h2>
            <ol>{lines.collect::<Vec<_>>()}</ol>
            {sayings(&text.ask_title, &text.ask)} {sayings(&text.open_title, &text.open)}
            <blockquote class="card">{card.collect::<Vec<_>>()}</blockquote>
            <div class="actions needs-script">
                <button class="button" type="button" data-action="print" data-print="card">
                    {text.print.clone()}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Renders a sentence to say, with the occasion for it above.
fn sayings(when: &str, say: &str) -> AnyView {
    view! {
        <p class="say-it">
            <b>{when.to_owned()}</b>
            <q>{say.to_owned()}</q>
        </p>
    }
    .into_any()
}

/// Renders the part of two minutes: the meaning of each theme in pregnancy, and one open question.
fn elements(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers;
    let elements = cx.content.questionnaire.themes.iter().map(|theme| {
        let element = &text.element[&theme.id];
        view! {
            <li>
                {motif::mark(&theme.id, false, "mark").view()} <h3>{cx.locale.theme[&theme.id].title.clone()}</h3>
                <p>{element.text.clone()}</p> <q>{element.ask.clone()}</q>
            </li>
        }
    });
    view! {
        <section>
            <h2>{text.elements.clone()}</h2>
            <p>{text.elements_lead.clone()}</p>
            <ul class="elements" role="list">
                {elements.collect::<Vec<_>>()}
            </ul>
        </section>
    }
    .into_any()
}

fn themes(cx: PageContext<'_>) -> AnyView {
    let themes = cx.content.questionnaire.themes.iter().map(|theme| theme_help(cx, theme));
    view! {
        <section>
            <h2>{cx.locale.page.caregivers.themes.clone()}</h2>
            {themes.collect::<Vec<_>>()}
        </section>
    }
    .into_any()
}

fn theme_help(cx: PageContext<'_>, theme: &Theme) -> AnyView {
    let text = &cx.locale.page.caregivers;
    let theme_text = &cx.locale.theme[&theme.id];
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

/// Renders the folder's indications for more support, each with a sentence to raise it.
fn indicators(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers;
    let indicators = text.indicator.iter().map(|raise| view! { <li>{sayings(&raise.what, &raise.say)}</li> });
    view! {
        <section>
            <h2>{text.indicators.clone()}</h2>
            <p>{text.indicators_lead.clone()}</p>
            <ul class="rows" role="list">
                {indicators.collect::<Vec<_>>()}
            </ul>
        </section>
    }
    .into_any()
}

fn moments(cx: PageContext<'_>) -> AnyView {
    let moments = cx.locale.page.caregivers.moment.iter().map(|moment| {
        view! {
            <section>
                <h2>{moment.title.clone()}</h2>
                <p>{moment.text.clone()}</p>
                <p>
                    <q>{moment.say.clone()}</q>
                </p>
            </section>
        }
    });
    moments.collect::<Vec<_>>().into_any()
}

fn source() -> AnyView {
    view! {
        <p>
            <a href=SOURCE rel="noreferrer" dir="ltr">
                "www.connect2grow.info"
            </a>
        </p>
    }
    .into_any()
}

/// Renders the list of sources of the about page.
fn sources(cx: PageContext<'_>) -> AnyView {
    let about = &cx.locale.page.about.section;
    let sources = about.iter().find(|section| section.id.as_deref() == Some("sources"));
    sources
        .map(|sources| {
            let items = sources.list.iter().map(|item| view! { <li dir="auto">{item.clone()}</li> });
            view! {
                <section>
                    <h2>{cx.locale.page.caregivers.sources.clone()}</h2>
                    <ul dir="auto" translate="no">{items.collect::<Vec<_>>()}</ul>
                </section>
            }
        })
        .into_any()
}
