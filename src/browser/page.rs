//! The document: its data, title, focus, and the mark of a break.

use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, HtmlElement};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Whether something broke on this page, as `boot.js` marks it. After that nothing is written any more.
pub fn is_broken() -> bool {
    document().and_then(|document| document.document_element()).is_none_or(|root| root.has_attribute("data-broken"))
}

/// How the keys of this copy begin in the browser's stores, as `shell.js` marks it.
pub fn key_prefix() -> String {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("data-keys")).unwrap_or_else(|| crate::reflection::PREFIX.to_owned())
}

/// Returns the root of the live part of the page.
pub fn live_root() -> Option<HtmlElement> {
    document()?.query_selector("[data-app]").ok()??.dyn_into().ok()
}

/// The text of an inert data block that the page carries for the app.
pub fn data(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// Empties the root of what stood there before the app. Tells whether the focus was inside.
pub fn empty(root: &HtmlElement) -> bool {
    let active = document().and_then(|document| document.active_element());
    let had_focus = active.is_some_and(|active| root.contains(Some(&active)));
    root.set_text_content(None);
    had_focus
}

/// Marks the root as answering to input.
pub fn mark_ready(root: &HtmlElement) {
    let _ = root.set_attribute("data-state", "ready");
}

/// The title of the document. It names a position only, never a question or an answer; a page that was left has none.
pub fn set_title(title: &str) {
    if let Some(document) = document().filter(|_| !is_left()) {
        document.set_title(title);
    }
}

/// Returns whether the focus is within an element that this selector finds.
pub fn has_focus(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| matches!(active.closest(selector), Ok(Some(_))))
}

/// Moves the focus to the first element of the live part that this selector finds.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(&["[data-app] ", selector].concat()).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

/// Moves the focus to the heading of the live part, and the view to the top.
pub fn focus_heading() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    focus("h1");
}

/// Shows words that came from elsewhere in a text field, unless that would take away what is being typed there.
pub fn set_unless_typing(field: &str, words: &str) {
    let Some(document) = document() else { return };
    let element = document.get_element_by_id(field);
    let has_focus = document.active_element() == element;
    if let Some(field) = element.and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
        let here = field.value();
        if here != words && (!has_focus || crate::reflection::holds(words, &here)) {
            field.set_value(words);
        }
    }
}

/// Marks the document, for the styles: with this value, or not at all.
pub fn mark(name: &str, value: Option<&str>) {
    let root = document().and_then(|document| document.document_element());
    // An attribute that has this value already is not set again: observers would be notified of a change.
    if let Some(root) = root.filter(|root| root.get_attribute(name).as_deref() != value) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Whether the window is as this media query says.
pub fn is_like(query: &str) -> bool {
    let asked = web_sys::window().and_then(|window| window.match_media(query).ok()?);
    asked.is_some_and(|asked| asked.matches())
}

/// Returns whether this click is a tap beside everything that answers to one by itself. The second click of a double click is
/// none, nor is the one that ends a selection of text.
pub fn is_tap(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_beside =
        target.is_some_and(|target| matches!(target.closest("a, button, label, select, textarea"), Ok(None)));
    let is_second = event.unchecked_ref::<web_sys::UiEvent>().detail() > 1;
    let selection = web_sys::window().and_then(|window| window.get_selection().ok()?);
    is_beside && !is_second && selection.is_none_or(|selection| selection.is_collapsed())
}

/// Returns whether the page was left by the exit, as `shell.js` marks it. After that nothing is written, and nothing shows.
pub fn is_left() -> bool {
    document().and_then(|document| document.document_element()).is_none_or(|root| root.has_attribute("data-left"))
}

/// Goes to another page of ours, as by a link, so that `shell.js` asks first where something would be lost.
pub fn go(path: &str) {
    let Some(document) = document() else { return };
    let link = document.create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let (Some(link), Some(body)) = (link, document.body()) {
        let _ = link.set_attribute("href", path);
        let _ = body.append_child(&link);
        link.click();
        link.remove();
    }
}

/// What stands behind the `#` of the address, with it; empty for nothing.
pub fn hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Tells `shell.js` in which country help comes first; empty for the site's own.
pub fn set_country(code: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-country", code);
    }
}

/// A day, `YYYY-MM-DD`, as this language writes it in full; none for that of the page. What is no day stays as it stands.
pub fn day_in_words(day: &str, lang: Option<&str>) -> String {
    let date = js_sys::Date::new(&day.into());
    if date.get_time().is_nan() {
        return day.to_owned();
    }
    let own = || document().and_then(|document| document.document_element()?.get_attribute("lang"));
    let lang = lang.map(str::to_owned).or_else(own).unwrap_or_default();
    let options = js_sys::Object::new();
    // One set of digits and one calendar in every language, as on the appointment card. A day alone begins at UTC.
    for (name, value) in
        [("dateStyle", "full"), ("timeZone", "UTC"), ("numberingSystem", "latn"), ("calendar", "gregory")]
    {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_date_string(&lang, &options).into()
}

/// What comes with an event of our own, if it is text.
pub fn detail(event: &web_sys::Event) -> Option<String> {
    js_sys::Reflect::get(event, &"detail".into()).ok()?.as_string()
}

/// The day it is here by the device's clock, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let two = |number: u32| [if number < 10 { "-0" } else { "-" }, &number.to_string()].concat();
    [&now.get_full_year().to_string(), &two(now.get_month() + 1)[..], &two(now.get_date())].concat()
}

/// A random number, for ids that nobody has used.
pub fn random() -> u64 {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    match crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Some(Ok(_)) => u64::from_le_bytes(bytes),
        // Every browser that runs this has `crypto`. The ids only need to differ between two journals on one device.
        _ => js_sys::Math::random().to_bits(),
    }
}

/// Tells the window of an event of ours, such as one that `public/shell` listens to.
pub fn dispatch(name: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(name)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Listens to an event of the window for as long as the page lives.
pub fn listen<E: JsCast + 'static>(event: &str, mut heard: impl FnMut(E) + 'static) {
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        heard(event.unchecked_into());
    });
    if let Some(window) = web_sys::window() {
        window
            .add_event_listener_with_callback(event, closure.as_ref().unchecked_ref())
            .expect_throw("every browser takes a listener");
        closure.forget();
    }
}
