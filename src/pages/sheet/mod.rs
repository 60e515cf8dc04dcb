//! The sheet: what goes along to the caregiver. The parent decides about every line of it.

mod appointment;
pub mod languages;
mod paper;
mod side;

use leptos::prelude::*;

use super::app::App;
use super::components::blocks::{
    Node, attr, button, choice_label, container, dynamic, element, focus_next, nothing, text, text_element, title,
};
use super::components::{links, motif};
use crate::browser::page;
use crate::reflection::{Answer, SaveStatus, Sheet, Step};

/// The sheet, on its own page or in place on the reflect page.
///
/// `to_table` starts the talk at the table. In place there is none: nothing is kept yet, and the table belongs to the page
/// that knows what is kept.
pub fn sheet(app: App, to_table: Option<fn()>) -> Node {
    let labels = &app.catalog.app.sheet;
    let body = move || {
        app.changes.track();
        let sheet = app.with(|journal| Sheet::of(&app.catalog.questionnaire, journal));
        if sheet.is_empty() {
            return vec![none(app)];
        }
        let table = if sheet.has_lines() { table_card(app, to_table) } else { nothing() };
        vec![
            table,
            paper::paper(app, &sheet),
            dynamic(move || vec![if app.has_chunk.get() { (app.entry().beside_paper)() } else { wait(app) }]),
        ]
    };
    let intro = container("header", "intro", vec![title(&labels.title), text_element("p", "lead", &labels.lead)]);
    let parts = vec![intro, dynamic(body)];
    let sheet = element("div", vec![attr("class", "sheet"), attr("data-step", &Step::Sheet.id())], parts);
    container("div", "", vec![sheet, links(app)])
}

/// Renders what is beside the paper. It is in the chunk.
pub fn beside_paper() -> Node {
    let Some(app) = App::current() else { return nothing() };
    side::side(app, &app.with(|journal| Sheet::of(&app.catalog.questionnaire, journal)))
}

/// Shown beside the paper while the chunk is not loaded.
fn wait(app: App) -> Node {
    let said = text(&app.catalog.app.common.loading);
    container(
        "div",
        "sheet-side",
        vec![element("p", vec![attr("class", "note"), attr("data-loading", "")], vec![said])],
    )
}

fn none(app: App) -> Node {
    let labels = &app.catalog.app.sheet;
    let first = button("button main", "begin", vec![text(&app.catalog.app.common.to_first)], move || {
        app.go(app.flow().first())
    });
    container(
        "div",
        "sheet-side",
        vec![text_element("p", "", &labels.none), container("p", "", vec![first]), side::add_alone(app)],
    )
}

/// The way to the table: one tap on the sheet's own page. While nothing is kept it leads by way of the choice where to
/// keep, and says so; where nothing can be kept, there is no page to lead to.
fn table_card(app: App, to_table: Option<fn()>) -> Node {
    let labels = &app.catalog.app.sheet;
    let saved = app.saved.get();
    if to_table.is_none() && saved == SaveStatus::Failed {
        return nothing();
    }
    let note = if to_table.is_some() || saved.is_kept() { &labels.table_note } else { &labels.table_keep };
    let press = move || match to_table {
        Some(start) => start(),
        None if saved.is_kept() => page::go("../sheet/"),
        None => app.open_with_return(Step::Keep),
    };
    let label = vec![motif::table(), choice_label(&labels.table, Some(note))];
    button("path to-table", "table", label, press)
}

/// Changes an answer from the sheet, which is then drawn anew; the focus goes to what stands there by this selector.
fn edit(app: App, question: &str, change: &mut dyn FnMut(&mut Answer), focus: String) {
    app.edit(question, change);
    redraw(app, focus);
}

/// Draws the sheet anew and moves the focus.
fn redraw(app: App, focus: String) {
    app.notify();
    focus_next(focus);
}
