//! The sheet as it is printed. The buttons of each line show on the screen only.

use super::appointment::appointment;
use super::languages::{self, Other};
use super::{App, edit};
use crate::content::SheetText;
use crate::pages::components::blocks::{Node, container, element, text};
use crate::pages::components::{line_text, motif, own_safety, own_words, said_text, view};
use crate::reflection::{Line, Sheet};

/// Returns one of the texts of the sheet, in any language.
type Pick = fn(&SheetText) -> &str;

/// Returns the paper. Where the caregiver reads another language than the parent, it shows both, side by side.
pub fn paper(app: App, sheet: &Sheet) -> Node {
    let other = languages::other(app);
    let headings: [(_, Pick); 3] =
        [("start-here", |labels| &labels.start_here), ("", |labels| &labels.also), ("more", |labels| &labels.more)];
    let mut sections = Vec::new();
    for ((class, heading), (lines, alone)) in headings.into_iter().zip(sheet.groups()) {
        let mut lines: Vec<_> = lines.iter().map(|line| sheet_line(app, other, line)).collect();
        if alone {
            lines.push(alone_line(app, other));
        }
        if !lines.is_empty() {
            sections.push(view! { <section class={class}>{both(app, other, "h3", heading)}<ol>{lines}</ol></section> });
        }
    }
    let written = |written: &str, heading| {
        let rules = own_words(written).unwrap_or_else(|| view! { <div class="rules"/> });
        view! { <section>{both(app, other, "h3", heading)}{rules}</section> }
    };
    let class = if other.is_some() { "paper both" } else { "paper" };
    view! {
        <article class={class} data-sheet>
            <header class="paper-head">
                {both(app, other, "h2", |labels| &labels.paper_title)}
                {motif::sprig()}
            </header>
            {appointment(app, other)}
            {sections}
            <div class="paper-write">
                {written(&sheet.agreed[0], |labels| &labels.agreed)}
                {written(&sheet.agreed[1], |labels| &labels.calls)}
            </div>
            {card(app, other)}
            {own_safety(app, false)}
        </article>
    }
}

/// Returns a heading, followed by the same in the other language.
fn both(app: App, other: Option<Other>, tag: &'static str, pick: fn(&SheetText) -> &str) -> Node {
    let mut parts = vec![text(pick(&app.catalog.app.sheet))];
    parts.extend(
        other.into_iter().flat_map(|other| [text(" "), other.text("span", "other", pick(&other.catalog.app.sheet))]),
    );
    container(tag, "", parts)
}

fn sheet_line(app: App, other: Option<Other>, line: &Line) -> Node {
    let (to_talk, to_remove) = (line.question.clone(), line.question.clone());
    let toggle_talk = move || {
        let again = ["[data-sheet-line=", &to_talk, "] [data-action=talk]"].concat();
        edit(app, &to_talk, &mut |answer| answer.talk = !answer.talk, again);
    };
    let remove = move || {
        edit(app, &to_remove, &mut |answer| answer.off = true, ["[data-removed=", &to_remove, "] button"].concat());
    };
    view! {
        <li class="line" data-sheet-line={&line.question}>
            {line_text(app, line)}
            {other.map(|other| {
                element("div", other.attributes("line-text"), said_text(app, other.catalog, line))
            })}
            <div class="line-tools">
                <Toggle action="talk" pressed={line.talk} press=toggle_talk>
                    {motif::mark("talk", line.talk, "mark")}
                    <span>{&app.catalog.app.common.talk}</span>
                </Toggle>
                <Button class="tool" action="remove" press=remove>{&app.catalog.app.sheet.remove}</Button>
            </div>
            {after(app, other)}
        </li>
    }
}

/// Returns the line that asks for a moment alone.
fn alone_line(app: App, other: Option<Other>) -> Node {
    view! {
        <li class="line" data-sheet-line="alone">
            <p class="said">{&app.catalog.app.sheet.alone}</p>
            {other.map(|other| other.text("p", "said", &other.catalog.app.sheet.alone))}
            {after(app, other)}
        </li>
    }
}

/// Returns the boxes to tick with a pen after the talk. They show on paper only.
fn after(app: App, other: Option<Other>) -> Node {
    let boxes = app.catalog.app.sheet.after.iter().enumerate().map(|(at, label)| {
        let other = other.and_then(|other| Some(other.text("span", "other", other.catalog.app.sheet.after.get(at)?)));
        view! { <li>{label}{other}</li> }
    });
    let boxes: Vec<_> = boxes.collect();
    view! { <ul class="after" aria-hidden="true">{boxes}</ul> }
}

/// Returns the card for the caregiver, in their language only.
fn card(app: App, other: Option<Other>) -> Node {
    let labels = &other.map_or(app.catalog, |other| other.catalog).app.sheet;
    let mut card = vec![view! { <h3>{&labels.card_title}</h3> }];
    let sentences = labels.card.iter().chain([&labels.unticked, &labels.foot]);
    card.extend(sentences.map(|sentence| view! { <p>{sentence}</p> }));
    match other {
        Some(other) => element("aside", other.attributes("card"), card),
        None => container("aside", "card", card),
    }
}
