//! The questions, one a screen.

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
use super::components::blocks::{Part, redrawn};
use super::sheet::sheet;
use crate::reflection::Step;

/// The reflect page: the screen that shows.
pub fn reflect(app: App) -> Part {
    redrawn(move || {
        let screen = match app.step.get() {
            Step::Question(id) => question::question(app, &id),
            Step::Door(id) => door::door(app, &id),
            Step::Keep => keep::keep(app),
            Step::Pace => pace::pace(app),
            Step::Themes => themes::themes(app),
            Step::Answers => answers::answers(app),
            Step::Restore => restore::restore(app),
            Step::AboutMe => about_me::about_me(app),
            Step::Reflections => reflections::reflections(app),
            Step::Sheet => sheet(app, None),
        };
        vec![screen]
    })
}
