//! Which screen shows, and how the parent gets from one to another.

use leptos::prelude::*;

use super::{ABOUT_ME, App, state};
use crate::browser::{history, page, speech};
use crate::content::fill;
use crate::reflection::{Flow, Pace, Position, Step};

impl App {
    /// How the parent may go on from here.
    pub fn flow(self) -> Flow<'static> {
        let (pace, undecided) = self.with(|journal| (journal.state().pace, journal.place().is_none()));
        Flow { questionnaire: state(|state| state.asked.get()), pace, undecided }
    }

    /// Chooses how far to go, and goes on.
    pub fn choose_pace(self, pace: Pace) {
        self.edit_state(&mut |record| record.pace = Some(pace));
        self.go(self.flow().next(&Step::Pace));
    }

    /// Goes on: to the next screen, or back to where the open one was opened from.
    pub fn next(self) {
        let step = self.step.get_untracked();
        let returning = state(|state| state.returning.borrow().clone());
        match (step, returning) {
            // Behind a door stands what was meant to be opened.
            (door @ Step::Door(_), returning) => self.open_screen(self.flow().next(&door), returning),
            (_, Some(from)) => self.go(from),
            (step, None) => self.go(self.flow().next(&step)),
        }
    }

    /// Leaves a door closed, and goes on.
    pub fn leave(self, door: &str) {
        let from = state(|state| state.returning.borrow().clone());
        self.go(from.unwrap_or_else(|| self.flow().leave(door)));
    }

    /// Takes up a wish at a door, so that nobody is asked about what lies behind it, and goes on.
    pub fn leave_out(self, door: &str, wish: &str) {
        let next = self.flow().leave(door);
        self.edit_profile(&mut |about| about.wish(wish, true));
        let from = state(|state| state.returning.borrow().clone());
        self.go(from.unwrap_or(next));
    }

    /// Whether the open screen was opened from beside the way, and leads back there.
    pub fn is_returning(self) -> bool {
        state(|state| state.returning.borrow().is_some())
    }

    /// Opens a screen as a new entry of the history.
    pub fn go(self, step: Step) {
        self.open_screen(step, None);
    }

    /// Opens a screen from beside the way; going on from it leads back here.
    pub fn open_with_return(self, step: Step) {
        self.open_screen(step, Some(self.step.get_untracked()));
    }

    pub(super) fn open_screen(self, step: Step, returning: Option<Step>) {
        if self.entry().is_sheet_page {
            if step == Step::AboutMe {
                return page::go(&["../reflect/", ABOUT_ME].concat());
            }
            self.edit_state(&mut |record| record.step = step.id());
            return page::go("../reflect/");
        }
        let counter = history::counter().unwrap_or(0) + 1;
        history::push(counter);
        self.remember(counter, step.clone());
        self.show(step, returning);
    }

    /// One step back: through the history where this visit came from somewhere, else by the order of the questions.
    pub fn back(self) {
        let before = history::counter().and_then(|counter| counter.checked_sub(1));
        if before.and_then(visited).is_some() {
            history::back();
        } else {
            self.show(self.flow().previous(&self.step.get_untracked()), None);
        }
    }

    /// Whether this is the very first screen, from which nothing leads back.
    pub fn is_first(self, step: &Step) -> bool {
        *step == self.flow().first()
    }

    /// Where a question stands, in words.
    pub fn position(self, question: &str) -> Option<String> {
        let (sentence, n, total) = match self.flow().position(question)? {
            Position::Flow { n, total } => (&self.catalog.app.ask.position, n, total),
            Position::Theme { n, total } => (&self.catalog.app.ask.position_theme, n, total),
        };
        Some(fill(sentence, &[("n", &n.to_string()), ("total", &total.to_string())]))
    }

    /// The title names the position of a question, and nothing else.
    pub(super) fn set_title(self, step: &Step) {
        let position = match step {
            Step::Question(id) => self.position(id),
            _ => None,
        };
        let brand = &self.catalog.brand;
        page::set_title(&position.map_or_else(|| brand.clone(), |position| [&position, " · ", brand].concat()));
    }

    pub(super) fn show(self, step: Step, returning: Option<Step>) {
        speech::stop();
        // What a parent wishes for nothing about may lie behind them in the history.
        let step = self.flow().find(&step.id()).unwrap_or(Step::Themes);
        state(|state| {
            state.returning.replace(returning);
            state.external_change.take();
        });
        self.set_title(&step);
        let id = step.id();
        if step.resumes() && self.with(|journal| journal.state().step != id) {
            self.edit_state(&mut |record| record.step.clone_from(&id));
        }
        self.step.set(step);
        // The new heading is there only after the view has followed the signal.
        request_animation_frame(page::focus_heading);
    }

    /// Draws the open screen in the words that hold now.
    pub fn show_again(self) {
        let step = self.step.get_untracked();
        let open = self.flow().find(&step.id()).unwrap_or(Step::Themes);
        self.step.set(open);
    }

    pub(super) fn remember(self, counter: u32, step: Step) {
        state(|state| {
            let mut trail = state.trail.borrow_mut();
            trail.retain(|(other, _)| *other < counter);
            trail.push((counter, step));
        });
    }
}

/// The screen that an entry of the history showed in this visit.
pub(super) fn visited(counter: u32) -> Option<Step> {
    state(|state| state.trail.borrow().iter().find(|(other, _)| *other == counter).map(|(_, step)| step.clone()))
}
