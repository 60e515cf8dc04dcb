//! The sheet that the parent takes to the caregiver. The parent decides about every line of it.

mod appointment;
pub mod languages;
mod paper;
mod side;

use leptos::prelude::*;

use super::app::App;
use super::components::blocks::{Node, focus_next, nothing, title};
use super::components::{links, motif, view};
use crate::browser::page;
use crate::reflection::{Answer, SaveStatus, Sheet, Step};

/// Returns the sheet, on its own page or in place on the reflect page.
///
/// `to_table` starts the talk at the table. It is `None` in place: nothing is stored yet, and the table is part of the
/// page that reads the stored answers.
pub fn sheet(app: App, to_table: Option<fn()>) -> Node {
    let labels = &app.catalog.app.sheet;
    let body = move || {
        app.changes.track();
        let sheet = app.with(|journal| Sheet::of(&app.catalog.questionnaire, journal));
        if sheet.is_empty() {
            return vec![none(app)];
        }
        view! {
            {sheet.has_lines().then(|| table_card(app, to_table))}
            {paper::paper(app, &sheet)}
            {move || if app.has_chunk.get() { (app.entry().beside_paper)() } else { wait(app) }}
        }
    };
    view! {
        <div>
            <div class="sheet" data-step={&Step::Sheet.id()}>
                <header class="intro">
                    {title(&labels.title)}
                    <p class="lead">{&labels.lead}</p>
                </header>
                {body}
            </div>
            {links(app)}
        </div>
    }
}

/// Renders the tools beside the paper. It is in the chunk.
pub fn beside_paper() -> Node {
    let Some(app) = App::current() else { return nothing() };
    side::side(app, &app.with(|journal| Sheet::of(&app.catalog.questionnaire, journal)))
}

/// Returns the notice beside the paper while the chunk is not loaded.
fn wait(app: App) -> Node {
    view! { <div class="sheet-side"><p class="note" data-loading>{&app.catalog.app.common.loading}</p></div> }
}

/// Returns the content of an empty sheet.
fn none(app: App) -> Node {
    view! {
        <div class="sheet-side">
            <p>{&app.catalog.app.sheet.none}</p>
            <p>
                <Button class="button main" action="begin" press=move || app.go(app.flow().first())>
                    {&app.catalog.app.common.to_first}
                </Button>
            </p>
            {side::add_alone(app)}
        </div>
    }
}

/// Returns the button that starts the table. While nothing is stored, it leads to the storage choice, and its note says
/// so. If nothing can be stored, there is no button.
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
    view! {
        <Button class="path to-table" action="table" press=press>
            {motif::table()}
            <ChoiceLabel name={&labels.table} note={Some(note)}/>
        </Button>
    }
}

/// Changes an answer from the sheet, renders the sheet again, and moves the focus to this selector.
fn edit(app: App, question: &str, change: &mut dyn FnMut(&mut Answer), focus: String) {
    app.edit(question, change);
    redraw(app, focus);
}

/// Renders the sheet again and moves the focus.
fn redraw(app: App, focus: String) {
    app.notify();
    focus_next(focus);
}
