//! The screen with the first line of the parent's sheet, and the choice where to keep the answers.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::blocks::{Choice, Node, choice, focus_next, notice};
use crate::pages::components::{line_text, links, motif, next, view};
use crate::reflection::{Answer, Sheet, Step, StorageChoice};

/// Returns the screen. It follows the first question, and precedes the overview while no place is chosen.
pub fn keep(app: App) -> Node {
    let labels = &app.catalog.app.keep;
    let first = app.flow().first().id();
    let has_line = app.with(|journal| journal.answer(&first).is_some_and(|answer| !answer.is_empty()));
    let (title, lead) =
        if has_line { (&labels.title, Some(labels.lead.as_str())) } else { (&labels.title_empty, None) };
    view! {
        <Screen id={&Step::Keep.id()}>
            <ScreenHeader heading={title} hint={lead}>{has_line.then(|| slip(app, first))}</ScreenHeader>
            <div class="step-body">
                {place(app)}
                <p class="note">{&labels.later}</p>
                <p class="note">{&labels.limits}</p>
                {files(app)}
            </div>
            <Bar app>{next(app, &app.catalog.app.common.next)}</Bar>
            {links(app)}
        </Screen>
    }
}

/// Returns the line as the sheet will show it, with the buttons that mark it to talk about or remove it.
fn slip(app: App, question: String) -> Node {
    let labels = &app.catalog.app.keep;
    let answer = RwSignal::new(app.answer(&question));
    // The first question belongs to the questionnaire, so its id lives as long as the page.
    let question: &'static str = app.catalog.questionnaire.find(&question).map_or("", |(_, question)| &question.id);
    let edit = move |mut change: fn(&mut Answer), again: &str| {
        answer.set(app.edit(question, &mut change));
        focus_next(again.to_owned());
    };
    let toggle_talk = move || edit(|answer| answer.talk = !answer.talk, "[data-action=talk]");
    let toggle_off = move || edit(|answer| answer.off = !answer.off, "[data-action=remove]");
    let content = move || {
        let answer = answer.get();
        let sheet = app.with(|journal| Sheet::of(&app.catalog.questionnaire, journal));
        let line = sheet.lines().find(|line| line.question == question);
        view! {
            {line.map_or_else(|| view! { <p class="state">{&labels.removed}</p> }, |line| line_text(app, line))}
            <div class="line-tools">
                <Toggle action="talk" pressed={answer.talk} press=toggle_talk>
                    {motif::mark("talk", answer.talk, "mark")}
                    <span>{&app.catalog.app.common.talk}</span>
                </Toggle>
                <Button class="tool" action="remove" press=toggle_off>
                    {if answer.off { &labels.put_back } else { &labels.remove }}
                </Button>
            </div>
        }
    };
    view! { <section class="slip">{content}</section> }
}

/// Returns the buttons that save to a file and restore from one.
fn files(app: App) -> Node {
    view! {
        <div class="actions">
            // `shell.js` saves; the button only needs its hook.
            <Button class="link" action="save" press=|| {}>{&app.catalog.app.saved.save}</Button>
            <Button class="link" action="to-restore" press=move || app.open_with_return(Step::Restore)>
                {&app.catalog.app.keep.to_restore}
            </Button>
        </div>
    }
}

/// Returns the choice where to keep the answers. Nothing is preselected.
pub(super) fn place(app: App) -> Node {
    let labels = &app.catalog.app.keep;
    let failure = RwSignal::new("");
    let card = |place: StorageChoice, value: &str, label: &str, note: &str| {
        choice(Choice {
            kind: "radio",
            name: "keep".to_owned(),
            value: value.to_owned(),
            checked: Box::new(move || {
                failure.track();
                app.with(|journal| journal.place() == Some(place))
            }),
            change: Box::new(move |_| failure.set(if app.keep(place) { "" } else { &app.catalog.app.restore.failed })),
            label: vec![view! { <span>{label}" "<small>{note}</small></span> }],
        })
    };
    view! {
        <div>
            <Choices class="choices" legend={&labels.ask}>
                {card(StorageChoice::Device, "device", &labels.device, &labels.device_note)}
                {card(StorageChoice::Tab, "tab", &labels.tab, &labels.tab_note)}
            </Choices>
            {notice(failure)}
        </div>
    }
}
