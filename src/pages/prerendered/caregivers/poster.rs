//! The poster for the waiting room, printed on A4, or as a card on A6 with the same layout.

use leptos::prelude::*;

use super::invite::code;
use crate::content::Locale;
use crate::pages::components::motif;
use crate::pages::prerendered::PageContext;

/// Renders the poster, with the choice of its languages and the buttons that print it.
pub fn poster(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers.poster;
    let languages = cx.content.locales.iter().map(|(id, locale)| {
        view! {
            <label class="choice">
                <input type="checkbox" name="poster" value=id.clone() checked=id == cx.id />
                <span lang=id.clone()>{locale.name.clone()}</span>
            </label>
        }
    });
    let words = cx.content.locales.iter().map(|(id, locale)| words(cx, id, locale));
    let link = [&cx.content.site.base_url, cx.id, "/"].concat();
    let print = |paper: &'static str, label: &str| {
        view! {
            <button class="button" type="button" data-action="print" data-print=paper>
                {label.to_owned()}
            </button>
        }
    };
    view! {
        <section id="posters">
            <h2>{text.title.clone()}</h2>
            <p>{text.lead.clone()}</p>
            <form autocomplete="off">
                <fieldset class="choices chips needs-script">
                    <legend>{text.languages.clone()}</legend>
                    {languages.collect::<Vec<_>>()}
                </fieldset>
            </form>
            <div class="poster">
                {motif::sprig().view()} <div class="poster-words">{words.collect::<Vec<_>>()}</div>
                {code(&link, &cx.locale.page.caregivers.invite.code, "poster")}
                <p class="poster-link" dir="ltr" data-poster-link="">
                    {link.clone()}
                </p>
                <p class="poster-practice" dir="auto" translate="no" data-poster-practice=""></p>
            </div>
            <div class="actions needs-script">{print("a4", &text.print_a4)} {print("a6", &text.print_a6)}</div>
        </section>
    }
    .into_any()
}

/// Renders the text of the poster in one language.
fn words(cx: PageContext<'_>, id: &str, locale: &Locale) -> AnyView {
    let text = &locale.page.caregivers.poster;
    let lines = text.lines.iter().map(|line| view! { <p>{line.clone()}</p> });
    view! {
        <div lang=id.to_owned() dir=locale.dir.as_str() data-poster=id.to_owned() hidden=id != cx.id>
            <p class="poster-headline">{text.headline.clone()}</p>
            {lines.collect::<Vec<_>>()}
            <p class="poster-scan">{text.scan.clone()}</p>
        </div>
    }
    .into_any()
}
