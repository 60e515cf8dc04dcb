//! A button that reads the screen aloud, where the device has a voice for it.

use leptos::prelude::*;

use super::blocks::{Part, button, plain, redrawn};
use crate::browser::speech;
use crate::pages::app::App;

/// What is read, in the order in which it stands: what is asked, what helps, and what can be chosen or done.
const READ: &str =
    "[data-step] :is(h1, .hint, legend, .choice > span, .field > label, .path .name, .safety :is(b, li, p))";

/// The button; nothing while there is no voice on this device for the page's language.
pub fn listen(app: App) -> Part {
    redrawn(move || {
        if app.has_voice.get() {
            vec![button("link", "listen", vec![plain(&app.words.app.ask.listen)], || speech::toggle(READ))]
        } else {
            Vec::new()
        }
    })
}
