//! Putting answers back from a file: what it holds, and what to do with it.

use std::cell::RefCell;

use leptos::prelude::*;

use super::keep::place;
use crate::browser::page;
use crate::content::fill;
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Node, attr, button, container, dynamic, element, focus_next, list, on, screen, screen_header, text, text_element,
};
use crate::pages::components::{bar, links, next};
use crate::reflection::{Backup, BackupError, Restored, Snapshot, Step};

/// What there is to say about the file.
enum File {
    Refused(BackupError),
    Holds(Backup),
    PutBack(Snapshot),
    TakenBack,
    Later,
    Unchanged,
}

thread_local! {
    /// It lives as long as the page, so that what was put back can be taken back after a look around.
    static FILE: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// The screen, reached from where to keep and from the page on what is kept.
pub fn restore(app: App) -> Node {
    let labels = &app.catalog.app.restore;
    let drawn = RwSignal::new(0_u32);
    let put = move |file: File| {
        let next = if matches!(file, File::PutBack(_)) { "undo" } else { "restore" };
        FILE.set(Some(file));
        drawn.update(|count| *count += 1);
        focus_next(["[data-action=", next, "]"].concat());
    };
    // `shell.js` reads the file and hands its text on; none is one that is too long.
    let chosen = move |event| {
        let read = page::detail(&event).map_or(Err(BackupError::TooLong), |file| Backup::read(&file));
        put(read.map_or_else(File::Refused, File::Holds));
    };
    let input = vec![
        attr("class", "visually-hidden"),
        attr("type", "file"),
        attr("accept", ".json,application/json"),
        attr("data-action", "restore"),
        on("restore", chosen),
    ];
    // The browser's own button speaks the browser's language.
    let chooser = container("label", "button", vec![text(&labels.choose), element("input", input, Vec::new())]);
    let says = move || {
        drawn.track();
        FILE.with_borrow(|file| file.as_ref().map_or_else(Vec::new, |file| file_message(app, file, put)))
    };
    let mut body = Vec::new();
    if app.with(|journal| journal.place().is_none()) {
        body.push(place(app));
    }
    body.push(chooser);
    body.push(element("div", vec![attr("class", "stack"), attr("role", "status")], vec![dynamic(says)]));
    // While a file waits for the choice, nothing leads past it that could be taken for a yes.
    let on_from_here = move || {
        drawn.track();
        let waits = FILE.with_borrow(|file| matches!(file, Some(File::Holds(_))));
        if waits { Vec::new() } else { vec![next(app, &app.catalog.app.common.next)] }
    };
    let parts = vec![
        screen_header(&labels.title, Some(&labels.lead), Vec::new()),
        container("div", "step-body", body),
        bar(app, vec![dynamic(on_from_here)]),
        links(app),
    ];
    screen(&Step::Restore.id(), parts)
}

fn file_message(app: App, file: &File, put: impl Fn(File) + Copy + 'static) -> Vec<Node> {
    let labels = &app.catalog.app.restore;
    let say = |sentence: &str| text_element("p", "", sentence);
    match file {
        File::Refused(refusal) => vec![say(match refusal {
            BackupError::TooLong => &labels.too_long,
            BackupError::Foreign => &labels.foreign,
            BackupError::Newer => &labels.newer,
            BackupError::Damaged => &labels.damaged,
            BackupError::Empty => &labels.empty,
        })],
        File::Holds(backup) => holds(app, backup, put),
        File::PutBack(_) => {
            let undo = move || {
                let Some(File::PutBack(before)) = FILE.take() else { return };
                put(match app.take_back(&before) {
                    Restored::Done(_) => File::TakenBack,
                    Restored::Later => File::Later,
                    Restored::Unchanged => File::Unchanged,
                });
            };
            vec![say(&labels.done), button("button", "undo", vec![text(&labels.undo)], undo)]
        }
        File::TakenBack => vec![say(&labels.undone)],
        File::Later => vec![say(&labels.later)],
        File::Unchanged => vec![say(&labels.failed)],
    }
}

fn holds(app: App, backup: &Backup, put: impl Fn(File) + Copy + 'static) -> Vec<Node> {
    let labels = &app.catalog.app.restore;
    let lines = backup.reflections().into_iter().map(|one| {
        let day = if one.day.is_empty() { labels.no_day.clone() } else { page::day_in_words(&one.day, None) };
        text_element("li", "", &fill(&labels.holds, &[("day", &day), ("n", &one.answered.to_string())]))
    });
    let act = move |replace| {
        let Some(File::Holds(backup)) = FILE.take() else { return };
        put(match app.restore(&backup, replace) {
            Restored::Done(before) => File::PutBack(before),
            Restored::Later => File::Later,
            Restored::Unchanged => File::Unchanged,
        });
    };
    let choice = |class, action: &'static str, label: &str, replace| {
        button(class, action, vec![text(label)], move || act(replace))
    };
    let mut buttons = vec![choice("button main", "add", &labels.add, false)];
    // Where nothing is, there is only one thing to do.
    if !app.with(|journal| journal.is_blank()) {
        buttons.push(choice("button", "replace", &labels.replace, true));
    }
    let mut parts = vec![text_element("p", "", &labels.found), list("", lines.collect())];
    if backup.set_aside() > 0 {
        parts.push(text_element("p", "", &labels.aside));
    }
    parts.push(container("div", "actions", buttons));
    parts
}
