//! An element of the page: what it holds, and what happens to it.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

/// Sets a property, such as what a field holds. Every element takes one.
pub fn set(element: &Element, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(element, &name.into(), value);
}

/// Listens to one event of an element for as long as it lives.
pub struct EventListener {
    element: Element,
    name: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl EventListener {
    /// Begins to listen.
    pub fn new(element: &Element, name: &'static str, heard: impl Fn(Event) + 'static) -> Self {
        let closure = Closure::<dyn Fn(Event)>::new(heard);
        let _ = element.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self { element: element.clone(), name, closure }
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let _ = self.element.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}
