//! Everything beside the paper: what could be added to it, what to say at the appointment, and how to hand it over.

use std::rc::Rc;

use leptos::prelude::*;

use super::languages;
use super::{App, edit, redraw};
use crate::browser::share;
use crate::content::plain_sheet;
use crate::pages::components::blocks::{Choice, Node, choice};
use crate::pages::components::{status, view};
use crate::reflection::{self, SaveStatus, Sheet};

/// Returns everything beside the paper.
pub fn side(app: App, sheet: &Sheet) -> Node {
    let labels = &app.catalog.app.sheet;
    // In place there is one language. Where that of the country is another, a note says how to choose it.
    let reads = if app.catalog.safety_beside.is_some() && app.saved.get() == SaveStatus::Undecided {
        view! { <p class="note">{&labels.reads_keep}</p> }
    } else {
        languages::chooser(app, &labels.caregiver_reads)
    };
    let withheld: Vec<_> = sheet.withheld.iter().map(|choice| sensitive(app, choice)).collect();
    let removed: Vec<_> = sheet.removed.iter().map(|question| removed(app, question.clone())).collect();
    view! {
        <div class="sheet-side">
            {reads}
            {add_alone(app)}
            {(!withheld.is_empty()).then(|| view! {
                <section>
                    <h2>{&labels.sensitive}</h2>
                    <p class="note">{&labels.sensitive_note}</p>
                    <div class="choices">{withheld}</div>
                </section>
            })}
            {(!removed.is_empty()).then(|| view! {
                <section>
                    <h2>{&labels.removed}</h2>
                    <List class="rows">{removed}</List>
                </section>
            })}
            <section class="say">
                <h2>{&labels.say_title}</h2>
                <p>{&labels.say}</p>
            </section>
            {hand_over(app, sheet)}
        </div>
    }
}

/// Returns the checkbox that asks for a moment alone, with its warning. Everybody gets it, whatever was marked, even
/// before there is any other line.
pub fn add_alone(app: App) -> Node {
    let alone = app.with(|journal| journal.state().alone);
    let card = choice(Choice {
        kind: "checkbox",
        name: "sheet.alone".to_owned(),
        value: String::new(),
        checked: Box::new(move || alone),
        change: Box::new(move |on| {
            app.edit_state(&mut |record| record.alone = on);
            redraw(app, "[name='sheet.alone']".to_owned());
        }),
        label: vec![view! { <span>{&app.catalog.app.sheet.alone_add}</span> }],
    });
    view! {
        <section>
            {card}
            <p class="note">{&app.catalog.app.sheet.alone_note}</p>
        </section>
    }
}

/// Returns the checkbox of a sensitive topic, which is on the sheet only while it is checked.
fn sensitive(app: App, topic: &reflection::Choice) -> Node {
    let reflection::Choice { question, option, shown } = topic.clone();
    let label = vec![view! { <span>{app.option(app.catalog, &question, &option)}</span> }];
    choice(Choice {
        kind: "checkbox",
        name: "sheet.shown".to_owned(),
        value: option.clone(),
        checked: Box::new(move || shown),
        change: Box::new(move |on| {
            let again = ["[name='sheet.shown'][value='", &option, "']"].concat();
            edit(app, &question, &mut |answer| answer.mark_shown(&option, on), again);
        }),
        label,
    })
}

fn removed(app: App, question: String) -> Node {
    let lead = app.resolve(&app.catalog.question(&question).line);
    let id = question.clone();
    let put_back = move || {
        let line = ["[data-sheet-line=", &question, "] [data-action=remove]"].concat();
        edit(app, &question, &mut |answer| answer.off = false, line);
    };
    view! {
        <li class="row" data-removed={&id}>
            <span>{lead}</span>
            <Button class="tool" action="put-back" press=put_back>
                {&app.catalog.app.sheet.put_back}
                <span class="visually-hidden">{[": ", lead].concat()}</span>
            </Button>
        </li>
    }
}

/// Returns the notes on what happens after handing over the sheet, then the ways to do so.
fn hand_over(app: App, sheet: &Sheet) -> Node {
    let labels = &app.catalog.app.sheet;
    let status_text = RwSignal::new(String::new());
    let sheet: Rc<str> = app
        .with(|journal| {
            plain_sheet(
                sheet,
                app.catalog,
                languages::other(app).map(|other| other.catalog),
                &journal.profile().variants(),
            )
        })
        .into();
    let (copied, shared) = (sheet.clone(), sheet.clone());
    let copy = move || {
        // A live region announces the same text again only if it was empty in between.
        status_text.set(String::new());
        share::copy(&copied, move |done| {
            status_text.set(if done { &labels.copied } else { &labels.copy_failed }.clone());
        });
    };
    let share = move || {
        status_text.set(String::new());
        share::share(&shared, move || status_text.set(labels.share_failed.clone()));
    };
    let notes: Vec<_> = labels.handing_over.iter().map(|note| view! { <li>{note}</li> }).collect();
    view! {
        <section>
            <h2>{&labels.give}</h2>
            <List class="before-giving">{notes}</List>
            // `shell.js` prints, and saves files, on every page; those buttons only need their hooks.
            <div class="actions">
                <Button class="button main" action="print" press=|| {}>{&labels.print}</Button>
                <Button class="button" action="copy" press=copy>{&labels.copy}</Button>
                {share::can_share().then(|| view! {
                    <Button class="button" action="share" press=share>{&labels.share}</Button>
                })}
                <button class="button" type="button" data-action="text" data-text={&sheet}>{&labels.file}</button>
            </div>
            <p role="status">{move || status_text.get()}</p>
            {status(app)}
            // Apart from the others: this is no sheet to give away, but all answers, to restore later.
            <p><Button class="link" action="save" press=|| {}>{&labels.save}</Button></p>
        </section>
    }
}
