//! The two halves of the table, and the edge between them.

use leptos::prelude::*;

use super::{MARK, Talk};
use crate::browser::page;
use crate::content::{Catalog, Language, TableText, fill};
use crate::pages::components::blocks::{Attr, Node, attr, dynamic, element, focus_next};
use crate::pages::components::{chosen_text, motif, own_words, plain_status, view, writing};
use crate::pages::sheet::languages;
use crate::reflection::{Line, ReflectionState, Stop};

/// Returns the parent's half, in the parent's language.
pub fn parent(talk: Talk) -> Node {
    let catalog = talk.app.catalog;
    let labels = &catalog.app.table;
    let stop = move || if talk.is_paused.get() { Vec::new() } else { parent_stop(talk) };
    let ways_out = move || talk.is_paused.get().then(|| pause(talk));
    let parts = view! {
        // The stop is announced when it changes.
        {reading(&labels.parent_side, vec![attr("aria-live", "polite")], dynamic(stop))}
        {ways_out}
        <div class="side-buttons">
            <Button class="button quiet" action="pause" press=move || talk.pause()>{&labels.pause}</Button>
            {back(talk, labels)}
            {next(talk, labels)}
        </div>
    };
    side(talk, "parent", &labels.parent_side, catalog.languages.first(), parts)
}

/// Returns the caregiver's half, in the language that the caregiver reads.
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
        // A pause, as when somebody enters the room, hides the lines of the sheet on both halves.
        let stop = move || if talk.is_paused.get() { vec![welcome(labels)] } else { caregiver_stop(talk, catalog) };
        let buttons = move || {
            (!talk.is_paused.get())
                .then(|| view! { <div class="side-buttons">{back(talk, labels)}{next(talk, labels)}</div> })
        };
        let parts = view! {
            {reading(&labels.caregiver_side, Vec::new(), dynamic(stop))}
            {buttons}
        };
        vec![side(talk, "caregiver", &labels.caregiver_side, language, parts)]
    })
}

fn side(talk: Talk, who: &str, name: &str, language: Option<&Language>, parts: Vec<Node>) -> Node {
    let tap = move |event| {
        if page::is_tap(&event) {
            talk.tap();
        }
    };
    let language = language.into_iter().flat_map(languages::spoken);
    view! { <section class="side" data-side={who} aria-label={name} on:click={tap} {..language}>{parts}</section> }
}

/// Returns the part of a half that scrolls by itself, also by keyboard, where the text is long or large.
fn reading(name: &str, attributes: Vec<Attr>, content: Node) -> Node {
    // An element that can have the focus needs a role and a name.
    view! { <div {..attributes} class="reading" tabindex="0" role="group" aria-label={name}>{content}</div> }
}

fn back(talk: Talk, labels: &TableText) -> Node {
    view! { <Button class="button quiet" action="back" press=move || talk.back()>{&labels.back}</Button> }
}

fn next(talk: Talk, labels: &'static TableText) -> Node {
    let label = move || if matches!(talk.stop().0, Stop::Agreed) { &labels.done } else { &labels.next };
    view! { <Button class="button main" action="continue" press=move || talk.next()>{label}</Button> }
}

/// Returns the edge between the halves: the progress of the talk, and the leaf of the current theme.
pub fn seam(talk: Talk) -> Node {
    let content = move || {
        let (stop, at, total) = talk.stop();
        let leaf = match &stop {
            _ if talk.is_paused.get() => motif::sprig(),
            Stop::Line { theme, .. } => motif::mark(theme, true, "mark"),
            Stop::Welcome => motif::sprig(),
            Stop::Agreed => motif::mark("talk", true, "mark"),
        };
        view! {
            <progress max={&(total + 1).to_string()} value={&at.to_string()}/>
            <span>{leaf}</span>
        }
    };
    view! { <div class="seam" aria-hidden="true">{content}</div> }
}

/// Returns the heading of the caregiver's half while it shows no line.
fn welcome(labels: &TableText) -> Node {
    view! { <h2>{&labels.caregiver_welcome}</h2> }
}

fn parent_stop(talk: Talk) -> Vec<Node> {
    let catalog = talk.app.catalog;
    let labels = &catalog.app.table;
    let (stop, n, total) = talk.stop();
    match stop {
        Stop::Welcome => {
            let sentences = paragraphs(&labels.welcome_text);
            view! {
                <h1 tabindex="-1">{&labels.welcome}</h1>
                {sentences}
                <div class="tools">{seats(talk, "tool")}</div>
            }
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
            let sentences = paragraphs(&labels.caregiver_text);
            view! {
                {welcome(labels)}
                {sentences}
                {languages::chooser(talk.app, &labels.language)}
            }
        }
        Stop::Line { line, theme, turn } => {
            let mut parts = line_parts(talk, catalog, "h2", &line, n, total);
            // The language of the free text is unknown.
            parts.extend(own_words(&line.free_text).map(|own| view! { <div lang="">{own}</div> }));
            if let Some(help) = &catalog.theme(&theme).caregiver {
                let ask = help.ask.get(turn % help.ask.len().max(1)).map_or("", String::as_str);
                parts.push(prompt(labels, ask, &help.curious));
            }
            parts
        }
        Stop::Agreed => {
            talk.written.track();
            let written = talk.app.with(|journal| [journal.state().agreed.clone(), journal.state().calls.clone()]);
            view! {
                <h2 class="where">{&catalog.app.sheet.agreed}</h2>
                {own_words(&written[0])}
                {own_words(&written[1])}
                <p class="question">{&labels.agreed_ask}</p>
            }
        }
    }
}

fn paragraphs(sentences: &[String]) -> Vec<Node> {
    sentences.iter().map(|sentence| view! { <p>{sentence}</p> }).collect()
}

/// Returns a line of the sheet without its free text: the heading with the place in the talk, and the chosen options.
fn line_parts(
    talk: Talk,
    catalog: &'static Catalog,
    tag: &'static str,
    line: &Line,
    n: usize,
    total: usize,
) -> Vec<Node> {
    let lead = talk.app.resolve(&catalog.question(&line.question).line);
    let count = fill(&catalog.app.table.position, &[("n", &n.to_string()), ("total", &total.to_string())]);
    let heading = view! { <span>{lead}</span>" "<span class="count">{count}</span> };
    let mut parts = vec![element(tag, vec![attr("class", "where"), attr("tabindex", "-1")], heading)];
    parts.extend(chosen_text(talk.app, catalog, &line.question, &line.chosen));
    parts
}

/// Returns what the caregiver could ask, and be curious about.
fn prompt(labels: &TableText, ask: &str, curious: &str) -> Node {
    view! {
        <div class="prompt">
            <p class="line-lead">{&labels.ask}</p>
            <p class="question">{ask}</p>
            <p class="note"><b>{&labels.curious}</b>": "{curious}</p>
        </div>
    }
}

/// Returns the fields for what was agreed and who calls whom, which both fill in together on the parent's half.
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
    view! {
        <h1 class="where" tabindex="-1">{&catalog.app.table.agreed_lead}</h1>
        {field(talk, "agreed", &catalog.app.sheet.agreed, state.agreed, |state| &mut state.agreed)}
        {field(talk, "calls", &catalog.app.sheet.calls, state.calls, |state| &mut state.calls)}
        {plain_status(talk.app)}
    }
}

fn field(
    talk: Talk,
    name: &'static str,
    label: &str,
    initial: String,
    pick: fn(&mut ReflectionState) -> &mut String,
) -> Node {
    let typed = move |written: String| {
        talk.app.edit_state(&mut |state| pick(state).clone_from(&written));
        talk.written.update(|count| *count += 1);
    };
    let attributes = vec![attr("id", name), attr("name", name), attr("rows", "2")];
    view! {
        <label class="field">
            <span>{label}</span>
            {writing(talk.app, attributes, initial, typed)}
        </label>
    }
}

/// Returns the buttons that continue or end the talk; they are on the parent's half only.
fn pause(talk: Talk) -> Node {
    let labels = &talk.app.catalog.app.table;
    let to_agreed = move || {
        talk.go(talk.last() as u32 + 1);
        talk.go_on();
    };
    view! {
        <div class="pause">
            <h1 class="where">{&labels.pause_title}</h1>
            <Button class="button main" action="go-on" press=move || talk.go_on()>{&labels.go_on}</Button>
            <Button class="button" action="to-agreed" press=to_agreed>{&labels.to_agreed}</Button>
            {seats(talk, "button")}
            <Button class="button" action="leave" press=move || talk.leave()>{&labels.leave}</Button>
            <p class="note">{&labels.leave_note}</p>
            // `shell.js` leaves the page; the button only needs its hook. It is here, not beside the button that goes
            // on, because it erases answers that are kept in this tab only.
            <Button class="button quiet" action="exit" press=|| {}>{&labels.exit}</Button>
        </div>
    }
}

/// Returns the buttons that arrange the halves facing or beside each other. The styles show the one that changes it.
fn seats(talk: Talk, class: &'static str) -> Vec<Node> {
    let labels = &talk.app.catalog.app.table;
    let turn = move |how: &'static str, other: &'static str| {
        page::mark(MARK, Some(how));
        talk.is_paused.set(false);
        focus_next(other.to_owned());
    };
    let beside = move || turn("beside", "[data-action=facing]");
    let facing = move || turn("facing", "[data-action=beside]");
    view! {
        <Button class={class} action="beside" press=beside>{&labels.beside}</Button>
        <Button class={class} action="facing" press=facing>{&labels.facing}</Button>
    }
}
