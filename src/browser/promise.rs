//! Hearing what comes of a promise.

use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// `done` hears the value that the promise comes to, or nothing when it is rejected.
pub fn hear(promise: &js_sys::Promise, done: impl Fn(Option<JsValue>) + 'static) {
    let done: Rc<dyn Fn(Option<JsValue>)> = Rc::new(done);
    let failed = Rc::clone(&done);
    let yes = Closure::once_into_js(move |value: JsValue| done(Some(value)));
    let no = Closure::once_into_js(move |_: JsValue| failed(None));
    let then: js_sys::Function = js_sys::Reflect::get(promise, &"then".into()).unwrap_or_default().unchecked_into();
    let _ = then.call2(promise, &yes, &no);
}
