//! The reflections of this journal: earlier ones stay as they were, and a new one can be begun. They are told apart by
//! their day alone; nothing about them is counted or compared.

use leptos::prelude::*;

use crate::browser::page;
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Node, attr, button, element, focus_next, head, holder, list, notice, path, plain, redrawn, screen, text,
};
use crate::pages::components::{bar, ways};
use crate::reflection::{Reflection, Step, SwitchError};

/// The id of a reflection that waits to be opened; empty for a new one.
type Waits = RwSignal<Option<String>>;

/// The list of reflections.
pub fn reflections(app: App) -> Node {
    let words = &app.words.app.reflections;
    // The one about which it is asked whether to erase it.
    let asked = RwSignal::new(String::new());
    let said = RwSignal::new("");
    // The one that waits to be opened, until the parent has said what becomes of what is in memory only.
    let waits = RwSignal::new(None);
    let rows = move || {
        app.changes.track();
        let asked_id = asked.get();
        let all = app.with(|journal| journal.reflections());
        let rows = all.iter().rev().map(|reflection| row(app, reflection, &asked_id, asked, waits, said)).collect();
        vec![list("ul", "rows", rows)]
    };
    let begin = button("path", "begin-again", path(&words.begin, Some(&words.begin_note)), move || {
        open(app, "", waits, said);
    });
    let ask = move || waits.get().map_or_else(Vec::new, |id| vec![leaving(app, id, said)]);
    let body = vec![redrawn(ask), begin, notice(said), redrawn(rows), text("p", "note", &words.shared)];
    let parts = vec![
        head(None, &words.title, Some(&words.lead), None),
        holder("div", "step-body", body),
        bar(app, Vec::new()),
        ways(app),
    ];
    screen(&Step::Reflections.id(), parts)
}

/// Opens a reflection, or begins a new one, without losing in silence what is in memory only.
fn open(app: App, id: &str, waits: Waits, said: RwSignal<&'static str>) {
    match app.open_reflection(id, false) {
        Ok(()) => {}
        Err(SwitchError::Refused) => said.set(&app.words.app.restore.failed),
        Err(SwitchError::Unkept) => {
            waits.set(Some(id.to_owned()));
            focus_next("[data-unkept] button".to_owned());
        }
    }
}

/// Asks what becomes of what is in memory only. The harmless answer comes first.
fn leaving(app: App, id: String, said: RwSignal<&'static str>) -> Node {
    let words = &app.words.app;
    let keep = button("button main", "keep", vec![plain(&words.saved.choose)], move || app.go_and_return(Step::Keep));
    let leave = button("button", "leave-unkept", vec![plain(&words.reflections.leave)], move || {
        if app.open_reflection(&id, true).is_err() {
            said.set(&words.restore.failed);
        }
    });
    let ask = element("p", vec![attr("role", "alert")], vec![plain(&words.reflections.unkept)]);
    element("div", vec![attr("class", "stack"), attr("data-unkept", "")], vec![ask, keep, leave])
}

/// One reflection: its day, and what can be done with it.
fn row(
    app: App,
    reflection: &Reflection,
    asked_id: &str,
    asked: RwSignal<String>,
    waits: Waits,
    said: RwSignal<&'static str>,
) -> Node {
    let words = &app.words.app.reflections;
    let Reflection { id, state, is_open, .. } = reflection;
    let day = if state.day.is_empty() { words.undated.clone() } else { page::day_in_words(&state.day, None) };
    let mut parts = vec![text("p", "name", &day)];
    if *is_open {
        parts.push(text("p", "state", &words.is_open));
    }
    let (to_open, to_erase, to_ask) = (id.clone(), id.clone(), id.clone());
    let again = ["[data-reflection=", id, "] button"].concat();
    // Of what is asked the harmless answer comes first, and so gets the focus of the button that asked.
    let ask = move |about: String| {
        asked.set(about);
        focus_next(again.clone());
    };
    let mut tools = Vec::new();
    if id == asked_id {
        parts.push(element("p", vec![attr("role", "alert")], vec![plain(&words.erase_ask)]));
        tools.push(button("tool", "keep-it", vec![plain(&words.erase_no)], move || ask(String::new())));
        tools.push(button("tool", "erase-yes-one", vec![plain(&words.erase_yes)], move || {
            asked.set(String::new());
            said.set(if app.erase_reflection(&to_erase) { "" } else { &app.words.app.saved.not_erased });
            focus_next("h1".to_owned());
        }));
    } else {
        tools.push(button("tool", "erase-one", vec![plain(&words.erase)], move || ask(to_ask.clone())));
        if !is_open {
            let label = vec![plain(&words.open), text("span", "visually-hidden", &[": ", &day].concat())];
            tools.push(button("tool", "open-reflection", label, move || open(app, &to_open, waits, said)));
        }
    }
    parts.push(holder("div", "line-tools", tools));
    element("li", vec![attr("class", "answer"), attr("data-reflection", id)], parts)
}
