//! The status of keeping, in words, true at this moment.

use leptos::prelude::*;

use super::blocks::{Part, attr, button, element, plain, redrawn, text};
use crate::pages::app::App;
use crate::reflection::{Saved, Step};

/// The status of keeping, announced when it changes, with the way to change it. Where nothing can be kept, the way to a
/// file stands beside it.
pub fn status(app: App) -> Part {
    let words = &app.words.app.saved;
    let state = move || match app.saved.get() {
        Saved::Device => ("yes", &words.yes),
        Saved::Tab => ("tab", &words.tab),
        Saved::Undecided => ("undecided", &words.undecided),
        Saved::Failed => ("no", &words.no),
    };
    let says = move || {
        let (state, told) = state();
        let mut says = vec![text("span", "", told)];
        if state == "no" {
            // `shell.js` saves; the button only needs its hook.
            says.push(button("link", "save", vec![plain(&words.save)], || {}));
        }
        if app.step.get() != Step::Keep {
            let is_somewhere = ["yes", "tab"].contains(&state);
            let to_keep = if is_somewhere { &words.change } else { &words.choose };
            says.push(plain(" "));
            says.push(button("link", "keep", vec![plain(to_keep)], move || app.go_and_return(Step::Keep)));
        }
        vec![element("p", vec![attr("class", "saved"), attr("data-saved", state)], says)]
    };
    element("div", vec![attr("role", "status")], vec![redrawn(says)])
}
