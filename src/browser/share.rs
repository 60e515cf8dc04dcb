//! The clipboard and the platform's share sheet. Either may be unavailable or denied.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;

use super::promise::{call, then};

fn navigator() -> JsValue {
    web_sys::window().map(|window| window.navigator().into()).unwrap_or_default()
}

/// Returns a property, or undefined if the value is not an object or lacks the property.
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// Returns a rejected promise, in place of the result of an unavailable function. Its callbacks run asynchronously,
/// like those of any promise, so after the earlier message was cleared.
fn rejected() -> Promise {
    Promise::reject(&JsValue::UNDEFINED)
}

/// Copies the text to the clipboard, then calls `done` with `true` if it succeeded.
pub fn copy(text: &str, done: impl Fn(bool) + 'static) {
    let copied = call(&get(&navigator(), "clipboard"), "writeText", &[text.into()]);
    then(&copied.unwrap_or_else(rejected), move |value| done(value.is_ok()));
}

/// Returns whether the browser has a share sheet.
pub fn can_share() -> bool {
    get(&navigator(), "share").is_function()
}

/// Opens the platform's share sheet with the text. Calls `failed` on an error, but not when the person closes the share
/// sheet.
pub fn share(text: &str, failed: impl Fn() + 'static) {
    let data = Object::new();
    let _ = Reflect::set(&data, &"text".into(), &text.into());
    let shared = call(&navigator(), "share", &[data.into()]);
    then(&shared.unwrap_or_else(rejected), move |value| {
        // Closing the share sheet rejects with an `AbortError`.
        if value.is_err_and(|error| get(&error, "name").as_string().as_deref() != Some("AbortError")) {
            failed();
        }
    });
}
