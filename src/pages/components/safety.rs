//! The safety text: the same words everywhere, triggered by nothing.

use leptos::prelude::*;

use crate::content::SafetyText;

/// The safety text. `help` is the way to the help page, where there is one to go to.
pub fn safety(text: &SafetyText, help: Option<&'static str>) -> AnyView {
    let when = text.when.iter().map(|when| view! { <li>{when.clone()}</li> }).collect::<Vec<_>>();
    let call = text.call.clone();
    let call = match help {
        Some(help) => view! { <a href=help>{call}</a> }.into_any(),
        None => view! { <b>{call}</b> }.into_any(),
    };
    view! {
        <aside class="safety">
            <p>
                <b>{text.lead.clone()}</b>
            </p>
            <ul>{when}</ul>
            <p>{call}</p>
            <p>{text.count.clone()}</p>
        </aside>
    }
    .into_any()
}
