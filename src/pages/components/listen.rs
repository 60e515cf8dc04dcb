//! The button that reads the screen aloud.

use leptos::prelude::*;

use super::blocks::{Node, button, dynamic, text_element};
use crate::browser::speech;
use crate::pages::app::App;

/// Selects the elements that are read, in document order: headings, hints, choices, field labels and the safety text.
const READ: &str =
    "[data-step] :is(h1, .hint, legend, .choice > span, .field > label, .path .name, .safety :is(li, p))";

/// Returns the button. It is omitted while this device has no voice for the language of the page.
pub fn listen(app: App) -> Node {
    dynamic(move || {
        if app.has_voice.get() {
            // The styles show the label for the current state.
            let labels = &app.catalog.app.ask;
            let label = vec![text_element("span", "", &labels.listen), text_element("span", "", &labels.listen_stop)];
            vec![button("link", "listen", label, || speech::toggle(READ))]
        } else {
            Vec::new()
        }
    })
}
