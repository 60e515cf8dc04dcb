//! The sheet's own page, and the talk at the table that starts on it: the phone lies between parent and caregiver, and
//! each reads one half of the screen, one line of the sheet at a time.
//!
//! Until the parent leaves, which takes two taps, only the chosen lines can be reached:
//! - the sheet is not in the document, and the styles hide the rest of the page (`data-at-table` on the root), so it
//!   can neither be focused nor read aloud;
//! - the browser's Back goes one stop back, because the talk adds an entry to the history and adds it again each time.
//!   Before the document itself is left, browsers that support `beforeunload` ask; `shell.js` listens to it by the same
//!   attribute;
//! - that entry contains the position in the talk, so that a reload returns to the table.
//!
//! The talk cannot stop somebody who opens another page on purpose.

mod sides;

use std::cell::{Cell, RefCell};

use leptos::prelude::*;

use super::app::App;
use super::chunk::loading;
use super::components::blocks::{Node, dynamic, focus_next, nothing};
use super::components::view;
use super::sheet::{languages, sheet};
use crate::browser::{history, page};
use crate::reflection::{Sheet, Stop, Table};

/// The state of the talk. It is cheap to copy.
#[derive(Clone, Copy)]
struct Talk {
    app: App,
    /// True while the talk is going on.
    is_on: RwSignal<bool>,
    /// The current stop, counted from one.
    at: RwSignal<u32>,
    /// True while the talk is paused: the parent's half shows how to go on or leave, the other half no line of the sheet.
    is_paused: RwSignal<bool>,
    /// Changes with each input in the fields at the end, which the caregiver's half repeats.
    written: RwSignal<u32>,
}

thread_local! {
    /// The talk of this page, in the current language.
    static TALK: Cell<Option<Talk>> = const { Cell::new(None) };
    /// The lines of the talk. No view tracks them: another line shows when somebody goes on.
    static LINES: RefCell<Table> = RefCell::default();
}

/// Returns the page: the sheet, or the talk about it.
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

/// Starts the talk.
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
    /// Opens the table and hides the rest of the page. On a phone each half is turned to its reader; on a wide screen
    /// without touch the halves are upright, side by side.
    fn lay(self) {
        let is_at_desk = page::is_like("(min-width: 60rem)") && !page::is_like("(pointer: coarse)");
        page::mark(MARK, Some(if is_at_desk { "beside" } else { "facing" }));
        self.is_on.set(true);
        self.draw_up();
    }

    /// Updates the lines from the sheet. Ends the talk where none is left, as after an erasure in another tab.
    fn draw_up(self) {
        let questionnaire = &self.app.catalog.questionnaire;
        let sheet = self.app.with(|journal| Sheet::of(questionnaire, journal));
        if sheet.has_lines() {
            LINES.set(Table::of(questionnaire, &sheet));
        } else {
            self.leave();
        }
    }

    /// Returns the current stop, which is tracked, its index, and the number of lines.
    fn stop(self) -> (Stop, usize, usize) {
        let at = self.at.get().saturating_sub(1) as usize;
        LINES.with_borrow(|table| (table.stop(at).clone(), at, table.total()))
    }

    /// Returns the index of the last stop.
    fn last(self) -> usize {
        LINES.with_borrow(Table::last)
    }

    fn go(self, at: u32) {
        history::replace(at, ".");
        self.at.set(at);
    }

    /// Goes one stop on; pauses at the end.
    fn next(self) {
        let at = self.at.get_untracked();
        if at as usize > self.last() {
            self.pause();
        } else {
            self.go(at + 1);
        }
    }

    /// Goes one stop back; pauses at the first.
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

    /// Goes on after a tap beside the buttons, except at the last stop, where there are fields.
    fn tap(self) {
        let at = self.at.get_untracked() as usize;
        if at <= self.last() && !self.is_paused.get_untracked() {
            self.next();
        }
    }

    /// Handles the browser's Back and Forward. Restores the history entry of the talk at once.
    fn hear_back(self) {
        if self.is_on.get_untracked() {
            history::push(self.at.get_untracked());
            if !self.is_paused.get_untracked() {
                self.back();
            }
        }
    }

    /// Ends the talk and returns to the sheet.
    fn leave(self) {
        self.is_on.set(false);
        LINES.take();
        page::mark(MARK, None);
        history::back();
        request_animation_frame(page::focus_heading);
    }

    /// Returns the notice while the chunk with the halves is not loaded. Its only button ends the talk.
    fn loading(self) -> Node {
        let label = &self.app.catalog.app.table.leave;
        let leave = view! { <Button class="button" action="leave" press=move || self.leave()>{label}</Button> };
        loading(self.app, vec![leave])
    }

    fn table(self) -> Node {
        view! {
            <div class="table" data-table>
                {sides::parent(self)}
                {sides::seam(self)}
                {sides::caregiver(self)}
            </div>
        }
    }
}

/// The attribute of the root element. Its value is the arrangement of the halves: `facing` or `beside` each other.
const MARK: &str = "data-at-table";
