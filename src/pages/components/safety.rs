//! The safety text: the same words everywhere, triggered by nothing.

use leptos::prelude::*;

use crate::content::SafetyText;

/// The safety text, with the way to help.
pub fn safety(text: &SafetyText) -> AnyView {
    let when = text.when.iter().map(|when| view! { <li>{when.clone()}</li> }).collect::<Vec<_>>();
    view! {
        <aside class="safety">
            <p>{text.lead.clone()}</p>
            <ul>{when}</ul>
            <p><a href="../help/">{text.call.clone()}</a></p>
            <p class="note">{text.count.clone()}</p>
        </aside>
    }
    .into_any()
}
