//! Choosing where to store the answers, erasing, restoring, and switching between reflections.

use super::App;
use crate::browser::storage::WebStorage;
use crate::browser::{page, storage};
use crate::reflection::{Backup, Journal, Restored, Snapshot, Step, StorageChoice, SwitchError};

impl App {
    /// Stores the open reflection at this place from now on. Returns whether the place is chosen now. A first choice
    /// always is, even if nothing could be saved.
    pub fn keep(self, place: StorageChoice) -> bool {
        // The parent distinguishes reflections by their day.
        self.edit_state(&mut |state| {
            if state.day.is_empty() {
                state.day = page::today();
            }
        });
        let is_saved = self.change(|journal| journal.keep(place));
        if is_saved && place == StorageChoice::Device {
            storage::ask_to_persist();
        }
        self.with(|journal| journal.place() == Some(place))
    }

    /// Erases everything, in memory too, and resets the page to its first screen.
    pub fn erase(self) {
        self.change(Journal::erase);
        self.restart();
    }

    /// Opens the reflection with this id at the list of its answers. With an empty id, begins a new one in memory; the
    /// earlier ones stay.
    ///
    /// `discard_unkept` discards answers that are in memory only. The parent must have confirmed it.
    ///
    /// # Errors
    ///
    /// Returns a [`SwitchError`] if the open reflection cannot be left, or if the other one cannot be opened.
    pub fn open_reflection(self, id: &str, discard_unkept: bool) -> Result<(), SwitchError> {
        self.change(|journal| {
            if discard_unkept {
                journal.leave_unkept();
            }
            if id.is_empty() { journal.begin_new(&page::today()) } else { journal.open_reflection(id) }
        })?;
        self.apply_reflection();
        self.go(if id.is_empty() { self.flow().first() } else { Step::Answers });
        Ok(())
    }

    /// Applies the profile and the invitation of the reflection that is open now.
    fn apply_reflection(self) {
        self.refresh_questions();
        page::set_country(self.invitation().country());
    }

    /// Erases one reflection. Returns `true` if everything was removed.
    pub fn erase_reflection(self, id: &str) -> bool {
        let is_erased = self.change(|journal| journal.erase_reflection(id));
        self.apply_reflection();
        self.notify();
        is_erased
    }

    /// Erases one answer. Returns `true` if everything was removed.
    pub fn erase_answer(self, question: &str) -> bool {
        let is_erased = self.change(|journal| journal.erase_answer(question));
        // After a failure the answer is not rendered again, so that its failure message stays.
        if is_erased {
            self.notify();
        }
        is_erased
    }

    /// Merges a backup into the stored values, or replaces them with it if `replace` is true.
    pub fn restore(self, backup: &Backup, replace: bool) -> Restored {
        self.apply_restore(&mut |journal| journal.restore(backup, replace))
    }

    /// Undoes a restore.
    pub fn take_back(self, before: &Snapshot) -> Restored {
        self.apply_restore(&mut |journal| journal.take_back(before))
    }

    fn apply_restore(self, act: &mut dyn FnMut(&mut Journal<WebStorage>) -> Restored) -> Restored {
        let restored = self.change(act);
        self.refresh_questions();
        self.notify();
        // `shell.js` marks the page if there are quarantined values, and a restore may have added some.
        page::dispatch("marks");
        restored
    }
}
