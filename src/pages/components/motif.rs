//! The drawn motif: a plant with a leaf for each theme.

use leptos::prelude::*;

/// The mark of a theme: its leaf. Decorative.
pub fn mark(_theme: &str) -> AnyView {
    view! { <svg class="mark-leaf" viewBox="0 0 24 24" aria-hidden="true"></svg> }.into_any()
}

/// The plant, with the leaves of these themes open.
pub fn plant(_open: Vec<&str>, label: String) -> AnyView {
    view! { <svg class="plant" viewBox="0 0 100 100" role="img" aria-label=label></svg> }.into_any()
}
