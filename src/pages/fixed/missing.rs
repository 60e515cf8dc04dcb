//! What hosts send at an address where there is no page.

use leptos::prelude::*;

use super::document::Assets;
use crate::content::{Content, POLICY_META};

/// How the root of the site may stand to an address in it: no page lies deeper.
const ROOTS: [&str; 3] = ["", "../", "../../"];

/// The document, as text: a sentence and a way back in each language.
///
/// It may be sent at any depth, from where nothing of the site can be named but by its full address. Hence it is plain, and
/// without a known base it leads to the folder that it is in. Its script is looked for at each depth that a page may have.
pub fn missing(content: &Content, assets: &Assets) -> String {
    let site = &content.site;
    let own = content.locales.iter().find(|(id, _)| *id == site.default_locale);
    let brand = own.map(|(_, locale)| locale.brand.clone());
    let ways = content.locales.iter().map(|(id, locale)| {
        let way = if site.base_url.is_empty() { "./".to_owned() } else { [&site.base_url, id, "/"].concat() };
        view! {
            <p lang=id.clone() dir=locale.dir.as_str()>
                {locale.page.frame.missing.clone()} " " <a href=way>{locale.page.frame.to_opening.clone()}</a>
            </p>
        }
    });
    let scripts = ROOTS.map(|root| {
        view! { <script src=[root, &assets.lost.path].concat() integrity=assets.lost.integrity.clone()></script> }
    });
    let owner = Owner::new();
    let html = owner.with(|| {
        view! {
            <html lang=site.default_locale.clone() dir=own.map(|(_, locale)| locale.dir.as_str())>
                <head>
                    <meta charset="utf-8" />
                    <meta http-equiv="Content-Security-Policy" content=POLICY_META />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="referrer" content="no-referrer" />
                    <title>{brand.clone()}</title>
                    {scripts.into_iter().collect::<Vec<_>>()}
                </head>
                <body>
                    <main>
                        <h1>{brand}</h1>
                        {ways.collect::<Vec<_>>()}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    ["<!DOCTYPE html>", &html].concat()
}
