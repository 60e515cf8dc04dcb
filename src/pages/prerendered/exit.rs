//! Leaving at once: the button, what is said after each press of Shift, and what covers the page.
//!
//! Some pages speak one language, those for everybody all of them: each part takes the locales that it speaks.

use leptos::prelude::*;

use super::PageContext;
use crate::content::{Content, FrameText, Locale};

/// The locales of a page, each with its id.
pub type Spoken<'a> = &'a [(&'a str, &'a Locale)];

/// Every locale, for pages that speak them all.
pub fn all(content: &Content) -> Vec<(&str, &Locale)> {
    content.locales.iter().map(|(id, locale)| (id.as_str(), locale)).collect()
}

/// The button that leaves at once.
pub fn button(locale: &Locale) -> AnyView {
    view! {
        <button class="button exit needs-script" type="button" data-action="exit">
            {locale.page.frame.exit.clone()}
        </button>
    }
    .into_any()
}

/// The same in a dialog, which makes deaf what is said below it.
pub fn in_dialog(cx: PageContext<'_>) -> AnyView {
    view! { {count(&[(cx.id, cx.locale)])} {button(cx.locale)} }.into_any()
}

/// The header of a page for everybody. Its exit is a link, so that it leads away without scripts too.
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

/// The status that `shell.js` fills in after each press of Shift.
pub fn count(spoken: Spoken<'_>) -> AnyView {
    let is_one = spoken.len() == 1;
    let lines = spoken.iter().map(|(id, locale)| {
        let (lang, dir) = ((!is_one).then(|| (*id).to_owned()), (!is_one).then(|| locale.dir.as_str()));
        view! { <p lang=lang dir=dir data-exit-count=locale.page.frame.exit_count.clone()></p> }
    });
    view! { <div class="exit-count" role="status">{lines.collect::<Vec<_>>()}</div> }.into_any()
}

/// The covers of a page: while it is left, and when Back finds it. They are there from the start, so that nothing has to load
/// when they are needed.
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

/// The same words in each of these locales; in one alone without more.
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
