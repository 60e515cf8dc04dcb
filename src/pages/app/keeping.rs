//! Keeping, erasing and putting back, as the views ask for it.

use super::App;
use crate::browser::storage::WebStorage;
use crate::browser::{page, storage};
use crate::reflection::{Backup, Journal, Restored, Snapshot, Step, StorageChoice, SwitchError};

impl App {
    /// Keeps everything at this place from now on. Tells whether that is the place now; a first choice always is.
    pub fn keep(self, place: StorageChoice) -> bool {
        // By its day the parent tells this reflection from later ones.
        self.edit_state(&mut |record| {
            if record.day.is_empty() {
                record.day = page::today();
            }
        });
        let kept = self.change(|journal| journal.keep(place));
        if kept && place == StorageChoice::Device {
            storage::ask_to_persist();
        }
        self.with(|journal| journal.place() == Some(place))
    }

    /// Erases everything, in memory too, and begins anew.
    pub fn erase(self) {
        self.change(Journal::erase);
        self.restart();
    }

    /// Opens another reflection at all its answers; with no id a new one, beside the earlier ones and in memory. What is in
    /// memory only is left behind where the parent said so.
    ///
    /// # Errors
    ///
    /// See [`SwitchError`].
    pub fn open_reflection(self, id: &str, leaves_unkept: bool) -> Result<(), SwitchError> {
        self.change(|journal| {
            if leaves_unkept {
                journal.leave_unkept();
            }
            if id.is_empty() { journal.begin_new(&page::today()) } else { journal.open_reflection(id) }
        })?;
        self.take_up();
        self.go(if id.is_empty() { self.flow().first() } else { Step::Answers });
        Ok(())
    }

    /// Takes up what the parent said about themselves, and what their caregiver's link said, in the reflection that is open
    /// now.
    fn take_up(self) {
        self.refresh_questions();
        page::set_country(self.invitation().country());
    }

    /// Erases one reflection. Tells whether the store let all of it go.
    pub fn erase_reflection(self, id: &str) -> bool {
        let gone = self.change(|journal| journal.erase_reflection(id));
        self.take_up();
        self.notify();
        gone
    }

    /// Erases one answer. Tells whether the store let it go.
    pub fn erase_answer(self, question: &str) -> bool {
        let gone = self.change(|journal| journal.erase_answer(question));
        // The answer that is still there is not drawn anew, so that it can say so.
        if gone {
            self.notify();
        }
        gone
    }

    /// Adds a backup to what is kept, or puts it in its place.
    pub fn restore(self, backup: &Backup, replace: bool) -> Restored {
        self.put_back(&mut |journal| journal.restore(backup, replace))
    }

    /// Puts everything back as it stood before.
    pub fn take_back(self, before: &Snapshot) -> Restored {
        self.put_back(&mut |journal| journal.take_back(before))
    }

    fn put_back(self, act: &mut dyn FnMut(&mut Journal<WebStorage>) -> Restored) -> Restored {
        let restored = self.change(act);
        self.refresh_questions();
        self.notify();
        // Something may lie aside now.
        page::dispatch("marks");
        restored
    }
}
