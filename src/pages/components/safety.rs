//! The safety text: the same words everywhere, triggered by nothing.

use super::blocks::{Part, attr, element, holder, plain, text};
use crate::content::{SafetyBeside, SafetyText};

/// The safety text, and below it the same in the country's language, where that is another one. `help` is the way to the
/// help page, where there is one to go to.
pub fn safety(words: &SafetyText, beside: Option<&SafetyBeside>, help: Option<&'static str>) -> Part {
    let mut parts = said(words, help);
    if let Some(SafetyBeside { lang, dir, text }) = beside {
        let attributes = vec![attr("class", "beside"), attr("lang", lang), attr("dir", dir)];
        parts.push(element("div", attributes, said(text, help)));
    }
    holder("aside", "safety", parts)
}

fn said(words: &SafetyText, help: Option<&'static str>) -> Vec<Part> {
    let call = match help {
        Some(help) => element("a", vec![attr("href", help)], vec![plain(&words.call)]),
        None => text("b", "", &words.call),
    };
    vec![
        holder("p", "", vec![text("b", "", &words.lead)]),
        holder("ul", "", words.when.iter().map(|when| text("li", "", when)).collect()),
        holder("p", "", vec![call]),
        text("p", "", &words.count),
    ]
}
