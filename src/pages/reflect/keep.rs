//! The first line of the own sheet, and where to keep.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::blocks::{
    Choice, Node, button, choice, choices, focus_next, head, holder, notice, plain, redrawn, screen, text, toggle,
};
use crate::pages::components::{bar, line_text, motif, next, ways};
use crate::reflection::{Answer, Sheet, Step, StorageChoice};

/// The screen after the first question; it comes again before the overview while no place is chosen.
pub fn keep(app: App) -> Node {
    let words = &app.words.app.keep;
    let first = app.way().first().id();
    let has_line = app.with(|journal| journal.answer(&first).is_some_and(|answer| !answer.is_empty()));
    let (title, lead) = if has_line { (&words.title, Some(words.lead.as_str())) } else { (&words.title_empty, None) };
    let parts = vec![
        head(None, title, lead, has_line.then(|| slip(app, first))),
        holder(
            "div",
            "step-body",
            vec![place(app), text("p", "note", &words.later), text("p", "note", &words.limits), files(app)],
        ),
        bar(app, vec![next(app, plain(&app.words.app.common.next))]),
        ways(app),
    ];
    screen(&Step::Keep.id(), parts)
}

/// The line as it will stand on the sheet, to talk about or to remove.
fn slip(app: App, question: String) -> Node {
    let words = &app.words.app.keep;
    let answer = RwSignal::new(app.answer(&question));
    // The first question is one of the questionnaire's own, so its id lives as long as the page.
    let question: &'static str = app.words.questionnaire.find(&question).map_or("", |(_, question)| &question.id);
    let edit = move |mut change: fn(&mut Answer), again: &str| {
        answer.set(app.edit(question, &mut change));
        focus_next(again.to_owned());
    };
    let content = move || {
        let answer = answer.get();
        let sheet = app.with(|journal| Sheet::of(&app.words.questionnaire, journal));
        let line = sheet.lines().find(|line| line.question == question);
        let shown = line.map_or_else(|| text("p", "state", &words.removed), |line| line_text(app, line));
        let talk = vec![motif::mark("talk", answer.talk, "mark"), text("span", "", &app.words.app.common.talk)];
        let remove = if answer.off { &words.put_back } else { &words.remove };
        let tools = vec![
            toggle("talk", answer.talk, talk, move || edit(|answer| answer.talk = !answer.talk, "[data-action=talk]")),
            button("tool", "remove", vec![plain(remove)], move || {
                edit(|answer| answer.off = !answer.off, "[data-action=remove]")
            }),
        ];
        vec![shown, holder("div", "line-tools", tools)]
    };
    holder("section", "slip", vec![redrawn(content)])
}

/// The way to a file, and back from one.
fn files(app: App) -> Node {
    let restore = plain(&app.words.app.keep.to_restore);
    // `shell.js` saves; the button only needs its hook.
    let links = vec![
        button("link", "save", vec![plain(&app.words.app.saved.save)], || {}),
        button("link", "to-restore", vec![restore], move || app.go_and_return(Step::Restore)),
    ];
    holder("div", "actions", links)
}

/// Where to keep. Nothing is chosen beforehand.
pub(super) fn place(app: App) -> Node {
    let words = &app.words.app.keep;
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
            change: Box::new(move |_| said.set(if app.keep(place) { "" } else { &app.words.app.restore.failed })),
            label: vec![holder("span", "", vec![plain(label), plain(" "), text("small", "", note)])],
        })
    };
    let cards = vec![
        card(StorageChoice::Device, "device", &words.device, &words.device_note),
        card(StorageChoice::Tab, "tab", &words.tab, &words.tab_note),
    ];
    holder("div", "", vec![choices("choices", &words.ask, cards), notice(said)])
}
