//! The complete HTML document of a page.

use leptos::html;
use leptos::prelude::*;

use super::assets::{Asset, Assets, OFFLINE};
use super::{PageContext, caregivers, catalog, changed, help, layout, live, opening, prose, questions};
use crate::content::{Content, Locale, POLICY_META, Site};
use crate::pages::Page;

/// Returns the document of `page` in the locale with this id. If `page` is `None`, returns the language picker at `/`.
///
/// # Panics
///
/// Panics if the content has no such locale.
pub fn document(page: Option<Page>, locale: &str, content: &Content, assets: &Assets) -> String {
    let (id, words) =
        content.locales.iter().find(|(id, _)| id == locale).expect("the builder draws known locales only");
    // Views are rendered under an owner, which frees their reactive values when it is dropped.
    let owner = Owner::new();
    let html = owner.with(|| match page {
        Some(page) => page_document(PageContext { content, id, locale: words, page }, assets),
        None => picker_document(content, id, words, assets),
    });
    ["<!DOCTYPE html>", &html].concat()
}

fn page_document(cx: PageContext<'_>, assets: &Assets) -> String {
    let text = &cx.locale.page;
    let main = match cx.page {
        Page::Opening => opening::opening(cx, assets),
        Page::Reflect | Page::Sheet => live::live(cx),
        Page::Caregivers => caregivers::caregivers(cx),
        Page::Questions => questions::questions(cx),
        Page::Changed => changed::changed(cx),
        Page::Help => help::help(cx),
        Page::Privacy => prose::prose(cx, &text.privacy),
        Page::About => prose::prose(cx, &text.about),
    };
    let body = layout::layout(cx, main);
    let live = cx.page.is_live().then(|| catalog::catalog(cx, assets));
    let boot = cx.page.bundle().and_then(|bundle| assets.bundle(bundle)).map(|files| &files.boot);
    let manifest = assets.manifest.iter().find(|(id, _)| id == cx.id).map(|(_, asset)| asset);
    view! {
        <html lang=cx.id.to_owned() dir=cx.locale.dir.as_str() data-exit=cx.content.site.exit_address.clone() data-rest=rest(cx) data-root=cx.root()>
            <head>
                {head(cx.root(), &title(cx), cx.locale, &cx.content.site, assets)}
                {cx.page.needs_extra_css().then(|| stylesheet(cx.root(), &assets.apart))}
                {manifest
                    .map(|manifest| {
                        view! { <link rel="manifest" href=[cx.root(), &manifest.path].concat() /> }
                    })}
                {boot
                    .map(|boot| {
                        view! {
                            <script
                                type="module"
                                src=[cx.root(), &boot.path].concat()
                                integrity=boot.integrity.clone()
                            ></script>
                        }
                    })}
            </head>
            <body>{body} {live}</body>
        </html>
    }
    .to_html()
}

fn picker_document(content: &Content, id: &str, locale: &Locale, assets: &Assets) -> String {
    view! {
        <html
            lang=id.to_owned()
            dir=locale.dir.as_str()
            data-exit=content.site.exit_address.clone()
            data-picker=""
            data-root="./"
        >
            <head>{head("", &locale.brand, locale, &content.site, assets)}</head>
            <body>{opening::picker(content)}</body>
        </html>
    }
    .to_html()
}

/// Renders the content of `<head>`. The content security policy comes first, since it applies only to what follows it.
fn head(root: &str, title: &str, locale: &Locale, site: &Site, assets: &Assets) -> impl IntoView + use<> {
    // Most programs that show previews of links require an absolute address.
    let from = if site.base_url.is_empty() { root } else { &site.base_url };
    let description = locale.page.opening.description.clone();
    view! {
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content=POLICY_META />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        // Prevents browsers from making links of numbers and dates; the pages contain the intended links.
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{title.to_owned()}</title>
        <meta name="description" content=description.clone() />
        {preview("og:title", locale.brand.clone())}
        {preview("og:description", description)}
        {preview("og:type", "website".to_owned())}
        {preview("og:image", [from, &assets.preview.path].concat())}
        {stylesheet(root, &assets.style)}
        <script src=[root, &assets.shell.path].concat() integrity=assets.shell.integrity.clone()></script>
        <link rel="icon" type="image/svg+xml" href=[root, &assets.icon.path].concat() />
        <link rel="apple-touch-icon" href=[root, &assets.touch_icon.path].concat() />
        {html::script().attr("src", [root, OFFLINE].concat()).attr("async", "")}
    }
}

fn stylesheet(root: &str, asset: &Asset) -> impl IntoView + use<> {
    view! { <link rel="stylesheet" href=[root, &asset.path].concat() integrity=asset.integrity.clone() /> }
}

/// Renders an Open Graph property, which other sites show in a preview of a link to the page.
fn preview(property: &'static str, content: String) -> impl IntoView {
    html::meta().attr("property", property).attr("content", content)
}

/// Returns the title of the document. The parent's own pages are titled with the name of the site only, since the
/// browser history shows the title.
fn title(cx: PageContext<'_>) -> String {
    let text = &cx.locale.page;
    let own = match cx.page {
        Page::Opening | Page::Reflect | Page::Sheet | Page::Changed => return cx.locale.brand.clone(),
        Page::Caregivers => &text.caregivers.title,
        Page::Questions => &text.questions.title,
        Page::Help => &text.help.title,
        Page::Privacy => &text.privacy.title,
        Page::About => &text.about.title,
    };
    [own, " · ", &cx.locale.brand].concat()
}

/// Returns the address to which a page redirects after something has changed: pages that ask questions redirect to the
/// page that asks none.
fn rest(cx: PageContext<'_>) -> Option<String> {
    matches!(cx.page, Page::Opening | Page::Reflect | Page::Sheet).then(|| cx.to(Page::Changed))
}
