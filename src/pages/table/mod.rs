//! The sheet's own page, and the talk at the table that begins on it: the phone lies between parent and caregiver, and
//! each reads one half, one line of the sheet at a time.
//!
//! Until the parent leaves, by two deliberate taps, nothing but the chosen lines can be reached:
//! - the sheet is not in the document, and the rest of the page shows to nobody (`data-at-table` on the root, for the
//!   styles), so it can neither be tabbed to nor read aloud;
//! - the browser's Back goes one stop back, since an entry of the history stands in between, which is put up again each
//!   time. Before the document itself is left, browsers that can do so ask first, as `shell.js` lets them by the same mark;
//! - that entry carries the place in the talk, so a page that is loaded again, or a phone that slept, is back at the table.
//!
//! What it cannot do is stop somebody who opens another page on purpose: the phone is the parent's, and in sight.

mod sides;

use std::cell::{Cell, RefCell};

use leptos::prelude::*;

use super::app::App;
use super::chunk::loading;
use super::components::blocks::{Node, attr, button, dynamic, element, focus_next, nothing, text};
use super::sheet::{languages, sheet};
use crate::browser::{history, page};
use crate::reflection::{Sheet, Stop, Table};

/// The talk as it goes. It is small and copied freely.
#[derive(Clone, Copy)]
struct Talk {
    app: App,
    /// Whether the sheet lies on the table.
    is_on: RwSignal<bool>,
    /// The place of the stop that shows, counted from one.
    at: RwSignal<u32>,
    /// Whether the parent's half shows the ways out, and the other one nothing of the sheet.
    is_paused: RwSignal<bool>,
    /// Changes whenever something is written at the end, for the half that reads along.
    written: RwSignal<u32>,
}

thread_local! {
    /// The talk of this page, in the language that shows.
    static TALK: Cell<Option<Talk>> = const { Cell::new(None) };
    /// The lines that lie on the table. No view follows them: another line shows when somebody goes on.
    static LINES: RefCell<Table> = RefCell::default();
}

/// The page: the sheet, or the talk about it.
pub fn sheet_page(app: App) -> Node {
    languages::take_up(app);
    let at = history::counter().unwrap_or_default();
    let talk = Talk {
        app,
        is_on: RwSignal::new(false),
        at: RwSignal::new(at),
        is_paused: RwSignal::new(false),
        written: RwSignal::new(0),
    };
    TALK.set(Some(talk));
    app.on_back(move || talk.hear_back());
    if at > 0 {
        talk.lay();
    }
    dynamic(move || {
        let shown = match talk.is_on.get() {
            false => sheet(app, Some(begin)),
            true if app.has_chunk.get() => (app.entry().table)(),
            true => talk.loading(),
        };
        vec![shown]
    })
}

/// Renders both halves of the table. It is in the chunk.
pub fn both_halves() -> Node {
    TALK.get().map_or_else(nothing, Talk::table)
}

/// Begins the talk.
fn begin() {
    if let Some(talk) = TALK.get() {
        talk.is_paused.set(false);
        talk.at.set(1);
        history::push(1);
        talk.lay();
        request_animation_frame(page::focus_heading);
    }
}

impl Talk {
    /// Lays the sheet on the table and hides the rest of the page. A phone lies between the two, so that each half is turned
    /// to its reader; before a screen on a desk, which is wide and not for fingers, both sit beside each other.
    fn lay(self) {
        let is_at_desk = page::is_like("(min-width: 60rem)") && !page::is_like("(pointer: coarse)");
        page::mark(MARK, Some(if is_at_desk { "beside" } else { "facing" }));
        self.is_on.set(true);
        self.draw_up();
    }

    /// Takes up the lines as they stand on the sheet at this moment. Where none does, as when somebody erased everything in
    /// another tab, there is nothing left to talk about.
    fn draw_up(self) {
        let questionnaire = &self.app.catalog.questionnaire;
        let sheet = self.app.with(|journal| Sheet::of(questionnaire, journal));
        if sheet.has_lines() {
            LINES.set(Table::of(questionnaire, &sheet));
        } else {
            self.leave();
        }
    }

    /// The stop that lies on the table, followed; its place, and how many there are to talk about.
    fn stop(self) -> (Stop, usize, usize) {
        let at = self.at.get().saturating_sub(1) as usize;
        LINES.with_borrow(|table| (table.stop(at).clone(), at, table.total()))
    }

    /// The place of the last stop.
    fn last(self) -> usize {
        LINES.with_borrow(Table::last)
    }

    fn go(self, at: u32) {
        history::replace(at, ".");
        self.at.set(at);
    }

    /// On; at the end the parent is offered the ways out.
    fn next(self) {
        let at = self.at.get_untracked();
        if at as usize > self.last() {
            self.pause();
        } else {
            self.go(at + 1);
        }
    }

    /// One stop back; from the first, the parent is offered the ways out.
    fn back(self) {
        match self.at.get_untracked() {
            0 | 1 => self.pause(),
            at => self.go(at - 1),
        }
    }

    fn pause(self) {
        self.is_paused.set(true);
        focus_next("[data-action=go-on]".to_owned());
    }

    fn go_on(self) {
        self.is_paused.set(false);
        focus_next("[data-action=pause]".to_owned());
    }

    /// A tap beside the buttons goes on, but for where one writes or chooses.
    fn tap(self) {
        let at = self.at.get_untracked() as usize;
        if at <= self.last() && !self.is_paused.get_untracked() {
            self.next();
        }
    }

    /// The browser's Back, or Forward. The entry that stands before the sheet is put up again at once.
    fn hear_back(self) {
        if self.is_on.get_untracked() {
            history::push(self.at.get_untracked());
            if !self.is_paused.get_untracked() {
                self.back();
            }
        }
    }

    /// Takes the sheet off the table, for the parent alone.
    fn leave(self) {
        self.is_on.set(false);
        LINES.take();
        page::mark(MARK, None);
        history::back();
        request_animation_frame(page::focus_heading);
    }

    /// Shown while the chunk with the halves is not loaded. The only way is off the table.
    fn loading(self) -> Node {
        let leave = button("button", "leave", vec![text(&self.app.catalog.app.table.leave)], move || self.leave());
        loading(self.app, vec![leave])
    }

    fn table(self) -> Node {
        let halves = vec![sides::parent(self), sides::seam(self), sides::caregiver(self)];
        element("div", vec![attr("class", "table"), attr("data-table", "")], halves)
    }
}

/// The mark on the root of the document, and how the halves are turned: `facing`, or `beside` each other.
const MARK: &str = "data-at-table";
