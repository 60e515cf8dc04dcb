//! What the parent may say about themselves and wish for. All of it is optional, and none of it an answer.

use leptos::prelude::*;

use crate::browser::page;
use crate::content::fill;
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Choice, Node, as_written, attr, choice, choices, container, dynamic, element, first_value, on, screen,
    screen_header, text, text_element,
};
use crate::pages::components::{bar, links, next};
use crate::reflection::{Field, ROLES, Step, WISHES};

/// The one calm screen for it, to be reached from every other one.
pub fn about_me(app: App) -> Node {
    let labels = &app.catalog.app.about;
    let week = RwSignal::new(app.week());
    let said = move || {
        let said = week.get().map(|week| fill(&labels.today, &[("n", &week.to_string())]));
        vec![text(&said.unwrap_or_default())]
    };
    // True while it speaks: it goes with the words that kept the number from being dialled.
    let is_text = move || {
        app.with(|journal| journal.profile().call().is_none() && !journal.profile().number_as_text().is_empty())
    };
    let text_only = RwSignal::new(is_text());
    let number_note = move || vec![text(if text_only.get() { &labels.number_text } else { "" })];
    let changed = move || {
        week.set(app.week());
        text_only.set(is_text());
    };
    let field = |field, name, kind, label: &str| typed(app, field, name, kind, label, changed);
    let body = vec![
        choices("choices", &labels.wishes, WISHES.iter().map(|id| wish(app, id)).collect()),
        choices("choices", &labels.roles, ROLES.iter().map(|id| role(app, id)).collect()),
        field(Field::Nickname, "about.nickname", "text", &labels.nickname),
        field(Field::Weeks, "about.weeks", "text", &labels.weeks),
        field(Field::Due, "about.due", "date", &labels.due),
        element("p", vec![attr("class", "note"), attr("role", "status")], vec![dynamic(said)]),
        field(Field::Number, "about.number", "tel", &labels.number),
        element("p", vec![attr("class", "note"), attr("role", "status")], vec![dynamic(number_note)]),
        print_number(app),
    ];
    let parts = vec![
        screen_header(&labels.title, Some(&labels.lead), Vec::new()),
        container("div", "step-body", body),
        bar(app, vec![next(app, &app.catalog.app.common.next)]),
        links(app),
    ];
    screen(&Step::AboutMe.id(), parts)
}

fn wish(app: App, id: &'static str) -> Node {
    let holds = app.with(|journal| journal.profile().wishes(id));
    card(app, "checkbox", "about.wish", id, holds, move |on| app.edit_profile(&mut |about| about.wish(id, on)))
}

fn role(app: App, id: &'static str) -> Node {
    let holds = app.with(|journal| journal.profile().role == id);
    card(app, "radio", "about.role", id, holds, move |_| {
        app.edit_profile(&mut |about| id.clone_into(&mut about.role));
    })
}

fn print_number(app: App) -> Node {
    let holds = app.with(|journal| journal.profile().print_number);
    card(app, "checkbox", "about.print", "number", holds, move |on| {
        app.edit_profile(&mut |about| about.print_number = on);
    })
}

/// A card, whose words stand under its value.
fn card(app: App, kind: &'static str, name: &str, value: &str, holds: bool, change: impl Fn(bool) + 'static) -> Node {
    choice(Choice {
        kind,
        name: name.to_owned(),
        value: value.to_owned(),
        checked: Box::new(move || holds),
        change: Box::new(change),
        label: vec![text_element("span", "", &app.catalog.app.about.option[value])],
    })
}

/// A line to type on. `done` runs after each change.
fn typed(
    app: App,
    field: Field,
    name: &'static str,
    kind: &'static str,
    label: &str,
    done: impl Fn() + 'static,
) -> Node {
    let change = move |event: web_sys::Event| {
        let typed = event_target_value(&event);
        app.edit_profile(&mut |about| about.type_into(field, &typed, &page::today()));
        done();
    };
    let mut attributes = vec![
        attr("class", "text-input"),
        attr("id", name),
        attr("name", name),
        attr("type", kind),
        // As many as are kept.
        attr("maxlength", "200"),
        first_value(app.with(|journal| journal.profile().typed(field).to_owned())),
        on("input", change),
    ];
    attributes.extend(as_written());
    let label = element("label", vec![attr("for", name)], vec![text(label)]);
    container("p", "field", vec![label, element("input", attributes, Vec::new())])
}
