//! Text fields for the parent's free text.

use leptos::prelude::*;

use super::blocks::{Attr, Node, as_written, attr, dynamic, element, first_value, on, text_element};
use crate::pages::app::App;

/// The maximum length of a free text, in UTF-16 code units, as `maxlength` counts: about eight pages. A longer text
/// that is already stored is preserved.
const MOST: usize = 20_000;

/// Returns a text area with these attributes, and a live region after it that shows a message once the text area is
/// full.
///
/// `at_first` is the initial value. `typed` is called with the value after each input.
pub fn writing(app: App, mut attributes: Vec<Attr>, at_first: String, typed: impl Fn(String) + 'static) -> Vec<Node> {
    let is_full = |typed: &str| typed.len() >= MOST && typed.encode_utf16().count() >= MOST;
    let full = RwSignal::new(is_full(&at_first));
    let heard = move |event| {
        let labels = event_target_value(&event);
        let now = is_full(&labels);
        if now != full.get_untracked() {
            full.set(now);
        }
        typed(labels);
    };
    attributes.extend([attr("maxlength", &MOST.to_string()), first_value(at_first), on("input", heard)]);
    attributes.extend(as_written());
    let said =
        move || if full.get() { vec![text_element("span", "note", &app.catalog.app.ask.full)] } else { Vec::new() };
    let status = element("span", vec![attr("role", "status")], vec![dynamic(said)]);
    vec![element("textarea", attributes, Vec::new()), status]
}
