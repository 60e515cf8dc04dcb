//! The reflect page: the questions, one per screen, and the screens around them.

mod about_me;
mod answers;
mod door;
mod keep;
mod pace;
mod question;
mod reflections;
mod restore;
mod themes;

use leptos::prelude::*;

use super::app::App;
use super::chunk::loading;
use super::components::blocks::{Node, dynamic, nothing};
use super::components::{bar, links};
use super::sheet::sheet;
use crate::reflection::Step;

/// Renders the current screen.
pub fn reflect(app: App) -> Node {
    dynamic(move || {
        let screen = match app.step.get() {
            Step::Question(id) => question::question(app, &id),
            Step::Door(id) => door::door(app, &id),
            Step::Pace => pace::pace(app),
            Step::Themes => themes::themes(app),
            _ if app.has_chunk.get() => (app.entry().other_screen)(),
            _ => loading(app, vec![bar(app, Vec::new()), links(app)]),
        };
        vec![screen]
    })
}

/// Renders the current screen, if it is one that the page does not start with. It is in the chunk.
pub fn other_screen() -> Node {
    let Some(app) = App::current() else { return nothing() };
    match app.step.get_untracked() {
        Step::Keep => keep::keep(app),
        Step::Answers => answers::answers(app),
        Step::Restore => restore::restore(app),
        Step::AboutMe => about_me::about_me(app),
        Step::Reflections => reflections::reflections(app),
        Step::Sheet => sheet(app, None),
        Step::Question(_) | Step::Door(_) | Step::Pace | Step::Themes => nothing(),
    }
}
