//! The sheet as it will be printed, with the tools of each line on the screen only.

use super::appointment::appointment;
use super::languages::{self, Other};
use super::{App, edit};
use crate::content::SheetText;
use crate::pages::components::blocks::{Node, attr, button, element, holder, plain, text, toggle};
use crate::pages::components::{line_text, motif, own_safety, own_words, said_text};
use crate::reflection::{Line, Sheet};

/// Which words of the sheet are meant, in whichever language.
type Pick = fn(&SheetText) -> &str;

/// The paper. Where the caregiver reads another language than the parent, it stands there in both, side by side.
pub fn paper(app: App, sheet: &Sheet) -> Node {
    let words = &app.words.app.sheet;
    let other = languages::other(app);
    let mut parts = vec![head(app, other)];
    parts.extend(appointment(app, other));
    let headings: [(_, Pick); 3] =
        [("start-here", |words| &words.start_here), ("", |words| &words.also), ("more", |words| &words.more)];
    for ((class, heading), (lines, alone)) in headings.into_iter().zip(sheet.groups()) {
        let mut lines: Vec<_> = lines.iter().map(|line| sheet_line(app, other, line)).collect();
        if alone {
            let mut parts = vec![text("p", "said", &words.alone)];
            parts.extend(other.map(|other| other.text("p", "said", &other.words.app.sheet.alone)));
            parts.push(after(app, other));
            lines.push(line_item("alone", parts));
        }
        if !lines.is_empty() {
            parts.push(holder("section", class, vec![both(app, other, "h3", heading), holder("ol", "", lines)]));
        }
    }
    let written: [(_, Pick); 2] = [(&sheet.agreed[0], |words| &words.agreed), (&sheet.agreed[1], |words| &words.calls)];
    let written = written.map(|(written, heading)| {
        let place = own_words(written).unwrap_or_else(|| holder("div", "rules", vec![]));
        holder("section", "", vec![both(app, other, "h3", heading), place])
    });
    parts.push(holder("div", "paper-write", written.into()));
    parts.push(card(app, other));
    parts.push(own_safety(app, false));
    let class = if other.is_some() { "paper both" } else { "paper" };
    element("article", vec![attr("class", class), attr("data-sheet", "")], parts)
}

/// What the paper is, and what it is for.
fn head(app: App, other: Option<Other>) -> Node {
    holder("header", "paper-head", vec![both(app, other, "h2", |words| &words.paper_title), motif::sprig()])
}

/// A heading, followed by the same in the other language.
fn both(app: App, other: Option<Other>, tag: &'static str, pick: fn(&SheetText) -> &str) -> Node {
    let mut parts = vec![plain(pick(&app.words.app.sheet))];
    parts.extend(
        other.into_iter().flat_map(|other| [plain(" "), other.text("span", "other", pick(&other.words.app.sheet))]),
    );
    holder(tag, "", parts)
}

fn sheet_line(app: App, other: Option<Other>, line: &Line) -> Node {
    let words = &app.words.app.sheet;
    let (to_talk, to_remove) = (line.question.clone(), line.question.clone());
    let talk = vec![motif::mark("talk", line.talk, "mark"), text("span", "", &app.words.app.common.talk)];
    let tools = vec![
        toggle("talk", line.talk, talk, move || {
            let again = ["[data-sheet-line=", &to_talk, "] [data-action=talk]"].concat();
            edit(app, &to_talk, &mut |answer| answer.talk = !answer.talk, again);
        }),
        button("tool", "remove", vec![plain(&words.remove)], move || {
            edit(app, &to_remove, &mut |answer| answer.off = true, ["[data-removed=", &to_remove, "] button"].concat());
        }),
    ];
    let mut parts = vec![line_text(app, line)];
    parts.extend(other.map(|other| {
        let children = said_text(app, other.words, line);
        element("div", other.attributes("line-text"), children)
    }));
    parts.extend([holder("div", "line-tools", tools), after(app, other)]);
    line_item(&line.question, parts)
}

fn line_item(id: &str, parts: Vec<Node>) -> Node {
    element("li", vec![attr("class", "line"), attr("data-sheet-line", id)], parts)
}

/// The three boxes for after the talk, for a pen: they show on paper only.
fn after(app: App, other: Option<Other>) -> Node {
    let boxes = app.words.app.sheet.after.iter().enumerate().map(|(at, label)| {
        let mut parts = vec![plain(label)];
        let label = other.and_then(|other| Some((other, other.words.app.sheet.after.get(at)?)));
        parts.extend(label.map(|(other, label)| other.text("span", "other", label)));
        holder("li", "", parts)
    });
    element("ul", vec![attr("class", "after"), attr("aria-hidden", "true")], boxes.collect())
}

/// The card is for the caregiver alone, so it stands in their language alone.
fn card(app: App, other: Option<Other>) -> Node {
    let words = &other.map_or(app.words, |other| other.words).app.sheet;
    let mut card = vec![text("h3", "", &words.card_title)];
    card.extend(words.card.iter().chain([&words.unticked, &words.foot]).map(|sentence| text("p", "", sentence)));
    match other {
        Some(other) => element("aside", other.attributes("card"), card),
        None => holder("aside", "card", card),
    }
}
