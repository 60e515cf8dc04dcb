//! The sheet: what goes along to the caregiver. The parent decides about every line of it.

use std::rc::Rc;

use leptos::prelude::*;

use super::app::App;
use super::components::blocks::{
    Choice, Part, attr, button, choice, element, holder, list, plain, redrawn, text, title, toggle,
};
use super::components::{line_text, motif, own_safety, status, ways};
use crate::browser::share;
use crate::content::plain_sheet;
use crate::reflection::{Answer, Line, Sheet, Step};

/// The sheet: its own page, or in place on the reflect page.
pub fn sheet(app: App) -> Part {
    let words = &app.words.app.sheet;
    let body = move || {
        app.changes.track();
        let sheet = app.with(|journal| Sheet::of(&app.words.questionnaire, journal));
        if sheet.is_empty() { vec![none(app)] } else { vec![paper(app, &sheet), side(app, &sheet)] }
    };
    let intro = holder("header", "intro", vec![title(&words.title), text("p", "lead", &words.lead)]);
    let parts = vec![intro, redrawn(body)];
    let sheet = element("div", vec![attr("class", "sheet"), attr("data-step", &Step::Sheet.id())], parts);
    holder("div", "", vec![sheet, ways(app)])
}

fn none(app: App) -> Part {
    let words = &app.words.app.sheet;
    let first = button("button main", "begin", vec![plain(&words.none_action)], move || app.go(app.way().first()));
    holder("div", "sheet-side", vec![text("p", "", &words.none), holder("p", "", vec![first])])
}

/// The sheet as it will be printed, with the tools of each line on screen only.
fn paper(app: App, sheet: &Sheet) -> Part {
    let words = &app.words.app.sheet;
    let head = vec![text("h2", "", &words.paper_title), motif::sprig()];
    let mut parts = vec![holder("header", "paper-head", head)];
    let groups = [
        ("start-here", &words.start_here, &sheet.start),
        ("also", &words.also, &sheet.also),
        ("more", &words.more, &sheet.more),
    ];
    for (class, heading, lines) in groups {
        let mut lines: Vec<_> = lines.iter().map(|line| sheet_line(app, line)).collect();
        if class == "start-here" && sheet.alone {
            lines.push(line_item("alone", vec![text("p", "said", &words.alone), after(app)]));
        }
        if !lines.is_empty() {
            parts.push(holder("section", class, vec![text("h3", "", heading), holder("ol", "lines", lines)]));
        }
    }
    let to_write = |heading: &str| holder("section", "", vec![text("h3", "", heading), holder("div", "rules", vec![])]);
    parts.push(holder("div", "paper-write", vec![to_write(&words.agreed), to_write(&words.calls)]));
    let mut card = vec![text("h3", "", &words.card_title)];
    card.extend(words.card.iter().map(|sentence| text("p", "", sentence)));
    parts.push(holder("aside", "card", card));
    parts.push(own_safety(app, false));
    parts.push(text("p", "paper-foot", &[&words.unticked, " ", &words.foot].concat()));
    element("article", vec![attr("class", "paper"), attr("data-sheet", "")], parts)
}

fn sheet_line(app: App, line: &Line) -> Part {
    let words = &app.words.app.sheet;
    let (to_talk, to_remove) = (line.question.clone(), line.question.clone());
    let talk = vec![motif::mark("talk", line.talk, "mark"), text("span", "", &words.talk)];
    let tools = vec![
        toggle("talk", line.talk, talk, move || edit(app, &to_talk, &mut |answer| answer.talk = !answer.talk)),
        button("tool", "remove", vec![plain(&words.remove)], move || {
            edit(app, &to_remove, &mut |answer| answer.off = true)
        }),
    ];
    let parts = vec![line_text(app, line), holder("div", "line-tools", tools), after(app)];
    line_item(&line.question, parts)
}

fn line_item(id: &str, parts: Vec<Part>) -> Part {
    element("li", vec![attr("class", "line"), attr("data-sheet-line", id)], parts)
}

/// The three boxes for after the talk, for a pen: they show on paper only.
fn after(app: App) -> Part {
    let boxes = app.words.app.sheet.after.iter().map(|label| text("li", "", label)).collect();
    element("ul", vec![attr("class", "after"), attr("aria-hidden", "true")], boxes)
}

/// Beside the paper: what to say and how to hand it over, and what is not on it but could be.
fn side(app: App, sheet: &Sheet) -> Part {
    let words = &app.words.app.sheet;
    let mut parts = vec![
        holder("section", "say", vec![text("h2", "", &words.say_title), text("p", "", &words.say)]),
        hand_over(app, sheet),
        holder("section", "", vec![add_alone(app)]),
    ];
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
    holder("div", "sheet-side", parts)
}

fn add_alone(app: App) -> Part {
    let alone = app.with(|journal| journal.record().alone);
    choice(Choice {
        kind: "checkbox",
        name: "sheet.alone".to_owned(),
        value: String::new(),
        checked: Box::new(move || alone),
        change: Box::new(move |on| {
            app.note(&mut |record| record.alone = on);
            app.tell();
        }),
        label: vec![text("span", "", &app.words.app.sheet.alone_add)],
    })
}

/// A sensitive topic: on the sheet only once it is ticked here.
fn sensitive(app: App, topic: &crate::reflection::Choice) -> Part {
    let crate::reflection::Choice { question, option, shown } = topic.clone();
    let label = vec![text("span", "", app.option(&question, &option))];
    choice(Choice {
        kind: "checkbox",
        name: "sheet.shown".to_owned(),
        value: option.clone(),
        checked: Box::new(move || shown),
        change: Box::new(move |on| edit(app, &question, &mut |answer| answer.mark_shown(&option, on))),
        label,
    })
}

fn removed(app: App, question: String) -> Part {
    let lead = text("span", "", app.say(&app.words.question(&question).line));
    let back = vec![plain(&app.words.app.sheet.put_back)];
    let put_back = button("tool", "put-back", back, move || edit(app, &question, &mut |answer| answer.off = false));
    holder("li", "row", vec![lead, put_back])
}

/// The words on what happens after handing over, and the ways to do it.
fn hand_over(app: App, sheet: &Sheet) -> Part {
    let words = &app.words.app.sheet;
    let said = RwSignal::new(String::new());
    let sheet: Rc<str> = plain_sheet(sheet, app.words).into();
    let copied = sheet.clone();
    let copy = move || {
        share::copy(&copied, move |done| said.set(if done { &words.copied } else { &words.copy_failed }.clone()));
    };
    // `shell.js` prints and saves, on every page; the buttons only need their hooks.
    let mut actions = vec![
        button("button main", "print", vec![plain(&words.print)], || {}),
        button("button", "copy", vec![plain(&words.copy)], copy),
    ];
    if share::can_share() {
        actions.push(button("button", "share", vec![plain(&words.share)], move || share::share(&sheet)));
    }
    actions.push(button("button", "save", vec![plain(&words.save)], || {}));
    let mut parts = vec![text("h2", "", &words.give)];
    parts.extend(words.handing_over.iter().map(|note| text("p", "note", note)));
    parts.push(holder("div", "actions", actions));
    parts.push(element("p", vec![attr("role", "status")], vec![redrawn(move || vec![plain(&said.get())])]));
    parts.push(status(app));
    holder("section", "give", parts)
}

/// Changes an answer from the sheet, which is then drawn anew.
fn edit(app: App, question: &str, change: &mut dyn FnMut(&mut Answer)) {
    app.edit(question, change);
    app.tell();
}
