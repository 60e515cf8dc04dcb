//! An answer in words: the chosen options, and own words as they were written.

use super::blocks::{Node, container, own_text, text_element};
use crate::content::Catalog;
use crate::pages::app::App;
use crate::reflection::Line;

/// What stands between two of several things. It stays with the first one, so that no line begins with a dot.
pub const NEXT: &str = "\u{a0}· ";

/// One line of the sheet: what leads it, and the answer.
pub fn line_text(app: App, line: &Line) -> Node {
    let mut children = said_text(app, app.catalog, line);
    children.extend(own_words(&line.free_text));
    container("div", "line-text", children)
}

/// The same in these words, and without own ones, which are not ours to say in another language.
pub fn said_text(app: App, catalog: &'static Catalog, line: &Line) -> Vec<Node> {
    let mut children = vec![text_element("p", "line-lead", app.resolve(&catalog.question(&line.question).line))];
    children.extend(chosen_text(app, catalog, &line.question, &line.chosen));
    children
}

/// The chosen options, and own words.
pub fn answer_text(app: App, question: &str, chosen: &[String], own: &str) -> Vec<Node> {
    chosen_text(app, app.catalog, question, chosen).into_iter().chain(own_words(own)).collect()
}

/// The chosen options, in these words.
pub fn chosen_text(app: App, catalog: &'static Catalog, question: &str, chosen: &[String]) -> Option<Node> {
    let chosen: Vec<_> = chosen.iter().map(|option| app.option(catalog, question, option)).collect();
    (!chosen.is_empty()).then(|| text_element("p", "said", &chosen.join(NEXT)))
}

/// Own words, as they were written: text of their own, in their own direction, never markup.
pub fn own_words(own: &str) -> Option<Node> {
    let own = own.trim();
    (!own.is_empty()).then(|| own_text("p", "own", own))
}
