//! The opening: a sentence, one button, the exit in one line. And the picker of languages at the root.

use leptos::prelude::*;

use super::Sight;
use crate::content::Content;
use crate::pages::Page;
use crate::pages::components::motif;

/// Leaves that are open in the drawing. Which ones says nothing.
const OPEN: [&str; 5] = ["feelings", "contact", "calm", "closeness", "talk"];

/// The opening page.
pub fn opening(sight: Sight<'_>) -> AnyView {
    let text = &sight.locale.page.opening;
    view! {
        <section class="opening">
            {motif::plant(&OPEN, None).view()}
            <div class="opening-text">
                <h1>{text.title.clone()}</h1>
                <p class="lead">{text.lead.clone()}</p>
                <a class="button main when-new" href=sight.to(Page::Reflect) data-action="begin">
                    {text.begin.clone()}
                </a>
                <p class="when-kept">{text.kept.clone()}</p>
                <a class="button main when-kept" href=sight.to(Page::Reflect) data-action="continue">
                    {text.resume.clone()}
                </a>
                <p class="note">{text.exit.clone()}</p>
            </div>
        </section>
    }
    .into_any()
}

/// The picker of languages: each language by its own name.
pub fn picker(content: &Content) -> AnyView {
    let brands: Vec<_> = content.locales.iter().map(|(_, locale)| locale.brand.clone()).collect();
    let links = content.locales.iter().map(|(id, locale)| {
        view! {
            <li>
                <a
                    class="path"
                    href=[id, "/"].concat()
                    lang=id.clone()
                    hreflang=id.clone()
                    dir=locale.dir.as_str()
                    data-locale=id.clone()
                >
                    <span>
                        <b class="name">{locale.brand.clone()}</b>
                        <span class="state">{locale.name.clone()}</span>
                    </span>
                </a>
            </li>
        }
    });
    view! {
        <main id="main" class="picker">
            {motif::plant(&OPEN, None).view()}
            <h1 class="visually-hidden">{brands.join(" · ")}</h1>
            <ul class="paths" role="list">
                {links.collect::<Vec<_>>()}
            </ul>
        </main>
    }
    .into_any()
}
