//! Beside the paper: what is not on it but could be; then what to say, and how to hand it over.

use std::rc::Rc;

use leptos::prelude::*;

use super::languages;
use super::{App, edit, redraw};
use crate::browser::share;
use crate::content::plain_sheet;
use crate::pages::components::blocks::{
    Choice, Node, attr, button, choice, element, holder, list, plain, redrawn, text,
};
use crate::pages::components::status;
use crate::reflection::{self, SaveStatus, Sheet};

/// All that stands beside the paper.
pub fn side(app: App, sheet: &Sheet) -> Node {
    let words = &app.words.app.sheet;
    // In place there is one language alone. Where the country's is another, a word says how to come by it.
    let reads = if app.words.safety_beside.is_some() && app.saved.get() == SaveStatus::Undecided {
        text("p", "note", &words.reads_keep)
    } else {
        languages::chooser(app, &words.caregiver_reads)
    };
    let mut parts = vec![reads, add_alone(app)];
    if !sheet.withheld.is_empty() {
        let cards = sheet.withheld.iter().map(|choice| sensitive(app, choice)).collect();
        let group = vec![
            text("h2", "", &words.sensitive),
            text("p", "note", &words.sensitive_note),
            holder("div", "choices", cards),
        ];
        parts.push(holder("section", "", group));
    }
    if !sheet.removed.is_empty() {
        let rows = sheet.removed.iter().map(|question| removed(app, question.clone())).collect();
        parts.push(holder("section", "", vec![text("h2", "", &words.removed), list("ul", "rows", rows)]));
    }
    parts.push(holder("section", "say", vec![text("h2", "", &words.say_title), text("p", "", &words.say)]));
    parts.push(hand_over(app, sheet));
    holder("div", "sheet-side", parts)
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
            app.note(&mut |record| record.alone = on);
            redraw(app, "[name='sheet.alone']".to_owned());
        }),
        label: vec![text("span", "", &app.words.app.sheet.alone_add)],
    });
    holder("section", "", vec![card, text("p", "note", &app.words.app.sheet.alone_note)])
}

/// A sensitive topic: on the sheet only once it is ticked here.
fn sensitive(app: App, topic: &reflection::Choice) -> Node {
    let reflection::Choice { question, option, shown } = topic.clone();
    let label = vec![text("span", "", app.option(app.words, &question, &option))];
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
    let lead = app.say(&app.words.question(&question).line);
    let back = vec![plain(&app.words.app.sheet.put_back), text("span", "visually-hidden", &[": ", lead].concat())];
    let id = question.clone();
    let put_back = button("tool", "put-back", back, move || {
        let line = ["[data-sheet-line=", &question, "] [data-action=remove]"].concat();
        edit(app, &question, &mut |answer| answer.off = false, line);
    });
    let row = vec![attr("class", "row"), attr("data-removed", &id)];
    element("li", row, vec![text("span", "", lead), put_back])
}

/// The words on what happens after handing over, and then the ways to do it.
fn hand_over(app: App, sheet: &Sheet) -> Node {
    let words = &app.words.app.sheet;
    let said = RwSignal::new(String::new());
    let sheet: Rc<str> = app
        .with(|journal| {
            plain_sheet(sheet, app.words, languages::other(app).map(|other| other.words), &journal.profile().forms())
        })
        .into();
    let (copied, file) = (sheet.clone(), attr("data-text", &sheet));
    let copy = move || {
        // The same words are told again only if they were gone in between.
        said.set(String::new());
        share::copy(&copied, move |done| said.set(if done { &words.copied } else { &words.copy_failed }.clone()));
    };
    // `shell.js` prints, and saves files, on every page; these buttons only need their hooks.
    let mut actions = vec![
        button("button main", "print", vec![plain(&words.print)], || {}),
        button("button", "copy", vec![plain(&words.copy)], copy),
    ];
    if share::can_share() {
        let share = move || {
            said.set(String::new());
            share::share(&sheet, move || said.set(words.share_failed.clone()));
        };
        actions.push(button("button", "share", vec![plain(&words.share)], share));
    }
    let class = [attr("class", "button"), attr("type", "button"), attr("data-action", "text"), file];
    actions.push(element("button", class.into(), vec![plain(&words.file)]));
    let notes = words.handing_over.iter().map(|note| text("li", "", note)).collect();
    let parts = vec![
        text("h2", "", &words.give),
        list("ul", "before-giving", notes),
        holder("div", "actions", actions),
        element("p", vec![attr("role", "status")], vec![redrawn(move || vec![plain(&said.get())])]),
        status(app),
        // Apart: this is no sheet to give away, but every answer, to put back one day.
        holder("p", "", vec![button("link", "save", vec![plain(&words.save)], || {})]),
    ];
    holder("section", "", parts)
}
