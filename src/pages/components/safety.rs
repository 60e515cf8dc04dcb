//! The safety text: the same on every page, whatever was answered, in three parts that each have their own numbers.

use super::blocks::{Node, own_text, text};
use super::{menu, view};
use crate::content::{Number, SafetyBeside, SafetyLine, SafetyNumbers, SafetyText};
use crate::pages::app::App;

/// The roles of parents who do not carry the baby.
const OTHERS: [&str; 2] = ["partner", "expecting"];

/// The parts of the safety text on one page.
pub struct Safety<'a> {
    /// The text, in the language of the page.
    pub labels: &'a SafetyText,
    /// The numbers of the country that the site is built for.
    pub numbers: &'a SafetyNumbers,
    /// The text in the country's language, where that is not the language of the page.
    pub beside: Option<&'a SafetyBeside>,
    /// The address of the help page; none on that page itself.
    pub help: Option<&'static str>,
    /// The parent's own number, or a button to add one.
    pub own_number: Option<Node>,
    /// True if somebody other than the parent carries the baby.
    pub other_carries: bool,
    /// True if the text mentions the movements of the baby.
    pub movement: bool,
}

/// Returns the safety text on a page of the app, with the parent's own number. Without a number, and if `offers` is
/// set, a button leads to the screen where one can be typed.
pub fn own_safety(app: App, offers: bool) -> Node {
    let labels = &app.catalog.app.about;
    let (call, typed, printed, other_carries) = app.with(|journal| {
        let about = journal.profile();
        (about.call(), about.number_as_text(), about.print_number, OTHERS.contains(&about.role.as_str()))
    });
    let number = match call {
        Some((shown, dialled)) => Some(dial(&Number { shown, dialled })),
        // A number with words or a second number beside it is no link: it would dial something else than it shows.
        None if !typed.is_empty() => Some(own_text("bdi", "", &typed)),
        None => None,
    };
    let own_number = match number {
        Some(number) => {
            let class = if printed { "own-number printed" } else { "own-number" };
            Some(view! { <p class={class}>{&labels.own_number}" "{number}</p> })
        }
        None if offers => Some(view! { <p class="own-number">{menu(app, &labels.offer["number"])}</p> }),
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

/// Returns the element on a page without the app that `shell.js` fills with the parent's own number, if it is stored.
#[cfg(not(target_arch = "wasm32"))]
pub fn own_number(lead: &str) -> Node {
    view! { <p class="own-number" data-own-number hidden>{lead}" "</p> }
}

/// Returns the safety text, followed by the same text in the country's language.
pub fn safety(mut safety: Safety<'_>) -> Node {
    let own_number = safety.own_number.take();
    let mut parts = safety_parts(&safety, safety.labels, own_number);
    if let Some(SafetyBeside { lang, dir, text: labels }) = safety.beside {
        parts.push(view! { <div class="beside" lang={lang} dir={dir}>{safety_parts(&safety, labels, None)}</div> });
    }
    view! { <aside class="safety">{parts}</aside> }
}

fn safety_parts(safety: &Safety<'_>, labels: &SafetyText, own_number: Option<Node>) -> Vec<Node> {
    let numbers = safety.numbers;
    let movement = safety.movement.then(|| view! { <li class="when-unchanged">{&labels.movement}</li> });
    let signs = labels.when.iter().map(|sign| view! { <li>{sign}</li> });
    let signs: Vec<_> = movement.into_iter().chain(signs).collect();
    let mut life: Vec<_> = numbers.life.iter().map(|line| dials("", line)).collect();
    life.push(emergency(labels, numbers));
    let mut home = vec![emergency(labels, numbers)];
    home.extend(numbers.home.iter().map(|line| dials(&labels.advice, line)));
    view! {
        {safety.other_carries.then(|| view! { <p>{&labels.carrier}</p> })}
        {lead(&labels.lead)}
        {own_number}
        <ul>{signs}</ul>
        <p>{&labels.anyway}</p>
        {safety.movement.then(|| view! { <p class="when-unchanged">{&labels.count}</p> })}
        {lead(&labels.life)}
        <List class="dials">{life}</List>
        {lead(&labels.home)}
        <List class="dials">{home}</List>
        <p>{&labels.log}</p>
        {safety.help.map(|help| view! { <p class="to-help"><a href={help}>{&labels.more}</a></p> })}
    }
}

fn lead(content: &str) -> Node {
    view! { <p><b>{content}</b></p> }
}

fn emergency(labels: &SafetyText, numbers: &SafetyNumbers) -> Node {
    item(vec![text(&labels.emergency)], &numbers.emergency)
}

/// Returns a help line: its purpose where one is given, its name and its numbers.
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
    view! { <li>{parts}</li> }
}

/// Returns a link that dials the number it shows. Its text direction is left to right.
fn dial(number: &Number) -> Node {
    let address = ["tel:", &number.dialled].concat();
    view! { <a class="call" href={&address} dir="ltr">{&number.shown}</a> }
}
