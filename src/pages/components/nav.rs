//! The controls that lead from one screen to another: the bar with its buttons, and the row of links below it.

use leptos::prelude::*;

use super::blocks::{Node, button, text};
use super::{status, view};
use crate::pages::app::App;
use crate::reflection::Step;

/// Returns the bar at the foot of a screen: where the answers are kept, a button back, and the buttons of the screen.
pub fn bar(app: App, buttons: Vec<Node>) -> Node {
    let mut all = Vec::new();
    if !app.is_first(&app.step.get_untracked()) {
        all.push(button("button quiet", "back", vec![text(&app.catalog.app.common.back)], move || app.back()));
    }
    all.extend(buttons);
    view! {
        <div class="bar">
            {status(app)}
            <div class="bar-buttons">{all}</div>
        </div>
    }
}

/// Returns the button to the next screen.
pub fn next(app: App, label: &str) -> Node {
    view! { <Button class="button main" action="continue" press=move || app.next()>{label}</Button> }
}

/// Returns the links to the themes, the answers, the sheet and the profile. The very first screen has the last of them
/// only, while there is no answer.
pub fn links(app: App) -> Node {
    let labels = &app.catalog.app.common;
    let here = app.step.get_untracked();
    let mut links = Vec::new();
    if !app.is_first(&here) || app.with(|journal| journal.has_answers()) {
        for (step, label) in [(Step::Themes, &labels.to_themes), (Step::Answers, &labels.to_answers)] {
            if step != here {
                links.push(button("link", &step.id(), vec![text(label)], move || app.go(step.clone())));
            }
        }
        if here != Step::Sheet {
            links.push(sheet_link(app, "link", vec![text(&labels.to_sheet)]));
        }
    }
    if here != Step::AboutMe {
        links.push(menu(app, &labels.to_about_me));
    }
    view! { <nav class="ways" aria-label={&labels.menu}>{links}</nav> }
}

/// Returns the button to the profile. Going on from there leads back here.
pub fn menu(app: App, label: &str) -> Node {
    view! {
        <Button class="link" action="menu" press=move || app.open_with_return(Step::AboutMe)>{label}</Button>
    }
}

/// Returns the link to the sheet. The sheet has a page of its own, but opens in place while the answers are in memory
/// only.
pub fn sheet_link(app: App, class: &'static str, label: Vec<Node>) -> Node {
    let open = move |event: leptos::ev::Event| {
        if !app.saved.get_untracked().is_kept() {
            event.prevent_default();
            app.go(Step::Sheet);
        }
    };
    view! { <a class={class} href="../sheet/" data-action="sheet" on:click=open>{label}</a> }
}
