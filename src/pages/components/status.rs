//! The status of keeping, in words, true at this moment.

use leptos::prelude::*;

use super::blocks::{Node, attr, button, element, plain, redrawn, text};
use crate::pages::app::App;
use crate::reflection::{SaveStatus, Step};

/// The status of keeping, announced when it changes, with the way to change it. Where nothing can be kept, the way to a
/// file stands beside it.
pub fn status(app: App) -> Node {
    announced(app, true)
}

/// The status of keeping by itself, for where nothing leads away.
pub fn plain_status(app: App) -> Node {
    announced(app, false)
}

fn announced(app: App, leads_on: bool) -> Node {
    let words = &app.words.app.saved;
    let says = move || {
        let saved = app.saved.get();
        let told = match saved {
            SaveStatus::Device => &words.yes,
            SaveStatus::Tab => &words.tab,
            SaveStatus::Undecided => &words.undecided,
            SaveStatus::Failed => &words.no,
        };
        let mut says = vec![text("span", "", told)];
        if leads_on && saved == SaveStatus::Failed {
            // `shell.js` saves; the button only needs its hook.
            says.push(button("link", "save", vec![plain(&words.save)], || {}));
        }
        if leads_on && app.step.get() != Step::Keep {
            let to_keep = if saved.is_kept() { &words.change } else { &words.choose };
            says.push(plain(" "));
            says.push(button("link", "keep", vec![plain(to_keep)], move || app.go_and_return(Step::Keep)));
        }
        vec![element("p", vec![attr("class", "saved"), attr("data-saved", saved.id())], says)]
    };
    element("div", vec![attr("role", "status")], vec![redrawn(says)])
}
