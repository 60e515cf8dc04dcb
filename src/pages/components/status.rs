//! The status of keeping, in words, true at this moment.

use leptos::prelude::*;

use super::blocks::{button, following, plain};
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
    // `shell.js` saves; the button only needs its hook.
    let save = move || (state().0 == "no").then(|| button("button quiet", "save", vec![plain(&text.save)], || {}));
    view! {
        <p class="saved" role="status" data-saved=move || state().0>
            {following(move || state().1.clone())}
            {save}
        </p>
    }
    .into_any()
}
