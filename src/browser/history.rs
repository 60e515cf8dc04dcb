//! The browser's history: each screen is an entry, and an entry carries a counter. One of a layer over the page, which
//! `shell.js` adds, carries the name of the layer beside the counter of the screen below it.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// The member of an entry's state that holds the counter while a layer is open.
const COUNTER: &str = "counter";

/// The history, unless the page was left: it is on its way elsewhere then, and must not be kept from it.
fn history() -> Option<web_sys::History> {
    if super::page::is_left() { None } else { web_sys::window()?.history().ok() }
}

/// More entries than any tab ever has.
const MOST: f64 = 1_000_000.0;

/// The counter of the entry that is open; none for one that carries nothing, such as a place on the page. What no app of ours
/// writes counts as the first.
pub fn counter() -> Option<u32> {
    let state = history()?.state().ok().filter(|state| !state.is_null())?;
    let number = state.as_f64().or_else(|| Reflect::get(&state, &COUNTER.into()).ok()?.as_f64());
    Some(number.filter(|number| (0.0..MOST).contains(number)).unwrap_or_default() as u32)
}

/// Adds an entry for a new screen. A refusal is ignored: WebKit refuses after a hundred entries in ten seconds, and
/// then Back skips a screen.
pub fn push(counter: u32) {
    if let Some(history) = history() {
        let _ = history.push_state(&JsValue::from(counter), "");
    }
}

/// Writes the counter into the entry that is open, and this address: `.` is that of the page with nothing behind a `#`. The
/// name of a layer stays.
pub fn replace(counter: u32, address: &str) {
    if let Some(history) = history() {
        let counter = JsValue::from(counter);
        let layer = history.state().ok().filter(|state| state.is_object());
        if let Some(layer) = &layer {
            let _ = Reflect::set(layer, &COUNTER.into(), &counter);
        }
        let _ = history.replace_state_with_url(&layer.unwrap_or(counter), "", Some(address));
    }
}

/// One entry back.
pub fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}
