//! A door: everybody may go in, and leaving it is just as good.

use crate::pages::app::App;
use crate::pages::components::blocks::{Node, button, choice_label, container, nothing, screen, screen_header};
use crate::pages::components::{bar, links, listen, motif};
use crate::reflection::Step;

/// The door in front of the theme or question with this id.
pub fn door(app: App, id: &str) -> Node {
    let catalog = app.catalog;
    let theme = catalog.questionnaire.theme(id).or_else(|| Some(catalog.questionnaire.find(id)?.0));
    let Some(theme) = theme else { return nothing() };
    let says = match catalog.theme.get(id) {
        Some(theme) => &theme.door,
        None => &catalog.question(id).door,
    };
    let ornament = motif::mark(&theme.id, false, "mark ornament");
    let step = Step::Door(id.to_owned());
    let id: &'static str =
        if theme.id == id { &theme.id } else { catalog.questionnaire.find(id).map_or("", |(_, it)| &it.id) };
    let mut ways_on = vec![
        button("path", "continue", vec![choice_label(&catalog.app.ask.enter, None)], move || app.next()),
        button("path", "skip", vec![choice_label(&catalog.app.ask.leave, None)], move || app.leave(id)),
    ];
    // Who wants nothing at all about it can say so here, once.
    let leaves = catalog.questionnaire.find(id).map_or(&theme.leaves, |(_, question)| &question.leaves);
    if let Some(wished) = leaves.iter().find(|wished| wished.ids.iter().any(|other| other == id)) {
        let label = vec![choice_label(&catalog.app.about.leave_out[&wished.wish], None)];
        ways_on.push(button("path", &wished.wish, label, move || app.leave_out(id, &wished.wish)));
    }
    let parts = vec![
        screen_header(&catalog.theme(&theme.id).title, says.as_ref().map(|says| app.resolve(says)), vec![ornament]),
        container("div", "step-body paths", ways_on),
        listen(app),
        bar(app, Vec::new()),
        links(app),
    ];
    screen(&step.id(), parts)
}
