//! The reflections of this journal: earlier ones stay as they were, and a new one can be begun. They are told apart by
//! their day alone; nothing about them is counted or compared.

use leptos::prelude::*;

use crate::browser::page;
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Node, attr, button, choice_label, container, dynamic, element, focus_next, list, notice, screen, screen_header,
    text, text_element,
};
use crate::pages::components::{bar, links};
use crate::reflection::{Reflection, Step, SwitchError};

/// The id of a reflection that waits to be opened; empty for a new one.
type Waits = RwSignal<Option<String>>;

/// The list of reflections.
pub fn reflections(app: App) -> Node {
    let labels = &app.catalog.app.reflections;
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
        vec![list("rows", rows)]
    };
    let begin = button("path", "begin-again", vec![choice_label(&labels.begin, Some(&labels.begin_note))], move || {
        open(app, "", waits, said);
    });
    let ask = move || waits.get().map_or_else(Vec::new, |id| vec![leaving(app, id, said)]);
    let body = vec![dynamic(ask), begin, notice(said), dynamic(rows), text_element("p", "note", &labels.shared)];
    let parts = vec![
        screen_header(&labels.title, Some(&labels.lead), Vec::new()),
        container("div", "step-body", body),
        bar(app, Vec::new()),
        links(app),
    ];
    screen(&Step::Reflections.id(), parts)
}

/// Opens a reflection, or begins a new one, without losing in silence what is in memory only.
fn open(app: App, id: &str, waits: Waits, said: RwSignal<&'static str>) {
    match app.open_reflection(id, false) {
        Ok(()) => {}
        Err(SwitchError::Refused) => said.set(&app.catalog.app.restore.failed),
        Err(SwitchError::Unkept) => {
            waits.set(Some(id.to_owned()));
            focus_next("[data-unkept] button".to_owned());
        }
    }
}

/// Asks what becomes of what is in memory only. The harmless answer comes first.
fn leaving(app: App, id: String, said: RwSignal<&'static str>) -> Node {
    let labels = &app.catalog.app;
    let keep =
        button("button main", "keep", vec![text(&labels.saved.choose)], move || app.open_with_return(Step::Keep));
    let leave = button("button", "leave-unkept", vec![text(&labels.reflections.leave)], move || {
        if app.open_reflection(&id, true).is_err() {
            said.set(&labels.restore.failed);
        }
    });
    let ask = element("p", vec![attr("role", "alert")], vec![text(&labels.reflections.unkept)]);
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
    let labels = &app.catalog.app.reflections;
    let Reflection { id, state, is_open, .. } = reflection;
    let day = if state.day.is_empty() { labels.undated.clone() } else { page::day_in_words(&state.day, None) };
    let mut parts = vec![text_element("p", "name", &day)];
    if *is_open {
        parts.push(text_element("p", "state", &labels.is_open));
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
        parts.push(element("p", vec![attr("role", "alert")], vec![text(&labels.erase_ask)]));
        tools.push(button("tool", "keep-it", vec![text(&labels.erase_no)], move || ask(String::new())));
        tools.push(button("tool", "erase-yes-one", vec![text(&labels.erase_yes)], move || {
            asked.set(String::new());
            said.set(if app.erase_reflection(&to_erase) { "" } else { &app.catalog.app.saved.not_erased });
            focus_next("h1".to_owned());
        }));
    } else {
        tools.push(button("tool", "erase-one", vec![text(&labels.erase)], move || ask(to_ask.clone())));
        if !is_open {
            let label = vec![text(&labels.open), text_element("span", "visually-hidden", &[": ", &day].concat())];
            tools.push(button("tool", "open-reflection", label, move || open(app, &to_open, waits, said)));
        }
    }
    parts.push(container("div", "line-tools", tools));
    element("li", vec![attr("class", "answer"), attr("data-reflection", id)], parts)
}
