//! The reflections of this journal: earlier ones stay unchanged, and a new one can be begun. They differ by their day
//! only; nothing about them is counted or compared.

use leptos::prelude::*;

use crate::browser::page;
use crate::pages::app::App;
use crate::pages::components::blocks::{Node, focus_next, notice};
use crate::pages::components::{links, view};
use crate::reflection::{Reflection, Step, SwitchError};

/// The id of a reflection that waits to be opened; empty for a new one.
type Pending = RwSignal<Option<String>>;

/// Returns the list of reflections.
pub fn reflections(app: App) -> Node {
    let labels = &app.catalog.app.reflections;
    // The reflection whose erasure waits for a confirmation.
    let asked = RwSignal::new(String::new());
    let failure = RwSignal::new("");
    // The reflection that is opened once the parent has decided about answers that are in memory only.
    let pending = RwSignal::new(None);
    let rows = move || {
        app.changes.track();
        let asked_id = asked.get();
        let all = app.with(|journal| journal.reflections());
        let row = |reflection| row(app, reflection, &asked_id, asked, pending, failure);
        let rows: Vec<_> = all.iter().rev().map(row).collect();
        view! { <List class="rows">{rows}</List> }
    };
    let ask = move || pending.get().map(|id| leaving(app, id, failure));
    view! {
        <Screen id={&Step::Reflections.id()}>
            <ScreenHeader heading={&labels.title} hint={Some(&labels.lead)}/>
            <div class="step-body">
                {ask}
                <Button class="path" action="begin-again" press=move || open(app, "", pending, failure)>
                    <ChoiceLabel name={&labels.begin} note={Some(&labels.begin_note)}/>
                </Button>
                {notice(failure)}
                {rows}
                <p class="note">{&labels.shared}</p>
            </div>
            <Bar app/>
            {links(app)}
        </Screen>
    }
}

/// Opens a reflection, or begins a new one. Asks first where answers are in memory only.
fn open(app: App, id: &str, pending: Pending, failure: RwSignal<&'static str>) {
    match app.open_reflection(id, false) {
        Ok(()) => {}
        Err(SwitchError::Refused) => failure.set(&app.catalog.app.restore.failed),
        Err(SwitchError::Unkept) => {
            pending.set(Some(id.to_owned()));
            focus_next("[data-unkept] button".to_owned());
        }
    }
}

/// Returns the question whether to keep or discard answers that are in memory only. The harmless choice is the first.
fn leaving(app: App, id: String, failure: RwSignal<&'static str>) -> Node {
    let labels = &app.catalog.app;
    let leave = move || {
        if app.open_reflection(&id, true).is_err() {
            failure.set(&labels.restore.failed);
        }
    };
    view! {
        <div class="stack" data-unkept>
            <p role="alert">{&labels.reflections.unkept}</p>
            <Button class="button main" action="keep" press=move || app.open_with_return(Step::Keep)>
                {&labels.saved.choose}
            </Button>
            <Button class="button" action="leave-unkept" press=leave>{&labels.reflections.leave}</Button>
        </div>
    }
}

/// Returns one reflection: its day, and the buttons that open and erase it.
fn row(
    app: App,
    reflection: &Reflection,
    asked_id: &str,
    asked: RwSignal<String>,
    pending: Pending,
    failure: RwSignal<&'static str>,
) -> Node {
    let labels = &app.catalog.app.reflections;
    let Reflection { id, state, is_open, .. } = reflection;
    let day = if state.day.is_empty() { labels.undated.clone() } else { page::day_in_words(&state.day, None) };
    let (to_open, to_erase, to_ask) = (id.clone(), id.clone(), id.clone());
    let again = ["[data-reflection=", id, "] button"].concat();
    // The harmless choice is the first, so it receives the focus of the button that asked.
    let ask = move |id: String| {
        asked.set(id);
        focus_next(again.clone());
    };
    let is_asked = id == asked_id;
    let tools = if is_asked {
        let erase = move || {
            asked.set(String::new());
            failure.set(if app.erase_reflection(&to_erase) { "" } else { &app.catalog.app.saved.not_erased });
            focus_next("h1".to_owned());
        };
        view! {
            <Button class="tool" action="keep-it" press=move || ask(String::new())>{&labels.erase_no}</Button>
            <Button class="tool" action="erase-yes-one" press=erase>{&labels.erase_yes}</Button>
        }
    } else {
        view! {
            <Button class="tool" action="erase-one" press=move || ask(to_ask.clone())>{&labels.erase}</Button>
            {(!is_open).then(|| view! {
                <Button class="tool" action="open-reflection" press=move || open(app, &to_open, pending, failure)>
                    {&labels.open}
                    <span class="visually-hidden">{[": ", &day].concat()}</span>
                </Button>
            })}
        }
    };
    view! {
        <li class="answer" data-reflection={id}>
            <p class="name">{&day}</p>
            {is_open.then(|| view! { <p class="state">{&labels.is_open}</p> })}
            {is_asked.then(|| view! { <p role="alert">{&labels.erase_ask}</p> })}
            <div class="line-tools">{tools}</div>
        </li>
    }
}
