//! Calling for a promise, and hearing what comes of it.

use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// `done` hears the value that the promise comes to, or why it was rejected.
pub fn hear(promise: &Promise, done: impl Fn(Result<JsValue, JsValue>) + 'static) {
    let done: Rc<dyn Fn(Result<JsValue, JsValue>)> = Rc::new(done);
    let failed = Rc::clone(&done);
    let yes = Closure::once_into_js(move |value: JsValue| done(Ok(value)));
    let no = Closure::once_into_js(move |error: JsValue| failed(Err(error)));
    let then: Function = Reflect::get(promise, &"then".into()).unwrap_or_default().unchecked_into();
    let _ = then.call2(promise, &yes, &no);
}

/// Calls a method that gives a promise. None where there is no such method, or it throws.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<Promise> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let promise = Reflect::apply(&method, object, &arguments.iter().collect::<js_sys::Array>()).ok()?;
    Some(promise.unchecked_into())
}
