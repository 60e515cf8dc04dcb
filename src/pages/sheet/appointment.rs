//! The appointment that an invitation names, on the sheet.

use super::App;
use super::languages::Other;
use crate::browser::page;
use crate::pages::components::blocks::{Node, own_text};
use crate::pages::components::view;

/// Returns the practice and the day of the invitation, with the button that removes them; `None` without an invitation.
/// A day in the past is omitted.
pub fn appointment(app: App, other: Option<Other>) -> Option<Node> {
    let labels = &app.catalog.app.sheet;
    let invitation = app.invitation();
    let (practice, day) = (invitation.practice(), invitation.day_from(&page::today()));
    if practice.is_empty() && day.is_empty() {
        return None;
    }
    let has_day = !day.is_empty();
    Some(view! {
        <div class="appointment" data-invitation>
            <span class="line-lead">{&labels.appointment}</span>
            {other.map(|other| other.text("span", "line-lead", &other.catalog.app.sheet.appointment))}
            // Anybody may have written the link, so the name is plain text in its own direction.
            {(!practice.is_empty()).then(|| own_text("b", "", practice))}
            {has_day.then(|| view! { <span>{page::day_in_words(day, None)}</span> })}
            {other
                .filter(|_| has_day)
                .map(|other| other.text("span", "", &page::day_in_words(day, Some(&other.language.id))))}
            <div class="line-tools">
                <Button class="tool" action="dismiss" press=move || app.dismiss()>{&labels.appointment_off}</Button>
            </div>
        </div>
    })
}
