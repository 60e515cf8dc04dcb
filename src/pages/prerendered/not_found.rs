//! The document that hosts send for unknown addresses (status 404).

use leptos::prelude::*;

use super::assets::{Asset, Assets};
use super::exit;
use crate::content::{Content, POLICY_META};

/// Guesses of the relative path from an unknown address to the root of the site; the depth of the address is not known.
/// Browsers ignore `..` above the root of a host, so if the site is at that root, the last path reaches it from any
/// depth up to eight.
const UP: [&str; 5] = ["", "../", "../../", "../../../", "../../../../../../../../"];

/// Returns the HTML document: a sentence and a link to the opening page in each language.
///
/// It may be sent at any depth, where relative links to the site's files are unknown. It therefore requests its style
/// sheet, `shell.js` and `lost.js`, which repairs a link with an encoded `#`, on each of the paths in `UP`, and works
/// without them if none exists; the exit is a link for that case. If the base address is not configured, the links lead
/// to the folder of the requested address.
pub fn not_found(content: &Content, assets: &Assets) -> String {
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
    let from = |up: &str, asset: &Asset| [up, &asset.path].concat();
    let styles = UP.map(|up| {
        view! {
            <link rel="stylesheet" href=from(up, &assets.style) integrity=assets.style.integrity.clone() />
        }
    });
    let lost = UP.map(|up| {
        view! { <script src=from(up, &assets.lost) integrity=assets.lost.integrity.clone()></script> }
    });
    let scripts = UP.map(|up| {
        view! { <script src=from(up, &assets.shell) integrity=assets.shell.integrity.clone()></script> }
    });
    let owner = Owner::new();
    let html = owner.with(|| {
        view! {
            <html
                lang=site.default_locale.clone()
                dir=own.map(|(_, locale)| locale.dir.as_str())
                data-exit=site.exit_address.clone()
            >
                <head>
                    <meta charset="utf-8" />
                    <meta http-equiv="Content-Security-Policy" content=POLICY_META />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="referrer" content="no-referrer" />
                    <title>{brand.clone()}</title>
                    {lost.into_iter().collect::<Vec<_>>()}
                    {styles.into_iter().collect::<Vec<_>>()}
                    {scripts.into_iter().collect::<Vec<_>>()}
                </head>
                <body>
                    {exit::header(content)}
                    <main id="main" class="stack">
                        <h1>{brand}</h1>
                        {ways.collect::<Vec<_>>()}
                    </main>
                    {exit::covers(content, &exit::all(content))}
                </body>
            </html>
        }
        .to_html()
    });
    // Hidden by attribute too: without the style sheet nothing else hides the cover that only Back may show.
    ["<!DOCTYPE html>", &html.replace("data-cover=\"left\"", "data-cover=\"left\" hidden")].concat()
}
