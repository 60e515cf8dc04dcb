//! The safety text: the same words everywhere, triggered by nothing.

use super::blocks::{Part, attr, element, holder, plain, text};
use crate::content::SafetyText;

/// The safety text. `help` is the way to the help page, where there is one to go to.
pub fn safety(words: &SafetyText, help: Option<&'static str>) -> Part {
    let call = match help {
        Some(help) => element("a", vec![attr("href", help)], vec![plain(&words.call)]),
        None => text("b", "", &words.call),
    };
    let children = vec![
        holder("p", "", vec![text("b", "", &words.lead)]),
        holder("ul", "", words.when.iter().map(|when| text("li", "", when)).collect()),
        holder("p", "", vec![call]),
        text("p", "", &words.count),
    ];
    holder("aside", "safety", children)
}
