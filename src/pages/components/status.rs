//! The status of keeping, in words, true at this moment.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::reflection::Saved;

/// The status of keeping, announced when it changes. Where nothing can be kept, the way to a file stands beside it.
pub fn status(app: App) -> AnyView {
    let text = &app.words.app.saved;
    let state = move || match app.saved.get() {
        Saved::Device => ("yes", &text.yes),
        Saved::Tab => ("tab", &text.tab),
        Saved::Undecided => ("undecided", &text.undecided),
        Saved::Failed => ("no", &text.no),
    };
    view! {
        <p class="saved" role="status" data-saved=move || state().0>
            <span>{move || state().1.clone()}</span>
            <Show when=move || app.saved.get() == Saved::Failed>
                <button class="button quiet" type="button" data-action="save">
                    {text.save.clone()}
                </button>
            </Show>
        </p>
    }
    .into_any()
}
