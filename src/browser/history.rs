//! The session history. Each screen is an entry whose state is a counter. `shell.js` adds the entries of layers over
//! the page, whose state is an object with the name of the layer and the counter of the screen below it.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// The property of a layer's state object that contains the counter.
const COUNTER: &str = "counter";

/// Returns the history, unless the exit was pressed: a change of the history would cancel the navigation to the other
/// page.
fn history() -> Option<web_sys::History> {
    if super::page::is_left() { None } else { web_sys::window()?.history().ok() }
}

/// The exclusive upper limit of counters. No tab has this many entries.
const COUNTER_LIMIT: f64 = 1_000_000.0;

/// Returns the counter of the current entry, or `None` for an entry without state, such as a fragment navigation. A
/// state that this app did not write counts as 0.
pub fn counter() -> Option<u32> {
    let state = history()?.state().ok().filter(|state| !state.is_null())?;
    let number = state.as_f64().or_else(|| Reflect::get(&state, &COUNTER.into()).ok()?.as_f64());
    Some(number.filter(|number| (0.0..COUNTER_LIMIT).contains(number)).unwrap_or_default() as u32)
}

/// Adds an entry for a new screen. Errors are ignored: WebKit allows 100 entries in ten seconds, and beyond that Back
/// skips a screen.
pub fn push(counter: u32) {
    if let Some(history) = history() {
        let _ = history.push_state(&JsValue::from(counter), "");
    }
}

/// Replaces the counter and the URL of the current entry. The URL `.` is that of the page without a fragment. The name
/// of a layer is preserved.
pub fn replace(counter: u32, url: &str) {
    if let Some(history) = history() {
        let counter = JsValue::from(counter);
        let layer = history.state().ok().filter(|state| state.is_object());
        if let Some(layer) = &layer {
            let _ = Reflect::set(layer, &COUNTER.into(), &counter);
        }
        let _ = history.replace_state_with_url(&layer.unwrap_or(counter), "", Some(url));
    }
}

/// Goes back one entry.
pub fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}
