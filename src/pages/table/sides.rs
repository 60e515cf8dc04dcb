//! The two halves of the table, and the seam between them.

use leptos::prelude::*;

use super::{MARK, Talk};
use crate::browser::page;
use crate::content::{Catalog, Language, TableText, fill};
use crate::pages::components::blocks::{
    Attr, Node, attr, button, element, focus_next, holder, on, plain, redrawn, text,
};
use crate::pages::components::{chosen_text, motif, own_words, plain_status, writing};
use crate::pages::sheet::languages;
use crate::reflection::{Line, ReflectionState, Stop};

/// The parent's half, in the parent's language.
pub fn parent(talk: Talk) -> Node {
    let words = talk.app.words;
    let text = &words.app.table;
    let stop = move || if talk.is_paused.get() { Vec::new() } else { parent_stop(talk) };
    let ways_out = move || if talk.is_paused.get() { vec![pause(talk)] } else { Vec::new() };
    // What lies on the table is read aloud when it changes.
    let reading = reading(&text.parent_side, vec![attr("aria-live", "polite")], redrawn(stop));
    let pause = button("button quiet", "pause", vec![plain(&text.pause)], move || talk.pause());
    let parts = vec![reading, redrawn(ways_out), buttons(talk, text, Some(pause))];
    side(talk, "parent", &text.parent_side, words.languages.first(), parts)
}

/// The caregiver's half, in the language that the caregiver reads.
pub fn caregiver(talk: Talk) -> Node {
    let app = talk.app;
    redrawn(move || {
        app.changes.track();
        talk.draw_up();
        if !talk.is_on.get_untracked() {
            return Vec::new();
        }
        let other = languages::other(app);
        let words = other.map_or(app.words, |other| other.words);
        let language = other.map(|other| other.language).or(app.words.languages.first());
        let text = &words.app.table;
        // Who pauses because somebody comes in wants nothing of the sheet to show, on neither half.
        let stop =
            redrawn(move || if talk.is_paused.get() { vec![welcome(text)] } else { caregiver_stop(talk, words) });
        let ways = redrawn(move || if talk.is_paused.get() { Vec::new() } else { vec![buttons(talk, text, None)] });
        let parts = vec![reading(&text.caregiver_side, Vec::new(), stop), ways];
        vec![side(talk, "caregiver", &text.caregiver_side, language, parts)]
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

fn buttons(talk: Talk, text: &'static TableText, first: Option<Node>) -> Node {
    let next = move || vec![plain(if matches!(talk.stop().0, Stop::Agreed) { &text.done } else { &text.next })];
    let mut buttons: Vec<Node> = first.into_iter().collect();
    buttons.extend([
        button("button quiet", "back", vec![plain(&text.back)], move || talk.back()),
        button("button main", "continue", vec![redrawn(next)], move || talk.next()),
    ]);
    holder("div", "side-buttons", buttons)
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
        vec![element("progress", way, Vec::new()), holder("span", "", vec![leaf])]
    };
    element("div", vec![attr("class", "seam"), attr("aria-hidden", "true")], vec![redrawn(drawn)])
}

/// The heading of the caregiver's half where no line lies there.
fn welcome(words: &TableText) -> Node {
    text("h2", "", &words.caregiver_welcome)
}

/// The heading of a half: what leads the line, and which of them it is.
fn heading(words: &Catalog, tag: &'static str, lead: &str, n: usize, total: usize) -> Node {
    let places = [("n", &*n.to_string()), ("total", &*total.to_string())];
    let count = text("span", "count", &fill(&words.app.table.position, &places));
    let lead = text("span", "", lead);
    element(tag, vec![attr("class", "where"), attr("tabindex", "-1")], vec![lead, plain(" "), count])
}

fn parent_stop(talk: Talk) -> Vec<Node> {
    let words = talk.app.words;
    let text_of = &words.app.table;
    let (stop, n, total) = talk.stop();
    match stop {
        Stop::Welcome => {
            let mut parts = vec![element("h1", vec![attr("tabindex", "-1")], vec![plain(&text_of.welcome)])];
            parts.extend(text_of.welcome_text.iter().map(|sentence| text("p", "", sentence)));
            parts.push(holder("div", "tools", seats(talk, "tool").into()));
            parts
        }
        Stop::Line { line, .. } => {
            let mut parts = line_parts(talk, words, "h1", &line, n, total);
            parts.extend(own_words(&line.words));
            parts
        }
        Stop::Agreed => agreed(talk),
    }
}

fn caregiver_stop(talk: Talk, words: &'static Catalog) -> Vec<Node> {
    let text_of = &words.app.table;
    let (stop, n, total) = talk.stop();
    match stop {
        Stop::Welcome => {
            let mut parts = vec![welcome(text_of)];
            parts.extend(text_of.caregiver_text.iter().map(|sentence| text("p", "", sentence)));
            parts.push(languages::chooser(talk.app, &text_of.language));
            parts
        }
        Stop::Line { line, theme, turn } => {
            let mut parts = line_parts(talk, words, "h2", &line, n, total);
            // Own words stay as they were written, in a language that nobody has named.
            parts.extend(own_words(&line.words).map(|own| element("div", vec![attr("lang", "")], vec![own])));
            if let Some(help) = &words.theme(&theme).caregiver {
                let ask = help.ask.get(turn % help.ask.len().max(1)).map_or("", String::as_str);
                parts.push(prompt(text_of, ask, &help.curious));
            }
            parts
        }
        Stop::Agreed => {
            talk.written.track();
            let mut parts = vec![text("h2", "where", &words.app.sheet.agreed)];
            let written = talk.app.with(|journal| [journal.state().agreed.clone(), journal.state().calls.clone()]);
            parts.extend(written.iter().filter_map(|written| own_words(written)));
            parts.push(text("p", "question", &text_of.agreed_ask));
            parts
        }
    }
}

/// A line, but for own words.
fn line_parts(
    talk: Talk,
    words: &'static Catalog,
    tag: &'static str,
    line: &Line,
    n: usize,
    total: usize,
) -> Vec<Node> {
    let lead = talk.app.say(&words.question(&line.question).line);
    let mut parts = vec![heading(words, tag, lead, n, total)];
    parts.extend(chosen_text(talk.app, words, &line.question, &line.chosen));
    parts
}

/// What the caregiver could ask, and be curious about.
fn prompt(words: &TableText, ask: &str, curious: &str) -> Node {
    let parts = vec![
        text("p", "line-lead", &words.ask),
        text("p", "question", ask),
        holder("p", "note", vec![text("b", "", &words.curious), plain(": "), plain(curious)]),
    ];
    holder("div", "prompt", parts)
}

/// What was agreed and who calls whom, written together on the parent's half.
fn agreed(talk: Talk) -> Vec<Node> {
    let words = talk.app.words;
    let record = talk.app.with(|journal| journal.state().clone());
    // Another tab may write here too.
    talk.app.follow(move || {
        talk.app.with(|journal| {
            page::take_over("agreed", &journal.state().agreed);
            page::take_over("calls", &journal.state().calls);
        });
        talk.written.update(|count| *count += 1);
    });
    vec![
        element("h1", vec![attr("class", "where"), attr("tabindex", "-1")], vec![plain(&words.app.table.agreed_lead)]),
        field(talk, "agreed", &words.app.sheet.agreed, record.agreed, |record| &mut record.agreed),
        field(talk, "calls", &words.app.sheet.calls, record.calls, |record| &mut record.calls),
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
    let typed = move |words: String| {
        talk.app.note(&mut |record| pick(record).clone_from(&words));
        talk.written.update(|count| *count += 1);
    };
    let mut parts = vec![text("span", "", label)];
    parts.extend(writing(talk.app, vec![attr("id", name), attr("name", name), attr("rows", "2")], at_first, typed));
    holder("label", "field", parts)
}

/// The ways out of the talk, on the parent's half alone.
fn pause(talk: Talk) -> Node {
    let words = &talk.app.words.app.table;
    let to_agreed = move || {
        talk.go(talk.last() as u32 + 1);
        talk.go_on();
    };
    let mut parts = vec![
        text("h1", "where", &words.pause_title),
        button("button main", "go-on", vec![plain(&words.go_on)], move || talk.go_on()),
        button("button", "to-agreed", vec![plain(&words.to_agreed)], to_agreed),
    ];
    parts.extend(seats(talk, "button"));
    parts.extend([
        button("button", "leave", vec![plain(&words.leave)], move || talk.leave()),
        text("p", "note", &words.leave_note),
        // `shell.js` leaves the page; the button only needs its hook. It stands here and not beside the way on, because
        // it empties what was to stay in this tab only.
        button("button quiet", "exit", vec![plain(&words.exit)], || {}),
    ]);
    holder("div", "pause", parts)
}

/// How the two sit: the styles show the button for what is not so now.
fn seats(talk: Talk, class: &'static str) -> [Node; 2] {
    let words = &talk.app.words.app.table;
    let turn = move |how: &'static str, other: &'static str| {
        page::mark(MARK, Some(how));
        talk.is_paused.set(false);
        focus_next(other.to_owned());
    };
    [
        button(class, "beside", vec![plain(&words.beside)], move || turn("beside", "[data-action=facing]")),
        button(class, "facing", vec![plain(&words.facing)], move || turn("facing", "[data-action=beside]")),
    ]
}
