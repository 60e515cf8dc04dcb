//! The ways on from a screen: the bar with its few buttons, and the quiet row of links.

use leptos::prelude::*;

use super::status;
use crate::pages::app::App;
use crate::reflection::{Saved, Step};

/// The bar at the foot of a screen: the status of keeping, one step back, and the screen's own buttons.
pub fn bar(app: App, buttons: AnyView) -> AnyView {
    let step = app.step.get_untracked();
    let back = (!app.is_first(&step)).then(|| {
        view! {
            <button class="button quiet" type="button" data-action="back" on:click=move |_| app.back()>
                {app.words.app.common.back.clone()}
            </button>
        }
    });
    view! {
        <div class="bar">
            {status(app)}
            <div class="bar-buttons">{back} {buttons}</div>
        </div>
    }
    .into_any()
}

/// Themes, answers, sheet: reachable from every screen, but for the very first, which has one thing to do.
pub fn ways(app: App) -> AnyView {
    let text = &app.words.app.common;
    let here = app.step.get_untracked();
    if app.is_first(&here) && !app.with(|journal| journal.has_answers()) {
        return ().into_any();
    }
    let link = |step: Step, label: &'static String| {
        let current = (step == here).then_some("step");
        let action = step.id();
        view! {
            <button
                class="link"
                type="button"
                data-action=action
                aria-current=current
                on:click=move |_| app.go(step.clone())
            >
                {label.clone()}
            </button>
        }
    };
    view! {
        <nav class="ways" aria-label=text.menu.clone()>
            {link(Step::Themes, &text.to_themes)}
            {link(Step::Answers, &text.to_answers)}
            {(here != Step::Sheet).then(|| sheet_link(app, "link", text.to_sheet.clone().into_any()))}
        </nav>
    }
    .into_any()
}

/// The link to the sheet. It is a page of its own, but shows in place while the answers are in memory only.
pub fn sheet_link(app: App, class: &'static str, label: AnyView) -> AnyView {
    let open = move |event: leptos::ev::MouseEvent| {
        if matches!(app.saved.get_untracked(), Saved::Undecided | Saved::Failed) {
            event.prevent_default();
            app.go(Step::Sheet);
        }
    };
    view! {
        <a class=class href="../sheet/" data-action="sheet" on:click=open>
            {label}
        </a>
    }
    .into_any()
}
