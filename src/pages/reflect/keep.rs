//! The first line of the own sheet, and where to keep.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::blocks::{
    Choice, Node, button, choice, choices, container, dynamic, focus_next, notice, screen, screen_header, text,
    text_element, toggle,
};
use crate::pages::components::{bar, line_text, links, motif, next};
use crate::reflection::{Answer, Sheet, Step, StorageChoice};

/// The screen after the first question; it comes again before the overview while no place is chosen.
pub fn keep(app: App) -> Node {
    let labels = &app.catalog.app.keep;
    let first = app.flow().first().id();
    let has_line = app.with(|journal| journal.answer(&first).is_some_and(|answer| !answer.is_empty()));
    let (title, lead) =
        if has_line { (&labels.title, Some(labels.lead.as_str())) } else { (&labels.title_empty, None) };
    let parts = vec![
        screen_header(title, lead, has_line.then(|| slip(app, first)).into_iter().collect()),
        container(
            "div",
            "step-body",
            vec![
                place(app),
                text_element("p", "note", &labels.later),
                text_element("p", "note", &labels.limits),
                files(app),
            ],
        ),
        bar(app, vec![next(app, &app.catalog.app.common.next)]),
        links(app),
    ];
    screen(&Step::Keep.id(), parts)
}

/// The line as it will stand on the sheet, to talk about or to remove.
fn slip(app: App, question: String) -> Node {
    let labels = &app.catalog.app.keep;
    let answer = RwSignal::new(app.answer(&question));
    // The first question is one of the questionnaire's own, so its id lives as long as the page.
    let question: &'static str = app.catalog.questionnaire.find(&question).map_or("", |(_, question)| &question.id);
    let edit = move |mut change: fn(&mut Answer), again: &str| {
        answer.set(app.edit(question, &mut change));
        focus_next(again.to_owned());
    };
    let content = move || {
        let answer = answer.get();
        let sheet = app.with(|journal| Sheet::of(&app.catalog.questionnaire, journal));
        let line = sheet.lines().find(|line| line.question == question);
        let shown = line.map_or_else(|| text_element("p", "state", &labels.removed), |line| line_text(app, line));
        let talk =
            vec![motif::mark("talk", answer.talk, "mark"), text_element("span", "", &app.catalog.app.common.talk)];
        let remove = if answer.off { &labels.put_back } else { &labels.remove };
        let tools = vec![
            toggle("talk", answer.talk, talk, move || edit(|answer| answer.talk = !answer.talk, "[data-action=talk]")),
            button("tool", "remove", vec![text(remove)], move || {
                edit(|answer| answer.off = !answer.off, "[data-action=remove]")
            }),
        ];
        vec![shown, container("div", "line-tools", tools)]
    };
    container("section", "slip", vec![dynamic(content)])
}

/// The way to a file, and back from one.
fn files(app: App) -> Node {
    let restore = text(&app.catalog.app.keep.to_restore);
    // `shell.js` saves; the button only needs its hook.
    let links = vec![
        button("link", "save", vec![text(&app.catalog.app.saved.save)], || {}),
        button("link", "to-restore", vec![restore], move || app.open_with_return(Step::Restore)),
    ];
    container("div", "actions", links)
}

/// Where to keep. Nothing is chosen beforehand.
pub(super) fn place(app: App) -> Node {
    let labels = &app.catalog.app.keep;
    let said = RwSignal::new("");
    let card = |place: StorageChoice, value: &str, label: &str, note: &str| {
        choice(Choice {
            kind: "radio",
            name: "keep".to_owned(),
            value: value.to_owned(),
            checked: Box::new(move || {
                said.track();
                app.with(|journal| journal.place() == Some(place))
            }),
            change: Box::new(move |_| said.set(if app.keep(place) { "" } else { &app.catalog.app.restore.failed })),
            label: vec![container("span", "", vec![text(label), text(" "), text_element("small", "", note)])],
        })
    };
    let cards = vec![
        card(StorageChoice::Device, "device", &labels.device, &labels.device_note),
        card(StorageChoice::Tab, "tab", &labels.tab, &labels.tab_note),
    ];
    container("div", "", vec![choices("choices", &labels.ask, cards), notice(said)])
}
