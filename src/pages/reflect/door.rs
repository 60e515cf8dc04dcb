//! The screen in front of a delicate theme or question: the parent may enter it or skip it.

use crate::pages::app::App;
use crate::pages::components::blocks::{Node, nothing};
use crate::pages::components::{links, listen, motif, view};
use crate::reflection::Step;

/// Returns the door in front of the theme or question with this id.
pub fn door(app: App, id: &str) -> Node {
    let catalog = app.catalog;
    let theme = catalog.questionnaire.theme(id).or_else(|| Some(catalog.questionnaire.find(id)?.0));
    let Some(theme) = theme else { return nothing() };
    let hint = match catalog.theme.get(id) {
        Some(theme) => &theme.door,
        None => &catalog.question(id).door,
    };
    let step = Step::Door(id.to_owned());
    let id: &'static str =
        if theme.id == id { &theme.id } else { catalog.questionnaire.find(id).map_or("", |(_, it)| &it.id) };
    // A parent who wishes for nothing about this can say so here, once.
    let rules = catalog.questionnaire.find(id).map_or(&theme.leaves, |(_, question)| &question.leaves);
    let rule = rules.iter().find(|rule| rule.ids.iter().any(|other| other == id));
    view! {
        <Screen id={&step.id()}>
            <ScreenHeader
                heading={&catalog.theme(&theme.id).title}
                hint={hint.as_ref().map(|hint| app.resolve(hint))}
            >
                {motif::mark(&theme.id, false, "mark ornament")}
            </ScreenHeader>
            <div class="step-body paths">
                <Button class="path" action="continue" press=move || app.next()>
                    <ChoiceLabel name={&catalog.app.ask.enter}/>
                </Button>
                <Button class="path" action="skip" press=move || app.leave(id)>
                    <ChoiceLabel name={&catalog.app.ask.leave}/>
                </Button>
                {rule.map(|rule| view! {
                    <Button class="path" action={&rule.wish} press=move || app.leave_out(id, &rule.wish)>
                        <ChoiceLabel name={&catalog.app.about.leave_out[&rule.wish]}/>
                    </Button>
                })}
            </div>
            {listen(app)}
            <Bar app/>
            {links(app)}
        </Screen>
    }
}
