//! How much further to go.

use crate::pages::app::App;
use crate::pages::components::blocks::{Node, button, head, holder, path, screen};
use crate::pages::components::{bar, menu, motif, open_themes, sheet_link, ways};
use crate::reflection::{Pace, Step};

/// Three minutes more, ten, or stop here.
pub fn pace(app: App) -> Node {
    let text = &app.words.app.pace;
    let choice = |action, pace, label: &str, note: &str| {
        button("path", action, path(label, Some(note)), move || app.choose_pace(pace))
    };
    let ways_on = vec![
        choice("continue", Pace::Short, &text.short, &text.short_note),
        choice("long", Pace::Long, &text.long, &text.long_note),
        sheet_link(app, "path", path(&text.stop, Some(&text.stop_note))),
    ];
    let parts = vec![
        head(None, &text.title, Some(&text.lead), Some(motif::plant(&open_themes(app), None))),
        holder("div", "step-body paths", ways_on),
        holder("p", "note", vec![menu(app, &app.words.app.about.offer["gentler"])]),
        bar(app, Vec::new()),
        ways(app),
    ];
    screen(&Step::Pace.id(), parts)
}
