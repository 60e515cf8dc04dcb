//! The screen with the parent's profile: what they may say about themselves and wish for. All of it is optional.

use leptos::prelude::*;

use crate::browser::page;
use crate::content::fill;
use crate::pages::app::App;
use crate::pages::components::blocks::{Choice, Node, as_written, choice};
use crate::pages::components::{links, next, view};
use crate::reflection::{Field, ROLES, Step, WISHES};

/// Returns the screen, which every other screen links to.
pub fn about_me(app: App) -> Node {
    let labels = &app.catalog.app.about;
    let week = RwSignal::new(app.week());
    let today = move || week.get().map(|week| fill(&labels.today, &[("n", &week.to_string())])).unwrap_or_default();
    // A number with words or a second number beside it is stored as text and cannot be dialled. The note says so.
    let is_text = move || {
        app.with(|journal| journal.profile().call().is_none() && !journal.profile().number_as_text().is_empty())
    };
    let text_only = RwSignal::new(is_text());
    let number_note = move || if text_only.get() { labels.number_text.as_str() } else { "" };
    let changed = move || {
        week.set(app.week());
        text_only.set(is_text());
    };
    let field = |field, name, kind, label: &str| typed(app, field, name, kind, label, changed);
    let wishes: Vec<_> = WISHES.iter().map(|id| wish(app, id)).collect();
    let roles: Vec<_> = ROLES.iter().map(|id| role(app, id)).collect();
    view! {
        <Screen id={&Step::AboutMe.id()}>
            <ScreenHeader heading={&labels.title} hint={Some(&labels.lead)}/>
            <div class="step-body">
                <Choices class="choices" legend={&labels.wishes}>{wishes}</Choices>
                <Choices class="choices" legend={&labels.roles}>{roles}</Choices>
                {field(Field::Nickname, "about.nickname", "text", &labels.nickname)}
                {field(Field::Weeks, "about.weeks", "text", &labels.weeks)}
                {field(Field::Due, "about.due", "date", &labels.due)}
                <p class="note" role="status">{today}</p>
                {field(Field::Number, "about.number", "tel", &labels.number)}
                <p class="note" role="status">{number_note}</p>
                {print_number(app)}
            </div>
            <Bar app>{next(app, &app.catalog.app.common.next)}</Bar>
            {links(app)}
        </Screen>
    }
}

fn wish(app: App, id: &'static str) -> Node {
    let is_wished = app.with(|journal| journal.profile().wishes(id));
    card(app, "checkbox", "about.wish", id, is_wished, move |on| app.edit_profile(&mut |profile| profile.wish(id, on)))
}

fn role(app: App, id: &'static str) -> Node {
    let is_chosen = app.with(|journal| journal.profile().role == id);
    card(app, "radio", "about.role", id, is_chosen, move |_| {
        app.edit_profile(&mut |profile| id.clone_into(&mut profile.role));
    })
}

fn print_number(app: App) -> Node {
    let is_printed = app.with(|journal| journal.profile().print_number);
    card(app, "checkbox", "about.print", "number", is_printed, move |on| {
        app.edit_profile(&mut |profile| profile.print_number = on);
    })
}

/// Returns a choice card. Its label is found in the catalog by its value.
fn card(app: App, kind: &'static str, name: &str, value: &str, checked: bool, change: impl Fn(bool) + 'static) -> Node {
    choice(Choice {
        kind,
        name: name.to_owned(),
        value: value.to_owned(),
        checked: Box::new(move || checked),
        change: Box::new(change),
        label: vec![view! { <span>{&app.catalog.app.about.option[value]}</span> }],
    })
}

/// Returns a text field with its label. `done` runs after each change.
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
        app.edit_profile(&mut |profile| profile.type_into(field, &typed, &page::today()));
        done();
    };
    let initial = app.with(|journal| journal.profile().typed(field).to_owned());
    view! {
        <p class="field">
            <label for={name}>{label}</label>
            // `maxlength` is the number of characters that the profile stores.
            <input
                class="text-input" id={name} name={name} type={kind} maxlength="200"
                prop:value={initial} on:input={change} {..as_written()}
            />
        </p>
    }
}
