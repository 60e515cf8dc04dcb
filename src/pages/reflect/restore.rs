//! The screen that restores answers from a file: it shows the content of the file and what can be done with it.

use std::cell::RefCell;

use leptos::prelude::*;

use super::keep::place;
use crate::browser::page;
use crate::content::fill;
use crate::pages::app::App;
use crate::pages::components::blocks::{Node, focus_next};
use crate::pages::components::{links, next, view};
use crate::reflection::{Backup, BackupError, Restored, Snapshot, Step};

/// The state of the chosen file.
enum File {
    Refused(BackupError),
    Holds(Backup),
    PutBack(Snapshot),
    TakenBack,
    Later,
    Unchanged,
}

thread_local! {
    /// It lives as long as the page, so that a restore can be undone from another screen and back.
    static FILE: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// Returns the screen. The storage choice and the privacy page link to it.
pub fn restore(app: App) -> Node {
    let labels = &app.catalog.app.restore;
    let changes = RwSignal::new(0_u32);
    let put = move |file: File| {
        let next = if matches!(file, File::PutBack(_)) { "undo" } else { "restore" };
        FILE.set(Some(file));
        changes.update(|count| *count += 1);
        focus_next(["[data-action=", next, "]"].concat());
    };
    // `shell.js` reads the file and passes on its text, or none where it is too long.
    let chosen = move |event| {
        let read = page::detail(&event).map_or(Err(BackupError::TooLong), |file| Backup::read(&file));
        put(read.map_or_else(File::Refused, File::Holds));
    };
    let message = move || {
        changes.track();
        FILE.with_borrow(|file| file.as_ref().map_or_else(Vec::new, |file| file_message(app, file, put)))
    };
    // While a file waits for the choice, no button goes on: it could be mistaken for consent.
    let buttons = move || {
        changes.track();
        let is_waiting = FILE.with_borrow(|file| matches!(file, Some(File::Holds(_))));
        (!is_waiting).then(|| next(app, &app.catalog.app.common.next))
    };
    view! {
        <Screen id={&Step::Restore.id()}>
            <ScreenHeader heading={&labels.title} hint={Some(&labels.lead)}/>
            <div class="step-body">
                {app.with(|journal| journal.place().is_none()).then(|| place(app))}
                // The label replaces the browser's own button, whose text is in the browser's language.
                <label class="button">
                    {&labels.choose}
                    <input
                        class="visually-hidden" type="file" accept=".json,application/json"
                        data-action="restore" on:restore={chosen}
                    />
                </label>
                <div class="stack" role="status">{message}</div>
            </div>
            <Bar app>{buttons}</Bar>
            {links(app)}
        </Screen>
    }
}

/// Returns the message on the file, with the buttons for what can be done next.
fn file_message(app: App, file: &File, put: impl Fn(File) + Copy + 'static) -> Vec<Node> {
    let labels = &app.catalog.app.restore;
    let say = |message: &str| view! { <p>{message}</p> };
    match file {
        File::Refused(error) => vec![say(match error {
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
            view! {
                {say(&labels.done)}
                <Button class="button" action="undo" press=undo>{&labels.undo}</Button>
            }
        }
        File::TakenBack => vec![say(&labels.undone)],
        File::Later => vec![say(&labels.later)],
        File::Unchanged => vec![say(&labels.failed)],
    }
}

/// Returns the content of a valid backup, with the buttons that restore it.
fn holds(app: App, backup: &Backup, put: impl Fn(File) + Copy + 'static) -> Vec<Node> {
    let labels = &app.catalog.app.restore;
    let lines = backup.reflections().into_iter().map(|one| {
        let day = if one.day.is_empty() { labels.no_day.clone() } else { page::day_in_words(&one.day, None) };
        view! { <li>{fill(&labels.holds, &[("day", &day), ("n", &one.answered.to_string())])}</li> }
    });
    let lines: Vec<_> = lines.collect();
    let act = move |replace| {
        let Some(File::Holds(backup)) = FILE.take() else { return };
        put(match app.restore(&backup, replace) {
            Restored::Done(before) => File::PutBack(before),
            Restored::Later => File::Later,
            Restored::Unchanged => File::Unchanged,
        });
    };
    let choice = |class, action: &'static str, label: &str, replace| {
        view! { <Button class={class} action={action} press=move || act(replace)>{label}</Button> }
    };
    // A blank journal has nothing to replace.
    let is_blank = app.with(|journal| journal.is_blank());
    view! {
        <p>{&labels.found}</p>
        <List class="">{lines}</List>
        {(backup.set_aside() > 0).then(|| view! { <p>{&labels.aside}</p> })}
        <div class="actions">
            {choice("button main", "add", &labels.add, false)}
            {(!is_blank).then(|| choice("button", "replace", &labels.replace, true))}
        </div>
    }
}
