//! What an invitation says, on the sheet: for which appointment it is.

use super::App;
use super::languages::Other;
use crate::browser::page;
use crate::pages::components::blocks::{Node, attr, button, container, element, own_text, text, text_element};

/// The practice and the day that the link named, with the way to take them off. Nothing without an invitation. A day that
/// has passed is left out, in silence.
pub fn appointment(app: App, other: Option<Other>) -> Option<Node> {
    let labels = &app.catalog.app.sheet;
    let invitation = app.invitation();
    let day = invitation.day_from(&page::today());
    if invitation.practice().is_empty() && day.is_empty() {
        return None;
    }
    let mut said = vec![text_element("span", "line-lead", &labels.appointment)];
    said.extend(other.map(|other| other.text("span", "line-lead", &other.catalog.app.sheet.appointment)));
    if !invitation.practice().is_empty() {
        // Anybody may have written the link: it is plain text, in a direction of its own.
        said.push(own_text("b", "", invitation.practice()));
    }
    if !day.is_empty() {
        said.push(text_element("span", "", &page::day_in_words(day, None)));
        said.extend(other.map(|other| other.text("span", "", &page::day_in_words(day, Some(&other.language.id)))));
    }
    let off = button("tool", "dismiss", vec![text(&labels.appointment_off)], move || app.dismiss());
    said.push(container("div", "line-tools", vec![off]));
    Some(element("div", vec![attr("class", "appointment"), attr("data-invitation", "")], said))
}
