//! How much further to go.

use crate::pages::app::App;
use crate::pages::components::blocks::{Node, button, choice_label, container, screen, screen_header};
use crate::pages::components::{bar, links, menu, motif, open_themes, sheet_link};
use crate::reflection::{Pace, Step};

/// Three minutes more, ten, or stop here.
pub fn pace(app: App) -> Node {
    let labels = &app.catalog.app.pace;
    let choice = |action, pace, label: &str, note: &str| {
        button("path", action, choice_label(label, Some(note)), move || app.choose_pace(pace))
    };
    let ways_on = vec![
        choice("continue", Pace::Short, &labels.short, &labels.short_note),
        choice("long", Pace::Long, &labels.long, &labels.long_note),
        sheet_link(app, "path", choice_label(&labels.stop, Some(&labels.stop_note))),
    ];
    let parts = vec![
        screen_header(None, &labels.title, Some(&labels.lead), Some(motif::plant(&open_themes(app), None))),
        container("div", "step-body paths", ways_on),
        container("p", "note", vec![menu(app, &app.catalog.app.about.offer["gentler"])]),
        bar(app, Vec::new()),
        links(app),
    ];
    screen(&Step::Pace.id(), parts)
}
