//! The ways on from a screen: the bar with its few buttons, and the quiet row of links.

use leptos::prelude::*;

use super::blocks::{Node, attr, button, container, element, on, text};
use super::status;
use crate::pages::app::App;
use crate::reflection::Step;

/// The bar at the foot of a screen: the status of keeping, one step back, and the screen's own buttons.
pub fn bar(app: App, buttons: Vec<Node>) -> Node {
    let mut all = Vec::new();
    if !app.is_first(&app.step.get_untracked()) {
        all.push(button("button quiet", "back", vec![text(&app.catalog.app.common.back)], move || app.back()));
    }
    all.extend(buttons);
    container("div", "bar", vec![status(app), container("div", "bar-buttons", all)])
}

/// The button that goes on to the next screen.
pub fn next(app: App, label: &str) -> Node {
    button("button main", "continue", vec![text(label)], move || app.next())
}

/// Themes, answers, sheet, and what the parent may say about themselves: reachable from every screen. The very first one
/// has one thing to do, so that only the last of them stands there.
pub fn links(app: App) -> Node {
    let labels = &app.catalog.app.common;
    let here = app.step.get_untracked();
    let mut links = Vec::new();
    if !app.is_first(&here) || app.with(|journal| journal.has_answers()) {
        for (step, label) in [(Step::Themes, &labels.to_themes), (Step::Answers, &labels.to_answers)] {
            if step != here {
                links.push(button("link", &step.id(), vec![text(label)], move || app.go(step.clone())));
            }
        }
        if here != Step::Sheet {
            links.push(sheet_link(app, "link", vec![text(&labels.to_sheet)]));
        }
    }
    if here != Step::AboutMe {
        links.push(menu(app, &labels.to_about_me));
    }
    element("nav", vec![attr("class", "ways"), attr("aria-label", &labels.menu)], links)
}

/// A link to what the parent may say about themselves. It leads back here.
pub fn menu(app: App, label: &str) -> Node {
    button("link", "menu", vec![text(label)], move || app.open_with_return(Step::AboutMe))
}

/// The link to the sheet. It is a page of its own, but shows in place while the answers are in memory only.
pub fn sheet_link(app: App, class: &'static str, label: Vec<Node>) -> Node {
    let open = move |event: leptos::ev::Event| {
        if !app.saved.get_untracked().is_kept() {
            event.prevent_default();
            app.go(Step::Sheet);
        }
    };
    let attributes =
        vec![attr("class", class), attr("href", "../sheet/"), attr("data-action", "sheet"), on("click", open)];
    element("a", attributes, label)
}
