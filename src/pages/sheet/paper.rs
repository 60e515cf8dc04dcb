//! The sheet as it will be printed, with the tools of each line on the screen only.

use super::appointment::appointment;
use super::languages::{self, Other};
use super::{App, edit};
use crate::content::SheetText;
use crate::pages::components::blocks::{Node, attr, button, container, element, text, text_element, toggle};
use crate::pages::components::{line_text, motif, own_safety, own_words, said_text};
use crate::reflection::{Line, Sheet};

/// Which words of the sheet are meant, in whichever language.
type Pick = fn(&SheetText) -> &str;

/// The paper. Where the caregiver reads another language than the parent, it stands there in both, side by side.
pub fn paper(app: App, sheet: &Sheet) -> Node {
    let labels = &app.catalog.app.sheet;
    let other = languages::other(app);
    let mut parts = vec![paper_header(app, other)];
    parts.extend(appointment(app, other));
    let headings: [(_, Pick); 3] =
        [("start-here", |labels| &labels.start_here), ("", |labels| &labels.also), ("more", |labels| &labels.more)];
    for ((class, heading), (lines, alone)) in headings.into_iter().zip(sheet.groups()) {
        let mut lines: Vec<_> = lines.iter().map(|line| sheet_line(app, other, line)).collect();
        if alone {
            let mut parts = vec![text_element("p", "said", &labels.alone)];
            parts.extend(other.map(|other| other.text("p", "said", &other.catalog.app.sheet.alone)));
            parts.push(after(app, other));
            lines.push(line_item("alone", parts));
        }
        if !lines.is_empty() {
            parts.push(container("section", class, vec![both(app, other, "h3", heading), container("ol", "", lines)]));
        }
    }
    let written: [(_, Pick); 2] =
        [(&sheet.agreed[0], |labels| &labels.agreed), (&sheet.agreed[1], |labels| &labels.calls)];
    let written = written.map(|(written, heading)| {
        let place = own_words(written).unwrap_or_else(|| container("div", "rules", vec![]));
        container("section", "", vec![both(app, other, "h3", heading), place])
    });
    parts.push(container("div", "paper-write", written.into()));
    parts.push(card(app, other));
    parts.push(own_safety(app, false));
    let class = if other.is_some() { "paper both" } else { "paper" };
    element("article", vec![attr("class", class), attr("data-sheet", "")], parts)
}

/// What the paper is, and what it is for.
fn paper_header(app: App, other: Option<Other>) -> Node {
    container("header", "paper-head", vec![both(app, other, "h2", |labels| &labels.paper_title), motif::sprig()])
}

/// A heading, followed by the same in the other language.
fn both(app: App, other: Option<Other>, tag: &'static str, pick: fn(&SheetText) -> &str) -> Node {
    let mut parts = vec![text(pick(&app.catalog.app.sheet))];
    parts.extend(
        other.into_iter().flat_map(|other| [text(" "), other.text("span", "other", pick(&other.catalog.app.sheet))]),
    );
    container(tag, "", parts)
}

fn sheet_line(app: App, other: Option<Other>, line: &Line) -> Node {
    let labels = &app.catalog.app.sheet;
    let (to_talk, to_remove) = (line.question.clone(), line.question.clone());
    let talk = vec![motif::mark("talk", line.talk, "mark"), text_element("span", "", &app.catalog.app.common.talk)];
    let tools = vec![
        toggle("talk", line.talk, talk, move || {
            let again = ["[data-sheet-line=", &to_talk, "] [data-action=talk]"].concat();
            edit(app, &to_talk, &mut |answer| answer.talk = !answer.talk, again);
        }),
        button("tool", "remove", vec![text(&labels.remove)], move || {
            edit(app, &to_remove, &mut |answer| answer.off = true, ["[data-removed=", &to_remove, "] button"].concat());
        }),
    ];
    let mut parts = vec![line_text(app, line)];
    parts.extend(other.map(|other| {
        let children = said_text(app, other.catalog, line);
        element("div", other.attributes("line-text"), children)
    }));
    parts.extend([container("div", "line-tools", tools), after(app, other)]);
    line_item(&line.question, parts)
}

fn line_item(id: &str, parts: Vec<Node>) -> Node {
    element("li", vec![attr("class", "line"), attr("data-sheet-line", id)], parts)
}

/// The three boxes for after the talk, for a pen: they show on paper only.
fn after(app: App, other: Option<Other>) -> Node {
    let boxes = app.catalog.app.sheet.after.iter().enumerate().map(|(at, label)| {
        let mut parts = vec![text(label)];
        let label = other.and_then(|other| Some((other, other.catalog.app.sheet.after.get(at)?)));
        parts.extend(label.map(|(other, label)| other.text("span", "other", label)));
        container("li", "", parts)
    });
    element("ul", vec![attr("class", "after"), attr("aria-hidden", "true")], boxes.collect())
}

/// The card is for the caregiver alone, so it stands in their language alone.
fn card(app: App, other: Option<Other>) -> Node {
    let labels = &other.map_or(app.catalog, |other| other.catalog).app.sheet;
    let mut card = vec![text_element("h3", "", &labels.card_title)];
    card.extend(
        labels.card.iter().chain([&labels.unticked, &labels.foot]).map(|sentence| text_element("p", "", sentence)),
    );
    match other {
        Some(other) => element("aside", other.attributes("card"), card),
        None => container("aside", "card", card),
    }
}
