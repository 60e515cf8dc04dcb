//! The status of keeping, in words, true at this moment.

use leptos::prelude::*;

use super::blocks::{Part, attr, button, element, plain, redrawn};
use crate::pages::app::App;
use crate::reflection::{Saved, Step};

/// The status of keeping, announced when it changes, with the way to change it. Where nothing can be kept, the way to a
/// file stands beside it.
pub fn status(app: App) -> Part {
    let text = &app.words.app.saved;
    let state = move || match app.saved.get() {
        Saved::Device => ("yes", &text.yes),
        Saved::Tab => ("tab", &text.tab),
        Saved::Undecided => ("undecided", &text.undecided),
        Saved::Failed => ("no", &text.no),
    };
    let says = move || {
        let (state, words) = state();
        let mut says = vec![plain(words)];
        if state == "no" {
            // `shell.js` saves; the button only needs its hook.
            says.push(button("link", "save", vec![plain(&text.save)], || {}));
        }
        if app.step.get() != Step::Keep {
            let to_keep = if state == "undecided" { &text.choose } else { &text.change };
            says.push(plain(" "));
            says.push(button("link", "keep", vec![plain(to_keep)], move || app.go_and_return(Step::Keep)));
        }
        vec![element("p", vec![attr("class", "saved"), attr("data-saved", state)], says)]
    };
    element("div", vec![attr("role", "status")], vec![redrawn(says)])
}
