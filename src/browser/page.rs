//! The document and the window: embedded data, attributes, title, focus, events and dates.

use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, HtmlElement};

use crate::reflection::DATE_OPTIONS;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Returns whether an error has stopped the app, which `boot.js` marks with `data-broken`. Nothing is written after
/// that.
pub fn is_broken() -> bool {
    document().and_then(|document| document.document_element()).is_none_or(|root| root.has_attribute("data-broken"))
}

/// Returns the prefix of this copy's keys in web storage, which `shell.js` writes into `data-keys`.
pub fn key_prefix() -> String {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("data-keys")).unwrap_or_else(|| crate::reflection::PREFIX.to_owned())
}

/// Returns the element that the app mounts to.
pub fn live_root() -> Option<HtmlElement> {
    document()?.query_selector("[data-app]").ok()??.dyn_into().ok()
}

/// Returns the text of a data block in the page, by its id.
pub fn data(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// Removes the prerendered content of the root. Returns whether the focus was inside.
pub fn empty(root: &HtmlElement) -> bool {
    let active = document().and_then(|document| document.active_element());
    let had_focus = active.is_some_and(|active| root.contains(Some(&active)));
    root.set_text_content(None);
    had_focus
}

/// Marks the root as interactive.
pub fn mark_ready(root: &HtmlElement) {
    let _ = root.set_attribute("data-state", "ready");
}

/// Sets the title of the document, which must name a position only, never a question or an answer. Does nothing after
/// the exit.
pub fn set_title(title: &str) {
    if let Some(document) = document().filter(|_| !is_left()) {
        document.set_title(title);
    }
}

/// Returns whether the focus is within an element that matches the selector.
pub fn has_focus(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| matches!(active.closest(selector), Ok(Some(_))))
}

/// Moves the focus to the first element of the app that matches the selector.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(&["[data-app] ", selector].concat()).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

/// Scrolls to the top, and moves the focus to the heading of the app.
pub fn focus_heading() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    focus("h1");
}

/// Sets the value of a text area to a text from another tab. While the text area has the focus, its value is replaced
/// only if the new text contains it.
pub fn set_unless_typing(id: &str, text: &str) {
    let Some(document) = document() else { return };
    let element = document.get_element_by_id(id);
    let has_focus = document.active_element() == element;
    if let Some(field) = element.and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
        let value = field.value();
        if value != text && (!has_focus || crate::reflection::holds(text, &value)) {
            field.set_value(text);
        }
    }
}

/// Sets or removes an attribute of the root element, for the style sheets.
pub fn mark(name: &str, value: Option<&str>) {
    let root = document().and_then(|document| document.document_element());
    // Setting an unchanged value would notify mutation observers.
    if let Some(root) = root.filter(|root| root.get_attribute(name).as_deref() != value) {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Returns whether the media query matches.
pub fn is_like(query: &str) -> bool {
    let list = web_sys::window().and_then(|window| window.match_media(query).ok()?);
    list.is_some_and(|list| list.matches())
}

/// Returns whether this click is a tap outside all interactive elements. The second click of a double click and a click
/// that ends a text selection do not count.
pub fn is_tap(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_outside =
        target.is_some_and(|target| matches!(target.closest("a, button, label, select, textarea"), Ok(None)));
    let is_second = event.unchecked_ref::<web_sys::UiEvent>().detail() > 1;
    let selection = web_sys::window().and_then(|window| window.get_selection().ok()?);
    is_outside && !is_second && selection.is_none_or(|selection| selection.is_collapsed())
}

/// Returns whether the exit was pressed, which `shell.js` marks with `data-left`. After that nothing is written or
/// shown.
pub fn is_left() -> bool {
    document().and_then(|document| document.document_element()).is_none_or(|root| root.has_attribute("data-left"))
}

/// Navigates to another page of the site by clicking a temporary link, so that `shell.js` can first ask for
/// confirmation if something would be lost.
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

/// Returns the fragment of the URL with its `#`, or an empty string.
pub fn hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Passes to `shell.js` the country whose help lines are listed first. An empty code stands for the site's default.
pub fn set_country(code: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-country", code);
    }
}

/// Formats a day, `YYYY-MM-DD`, in full in this language, or in the page's language if `None`. Returns an invalid day
/// unchanged.
pub fn day_in_words(day: &str, lang: Option<&str>) -> String {
    let date = js_sys::Date::new(&day.into());
    if date.get_time().is_nan() {
        return day.to_owned();
    }
    let page_lang = || document().and_then(|document| document.document_element()?.get_attribute("lang"));
    let lang = lang.map(str::to_owned).or_else(page_lang).unwrap_or_default();
    let options = js_sys::Object::new();
    // The same digits and calendar in every language, as on the appointment card. A date without a time is parsed as
    // UTC.
    for (name, value) in [("dateStyle", "full"), ("timeZone", "UTC")].into_iter().chain(DATE_OPTIONS) {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_date_string(&lang, &options).into()
}

/// Returns the `detail` of a custom event, if it is a string.
pub fn detail(event: &web_sys::Event) -> Option<String> {
    js_sys::Reflect::get(event, &"detail".into()).ok()?.as_string()
}

/// Returns the current day in the device's time zone, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let padded = |number: u32| [if number < 10 { "-0" } else { "-" }, &number.to_string()].concat();
    [&now.get_full_year().to_string(), &padded(now.get_month() + 1)[..], &padded(now.get_date())].concat()
}

/// Returns a random number for a new id.
pub fn random() -> u64 {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    match crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Some(Ok(_)) => u64::from_le_bytes(bytes),
        // Every supported browser has `crypto`. The ids only need to differ between two journals on one device.
        _ => js_sys::Math::random().to_bits(),
    }
}

/// Dispatches a custom event on the window, for the listeners in `public/shell`.
pub fn dispatch(name: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(name)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Adds an event listener to the window, which is never removed.
pub fn listen<E: JsCast + 'static>(event: &str, mut callback: impl FnMut(E) + 'static) {
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        callback(event.unchecked_into());
    });
    if let Some(window) = web_sys::window() {
        window
            .add_event_listener_with_callback(event, closure.as_ref().unchecked_ref())
            .expect_throw("the window accepts event listeners");
        closure.forget();
    }
}
