//! The quick exit: the button, the status after each press of Shift, and the covers that hide the page.
//!
//! Most pages have one language; the language picker and the document for unknown addresses have all of them. The
//! functions therefore take a list of locales.

use leptos::prelude::*;

use super::PageContext;
use crate::content::{Content, FrameText, Locale};

/// The locales in which a page is written, each with its id.
pub type Spoken<'a> = &'a [(&'a str, &'a Locale)];

/// Returns all locales, for pages in every language.
pub fn all(content: &Content) -> Vec<(&str, &Locale)> {
    content.locales.iter().map(|(id, locale)| (id.as_str(), locale)).collect()
}

/// Renders the exit button.
pub fn button(locale: &Locale) -> AnyView {
    view! {
        <button class="button exit needs-script" type="button" data-action="exit">
            {locale.page.frame.exit.clone()}
        </button>
    }
    .into_any()
}

/// Renders the exit for a dialog, with a status of its own: a modal dialog makes the status of the page below it inert.
pub fn in_dialog(cx: PageContext<'_>) -> AnyView {
    view! { {count(&[(cx.id, cx.locale)])} {button(cx.locale)} }.into_any()
}

/// Renders the header of a page in every language. Its exit is a link, so that it also works without scripts.
pub fn header(content: &Content) -> AnyView {
    view! {
        <header class="head">
            <a class="button exit" href=content.site.exit_address.clone() data-action="exit">
                {in_each(&all(content), |text| &text.exit)}
            </a>
        </header>
        {count(&all(content))}
    }
    .into_any()
}

/// Renders the status that `shell.js` fills in after each press of Shift.
pub fn count(spoken: Spoken<'_>) -> AnyView {
    let is_one = spoken.len() == 1;
    let lines = spoken.iter().map(|(id, locale)| {
        let (lang, dir) = ((!is_one).then(|| (*id).to_owned()), (!is_one).then(|| locale.dir.as_str()));
        view! { <p lang=lang dir=dir data-exit-count=locale.page.frame.exit_count.clone()></p> }
    });
    view! { <div class="exit-count" role="status">{lines.collect::<Vec<_>>()}</div> }.into_any()
}

/// Renders the covers of a page: one while it is being left, and one when Back returns to it. They are part of the
/// document, so that nothing has to load when they are needed.
pub fn covers(content: &Content, spoken: Spoken<'_>) -> AnyView {
    let address = &content.site.exit_address;
    let host = address.split('/').nth(2).unwrap_or(address).to_owned();
    view! {
        <div class="cover" data-cover="leaving" role="alert" hidden>
            <p class="lead">{in_each(spoken, |text| &text.exit_leaving)}</p>
            <div class="actions" data-ways="" hidden>
                <button class="button" type="button" data-action="exit" dir="ltr">
                    {host}
                </button>
                <a class="button" href="about:blank">
                    {in_each(spoken, |text| &text.exit_blank)}
                </a>
            </div>
        </div>
        <div class="cover" data-cover="left">
            <p>
                <button class="button" type="button" data-action="return">
                    {in_each(spoken, |text| &text.exit_continue)}
                </button>
            </p>
        </div>
    }
    .into_any()
}

/// Renders a text in each of the locales. With a single locale, renders the text without markup.
fn in_each<'a>(spoken: Spoken<'a>, words: impl Fn(&'a FrameText) -> &'a String) -> AnyView {
    if let [(_, locale)] = spoken {
        return words(&locale.page.frame).clone().into_any();
    }
    let parts = spoken.iter().enumerate().map(|(at, (id, locale))| {
        view! {
            {(at > 0).then_some(" · ")}
            <bdi lang=(*id).to_owned() dir=locale.dir.as_str()>
                {words(&locale.page.frame).clone()}
            </bdi>
        }
    });
    parts.collect::<Vec<_>>().into_any()
}
