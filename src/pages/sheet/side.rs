//! Beside the paper: what is not on it but could be; then what to say, and how to hand it over.

use std::rc::Rc;

use leptos::prelude::*;

use super::languages;
use super::{App, edit, redraw};
use crate::browser::share;
use crate::content::plain_sheet;
use crate::pages::components::blocks::{
    Choice, Node, attr, button, choice, container, dynamic, element, list, text, text_element,
};
use crate::pages::components::status;
use crate::reflection::{self, SaveStatus, Sheet};

/// All that stands beside the paper.
pub fn side(app: App, sheet: &Sheet) -> Node {
    let labels = &app.catalog.app.sheet;
    // In place there is one language alone. Where the country's is another, a word says how to come by it.
    let reads = if app.catalog.safety_beside.is_some() && app.saved.get() == SaveStatus::Undecided {
        text_element("p", "note", &labels.reads_keep)
    } else {
        languages::chooser(app, &labels.caregiver_reads)
    };
    let mut parts = vec![reads, add_alone(app)];
    if !sheet.withheld.is_empty() {
        let cards = sheet.withheld.iter().map(|choice| sensitive(app, choice)).collect();
        let group = vec![
            text_element("h2", "", &labels.sensitive),
            text_element("p", "note", &labels.sensitive_note),
            container("div", "choices", cards),
        ];
        parts.push(container("section", "", group));
    }
    if !sheet.removed.is_empty() {
        let rows = sheet.removed.iter().map(|question| removed(app, question.clone())).collect();
        parts.push(container("section", "", vec![text_element("h2", "", &labels.removed), list("rows", rows)]));
    }
    parts.push(container(
        "section",
        "say",
        vec![text_element("h2", "", &labels.say_title), text_element("p", "", &labels.say)],
    ));
    parts.push(hand_over(app, sheet));
    container("div", "sheet-side", parts)
}

/// The box for a moment alone, with its warning. It is offered to everybody in the same way, whatever was marked, also
/// before there is any other line.
pub fn add_alone(app: App) -> Node {
    let alone = app.with(|journal| journal.state().alone);
    let card = choice(Choice {
        kind: "checkbox",
        name: "sheet.alone".to_owned(),
        value: String::new(),
        checked: Box::new(move || alone),
        change: Box::new(move |on| {
            app.edit_state(&mut |record| record.alone = on);
            redraw(app, "[name='sheet.alone']".to_owned());
        }),
        label: vec![text_element("span", "", &app.catalog.app.sheet.alone_add)],
    });
    container("section", "", vec![card, text_element("p", "note", &app.catalog.app.sheet.alone_note)])
}

/// A sensitive topic: on the sheet only once it is ticked here.
fn sensitive(app: App, topic: &reflection::Choice) -> Node {
    let reflection::Choice { question, option, shown } = topic.clone();
    let label = vec![text_element("span", "", app.option(app.catalog, &question, &option))];
    choice(Choice {
        kind: "checkbox",
        name: "sheet.shown".to_owned(),
        value: option.clone(),
        checked: Box::new(move || shown),
        change: Box::new(move |on| {
            let again = ["[name='sheet.shown'][value='", &option, "']"].concat();
            edit(app, &question, &mut |answer| answer.mark_shown(&option, on), again);
        }),
        label,
    })
}

fn removed(app: App, question: String) -> Node {
    let lead = app.resolve(&app.catalog.question(&question).line);
    let back =
        vec![text(&app.catalog.app.sheet.put_back), text_element("span", "visually-hidden", &[": ", lead].concat())];
    let id = question.clone();
    let put_back = button("tool", "put-back", back, move || {
        let line = ["[data-sheet-line=", &question, "] [data-action=remove]"].concat();
        edit(app, &question, &mut |answer| answer.off = false, line);
    });
    let row = vec![attr("class", "row"), attr("data-removed", &id)];
    element("li", row, vec![text_element("span", "", lead), put_back])
}

/// The words on what happens after handing over, and then the ways to do it.
fn hand_over(app: App, sheet: &Sheet) -> Node {
    let labels = &app.catalog.app.sheet;
    let said = RwSignal::new(String::new());
    let sheet: Rc<str> = app
        .with(|journal| {
            plain_sheet(
                sheet,
                app.catalog,
                languages::other(app).map(|other| other.catalog),
                &journal.profile().variants(),
            )
        })
        .into();
    let (copied, file) = (sheet.clone(), attr("data-text", &sheet));
    let copy = move || {
        // The same words are told again only if they were gone in between.
        said.set(String::new());
        share::copy(&copied, move |done| said.set(if done { &labels.copied } else { &labels.copy_failed }.clone()));
    };
    // `shell.js` prints, and saves files, on every page; these buttons only need their hooks.
    let mut actions = vec![
        button("button main", "print", vec![text(&labels.print)], || {}),
        button("button", "copy", vec![text(&labels.copy)], copy),
    ];
    if share::can_share() {
        let share = move || {
            said.set(String::new());
            share::share(&sheet, move || said.set(labels.share_failed.clone()));
        };
        actions.push(button("button", "share", vec![text(&labels.share)], share));
    }
    let class = [attr("class", "button"), attr("type", "button"), attr("data-action", "text"), file];
    actions.push(element("button", class.into(), vec![text(&labels.file)]));
    let notes = labels.handing_over.iter().map(|note| text_element("li", "", note)).collect();
    let parts = vec![
        text_element("h2", "", &labels.give),
        list("before-giving", notes),
        container("div", "actions", actions),
        element("p", vec![attr("role", "status")], vec![dynamic(move || vec![text(&said.get())])]),
        status(app),
        // Apart: this is no sheet to give away, but every answer, to put back one day.
        container("p", "", vec![button("link", "save", vec![text(&labels.save)], || {})]),
    ];
    container("section", "", parts)
}
