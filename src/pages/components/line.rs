//! The text of an answer: the chosen options, and the free text as it was written.

use super::blocks::{Node, container, own_text, text_element};
use crate::content::Catalog;
use crate::pages::app::App;
use crate::reflection::Line;

/// The separator between two items. Its no-break space keeps it with the first item, so that no line begins with a dot.
pub const NEXT: &str = "\u{a0}· ";

/// Returns one line of the sheet: its lead, and the answer.
pub fn line_text(app: App, line: &Line) -> Node {
    let mut children = said_text(app, app.catalog, line);
    children.extend(own_words(&line.free_text));
    container("div", "line-text", children)
}

/// Returns the lead and the chosen options from this catalog. The free text is omitted, because it is not translated.
pub fn said_text(app: App, catalog: &'static Catalog, line: &Line) -> Vec<Node> {
    let mut children = vec![text_element("p", "line-lead", app.resolve(&catalog.question(&line.question).line))];
    children.extend(chosen_text(app, catalog, &line.question, &line.chosen));
    children
}

/// Returns the chosen options and the free text.
pub fn answer_text(app: App, question: &str, chosen: &[String], own: &str) -> Vec<Node> {
    chosen_text(app, app.catalog, question, chosen).into_iter().chain(own_words(own)).collect()
}

/// Returns the chosen options from this catalog, or `None` if there are none.
pub fn chosen_text(app: App, catalog: &'static Catalog, question: &str, chosen: &[String]) -> Option<Node> {
    let chosen: Vec<_> = chosen.iter().map(|option| app.option(catalog, question, option)).collect();
    (!chosen.is_empty()).then(|| text_element("p", "said", &chosen.join(NEXT)))
}

/// Returns the free text as it was written, or `None` if it is blank. It is a text node in its own direction, never
/// markup.
pub fn own_words(own: &str) -> Option<Node> {
    let own = own.trim();
    (!own.is_empty()).then(|| own_text("p", "own", own))
}
