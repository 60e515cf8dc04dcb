//! A door: everybody may go in, and leaving it is just as good.

use crate::pages::app::App;
use crate::pages::components::blocks::{Part, button, head, holder, nothing, path, screen};
use crate::pages::components::{bar, motif, ways};
use crate::reflection::Step;

/// The door in front of the theme or question with this id.
pub fn door(app: App, id: &str) -> Part {
    let words = app.words;
    let theme = words.questionnaire.theme(id).or_else(|| Some(words.questionnaire.find(id)?.0));
    let Some(theme) = theme else { return nothing() };
    let says = match words.theme.get(id) {
        Some(theme) => &theme.door,
        None => &words.question(id).door,
    };
    let ornament = motif::mark(&theme.id, false, "mark ornament");
    let step = Step::Door(id.to_owned());
    let id = id.to_owned();
    let ways_on = vec![
        button("path", "continue", path(&words.app.ask.enter, None), move || app.next()),
        button("path", "skip", path(&words.app.ask.leave, None), move || app.leave(&id)),
    ];
    let parts = vec![
        head(None, &words.theme(&theme.id).title, says.as_deref(), Some(ornament)),
        holder("div", "step-body paths", ways_on),
        bar(app, Vec::new()),
        ways(app),
    ];
    screen(&step.id(), parts)
}
