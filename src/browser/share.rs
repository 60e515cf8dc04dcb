//! Handing the sheet on as text: the clipboard, and the platform's share sheet.

use wasm_bindgen::{JsCast, JsValue};

/// Copies the text. `done` hears whether it worked.
pub fn copy(text: &str, done: impl Fn(bool) + 'static) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return done(false) };
    // Insecure pages have no clipboard.
    if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object()) {
        hear(&navigator.clipboard().write_text(text), done);
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
        hear(&promise.unchecked_into(), |_| {});
    }
}

fn hear(promise: &js_sys::Promise, done: impl Fn(bool) + 'static) {
    let done = std::rc::Rc::new(done);
    let failed = done.clone();
    let yes = wasm_bindgen::closure::Closure::once_into_js(move |_: JsValue| done(true));
    let no = wasm_bindgen::closure::Closure::once_into_js(move |_: JsValue| failed(false));
    let then: js_sys::Function = js_sys::Reflect::get(promise, &"then".into()).unwrap_or_default().unchecked_into();
    let _ = then.call2(promise, &yes, &no);
}
