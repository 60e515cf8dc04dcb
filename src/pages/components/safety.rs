//! The safety text: the same words everywhere, triggered by nothing.

use super::blocks::{Part, attr, element, holder, plain, text};
use super::menu;
use crate::content::{SafetyBeside, SafetyText};
use crate::pages::app::App;

/// The safety text on a page of the app, with the parent's own number. Where there is none, `offers` leads to the screen
/// where it can be typed.
pub fn own_safety(app: App, offers: bool) -> Part {
    let words = &app.words.app.about;
    let (call, typed, printed) = app.with(|journal| {
        let about = journal.about();
        (about.call(), about.number_as_text(), about.print_number)
    });
    let number = match call {
        Some((shown, dialled)) => {
            let address = ["tel:", &dialled].concat();
            let link = vec![attr("class", "call"), attr("href", &address), attr("dir", "ltr")];
            Some(element("a", link, vec![plain(&shown)]))
        }
        // Where words stand beside it, or a second number, nothing is dialled that does not show.
        None if !typed.is_empty() => Some(text("bdi", "", &typed)),
        None => None,
    };
    let own = match number {
        Some(number) => {
            let class = if printed { "own-number printed" } else { "own-number" };
            Some(holder("p", class, vec![plain(&words.own_number), plain(" "), number]))
        }
        None if offers => Some(holder("p", "own-number", vec![menu(app, &words.offer["number"])])),
        None => None,
    };
    drawn(&app.words.safety, app.words.safety_beside.as_ref(), Some("../help/"), own)
}

/// The safety text on a page without the app, and below it the same in the country's language, where that is another
/// one. `help` is the way to the help page, where there is one to go to. `own_number` leads the parent's own number, which
/// `shell.js` puts there if it is kept.
#[cfg(not(target_arch = "wasm32"))]
pub fn safety(words: &SafetyText, beside: Option<&SafetyBeside>, help: Option<&'static str>, own_number: &str) -> Part {
    let attributes = vec![attr("class", "own-number"), attr("data-own-number", ""), attr("hidden", "")];
    let own = element("p", attributes, vec![plain(own_number), plain(" ")]);
    drawn(words, beside, help, Some(own))
}

fn drawn(
    words: &SafetyText,
    beside: Option<&SafetyBeside>,
    help: Option<&'static str>,
    own_number: Option<Part>,
) -> Part {
    let mut parts = said(words, help);
    parts.extend(own_number);
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
