//! What hosts send at an address where there is no page.

use leptos::prelude::*;

use super::document::{Asset, Assets};
use super::exit;
use crate::content::{Content, POLICY_META};

/// The ways from an address without a page to the root of the site, as far as anybody can guess: the folders that it is in
/// are not known. Above the root of a host there is nothing, so where the site stands there the last one leads to it from
/// far below too.
const UP: [&str; 5] = ["", "../", "../../", "../../../", "../../../../../../../../"];

/// The document, as text: a sentence and a way back in each language.
///
/// It may be sent at any depth, from where nothing of the site can be named but by its full address. So it asks for its style
/// and script on each of the ways to the root, and does without where none of them leads there; the exit is a link for that
/// case. So it does with the script that mends a bent link. Without a known base it leads to the folder that it is in.
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
    // Without its style nothing else hides what only Back may find.
    ["<!DOCTYPE html>", &html.replace("data-cover=\"left\"", "data-cover=\"left\" hidden")].concat()
}
