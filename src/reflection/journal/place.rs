//! Choosing where to keep, changing that choice, and erasing.

use super::head::{Found, Head, clear, find, is_of_reflection};
use super::load::is_being_erased;
use super::{Answer, Change, Journal, Key, Place, Record, Refused, Store, decode, fresh_head};
use crate::reflection::kept::is_newer;

impl<S: Store> Journal<S> {
    /// Keeps everything at this place from now on, and leaves no trace at the other.
    ///
    /// Tells whether that worked. A first choice that cannot be followed stays chosen, with everything in memory and
    /// [`Saved::Failed`](super::Saved::Failed), and is tried again at each change. A later one leaves all as it was.
    pub fn keep(&mut self, place: Place) -> bool {
        match self.place {
            Some(chosen) if chosen == place => self.retry() || self.saved() != super::Saved::Failed,
            Some(chosen) if self.committed => self.move_to(chosen, place),
            _ => {
                self.place = Some(place);
                self.join_other_tab();
                self.commit();
                self.committed
            }
        }
    }

    /// Another tab may have chosen while this one was undecided: what both have goes into one journal.
    fn join_other_tab(&mut self) {
        let Some(store) = self.store() else { return };
        match find(store) {
            Found::Head(head) => {
                self.head = head;
                let ours = std::mem::take(&mut self.answers);
                let record = std::mem::take(&mut self.record);
                let about = std::mem::take(&mut self.about);
                self.load_values();
                let alone = record.alone || self.record.alone;
                self.record = record;
                self.record.alone = alone;
                self.about = about.merge(&self.about);
                for (question, answer) in ours {
                    let theirs = self.answer(&question).cloned().unwrap_or_default();
                    self.set_answer(&question, Some(answer.merge(&theirs)));
                }
            }
            Found::Newer => self.newer = true,
            Found::Nothing | Found::Headless => {}
        }
    }

    /// Writes everything, the head last, or nothing at all.
    pub(super) fn commit(&mut self) {
        let (mut values, mut newer) = (Vec::new(), Vec::new());
        for (key, value) in self.in_memory() {
            match self.stored(&key) {
                Ok(Some(text)) if is_newer(&text) => newer.push(key),
                _ => values.push((key, value)),
            }
        }
        self.committed = self.store().is_some_and(|store| !self.newer && write_all(store, &values, &self.head).is_ok());
        if self.committed {
            self.recorded = true;
            self.unsaved = newer;
        }
    }

    fn move_to(&mut self, from: Place, to: Place) -> bool {
        if self.newer || !self.is_still_ours() || !self.retry() || !self.is_settled() {
            return false;
        }
        let mut head = self.head.clone();
        head.moves = head.moves.saturating_add(1);
        let mut there = Vec::new();
        match find(self.store_at(to)) {
            // Another tab keeps a journal there: ours joins it. What is not of a reflection stays as it is there.
            Found::Head(theirs) => {
                head.id = theirs.id;
                there = self.store_at(to).keys().unwrap_or_default();
                there.retain(|key| !is_of_reflection(key));
            }
            Found::Newer => return false,
            Found::Nothing | Found::Headless => {}
        }
        let mut values = self.values();
        values.retain(|(key, _)| *key != Key::Journal.name() && !there.contains(key));
        let leaving = Head { moving: true, ..self.head.clone() };
        if leaving.write(self.store_at(from)).is_err() || write_all(self.store_at(to), &values, &head).is_err() {
            // A refusal leaves the mark, which the next visit takes off.
            let _ = self.head.write(self.store_at(from));
            return false;
        }
        self.head = head;
        self.place = Some(to);
        let left = self.store_at(from);
        // If this is cut off, the next visit finishes it: by this mark, which no other tab hears of, or because it finds
        // two copies and removes the one that moved less.
        if from == Place::Tab {
            let _ = Head::erasing().write(left);
        }
        clear(left).is_ok()
    }

    /// Erases everything of ours in both stores, and what is in memory. Tells whether the stores let all of it go.
    pub fn erase(&mut self) -> bool {
        let mut gone = true;
        for store in [&self.device, &self.tab] {
            // The mark tells other tabs, also those that keep their answers to themselves, and lets a later visit finish
            // what is cut off here. It is only a help: where it is refused, erasing goes on.
            let _ = Head::erasing().write(store);
            gone &= clear(store).is_ok();
        }
        self.forget();
        gone
    }

    /// Empties what is in memory and begins anew, undecided.
    pub(super) fn forget(&mut self) {
        self.place = None;
        self.head = fresh_head(self.random);
        self.committed = false;
        self.recorded = false;
        self.newer = false;
        self.answers.clear();
        self.newer_answers.clear();
        self.record = Record::default();
        self.about = super::About::default();
        self.unsaved.clear();
    }

    /// The journal is gone: forgets it, and takes up the one that stands in its place, if any.
    pub(super) fn emptied(&mut self) -> Change {
        self.forget();
        self.load();
        Change::Erased
    }

    /// Whether the journal in the store is still the one in memory. Asked before every write, so that a tab that slept
    /// through an erasure cannot undo it.
    pub(super) fn is_still_ours(&self) -> bool {
        let Some(store) = self.store().filter(|_| self.committed && !self.newer) else { return true };
        match store.read(&Key::Journal.name()) {
            // Where nothing can be read nothing will be written either.
            Err(Refused) => true,
            Ok(text) => {
                let head = text.and_then(|text| decode::<Head>(&text).ok());
                head.is_some_and(|head| head.id == self.head.id && !head.erasing) && self.is_reflection_still_there()
            }
        }
    }

    fn is_reflection_still_there(&self) -> bool {
        let record = self.stored(&Key::Record(&self.head.current).name());
        !self.recorded || record.map_or(true, |record| record.is_some_and(|text| !is_being_erased(&text)))
    }

    /// The answers by the id of their question.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.answers.iter().map(|(question, answer)| (question.as_str(), answer))
    }
}

/// Writes the values and then the head; on a refusal takes back what was written.
fn write_all(store: &impl Store, values: &[(String, String)], head: &Head) -> Result<(), Refused> {
    let mut before = Vec::new();
    let mut write = || -> Result<(), Refused> {
        for (key, value) in values {
            before.push((key, store.read(key)?));
            store.write(key, value)?;
        }
        head.write(store)
    };
    let written = write();
    if written.is_err() {
        for (key, value) in before {
            // What refuses here as well is found and joined at the next visit.
            let _ = match value {
                Some(value) => store.write(key, &value),
                None => store.remove(key),
            };
        }
    }
    written
}
