//! Fetching a file of this site. Every file has its place on the build's list; nothing is ever asked or sent otherwise.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::promise::{call, hear};

/// Fetches a text. `done` hears it, unless it does not come, or not with these very bytes.
pub fn text(address: &str, integrity: &str, done: impl Fn(String) + 'static) {
    let options = Object::new();
    let _ = Reflect::set(&options, &"integrity".into(), &integrity.into());
    let Some(window) = web_sys::window() else { return };
    let Some(response) = call(&window, "fetch", &[address.into(), options.into()]) else { return };
    let done = std::rc::Rc::new(done);
    hear(&response, move |response| {
        let done = done.clone();
        let is_there = |response: &JsValue| Reflect::get(response, &"ok".into()).is_ok_and(|ok| ok.is_truthy());
        if let Some(text) = response.ok().filter(is_there).and_then(|response| call(&response, "text", &[])) {
            hear(&text, move |text| text.ok().and_then(|text| text.as_string()).into_iter().for_each(&*done));
        }
    });
}
