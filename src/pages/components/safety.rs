//! The safety text: the same words everywhere, triggered by nothing, in three parts that each have their own numbers.

use super::blocks::{Node, attr, container, element, list, own_text, text, text_element};
use super::menu;
use crate::content::{Number, SafetyBeside, SafetyLine, SafetyNumbers, SafetyText};
use crate::pages::app::App;

/// The roles of a parent who does not carry the baby.
const OTHERS: [&str; 2] = ["partner", "expecting"];

/// The parts of the safety text on one page.
pub struct Safety<'a> {
    /// The words, in the page's language.
    pub labels: &'a SafetyText,
    /// The numbers of this copy's country.
    pub numbers: &'a SafetyNumbers,
    /// The words in the country's language, where that is another one.
    pub beside: Option<&'a SafetyBeside>,
    /// The way to the help page, where there is one to go to.
    pub help: Option<&'static str>,
    /// The parent's own number, or a way to add one.
    pub own_number: Option<Node>,
    /// Whether somebody else carries the baby.
    pub other_carries: bool,
    /// Whether it speaks of the baby's movements.
    pub movement: bool,
}

/// The safety text on a page of the app, with the parent's own number. Where there is none, `offers` leads to the screen
/// where it can be typed.
pub fn own_safety(app: App, offers: bool) -> Node {
    let labels = &app.catalog.app.about;
    let (call, typed, printed, other_carries) = app.with(|journal| {
        let about = journal.profile();
        (about.call(), about.number_as_text(), about.print_number, OTHERS.contains(&about.role.as_str()))
    });
    let number = match call {
        Some((shown, dialled)) => Some(dial(&Number { shown, dialled })),
        // Where words stand beside it, or a second number, nothing is dialled that does not show.
        None if !typed.is_empty() => Some(own_text("bdi", "", &typed)),
        None => None,
    };
    let own_number = match number {
        Some(number) => {
            let class = if printed { "own-number printed" } else { "own-number" };
            Some(container("p", class, vec![text(&labels.own_number), text(" "), number]))
        }
        None if offers => Some(container("p", "own-number", vec![menu(app, &labels.offer["number"])])),
        None => None,
    };
    safety(Safety {
        labels: &app.catalog.safety,
        numbers: &app.catalog.safety_numbers,
        beside: app.catalog.safety_beside.as_ref(),
        help: Some("../help/"),
        own_number,
        other_carries,
        movement: true,
    })
}

/// The place on a page without the app where `shell.js` puts the parent's own number, if it is kept.
#[cfg(not(target_arch = "wasm32"))]
pub fn own_number(lead: &str) -> Node {
    let attributes = vec![attr("class", "own-number"), attr("data-own-number", ""), attr("hidden", "")];
    element("p", attributes, vec![text(lead), text(" ")])
}

/// The safety text, and below it the same in the country's language.
pub fn safety(mut safety: Safety<'_>) -> Node {
    let own_number = safety.own_number.take();
    let mut parts = safety_parts(&safety, safety.labels, own_number);
    if let Some(SafetyBeside { lang, dir, text: labels }) = safety.beside {
        let attributes = vec![attr("class", "beside"), attr("lang", lang), attr("dir", dir)];
        parts.push(element("div", attributes, safety_parts(&safety, labels, None)));
    }
    container("aside", "safety", parts)
}

fn safety_parts(safety: &Safety<'_>, labels: &SafetyText, own_number: Option<Node>) -> Vec<Node> {
    let numbers = safety.numbers;
    let mut parts = Vec::new();
    if safety.other_carries {
        parts.push(text_element("p", "", &labels.carrier));
    }
    parts.push(lead(&labels.lead));
    parts.extend(own_number);
    let movement = safety.movement.then(|| text_element("li", "when-unchanged", &labels.movement));
    let signs = labels.when.iter().map(|sign| text_element("li", "", sign));
    parts.push(container("ul", "", movement.into_iter().chain(signs).collect()));
    parts.push(text_element("p", "", &labels.anyway));
    if safety.movement {
        parts.push(text_element("p", "when-unchanged", &labels.count));
    }

    parts.push(lead(&labels.life));
    let mut dials: Vec<_> = numbers.life.iter().map(|line| dials("", line)).collect();
    dials.push(emergency(labels, numbers));
    parts.push(list("dials", dials));

    parts.push(lead(&labels.home));
    let mut dials = vec![emergency(labels, numbers)];
    dials.extend(numbers.home.iter().map(|line| self::dials(&labels.advice, line)));
    parts.push(list("dials", dials));

    parts.push(text_element("p", "", &labels.log));
    if let Some(help) = safety.help {
        let link = element("a", vec![attr("href", help)], vec![text(&labels.more)]);
        parts.push(container("p", "to-help", vec![link]));
    }
    parts
}

fn lead(content: &str) -> Node {
    container("p", "", vec![text_element("b", "", content)])
}

fn emergency(labels: &SafetyText, numbers: &SafetyNumbers) -> Node {
    item(vec![text(&labels.emergency)], &numbers.emergency)
}

/// A help line: what it is for where that is said, whose it is, and its numbers.
fn dials(lead: &str, line: &SafetyLine) -> Node {
    let mut name = vec![own_text("bdi", "", &line.name)];
    if !lead.is_empty() {
        name.splice(0..0, [text(lead), text(" ")]);
    }
    item(name, &line.numbers)
}

fn item(mut parts: Vec<Node>, numbers: &[Number]) -> Node {
    for number in numbers {
        parts.extend([text(" "), dial(number)]);
    }
    container("li", "", parts)
}

/// A number as a link that dials what it shows, in its own direction.
fn dial(number: &Number) -> Node {
    let address = ["tel:", &number.dialled].concat();
    element("a", vec![attr("class", "call"), attr("href", &address), attr("dir", "ltr")], vec![text(&number.shown)])
}
