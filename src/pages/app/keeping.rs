//! Keeping, erasing and putting back, as the views ask for it.

use super::App;
use crate::browser::storage::Area;
use crate::browser::{page, storage};
use crate::reflection::{Backup, Before, Journal, Place, Restored, Step};

impl App {
    /// Keeps everything at this place from now on. Tells whether that is the place now; a first choice always is.
    pub fn keep(self, place: Place) -> bool {
        // By its day the parent tells this reflection from later ones.
        self.note(&mut |record| {
            if record.day.is_empty() {
                record.day = page::today();
            }
        });
        let kept = self.change(|journal| journal.keep(place));
        if kept && place == Place::Device {
            storage::ask_to_persist();
        }
        self.with(|journal| journal.place() == Some(place))
    }

    /// Erases everything, in memory too, and begins anew.
    pub fn erase(self) {
        self.change(Journal::erase);
        self.start_anew();
    }

    /// Begins a new reflection beside the earlier ones. Tells whether that could be kept; if not, all is as it was.
    pub fn begin_again(self) -> bool {
        let begun = self.change(|journal| journal.begin_new(&page::today()));
        if begun {
            self.go(self.way().first());
        }
        begun
    }

    /// Opens another reflection at all its answers. Tells whether that could be kept; if not, all is as it was.
    pub fn open_reflection(self, id: &str) -> bool {
        let opened = self.change(|journal| journal.open_reflection(id));
        if opened {
            self.go(Step::Answers);
        }
        opened
    }

    /// Erases one reflection. Tells whether the store let all of it go.
    pub fn erase_reflection(self, id: &str) -> bool {
        let gone = self.change(|journal| journal.erase_reflection(id));
        self.tell();
        gone
    }

    /// Erases one answer. Tells whether the store let it go.
    pub fn erase_answer(self, question: &str) -> bool {
        let gone = self.change(|journal| journal.erase_answer(question));
        self.tell();
        gone
    }

    /// Adds a backup to what is kept, or puts it in its place.
    pub fn restore(self, backup: &Backup, replace: bool) -> Restored {
        self.put_back(&mut |journal| journal.restore(backup, replace))
    }

    /// Puts everything back as it stood before.
    pub fn take_back(self, before: &Before) -> Restored {
        self.put_back(&mut |journal| journal.take_back(before))
    }

    fn put_back(self, act: &mut dyn FnMut(&mut Journal<Area>) -> Restored) -> Restored {
        let restored = self.change(act);
        self.ask_anew();
        self.tell();
        // Something may lie aside now.
        page::dispatch("marks");
        restored
    }
}
