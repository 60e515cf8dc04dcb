//! An answer in words: the chosen options, and own words as they were written.

use super::blocks::{Part, attr, element, holder, plain, text};
use crate::pages::app::App;
use crate::reflection::Line;

/// One line of the sheet: what leads it, and the answer.
pub fn line_text(app: App, line: &Line) -> Part {
    let mut children = vec![text("p", "line-lead", app.say(&app.words.question(&line.question).line))];
    children.extend(answer_text(app, &line.question, &line.chosen, &line.words));
    holder("div", "line-text", children)
}

/// The chosen options, and own words. Those are text of their own: in their own direction, never markup.
pub fn answer_text(app: App, question: &str, chosen: &[String], own: &str) -> Vec<Part> {
    let chosen: Vec<_> = chosen.iter().map(|option| app.option(question, option)).collect();
    let mut shown = Vec::new();
    if !chosen.is_empty() {
        shown.push(text("p", "said", &chosen.join(" · ")));
    }
    let own = own.trim();
    if !own.is_empty() {
        shown.push(element("p", vec![attr("class", "own"), attr("dir", "auto")], vec![plain(own)]));
    }
    shown
}
