//! The save status: where the answers are kept at the moment.

use leptos::prelude::*;

use super::blocks::{Node, text};
use super::view;
use crate::pages::app::App;
use crate::reflection::{SaveStatus, Step};

/// Returns the save status, announced when it changes, with a button that changes it. Where nothing can be stored, a
/// second button saves to a file.
pub fn status(app: App) -> Node {
    announced(app, true)
}

/// Returns the save status without buttons.
pub fn plain_status(app: App) -> Node {
    announced(app, false)
}

fn announced(app: App, has_buttons: bool) -> Node {
    let labels = &app.catalog.app.saved;
    let content = move || {
        let saved = app.saved.get();
        let message = match saved {
            SaveStatus::Device => &labels.yes,
            SaveStatus::Tab => &labels.tab,
            SaveStatus::Undecided => &labels.undecided,
            SaveStatus::Failed => &labels.no,
        };
        let to_keep = (has_buttons && app.step.get() != Step::Keep).then(|| {
            let label = if saved.is_kept() { &labels.change } else { &labels.choose };
            view! {
                <Button class="link" action="keep" press=move || app.open_with_return(Step::Keep)>{label}</Button>
            }
        });
        view! {
            <p class="saved" data-saved={saved.id()}>
                <span>{message}</span>
                // `shell.js` saves; the button only needs its hook.
                {(has_buttons && saved == SaveStatus::Failed).then(|| view! {
                    <Button class="link" action="save" press=|| {}>{&labels.save}</Button>
                })}
                {to_keep.is_some().then(|| text(" "))}
                {to_keep}
            </p>
        }
    };
    view! { <div role="status">{content}</div> }
}
