//! The reflections of this journal: earlier ones stay as they were, and a new one can be begun. They are told apart by
//! their day alone; nothing about them is counted or compared.

use leptos::prelude::*;

use crate::browser::page;
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Part, attr, button, element, focus_next, head, holder, list, notice, path, plain, redrawn, screen, text,
};
use crate::pages::components::{bar, ways};
use crate::reflection::{Reflection, Step};

/// The list of reflections.
pub fn reflections(app: App) -> Part {
    let words = &app.words.app.reflections;
    // The one about which it is asked whether to erase it.
    let asked = RwSignal::new(String::new());
    let said = RwSignal::new("");
    let rows = move || {
        app.changes.track();
        let asked_id = asked.get();
        let all = app.with(|journal| journal.reflections());
        let rows = all.iter().rev().map(|reflection| row(app, reflection, &asked_id, asked, said)).collect();
        vec![list("ul", "rows", rows)]
    };
    let new = move || {
        if app.saved.get().is_kept() {
            let begin = path(&words.begin, Some(&words.begin_note));
            let act = move || said.set(if app.begin_again() { "" } else { &app.words.app.restore.failed });
            vec![button("path", "begin-again", begin, act)]
        } else {
            vec![text("p", "note", &words.keep_first)]
        }
    };
    let body = vec![redrawn(new), notice(said), redrawn(rows), text("p", "note", &words.shared)];
    let parts = vec![
        head(None, &words.title, Some(&words.lead), None),
        holder("div", "step-body", body),
        bar(app, Vec::new()),
        ways(app),
    ];
    screen(&Step::Reflections.id(), parts)
}

/// One reflection: its day, and what can be done with it.
fn row(
    app: App,
    reflection: &Reflection,
    asked_id: &str,
    asked: RwSignal<String>,
    said: RwSignal<&'static str>,
) -> Part {
    let words = &app.words.app.reflections;
    let Reflection { id, record, is_open, .. } = reflection;
    let day = if record.day.is_empty() { words.undated.clone() } else { page::day_in_words(&record.day, None) };
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
            let open = vec![plain(&words.open), text("span", "visually-hidden", &[": ", &day].concat())];
            tools.push(button("tool", "open-reflection", open, move || {
                said.set(if app.open_reflection(&to_open) { "" } else { &app.words.app.restore.failed });
            }));
        }
    }
    parts.push(holder("div", "line-tools", tools));
    element("li", vec![attr("class", "answer"), attr("data-reflection", id)], parts)
}
