//! Fetching a file of this site. Every file has its place on the build's list; nothing is ever asked or sent otherwise.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::promise::hear;

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
        if let Some(text) = response.filter(is_there).and_then(|response| call(&response, "text", &[])) {
            hear(&text, move |text| text.and_then(|text| text.as_string()).into_iter().for_each(&*done));
        }
    });
}

/// Calls a method that gives a promise.
fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<Promise> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let promise = Reflect::apply(&method, object, &arguments.iter().collect::<js_sys::Array>()).ok()?;
    Some(promise.unchecked_into())
}
