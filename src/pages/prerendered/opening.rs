//! The opening page: a sentence, one button, and a line about the exit. And the language picker at the site's root.

use leptos::prelude::*;

use super::assets::Assets;
use super::{PageContext, exit};
use crate::content::Content;
use crate::pages::components::motif;
use crate::pages::{Bundle, Page};

/// The leaves that are open in the drawing. The selection has no meaning.
const OPEN: [&str; 5] = ["feelings", "contact", "calm", "closeness", "talk"];

/// Renders the opening page.
pub fn opening(cx: PageContext<'_>, assets: &Assets) -> AnyView {
    let text = &cx.locale.page.opening;
    view! {
        <section class="opening">
            {motif::plant(&OPEN, None).view()}
            <div class="opening-text">
                <h1>{text.title.clone()}</h1>
                <p class="lead">{text.lead.clone()}</p>
                {invitation(cx, assets)}
                <a class="button main when-new" href=cx.to(Page::Reflect) data-action="begin">
                    {text.begin.clone()}
                </a>
                <p class="when-kept">{text.kept.clone()}</p>
                <a class="button main when-kept" href=cx.to(Page::Reflect) data-action="continue">
                    {text.resume.clone()}
                </a>
                <p class="note">{text.exit.clone()} " " {text.exit_kept.clone()}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Renders every text that an invitation can contain, hidden. `public/invite.js` shows those that the link contains.
fn invitation(cx: PageContext<'_>, assets: &Assets) -> AnyView {
    let text = &cx.locale.page.opening.invitation;
    let module = assets.bundle(Bundle::Invite).map(|files| &files.boot);
    let (before, after) = text.day.split_once("{day}").unwrap_or((&text.day, ""));
    let countries = cx.content.help.countries.iter().map(|country| {
        let name = cx.locale.page.help.country[&country.id].clone();
        view! {
            <span data-country=country.id.clone() hidden>
                {name}
            </span>
        }
    });
    let themes = cx.content.questionnaire.themes.iter().map(|theme| {
        view! {
            <span data-first=theme.id.clone() hidden>
                {cx.locale.theme[&theme.id].title.clone()}
            </span>
        }
    });
    let languages = cx.content.locales.iter().map(|(id, locale)| {
        view! {
            <a
                href=[cx.root(), id, "/"].concat()
                lang=id.clone()
                hreflang=id.clone()
                dir=locale.dir.as_str()
                data-own-language=""
                hidden
            >
                {locale.page.opening.invitation.here.clone()}
            </a>
        }
    });
    let note = |name: &'static str, text: &str| {
        view! {
            <p class="note" data-says=name hidden>
                {text.to_owned()}
            </p>
        }
    };
    view! {
        <section
            class="invitation"
            aria-label=text.says.clone()
            data-invitation=""
            data-themes=cx.theme_ids()
            data-countries=cx.country_ids()
            data-module=module.map(|boot| [cx.root(), &boot.path].concat())
            data-integrity=module.map(|boot| boot.integrity.clone())
        >
            <p class="note">{text.says.clone()}</p>
            <p class="invitation-name" dir="auto" translate="no" data-says="practice" hidden></p>
            <p data-says="day" hidden>
                {before.to_owned()}
                <time></time>
                {after.to_owned()}
            </p>
            {note("past", &text.past)}
            <p data-says="first" hidden>
                {text.first.clone()}
                " "
                {themes.collect::<Vec<_>>()}
            </p>
            <p data-says="country" hidden>
                {text.country.clone()}
                " "
                {countries.collect::<Vec<_>>()}
            </p>
            {note("address", &text.address)} {note("left-out", &text.left_out)} {note("newer", &text.newer)}
            {languages.collect::<Vec<_>>()} <p class="note">{text.note.clone()}</p>
            <button class="link" type="button" data-action="dismiss">
                {text.dismiss.clone()}
            </button>
        </section>
    }
    .into_any()
}

/// Renders the language picker, in which each language is listed by its own name. The service worker redirects to it if
/// a requested page is not on the device; it then shows a text that says so.
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
    let offline = content.locales.iter().map(|(id, locale)| {
        view! {
            <p lang=id.clone() dir=locale.dir.as_str()>
                {locale.page.frame.offline.clone()}
            </p>
        }
    });
    view! {
        {exit::header(content)}
        <main id="main" class="picker">
            {motif::plant(&OPEN, None).view()}
            <h1 class="visually-hidden">{brands.join(" · ")}</h1>
            <div class="slip" id="offline">
                {offline.collect::<Vec<_>>()}
            </div>
            <ul class="paths" role="list">
                {links.collect::<Vec<_>>()}
            </ul>
        </main>
        {exit::covers(content, &exit::all(content))}
    }
    .into_any()
}
