//! Navigation between screens.

use leptos::prelude::*;

use super::{ABOUT_ME, App, state};
use crate::browser::{history, page, speech};
use crate::content::fill;
use crate::reflection::{Flow, Pace, Position, Step};

impl App {
    /// Returns the flow, from the current questions, pace and storage choice.
    pub fn flow(self) -> Flow<'static> {
        let (pace, undecided) = self.with(|journal| (journal.state().pace, journal.place().is_none()));
        Flow { questionnaire: state(|state| state.asked.get()), pace, undecided }
    }

    /// Sets the pace and continues.
    pub fn choose_pace(self, pace: Pace) {
        self.edit_state(&mut |state| state.pace = Some(pace));
        self.go(self.flow().next(&Step::Pace));
    }

    /// Continues: to the return target of the open screen if it has one, otherwise to the next screen of the flow.
    pub fn next(self) {
        let step = self.step.get_untracked();
        let returning = state(|state| state.returning.borrow().clone());
        match (step, returning) {
            // Entering a door opens its question and keeps the return target.
            (door @ Step::Door(_), returning) => self.open_screen(self.flow().next(&door), returning),
            (_, Some(from)) => self.go(from),
            (step, None) => self.go(self.flow().next(&step)),
        }
    }

    /// Skips a door and continues. `door` is the id of its theme or question.
    pub fn leave(self, door: &str) {
        let returning = state(|state| state.returning.borrow().clone());
        self.go(returning.unwrap_or_else(|| self.flow().leave(door)));
    }

    /// Adds a wish at a door, which removes the questions behind it, and continues.
    pub fn leave_out(self, door: &str, wish: &str) {
        let next = self.flow().leave(door);
        self.edit_profile(&mut |profile| profile.wish(wish, true));
        let returning = state(|state| state.returning.borrow().clone());
        self.go(returning.unwrap_or(next));
    }

    /// Returns whether the open screen has a return target.
    pub fn is_returning(self) -> bool {
        state(|state| state.returning.borrow().is_some())
    }

    /// Opens a screen as a new history entry.
    pub fn go(self, step: Step) {
        self.open_screen(step, None);
    }

    /// Opens a screen with the current one as its return target: continuing from it leads back here.
    pub fn open_with_return(self, step: Step) {
        self.open_screen(step, Some(self.step.get_untracked()));
    }

    /// Opens a screen as a new history entry, with its return target. The sheet's own page navigates to the reflect
    /// page instead.
    pub(super) fn open_screen(self, step: Step, returning: Option<Step>) {
        if self.entry().is_sheet_page {
            if step == Step::AboutMe {
                return page::go(&["../reflect/", ABOUT_ME].concat());
            }
            self.edit_state(&mut |state| state.step = step.id());
            return page::go("../reflect/");
        }
        let counter = history::counter().unwrap_or(0) + 1;
        history::push(counter);
        self.remember(counter, step.clone());
        self.show(step, returning);
    }

    /// Goes back: through the history if this visit has shown a screen before, otherwise in the order of the questions.
    pub fn back(self) {
        let previous = history::counter().and_then(|counter| counter.checked_sub(1));
        if previous.and_then(visited).is_some() {
            history::back();
        } else {
            self.show(self.flow().previous(&self.step.get_untracked()), None);
        }
    }

    /// Returns whether this is the first screen of the flow, which has no button back.
    pub fn is_first(self, step: &Step) -> bool {
        *step == self.flow().first()
    }

    /// Returns the position of a question as a sentence, or `None` if the question is unknown.
    pub fn position(self, question: &str) -> Option<String> {
        let (template, n, total) = match self.flow().position(question)? {
            Position::Flow { n, total } => (&self.catalog.app.ask.position, n, total),
            Position::Theme { n, total } => (&self.catalog.app.ask.position_theme, n, total),
        };
        Some(fill(template, &[("n", &n.to_string()), ("total", &total.to_string())]))
    }

    /// Sets the document title: the position of a question and the name of the site. It never contains a question or an
    /// answer.
    pub(super) fn set_title(self, step: &Step) {
        let position = match step {
            Step::Question(id) => self.position(id),
            _ => None,
        };
        let brand = &self.catalog.brand;
        page::set_title(&position.map_or_else(|| brand.clone(), |position| [&position, " · ", brand].concat()));
    }

    /// Shows a screen, with its return target, without a new history entry.
    pub(super) fn show(self, step: Step, returning: Option<Step>) {
        speech::stop();
        // The history may contain a question that the parent's wishes remove.
        let step = self.flow().find(&step.id()).unwrap_or(Step::Themes);
        state(|state| {
            state.returning.replace(returning);
            state.external_change.take();
        });
        self.set_title(&step);
        let id = step.id();
        if step.resumes() && self.with(|journal| journal.state().step != id) {
            self.edit_state(&mut |state| state.step.clone_from(&id));
        }
        self.step.set(step);
        // The new heading exists only after the view has reacted to the signal.
        request_animation_frame(page::focus_heading);
    }

    /// Renders the open screen again, from the current questions and profile. If it no longer exists, shows the
    /// overview.
    pub fn show_again(self) {
        let step = self.step.get_untracked();
        let open = self.flow().find(&step.id()).unwrap_or(Step::Themes);
        self.step.set(open);
    }

    /// Records the screen of a history entry, and forgets the entries after it.
    pub(super) fn remember(self, counter: u32, step: Step) {
        state(|state| {
            let mut trail = state.trail.borrow_mut();
            trail.retain(|(other, _)| *other < counter);
            trail.push((counter, step));
        });
    }
}

/// Returns the screen that this visit has shown at a history entry, or `None` if there is none.
pub(super) fn visited(counter: u32) -> Option<Step> {
    state(|state| state.trail.borrow().iter().find(|(other, _)| *other == counter).map(|(_, step)| step.clone()))
}
