//! The status of keeping, in words, true at this moment.

use leptos::prelude::*;

use super::blocks::{Node, attr, button, dynamic, element, text, text_element};
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
    let labels = &app.catalog.app.saved;
    let says = move || {
        let saved = app.saved.get();
        let told = match saved {
            SaveStatus::Device => &labels.yes,
            SaveStatus::Tab => &labels.tab,
            SaveStatus::Undecided => &labels.undecided,
            SaveStatus::Failed => &labels.no,
        };
        let mut says = vec![text_element("span", "", told)];
        if leads_on && saved == SaveStatus::Failed {
            // `shell.js` saves; the button only needs its hook.
            says.push(button("link", "save", vec![text(&labels.save)], || {}));
        }
        if leads_on && app.step.get() != Step::Keep {
            let to_keep = if saved.is_kept() { &labels.change } else { &labels.choose };
            says.push(text(" "));
            says.push(button("link", "keep", vec![text(to_keep)], move || app.open_with_return(Step::Keep)));
        }
        vec![element("p", vec![attr("class", "saved"), attr("data-saved", saved.id())], says)]
    };
    element("div", vec![attr("role", "status")], vec![dynamic(says)])
}
