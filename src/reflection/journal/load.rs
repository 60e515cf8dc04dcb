//! Finding the journal, and reading what it holds.

use super::head::{Found, Head, clear, find, is_of_reflection, move_aside};
use super::{Journal, Key, Place, Record, Store, Unusable, decode};
use crate::reflection::kept::{Kept, is_newer};

impl<S: Store> Journal<S> {
    /// Reads all that the chosen store holds of the open reflection.
    pub(super) fn load(&mut self) {
        let (place, head) = self.choose_store();
        let Some(place) = place else { return };
        self.place = Some(place);
        match head {
            Some(head) => {
                self.head = head;
                self.committed = true;
            }
            None => self.recover_head(place),
        }
        self.finish_erasures();
        self.load_values();
    }

    /// Which store holds the journal. Of two copies of one journal the one that moved last is right, and the other is
    /// what a cut-off move left behind.
    fn choose_store(&mut self) -> (Option<Place>, Option<Head>) {
        // A refusal to clean up leaves it to the next visit.
        match (find(&self.device), find(&self.tab)) {
            (Found::Head(device), Found::Head(tab)) if device.id == tab.id => {
                let (place, head, other) = if tab.moves > device.moves {
                    (Place::Tab, tab, &self.device)
                } else {
                    (Place::Device, device, &self.tab)
                };
                let _ = clear(other);
                (Some(place), Some(head))
            }
            // What this tab was told to keep to itself comes before what another tab keeps on the device.
            (_, Found::Head(tab)) => {
                let _ = stay(&tab, &self.tab, &self.device);
                (Some(Place::Tab), Some(tab))
            }
            (Found::Head(device), _) => {
                let _ = stay(&device, &self.device, &self.tab);
                (Some(Place::Device), Some(device))
            }
            (Found::Newer, _) => {
                self.newer = true;
                (Some(Place::Device), Some(self.head.clone()))
            }
            (_, Found::Newer) => {
                self.newer = true;
                (Some(Place::Tab), Some(self.head.clone()))
            }
            (Found::Headless, _) => (Some(Place::Device), None),
            (_, Found::Headless) => (Some(Place::Tab), None),
            (Found::Nothing, Found::Nothing) => (None, None),
        }
    }

    /// Gives answers that have lost their head a new one: the answers are what counts.
    fn recover_head(&mut self, place: Place) {
        let store = self.store_at(place);
        let key = Key::Journal.name();
        let broken = store.read(&key).ok().flatten();
        if broken.is_some_and(|text| move_aside(store, &key, &text).is_err()) {
            return;
        }
        if let Some(last) = self.last_reflection() {
            self.head.current = last;
        }
        self.committed = self.head.write(self.store_at(place)).is_ok();
    }

    /// Finishes erasing reflections where that was cut off, and opens another one if it was the open one.
    fn finish_erasures(&mut self) {
        if self.newer {
            return;
        }
        // Each reflection's own data is read once, however many there are.
        let (mut is_there, mut last) = (false, None);
        for id in self.reflection_ids() {
            let Record { number, erasing, .. } = self.record_of(&id).unwrap_or_default();
            // A refusal leaves the mark in place, so that the next visit tries again.
            if erasing && self.remove_reflection(&id).is_ok() {
                continue;
            }
            is_there |= id == self.head.current;
            if !erasing && last.as_ref().is_none_or(|(highest, _)| number >= *highest) {
                last = Some((number, id));
            }
        }
        if let Some((_, last)) = last.filter(|_| !is_there) {
            self.head.current = last;
            // Written down, so that the next visit opens the same one. A refusal leaves that to it.
            let _ = self.store().map(|store| self.head.write(store));
        }
    }

    pub(super) fn load_values(&mut self) {
        if self.newer {
            return;
        }
        let Some(store) = self.store() else { return };
        let keys = store.keys().unwrap_or_default();
        let mut found = false;
        self.newer_answers.clear();
        for key in keys {
            let parsed = Key::parse(&key);
            let is_open = matches!(parsed, Some(Key::Record(of) | Key::Answer(of, _)) if of == self.head.current);
            if !is_open && parsed != Some(Key::About) {
                continue;
            }
            let Ok(Some(text)) = self.stored(&key) else { continue };
            found |= is_open;
            match parsed {
                Some(Key::Record(reflection)) if reflection == self.head.current => {
                    self.recorded = true;
                    if let Some(record) = self.usable(&key, &text) {
                        self.record = record;
                    }
                }
                Some(Key::About) => self.load_about(&key, &text),
                Some(Key::Answer(reflection, question)) if reflection == self.head.current => {
                    match self.usable(&key, &text) {
                        Some(answer) => self.set_answer(question, Some(answer)),
                        None => self.note_newer(question, is_newer(&text)),
                    }
                }
                _ => {}
            }
        }
        // The record stands for the reflection: where it is gone, another tab has erased it. So where it was damaged, it is
        // written anew.
        if found && self.committed && !self.recorded {
            let key = Key::Record(&self.head.current).name();
            let text = self.record.encode();
            self.put(key, &text);
        }
    }

    /// The value under this key, if it can be used. One that cannot be read is moved aside.
    pub(super) fn usable<T: Kept + Default>(&mut self, key: &str, text: &str) -> Option<T> {
        let value = decode(text);
        if matches!(value, Err(Unusable::Broken)) && self.try_aside(key, text) && self.is_own_record(key) {
            self.recorded = false;
        }
        value.ok()
    }
}

/// Ends a move that was cut off before it was done: the journal stays where it is, without a beginning elsewhere.
fn stay<S: Store>(head: &Head, here: &S, there: &S) -> Result<(), super::Refused> {
    if !head.moving {
        return Ok(());
    }
    for key in here.keys()?.iter().filter(|key| is_of_reflection(key)) {
        there.remove(key)?;
    }
    let settled = Head { moving: false, ..head.clone() };
    settled.write(here)
}

/// Whether this is the record of a reflection that is being erased.
pub(super) fn is_being_erased(record: &str) -> bool {
    decode::<Record>(record).is_ok_and(|record| record.erasing)
}
