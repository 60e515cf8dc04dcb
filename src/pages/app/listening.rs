//! Event listeners: the browser's Back and Forward, changes in other tabs, and the return of the page.

use std::rc::Rc;

use leptos::prelude::*;

use super::steps::visited;
use super::{ABOUT_ME, App, behind, state};
use crate::browser::{history, page, speech, storage};
use crate::reflection::{Journal, SaveStatus};

impl App {
    /// Sets the callback of the open screen for changes made elsewhere, such as in another tab. It is removed when
    /// another screen opens.
    pub fn on_external_change(self, callback: impl Fn() + 'static) {
        state(|state| *state.external_change.borrow_mut() = Some(Box::new(callback)));
    }

    /// Sets a callback that handles the browser's Back and Forward, for a page whose history entries are not screens.
    pub fn on_back(self, callback: impl Fn() + 'static) {
        state(|state| *state.on_back.borrow_mut() = Some(Rc::new(callback)));
    }

    /// Notifies the views that an answer was changed elsewhere than on its own screen.
    pub fn notify(self) {
        self.changes.update(|count| *count += 1);
        state(|state| state.external_change.borrow().iter().for_each(|callback| callback()));
    }

    /// Adds the event listeners of the page. A page calls it once.
    pub fn listen(self) {
        let counter = history::counter().unwrap_or(0);
        // Until the parent has chosen where to store the answers, only the URL contains an invitation, so it is
        // preserved.
        let hash = page::hash();
        let address = match behind(&hash, ABOUT_ME) {
            _ if self.saved.get_untracked() != SaveStatus::Undecided => ".".to_owned(),
            Some("") => ".".to_owned(),
            Some(invitation) => ["#", invitation].concat(),
            None => hash,
        };
        history::replace(counter, &address);
        self.remember(counter, self.step.get_untracked());
        listen("popstate", |app, _: web_sys::PopStateEvent| {
            if let Some(callback) = state(|state| state.on_back.borrow().clone()) {
                return callback();
            }
            let Some(counter) = history::counter() else { return };
            let step = visited(counter).unwrap_or_else(|| app.flow().previous(&app.step.get_untracked()));
            app.show(step, None);
        });
        listen("storage", |app, event: web_sys::StorageEvent| {
            let (key, value) = (event.key(), event.new_value());
            // An event without a key means that all keys were cleared.
            let own = key.as_deref().map(storage::inner);
            if own == Some(None) {
                return;
            }
            let key = own.flatten();
            let changed = app.change(|journal| journal.on_storage_event(key.as_deref(), value.as_deref()));
            app.apply_change(&changed);
        });
        // Browsers continue to read aloud while another page is shown.
        listen("pagehide", |_, _: web_sys::PageTransitionEvent| speech::stop());
        speech::on_voices(|| {
            if let Some(app) = App::current() {
                app.has_voice.set(speech::has_voice());
            }
        });
        // A page that returns from the back/forward cache or from the background may have missed changes in another
        // tab.
        for event in ["pageshow", "visibilitychange"] {
            listen(event, |app, _: web_sys::Event| {
                let changed = app.change(Journal::resync);
                app.apply_change(&changed);
                app.try_again();
            });
        }
        // After a failure each click retries the save, so that the parent does not have to type anything again.
        listen("click", |app, _: web_sys::Event| app.try_again());
    }

    /// Retries what could not be saved.
    fn try_again(self) {
        if self.saved.get_untracked() == SaveStatus::Failed {
            self.change(Journal::retry);
        }
    }
}

/// Adds an event listener to the window. `listener` receives the app in the language that is shown at the time of the
/// event, and is not called after the exit was pressed.
fn listen<E: wasm_bindgen::JsCast + 'static>(event: &str, listener: fn(App, E)) {
    page::listen(event, move |event| {
        if let Some(app) = App::current().filter(|_| !page::is_left()) {
            listener(app, event);
        }
    });
}
