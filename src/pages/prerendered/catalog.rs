//! The words that a live page carries for the app, in blocks that the browser does not run.

use leptos::prelude::*;

use super::{Asset, Assets, PageContext};
use crate::content::{Catalog, Language, Locale};
use crate::pages::Page;

/// The words of the page. On the sheet's own, those of this copy's country stand beside them, so that the sheet is there in
/// both languages at once.
pub fn catalog(sight: PageContext<'_>, assets: &Assets) -> AnyView {
    let questionnaire = &sight.content.questionnaire;
    let country = sight.content.beside(sight.id, &sight.content.site.default_country);
    let (words, beside) = match sight.page {
        Page::Sheet => {
            let reads = country.map_or(sight.id, |(id, _)| id);
            let words = Catalog::for_sheet(questionnaire, sight.locale, languages(sight, assets), reads);
            (words, country.map(|(_, locale)| Catalog::beside(locale).encode()))
        }
        _ => (Catalog::new(questionnaire, sight.locale), None),
    };
    let words = Catalog { safety_numbers: sight.safety_numbers(), safety_beside: sight.safety_beside(), ..words };
    view! {
        <script type="application/json" id="words" inner_html=words.encode()></script>
        {beside.map(|words| view! { <script type="application/json" id="beside" inner_html=words></script> })}
    }
    .into_any()
}

/// The languages that the sheet can stand in, the page's own first.
fn languages(sight: PageContext<'_>, assets: &Assets) -> Vec<Language> {
    let language = |(id, locale): &(String, Locale)| {
        let words = assets.beside.iter().find(|(other, _)| other == id).map(|(_, asset)| asset.clone());
        let Asset { path, integrity } = words.unwrap_or_default();
        Language {
            id: id.clone(),
            name: locale.name.clone(),
            dir: locale.dir.as_str().to_owned(),
            file: [sight.root(), &path].concat(),
            integrity,
        }
    };
    let (own, others): (Vec<_>, Vec<_>) = sight.content.locales.iter().partition(|(id, _)| id == sight.id);
    own.into_iter().chain(others).map(language).collect()
}
