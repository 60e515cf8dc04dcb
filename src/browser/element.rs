//! Properties and event listeners of DOM elements.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

/// Sets a JavaScript property of an element, such as `value`. Works for properties that `web_sys::Element` does not
/// expose.
pub fn set(element: &Element, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(element, &name.into(), value);
}

/// An event listener on an element. Dropping it removes the listener.
pub struct EventListener {
    element: Element,
    name: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl EventListener {
    /// Adds a listener for the event `name`.
    pub fn new(element: &Element, name: &'static str, callback: impl Fn(Event) + 'static) -> Self {
        let closure = Closure::<dyn Fn(Event)>::new(callback);
        let _ = element.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self { element: element.clone(), name, closure }
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let _ = self.element.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}
