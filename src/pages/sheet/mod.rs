//! The sheet: what goes along to the caregiver. The parent decides about every line of it.

mod appointment;
pub mod languages;
mod paper;
mod side;

use leptos::prelude::*;

use super::app::App;
use super::chunk::in_chunk;
use super::components::blocks::{
    Node, attr, button, element, focus_next, holder, nothing, path, plain, redrawn, text, title,
};
use super::components::{motif, ways};
use crate::browser::page;
use crate::reflection::{Answer, SaveStatus, Sheet, Step};

/// The sheet, on its own page or in place on the reflect page.
///
/// `to_table` starts the talk at the table. In place there is none: nothing is kept yet, and the table belongs to the page
/// that knows what is kept.
pub fn sheet(app: App, to_table: Option<fn()>) -> Node {
    let words = &app.words.app.sheet;
    let body = move || {
        app.changes.track();
        let sheet = app.with(|journal| Sheet::of(&app.words.questionnaire, journal));
        if sheet.is_empty() {
            return vec![none(app)];
        }
        let table = if sheet.has_lines() { table_card(app, to_table) } else { nothing() };
        vec![
            table,
            paper::paper(app, &sheet),
            redrawn(move || vec![if app.has_chunk.get() { side() } else { wait(app) }]),
        ]
    };
    let intro = holder("header", "intro", vec![title(&words.title), text("p", "lead", &words.lead)]);
    let parts = vec![intro, redrawn(body)];
    let sheet = element("div", vec![attr("class", "sheet"), attr("data-step", &Step::Sheet.id())], parts);
    holder("div", "", vec![sheet, ways(app)])
}

in_chunk! {
    "03",
    /// All that stands beside the paper.
    side => beside_paper
}

fn beside_paper() -> Node {
    let Some(app) = App::current() else { return nothing() };
    side::side(app, &app.with(|journal| Sheet::of(&app.words.questionnaire, journal)))
}

/// Shown beside the paper while the chunk is not loaded.
fn wait(app: App) -> Node {
    let said = plain(&app.words.app.common.loading);
    holder("div", "sheet-side", vec![element("p", vec![attr("class", "note"), attr("data-loading", "")], vec![said])])
}

fn none(app: App) -> Node {
    let words = &app.words.app.sheet;
    let first =
        button("button main", "begin", vec![plain(&app.words.app.common.to_first)], move || app.go(app.way().first()));
    holder("div", "sheet-side", vec![text("p", "", &words.none), holder("p", "", vec![first]), side::add_alone(app)])
}

/// The way to the table: one tap on the sheet's own page. While nothing is kept it leads by way of the choice where to
/// keep, and says so; where nothing can be kept, there is no page to lead to.
fn table_card(app: App, to_table: Option<fn()>) -> Node {
    let words = &app.words.app.sheet;
    let saved = app.saved.get();
    if to_table.is_none() && saved == SaveStatus::Failed {
        return nothing();
    }
    let note = if to_table.is_some() || saved.is_kept() { &words.table_note } else { &words.table_keep };
    let press = move || match to_table {
        Some(start) => start(),
        None if saved.is_kept() => page::go("../sheet/"),
        None => app.go_and_return(Step::Keep),
    };
    let mut label = vec![motif::table()];
    label.extend(path(&words.table, Some(note)));
    button("path to-table", "table", label, press)
}

/// Changes an answer from the sheet, which is then drawn anew; the focus goes to what stands there by this selector.
fn edit(app: App, question: &str, change: &mut dyn FnMut(&mut Answer), focus: String) {
    app.edit(question, change);
    redraw(app, focus);
}

/// Draws the sheet anew and moves the focus.
fn redraw(app: App, focus: String) {
    app.tell();
    focus_next(focus);
}
