//! Handing the sheet on as text: the clipboard, and the platform's share sheet.

use wasm_bindgen::JsCast;

use super::promise;

/// Copies the text. `done` hears whether it worked.
pub fn copy(text: &str, done: impl Fn(bool) + 'static) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return done(false) };
    // Insecure pages have no clipboard.
    if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object()) {
        promise::hear(&navigator.clipboard().write_text(text), move |value| done(value.is_some()));
    } else {
        done(false);
    }
}

/// Whether the platform has a share sheet.
pub fn can_share() -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    navigator.is_some_and(|navigator| {
        js_sys::Reflect::get(&navigator, &"share".into()).is_ok_and(|share| share.is_function())
    })
}

/// Opens the platform's share sheet with the text. What happens there is the person's own.
pub fn share(text: &str) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return };
    let data = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&data, &"text".into(), &text.into());
    let share = js_sys::Reflect::get(&navigator, &"share".into());
    if let Some(share) = share.ok().and_then(|share| share.dyn_into::<js_sys::Function>().ok())
        && let Ok(promise) = share.call1(&navigator, &data)
    {
        // Closing the share sheet rejects the promise, which is no error.
        promise::hear(&promise.unchecked_into(), |_| {});
    }
}
