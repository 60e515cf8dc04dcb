//! A button that reads the screen aloud, where the device has a voice for it.

use leptos::prelude::*;

use super::blocks::{Node, button, dynamic, text_element};
use crate::browser::speech;
use crate::pages::app::App;

/// What is read, in the order in which it stands: what is asked, what helps, and what can be chosen or done.
const READ: &str =
    "[data-step] :is(h1, .hint, legend, .choice > span, .field > label, .path .name, .safety :is(li, p))";

/// The button; nothing while there is no voice on this device for the page's language.
pub fn listen(app: App) -> Node {
    dynamic(move || {
        if app.has_voice.get() {
            // The styles show the one that is true.
            let labels = &app.catalog.app.ask;
            let label = vec![text_element("span", "", &labels.listen), text_element("span", "", &labels.listen_stop)];
            vec![button("link", "listen", label, || speech::toggle(READ))]
        } else {
            Vec::new()
        }
    })
}
