//! The two halves of the table, and the seam between them.

use leptos::prelude::*;

use super::{MARK, Talk};
use crate::browser::page;
use crate::content::{Catalog, Language, TableText, fill};
use crate::pages::components::blocks::{
    Attr, Node, attr, button, container, dynamic, element, focus_next, on, text, text_element,
};
use crate::pages::components::{chosen_text, motif, own_words, plain_status, writing};
use crate::pages::sheet::languages;
use crate::reflection::{Line, ReflectionState, Stop};

/// The parent's half, in the parent's language.
pub fn parent(talk: Talk) -> Node {
    let catalog = talk.app.catalog;
    let labels = &catalog.app.table;
    let stop = move || if talk.is_paused.get() { Vec::new() } else { parent_stop(talk) };
    let ways_out = move || if talk.is_paused.get() { vec![pause(talk)] } else { Vec::new() };
    // What lies on the table is read aloud when it changes.
    let reading = reading(&labels.parent_side, vec![attr("aria-live", "polite")], dynamic(stop));
    let pause = button("button quiet", "pause", vec![text(&labels.pause)], move || talk.pause());
    let parts = vec![reading, dynamic(ways_out), buttons(talk, labels, Some(pause))];
    side(talk, "parent", &labels.parent_side, catalog.languages.first(), parts)
}

/// The caregiver's half, in the language that the caregiver reads.
pub fn caregiver(talk: Talk) -> Node {
    let app = talk.app;
    dynamic(move || {
        app.changes.track();
        talk.draw_up();
        if !talk.is_on.get_untracked() {
            return Vec::new();
        }
        let other = languages::other(app);
        let catalog = other.map_or(app.catalog, |other| other.catalog);
        let language = other.map(|other| other.language).or(app.catalog.languages.first());
        let labels = &catalog.app.table;
        // Who pauses because somebody comes in wants nothing of the sheet to show, on neither half.
        let stop =
            dynamic(move || if talk.is_paused.get() { vec![welcome(labels)] } else { caregiver_stop(talk, catalog) });
        let ways = dynamic(move || if talk.is_paused.get() { Vec::new() } else { vec![buttons(talk, labels, None)] });
        let parts = vec![reading(&labels.caregiver_side, Vec::new(), stop), ways];
        vec![side(talk, "caregiver", &labels.caregiver_side, language, parts)]
    })
}

fn side(talk: Talk, who: &str, name: &str, language: Option<&Language>, parts: Vec<Node>) -> Node {
    let tap = on("click", move |event| {
        if page::is_tap(&event) {
            talk.tap();
        }
    });
    let mut attributes = vec![attr("class", "side"), attr("data-side", who), attr("aria-label", name), tap];
    attributes.extend(language.into_iter().flat_map(languages::spoken));
    element("section", attributes, parts)
}

/// What is read: it scrolls by itself, also by keyboard, where the words are many or large.
fn reading(name: &str, mut attributes: Vec<Attr>, content: Node) -> Node {
    attributes.extend([
        attr("class", "reading"),
        attr("tabindex", "0"),
        // Whatever can have the focus says what it is.
        attr("role", "group"),
        attr("aria-label", name),
    ]);
    element("div", attributes, vec![content])
}

fn buttons(talk: Talk, labels: &'static TableText, first: Option<Node>) -> Node {
    let next = move || vec![text(if matches!(talk.stop().0, Stop::Agreed) { &labels.done } else { &labels.next })];
    let mut buttons: Vec<Node> = first.into_iter().collect();
    buttons.extend([
        button("button quiet", "back", vec![text(&labels.back)], move || talk.back()),
        button("button main", "continue", vec![dynamic(next)], move || talk.next()),
    ]);
    container("div", "side-buttons", buttons)
}

/// The table's edge between the halves: how far the talk is, and the leaf of what it is about, in the light of the lamp.
pub fn seam(talk: Talk) -> Node {
    let drawn = move || {
        let (stop, at, total) = talk.stop();
        let leaf = match &stop {
            _ if talk.is_paused.get() => motif::sprig(),
            Stop::Line { theme, .. } => motif::mark(theme, true, "mark"),
            Stop::Welcome => motif::sprig(),
            Stop::Agreed => motif::mark("talk", true, "mark"),
        };
        let way = vec![attr("max", &(total + 1).to_string()), attr("value", &at.to_string())];
        vec![element("progress", way, Vec::new()), container("span", "", vec![leaf])]
    };
    element("div", vec![attr("class", "seam"), attr("aria-hidden", "true")], vec![dynamic(drawn)])
}

/// The heading of the caregiver's half where no line lies there.
fn welcome(labels: &TableText) -> Node {
    text_element("h2", "", &labels.caregiver_welcome)
}

/// The heading of a half: what leads the line, and which of them it is.
fn heading(catalog: &Catalog, tag: &'static str, lead: &str, n: usize, total: usize) -> Node {
    let places = [("n", &*n.to_string()), ("total", &*total.to_string())];
    let count = text_element("span", "count", &fill(&catalog.app.table.position, &places));
    let lead = text_element("span", "", lead);
    element(tag, vec![attr("class", "where"), attr("tabindex", "-1")], vec![lead, text(" "), count])
}

fn parent_stop(talk: Talk) -> Vec<Node> {
    let catalog = talk.app.catalog;
    let labels = &catalog.app.table;
    let (stop, n, total) = talk.stop();
    match stop {
        Stop::Welcome => {
            let mut parts = vec![element("h1", vec![attr("tabindex", "-1")], vec![text(&labels.welcome)])];
            parts.extend(labels.welcome_text.iter().map(|sentence| text_element("p", "", sentence)));
            parts.push(container("div", "tools", seats(talk, "tool").into()));
            parts
        }
        Stop::Line { line, .. } => {
            let mut parts = line_parts(talk, catalog, "h1", &line, n, total);
            parts.extend(own_words(&line.free_text));
            parts
        }
        Stop::Agreed => agreed(talk),
    }
}

fn caregiver_stop(talk: Talk, catalog: &'static Catalog) -> Vec<Node> {
    let labels = &catalog.app.table;
    let (stop, n, total) = talk.stop();
    match stop {
        Stop::Welcome => {
            let mut parts = vec![welcome(labels)];
            parts.extend(labels.caregiver_text.iter().map(|sentence| text_element("p", "", sentence)));
            parts.push(languages::chooser(talk.app, &labels.language));
            parts
        }
        Stop::Line { line, theme, turn } => {
            let mut parts = line_parts(talk, catalog, "h2", &line, n, total);
            // Own words stay as they were written, in a language that nobody has named.
            parts.extend(own_words(&line.free_text).map(|own| element("div", vec![attr("lang", "")], vec![own])));
            if let Some(help) = &catalog.theme(&theme).caregiver {
                let ask = help.ask.get(turn % help.ask.len().max(1)).map_or("", String::as_str);
                parts.push(prompt(labels, ask, &help.curious));
            }
            parts
        }
        Stop::Agreed => {
            talk.written.track();
            let mut parts = vec![text_element("h2", "where", &catalog.app.sheet.agreed)];
            let written = talk.app.with(|journal| [journal.state().agreed.clone(), journal.state().calls.clone()]);
            parts.extend(written.iter().filter_map(|written| own_words(written)));
            parts.push(text_element("p", "question", &labels.agreed_ask));
            parts
        }
    }
}

/// A line, but for own words.
fn line_parts(
    talk: Talk,
    catalog: &'static Catalog,
    tag: &'static str,
    line: &Line,
    n: usize,
    total: usize,
) -> Vec<Node> {
    let lead = talk.app.resolve(&catalog.question(&line.question).line);
    let mut parts = vec![heading(catalog, tag, lead, n, total)];
    parts.extend(chosen_text(talk.app, catalog, &line.question, &line.chosen));
    parts
}

/// What the caregiver could ask, and be curious about.
fn prompt(labels: &TableText, ask: &str, curious: &str) -> Node {
    let parts = vec![
        text_element("p", "line-lead", &labels.ask),
        text_element("p", "question", ask),
        container("p", "note", vec![text_element("b", "", &labels.curious), text(": "), text(curious)]),
    ];
    container("div", "prompt", parts)
}

/// What was agreed and who calls whom, written together on the parent's half.
fn agreed(talk: Talk) -> Vec<Node> {
    let catalog = talk.app.catalog;
    let state = talk.app.with(|journal| journal.state().clone());
    // Another tab may write here too.
    talk.app.on_external_change(move || {
        talk.app.with(|journal| {
            page::set_unless_typing("agreed", &journal.state().agreed);
            page::set_unless_typing("calls", &journal.state().calls);
        });
        talk.written.update(|count| *count += 1);
    });
    vec![
        element("h1", vec![attr("class", "where"), attr("tabindex", "-1")], vec![text(&catalog.app.table.agreed_lead)]),
        field(talk, "agreed", &catalog.app.sheet.agreed, state.agreed, |state| &mut state.agreed),
        field(talk, "calls", &catalog.app.sheet.calls, state.calls, |state| &mut state.calls),
        plain_status(talk.app),
    ]
}

fn field(
    talk: Talk,
    name: &'static str,
    label: &str,
    at_first: String,
    pick: fn(&mut ReflectionState) -> &mut String,
) -> Node {
    let typed = move |written: String| {
        talk.app.edit_state(&mut |state| pick(state).clone_from(&written));
        talk.written.update(|count| *count += 1);
    };
    let mut parts = vec![text_element("span", "", label)];
    parts.extend(writing(talk.app, vec![attr("id", name), attr("name", name), attr("rows", "2")], at_first, typed));
    container("label", "field", parts)
}

/// The ways out of the talk, on the parent's half alone.
fn pause(talk: Talk) -> Node {
    let labels = &talk.app.catalog.app.table;
    let to_agreed = move || {
        talk.go(talk.last() as u32 + 1);
        talk.go_on();
    };
    let mut parts = vec![
        text_element("h1", "where", &labels.pause_title),
        button("button main", "go-on", vec![text(&labels.go_on)], move || talk.go_on()),
        button("button", "to-agreed", vec![text(&labels.to_agreed)], to_agreed),
    ];
    parts.extend(seats(talk, "button"));
    parts.extend([
        button("button", "leave", vec![text(&labels.leave)], move || talk.leave()),
        text_element("p", "note", &labels.leave_note),
        // `shell.js` leaves the page; the button only needs its hook. It stands here and not beside the way on, because
        // it empties what was to stay in this tab only.
        button("button quiet", "exit", vec![text(&labels.exit)], || {}),
    ]);
    container("div", "pause", parts)
}

/// How the two sit: the styles show the button for what is not so now.
fn seats(talk: Talk, class: &'static str) -> [Node; 2] {
    let labels = &talk.app.catalog.app.table;
    let turn = move |how: &'static str, other: &'static str| {
        page::mark(MARK, Some(how));
        talk.is_paused.set(false);
        focus_next(other.to_owned());
    };
    [
        button(class, "beside", vec![text(&labels.beside)], move || turn("beside", "[data-action=facing]")),
        button(class, "facing", vec![text(&labels.facing)], move || turn("facing", "[data-action=beside]")),
    ]
}
