//! The text pages: privacy and about.

use leptos::prelude::*;

use super::PageContext;
use crate::content::{Prose, Section};
use crate::pages::Page;
use crate::pages::app::RESTORE;

/// Renders a text page.
pub fn prose(cx: PageContext<'_>, text: &Prose) -> AnyView {
    let sections = text.section.iter().map(|text| section(cx, text, ().into_any()));
    view! {
        <article class="prose">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            {sections.collect::<Vec<_>>()}
        </article>
    }
    .into_any()
}

/// Renders a section. Its id may add controls for saving and erasing, or a link to the help page; `beside` comes last.
pub fn section(cx: PageContext<'_>, text: &Section, beside: AnyView) -> AnyView {
    let own = match text.id.as_deref() {
        Some("erase") => Some(erase(cx)),
        Some("help") => Some(to_help(cx)),
        _ => None,
    };
    // Titles of publications are not translated, and keep the direction of their own language.
    let is_sources = text.id.as_deref() == Some("sources");
    let paragraphs = text.text.iter().map(|paragraph| view! { <p>{paragraph.clone()}</p> });
    let items: Vec<_> = text.list.iter().map(|item| view! { <li>{item.clone()}</li> }).collect();
    view! {
        <section id=text.id.clone()>
            <h2>{text.title.clone()}</h2>
            {paragraphs.collect::<Vec<_>>()}
            {(!items.is_empty()).then(|| view! { <ul dir=is_sources.then_some("auto") translate=is_sources.then_some("no")>{items}</ul> })}
            {own} {beside}
        </section>
    }
    .into_any()
}

fn erase(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.frame;
    view! {
        <div class="actions needs-script">
            <button class="button" type="button" data-action="save">
                {text.save.clone()}
            </button>
            <a class="button" href=[&cx.to(Page::Reflect), RESTORE].concat()>
                {cx.locale.app.keep.to_restore.clone()}
            </a>
            <button class="button" type="button" data-action="erase">
                {text.erase.clone()}
            </button>
        </div>
    }
    .into_any()
}

fn to_help(cx: PageContext<'_>) -> AnyView {
    view! {
        <p>
            <a href=cx.to(Page::Help)>{cx.locale.page.frame.help.clone()}</a>
        </p>
    }
    .into_any()
}
