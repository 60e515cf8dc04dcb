//! What the app hears: the browser's Back and Forward, other tabs, and the page coming back.

use std::rc::Rc;

use leptos::prelude::*;

use super::steps::visited;
use super::{ABOUT_ME, App, behind, state};
use crate::browser::{history, page, speech, storage};
use crate::reflection::{Journal, SaveStatus};

impl App {
    /// Lets the open question follow what somebody else changes.
    pub fn on_external_change(self, external_change: impl Fn() + 'static) {
        state(|state| *state.external_change.borrow_mut() = Some(Box::new(external_change)));
    }

    /// Lets this hear the browser's Back and Forward, for a page whose entries of the history are not its screens.
    pub fn on_back(self, heard: impl Fn() + 'static) {
        state(|state| *state.on_back.borrow_mut() = Some(Rc::new(heard)));
    }

    /// Tells the views that an answer was changed elsewhere than on its own screen.
    pub fn notify(self) {
        self.changes.update(|count| *count += 1);
        state(|state| state.external_change.borrow().iter().for_each(|external_change| external_change()));
    }

    /// Listens to the browser: its Back and Forward, other tabs, and the page coming back from the cache.
    pub fn listen(self) {
        let counter = history::counter().unwrap_or(0);
        // Until the parent has chosen where to keep, the address alone knows of an invitation.
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
            if let Some(heard) = state(|state| state.on_back.borrow().clone()) {
                return heard();
            }
            let Some(counter) = history::counter() else { return };
            let step = visited(counter).unwrap_or_else(|| app.flow().previous(&app.step.get_untracked()));
            app.show(step, None);
        });
        listen("storage", |app, event: web_sys::StorageEvent| {
            let (key, value) = (event.key(), event.new_value());
            // No key stands for all of them.
            let own = key.as_deref().map(storage::inner);
            if own == Some(None) {
                return;
            }
            let key = own.flatten();
            let changed = app.change(|journal| journal.on_storage_event(key.as_deref(), value.as_deref()));
            app.apply_change(&changed);
        });
        // A browser would read on while another page shows.
        listen("pagehide", |_, _: web_sys::PageTransitionEvent| speech::stop());
        speech::on_voices(|| {
            if let Some(app) = App::current() {
                app.has_voice.set(speech::has_voice());
            }
        });
        // A page that comes back, from the cache or from behind another tab, may have missed what another tab did.
        for event in ["pageshow", "visibilitychange"] {
            listen(event, |app, _: web_sys::Event| {
                let changed = app.change(Journal::resync);
                app.apply_change(&changed);
                app.try_again();
            });
        }
        // Where something could not be kept, each touch is a moment to try again: nothing needs to be typed anew.
        listen("click", |app, _: web_sys::Event| app.try_again());
    }

    fn try_again(self) {
        if self.saved.get_untracked() == SaveStatus::Failed {
            self.change(Journal::retry);
        }
    }
}

/// Listens until the page is left, in whichever language it shows by then.
fn listen<E: wasm_bindgen::JsCast + 'static>(event: &str, heard: fn(App, E)) {
    page::listen(event, move |event| {
        if let Some(app) = App::current().filter(|_| !page::is_left()) {
            heard(app, event);
        }
    });
}
