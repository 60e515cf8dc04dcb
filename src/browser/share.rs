//! Handing the sheet on as text: the clipboard, and the platform's share sheet. Either may be missing, or refuse.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;

use super::promise::{call, hear};

fn navigator() -> JsValue {
    web_sys::window().map(|window| window.navigator().into()).unwrap_or_default()
}

/// Reads a property; undefined if the object has none or cannot have any.
fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A rejected promise, in place of the one of a function that is missing: it rejects as late as any other, after the earlier
/// message was cleared.
fn never() -> Promise {
    Promise::reject(&JsValue::UNDEFINED)
}

/// Copies the text. `done` hears whether it worked.
pub fn copy(text: &str, done: impl Fn(bool) + 'static) {
    let copied = call(&part(&navigator(), "clipboard"), "writeText", &[text.into()]);
    hear(&copied.unwrap_or_else(never), move |value| done(value.is_ok()));
}

/// Whether the platform has a share sheet.
pub fn can_share() -> bool {
    part(&navigator(), "share").is_function()
}

/// Opens the platform's share sheet with the text. What happens there is the person's own; `failed` hears that it was
/// refused.
pub fn share(text: &str, failed: impl Fn() + 'static) {
    let data = Object::new();
    let _ = Reflect::set(&data, &"text".into(), &text.into());
    let shared = call(&navigator(), "share", &[data.into()]);
    hear(&shared.unwrap_or_else(never), move |value| {
        // Closing the share sheet is no failure.
        if value.is_err_and(|error| part(&error, "name").as_string().as_deref() != Some("AbortError")) {
            failed();
        }
    });
}
