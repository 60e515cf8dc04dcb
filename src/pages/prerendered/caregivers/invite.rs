//! The invitation on the caregivers' page: the link, its QR code, the message, and the form with optional details.
//!
//! They work as prerendered. `public/invite.js` updates the link when a detail is added. It also renders the QR code if
//! the builder could not, because the address of this copy is not configured.

use leptos::prelude::*;

use crate::content::{Locale, fill};
use crate::pages::prerendered::{PageContext, no_suggestions};
use crate::reflection::QrCode;

/// Renders the section of the invitation.
pub fn invite(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers.invite;
    let paragraphs = text.text.iter().map(|paragraph| view! { <p>{paragraph.clone()}</p> });
    let link = plain_link(cx, cx.id);
    view! {
        <section id="invite" data-invite="" data-themes=cx.theme_ids() data-countries=cx.country_ids()>
            <h2>{text.title.clone()}</h2>
            {paragraphs.collect::<Vec<_>>()}
            <div class="invite">
                {code(&link, &text.code, "link")} <div>
                    <p class="field">
                        <label for="invite-link">{text.link.clone()}</label>
                        <input
                            class="text-input"
                            id="invite-link"
                            type="text"
                            readonly
                            dir="ltr"
                            data-invite-link=""
                            value=link
                        />
                    </p>
                    <div class="actions needs-script">
                        <button class="button" type="button" data-action="copy" data-copy="link">
                            {text.copy_link.clone()}
                        </button>
                    </div>
                    <noscript>
                        <p class="note">{text.code_missing.clone()}</p>
                    </noscript>
                </div>
            </div>
            <h3>{text.message_title.clone()}</h3>
            {messages(cx)}
            <div class="actions needs-script">
                <button class="button" type="button" data-action="copy" data-copy="message">
                    {text.copy.clone()}
                </button>
                <button class="button" type="button" data-action="share" hidden>
                    {text.share.clone()}
                </button>
            </div>
            <p
                class="note"
                role="status"
                data-copied=text.copied.clone()
                data-copy-failed=text.copy_failed.clone()
                data-share-failed=text.share_failed.clone()
            ></p>
            {form(cx)}
        </section>
    }
    .into_any()
}

/// Renders the message in each language. Only the message in the language of the page is shown at first.
fn messages(cx: PageContext<'_>) -> AnyView {
    let message = |(id, locale): &(String, Locale)| {
        let message = &locale.page.caregivers.invite.message;
        view! {
            <blockquote
                class="card"
                lang=id.clone()
                dir=locale.dir.as_str()
                data-message=message.clone()
                hidden=id != cx.id
            >
                {fill(message, &[("link", &plain_link(cx, id))])}
            </blockquote>
        }
    };
    cx.content.locales.iter().map(message).collect::<Vec<_>>().into_any()
}

/// Renders the optional fields. The form is never submitted (`public/shell/actions.js`); its `autocomplete` attribute
/// prevents browsers from restoring the fields.
fn form(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.caregivers.invite;
    let languages = cx.content.locales.iter().map(|(id, locale)| {
        view! {
            <option value=id.clone() lang=id.clone() selected=id == cx.id>
                {locale.name.clone()}
            </option>
        }
    });
    let countries = cx.content.help.countries.iter().map(|country| {
        view! { <option value=country.id.clone()>{cx.locale.page.help.country[&country.id].clone()}</option> }
    });
    let themes = cx.content.questionnaire.themes.iter().map(|theme| {
        let title = cx.locale.theme[&theme.id].title.clone();
        view! {
            <label class="choice">
                <input type="checkbox" name="first" value=theme.id.clone() />
                <span>{title}</span>
            </label>
        }
    });
    view! {
        <form class="needs-script" autocomplete="off" spellcheck="false" {..no_suggestions()}><details data-form="">
            <summary>{text.form.clone()}</summary>
            <p class="note">{text.form_lead.clone()}</p>
            <div class="field">
                <label for="practice">{text.practice.clone()}</label>
                <input
                    class="text-input"
                    id="practice"
                    name="practice"
                    type="text"
                    dir="auto"
                    translate="no"
                    aria-describedby="practice-note"
                />
                <p id="practice-note" class="note" role="status">
                    <span data-note="practice" hidden>
                        {text.note_practice.clone()}
                    </span>
                    <span data-note="practice-long" hidden>
                        {text.note_practice_long.clone()}
                    </span>
                    <span data-note="address" hidden>
                        {text.note_address.clone()}
                    </span>
                </p>
                <label class="choice">
                    <input type="checkbox" name="keep-practice" />
                    <span>{text.keep.clone()}</span>
                </label>
                <p class="note" role="status" data-keep-failed=text.keep_failed.clone()></p>
            </div>
            <div class="field">
                <label for="day">{text.day.clone()}</label>
                <input class="text-input" id="day" name="day" type="date" translate="no" aria-describedby="day-note" />
                <p id="day-note" class="note" role="status">
                    <span data-note="day" hidden>
                        {text.note_day.clone()}
                    </span>
                    <span data-note="no-day" hidden>
                        {text.note_no_day.clone()}
                    </span>
                </p>
            </div>
            <p class="field">
                <label for="language">{text.language.clone()}</label>
                <select class="text-input" id="language" name="language">
                    {languages.collect::<Vec<_>>()}
                </select>
            </p>
            <p class="field">
                <label for="country">{text.country.clone()}</label>
                <select class="text-input" id="country" name="country">
                    <option value="">{text.country_any.clone()}</option>
                    {countries.collect::<Vec<_>>()}
                </select>
            </p>
            <fieldset class="choices chips">
                <legend>{text.themes.clone()}</legend>
                {themes.collect::<Vec<_>>()}
            </fieldset>
        </details></form>
    }
    .into_any()
}

/// Returns the link without any details. It is relative if the address of this copy is not configured; `shell.js` then
/// completes it.
fn plain_link(cx: PageContext<'_>, locale: &str) -> String {
    [&cx.content.site.base_url, locale, "/"].concat()
}

/// Renders the QR code of a link, dark on light in both colour schemes, which cameras need. Without an absolute `https`
/// address, or if the link is too long for a QR code, the image is empty and has the same size.
pub fn code(link: &str, name: &str, what: &'static str) -> AnyView {
    let code = if link.starts_with("https://") { QrCode::of(link) } else { None };
    let (view_box, path) =
        code.map_or_else(|| ("0 0 1 1".to_owned(), String::new()), |code| (code.view_box(), code.path));
    view! {
        <svg class="code" viewBox=view_box role="img" aria-label=name.to_owned() data-qr=what shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
