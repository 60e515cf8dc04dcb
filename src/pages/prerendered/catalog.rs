//! The catalog that a live page contains for the app, in `<script>` data blocks.

use leptos::prelude::*;

use super::{Asset, Assets, PageContext};
use crate::content::{Catalog, Language, Locale};
use crate::pages::Page;

/// Renders the catalog of the page. The sheet page also contains the catalog of the language of this copy's country, so
/// that the sheet shows both languages without a request.
pub fn catalog(cx: PageContext<'_>, assets: &Assets) -> AnyView {
    let questionnaire = &cx.content.questionnaire;
    let country = cx.content.beside(cx.id, &cx.content.site.default_country);
    let (words, beside) = match cx.page {
        Page::Sheet => {
            let reads = country.map_or(cx.id, |(id, _)| id);
            let words = Catalog::for_sheet(questionnaire, cx.locale, languages(cx, assets), reads);
            (words, country.map(|(_, locale)| Catalog::beside(locale).encode()))
        }
        _ => (Catalog::new(questionnaire, cx.locale), None),
    };
    let words = Catalog { safety_numbers: cx.safety_numbers(), safety_beside: cx.safety_beside(), ..words };
    view! {
        <script type="application/json" id="words" inner_html=words.encode()></script>
        {beside.map(|words| view! { <script type="application/json" id="beside" inner_html=words></script> })}
    }
    .into_any()
}

/// Returns the languages in which the sheet can be shown, the language of the page first.
fn languages(cx: PageContext<'_>, assets: &Assets) -> Vec<Language> {
    let language = |(id, locale): &(String, Locale)| {
        let words = assets.beside.iter().find(|(other, _)| other == id).map(|(_, asset)| asset.clone());
        let Asset { path, integrity } = words.unwrap_or_default();
        Language {
            id: id.clone(),
            name: locale.name.clone(),
            dir: locale.dir.as_str().to_owned(),
            file: [cx.root(), &path].concat(),
            integrity,
        }
    };
    let (own, others): (Vec<_>, Vec<_>) = cx.content.locales.iter().partition(|(id, _)| id == cx.id);
    own.into_iter().chain(others).map(language).collect()
}
