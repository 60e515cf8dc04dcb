//! Calls functions that return promises, without `wasm-bindgen-futures`.

use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Calls `done` with the value of the promise, or with the reason for its rejection.
pub fn then(promise: &Promise, done: impl Fn(Result<JsValue, JsValue>) + 'static) {
    let done: Rc<dyn Fn(Result<JsValue, JsValue>)> = Rc::new(done);
    let failed = Rc::clone(&done);
    let on_fulfilled = Closure::once_into_js(move |value: JsValue| done(Ok(value)));
    let on_rejected = Closure::once_into_js(move |error: JsValue| failed(Err(error)));
    let then: Function = Reflect::get(promise, &"then".into()).unwrap_or_default().unchecked_into();
    let _ = then.call2(promise, &on_fulfilled, &on_rejected);
}

/// Calls a method that returns a promise. Returns `None` if the method does not exist or throws.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<Promise> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let promise = Reflect::apply(&method, object, &arguments.iter().collect::<js_sys::Array>()).ok()?;
    Some(promise.unchecked_into())
}
