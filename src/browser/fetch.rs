//! Fetches files of this site. The app requests only files that the build lists, and sends no data.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::promise::{call, then};

/// Fetches a text file and passes its text to `done`. `done` is not called on a network error, a response outside the
/// 200 range, or an integrity mismatch.
pub fn text(url: &str, integrity: &str, done: impl Fn(String) + 'static) {
    let options = Object::new();
    let _ = Reflect::set(&options, &"integrity".into(), &integrity.into());
    let Some(window) = web_sys::window() else { return };
    let Some(response) = call(&window, "fetch", &[url.into(), options.into()]) else { return };
    let done = std::rc::Rc::new(done);
    then(&response, move |response| {
        let done = done.clone();
        let is_ok = |response: &JsValue| Reflect::get(response, &"ok".into()).is_ok_and(|ok| ok.is_truthy());
        if let Some(text) = response.ok().filter(is_ok).and_then(|response| call(&response, "text", &[])) {
            then(&text, move |text| text.ok().and_then(|text| text.as_string()).into_iter().for_each(&*done));
        }
    });
}
